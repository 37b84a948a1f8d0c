// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Lessons

/// A question was answered rightly.
enum Quiz: CheckKind {
    static let name = "quiz"

    static func judge(_ check: LessonCheck, _ context: CheckContext) throws -> Judgement {
        guard let id = check.text("question") else { throw CheckContext.missing("question", check) }
        guard let question = context.step.questions.first(where: { $0.id == id }) else {
            throw Failure(
                .malformedInput,
                "the check \(check.id) names a question that the step does not have",
                at: .file("lesson.yaml")
            )
        }
        guard let answer = context.record?.answers[id] else {
            return Judgement(
                .failed,
                "This question has no answer yet.",
                found: "No answer",
                fix: "Answer it with `seaworthy answer \(id) LETTER`."
            )
        }
        guard let option = question.option(chosen: answer) else {
            return Judgement(
                .failed,
                "The answer \(answer) is none of the options.",
                found: answer,
                fix:
                    "Choose one of \(question.options.map(\.id).joined(separator: ", ")) with `seaworthy answer \(id) LETTER`."
            )
        }
        let explanation = option.explanation
        let proof = [Evidence(kind: .answer, detail: "\(id): \(answer)")]
        if question.isCorrect(option) { return Judgement(.passed, explanation, found: answer, evidence: proof) }
        return Judgement(
            .failed,
            explanation,
            found: answer,
            fix: "Choose again with `seaworthy answer \(id) LETTER`.",
            evidence: proof
        )
    }
}
