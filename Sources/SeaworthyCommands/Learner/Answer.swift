// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Lessons
import ProgressStore
import Workbench

/// `seaworthy answer`: answer a question of the step.
struct Answer: SeaworthyCommand {
    static let configuration = CommandConfiguration(commandName: "answer", abstract: "Answer a question of this step.")

    @Argument(help: "The question, such as q1.")
    var question: String

    @Argument(help: "The letter of your answer.")
    var answer: String

    @OptionGroup var options: StepOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        var session = try runtime.session(options)
        if session.step.question(question) == nil, options.step == nil,
            let other = session.lesson.steps.first(where: { $0.question(question) != nil })
        {
            session = try runtime.session(workspace: options.workspace, step: other.id)
        }
        guard let asked = session.step.question(question) else {
            let names = session.step.questions.map(\.id).joined(separator: ", ")
            throw Failure(
                .noInput,
                "the step \(session.step.id) has no question \"\(question)\"",
                fix: names.isEmpty ? "this step asks nothing" : "its questions are: \(names)"
            )
        }
        guard let option = asked.option(chosen: answer) else {
            throw Failure(
                .usage,
                "\"\(answer)\" is not one of the answers",
                fix: "choose one of \(asked.options.map(\.id).joined(separator: ", "))"
            )
        }
        let isCorrect = asked.isCorrect(option)
        _ = try session.progress.record(
            .quizAnswered(QuizAnswer(question: asked.id, answers: [option.id], isCorrect: isCorrect)),
            lesson: session.lesson.id,
            step: session.step.id,
            now: runtime.now
        )
        let start = isCorrect ? "**Right.** " : "**Not quite.** "
        let explanation =
            isCorrect && option.explanation.hasPrefix("Right. ")
            ? String(option.explanation.dropFirst(7)) : option.explanation
        if options.printing.json {
            let document = AnswerDocument(
                step: session.step.id,
                question: asked.id,
                answer: option.id,
                isCorrect: isCorrect,
                explanation: explanation
            )
            try runtime.console.print(json: document)
        } else {
            for line in StepView(session, runtime.console).render(start + explanation) { runtime.console.print(line) }
        }
        return isCorrect ? .success : .notPassed
    }

    private struct AnswerDocument: Encodable {
        let step: String
        let question: String
        let answer: String
        let isCorrect: Bool
        let explanation: String
    }
}
