// SPDX-License-Identifier: Apache-2.0

import Lessons

/// One way to ask something of a learner's work: one file in `Kinds/`, one line in `CheckKindRegistry`.
///
/// A kind says all there is to know of it: its word, what it asks, which keys it takes and what it has to be judged from. The
/// judge, the reader of the learner's record, the content lint and the list in `lessons/README.md` take it from here.
protocol CheckKind: Sendable {
    /// What a lesson may say behind the kind, decoded.
    associatedtype Parameters: CheckParameters = NoParameters

    /// The word in `lesson.yaml`: the type's name in small letters, joined by hyphens.
    static var name: String { get }
    /// What it asks, in one sentence, for authors.
    static var claim: String { get }
    /// What it is judged from.
    static var needs: Set<CheckNeed> { get }
    /// The further keys as a lesson would write them, a line each; empty for a kind without.
    static var example: String { get }

    /// Judges.
    ///
    /// - Throws: a `Failure` when the lesson asks for what cannot be, or something could not be read.
    static func judge(_ parameters: Parameters, _ input: CheckInput) throws -> Judgement

    /// The image that a learner has to build for the check; nil when it asks for none.
    static func wantedImage(_ parameters: Parameters) -> WantedImage?
}

extension CheckKind {
    static var example: String { "" }

    static func wantedImage(_ parameters: Parameters) -> WantedImage? { nil }

    /// The check with its parameters decoded.
    static func decode(_ check: LessonCheck) throws(ParameterProblem) -> DecodedCheck {
        let reader = ParameterReader(check)
        let parameters = try Parameters(reader)
        return DecodedCheck(check: check, needs: needs, wantedImage: wantedImage(parameters)) { input in
            try judge(parameters, input)
        }
    }
}

/// A check of a known kind whose parameters are decoded.
struct DecodedCheck: Sendable {
    /// The check as the lesson has it.
    let check: LessonCheck
    /// What it is judged from.
    let needs: Set<CheckNeed>
    /// The image that a learner has to build for it.
    let wantedImage: WantedImage?
    /// Judges it.
    let judge: @Sendable (CheckInput) throws -> Judgement
}
