// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Lessons

/// What a lesson may say behind a kind of check, decoded into types.
protocol CheckParameters: Sendable {
    /// What is said of each key, in the order in which they are shown.
    static var documentation: [ParameterDocumentation] { get }

    /// Reads each of the keys once.
    ///
    /// - Throws: the first thing that is wrong, with its place.
    init(_ reader: ParameterReader) throws(ParameterProblem)
}

/// Nothing to say behind the kind.
struct NoParameters: CheckParameters {
    static let documentation: [ParameterDocumentation] = []

    init(_ reader: ParameterReader) {}
}

/// What an author is told of a key.
struct ParameterDocumentation: Sendable, Hashable {
    /// The key.
    let key: String
    /// What may stand behind it.
    let form: String
    /// What it means, in a sentence.
    let meaning: String
    /// Whether a check of the kind must have it.
    let isRequired: Bool
}

/// A value of `lesson.yaml` and where it stands, for messages about it.
struct Placed<Value: Sendable>: Sendable {
    let value: Value
    /// Where the value stands; where the check does, when the value is a default.
    let place: Place
}

/// Why a check's parameters cannot be decoded.
struct ParameterProblem: Error {
    /// What is wrong and where, and what to write.
    let finding: Finding

    init(_ message: String, at place: Place, fix: String? = nil) {
        finding = Finding(rule: "CheckParameter", message: message, at: place, fix: fix)
    }
}
