// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Lessons

/// A question was answered rightly.
enum Quiz: CheckKind {
    static let name = "quiz"
    static let claim = "A question of the step was answered rightly."
    static let needs: Set<CheckNeed> = [.answers]
    static let example = "question: q1"

    struct Parameters: CheckParameters {
        private static let questionKey = CheckParameter.text("question", "The id of the question.")
        static let documentation = [questionKey.required]

        let question: Placed<String>

        init(_ reader: ParameterReader) throws(ParameterProblem) {
            question = try reader.value(Self.questionKey)
        }
    }

    static func judge(_ parameters: Parameters, _ input: CheckInput) throws -> Judgement {
        let id = parameters.question.value
        guard let question = input.step.questions.first(where: { $0.id == id }) else {
            throw Failure(
                .malformedInput,
                "the step has no question `\(id)`",
                at: parameters.question.place
            )
        }
        guard let answer = input.record?.answers[id] else {
            return Judgement(
                .unknown,
                "This question has no answer yet.",
                found: "No answer",
                fix: "Answer it with `seaworthy answer \(id) LETTER`.",
                isAttempted: false
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
        let evidence = [Evidence(kind: .answer, detail: "\(id): \(answer)")]
        if question.isCorrect(option) { return Judgement(.passed, explanation, found: answer, evidence: evidence) }
        return Judgement(
            .failed,
            explanation,
            found: answer,
            fix: "Choose again with `seaworthy answer \(id) LETTER`.",
            evidence: evidence
        )
    }
}
