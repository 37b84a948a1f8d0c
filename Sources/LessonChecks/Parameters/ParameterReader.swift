// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Lessons

/// Hands the parameters of a check out as the types that its kind declares.
struct ParameterReader: Sendable {
    private let check: LessonCheck

    init(_ check: LessonCheck) { self.check = check }

    /// Where the check stands.
    var place: Place { check.place }

    /// The value of a key.
    ///
    /// - Throws: a problem at the check when the key is missing, or at the value when it is not of the declared form.
    func value<Value>(_ parameter: CheckParameter<Value>) throws(ParameterProblem) -> Placed<Value> {
        if let value = try optional(parameter) { return value }
        throw ParameterProblem(
            "A check of the kind `\(check.kind)` needs `\(parameter.key)`.",
            at: check.place,
            fix: "Add `\(parameter.key)`: \(parameter.meaning)"
        )
    }

    /// The value of a key, or what holds without it.
    func value<Value>(_ parameter: CheckParameter<Value>, default value: Value) throws(ParameterProblem)
        -> Placed<Value>
    {
        try optional(parameter) ?? Placed(value: value, place: check.place)
    }

    /// The value of a key; nil when it is missing.
    func optional<Value>(_ parameter: CheckParameter<Value>) throws(ParameterProblem) -> Placed<Value>? {
        guard let found = check.parameters.first(where: { $0.key == parameter.key }) else { return nil }
        guard let value = parameter.read(found.value) else {
            throw ParameterProblem(
                "`\(parameter.key)` is not \(parameter.form).",
                at: found.place,
                fix: "Write \(parameter.form) behind `\(parameter.key)`."
            )
        }
        return Placed(value: value, place: found.place)
    }
}
