// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// A setting of `docker scout config` has a value.
enum Setting: CheckKind {
    static let name = "setting"
    static let claim = "A setting of `docker scout config` has a value."
    static let needs: Set<CheckNeed> = [.settings]
    static let example = "key: organization"

    struct Parameters: CheckParameters {
        private static let keyKey = CheckParameter.text("key", "The name of the setting.")
        static let documentation = [keyKey.required]

        let key: Placed<String>

        init(_ reader: ParameterReader) throws(ParameterProblem) {
            key = try reader.value(Self.keyKey)
        }
    }

    static func judge(_ parameters: Parameters, _ input: CheckInput) throws -> Judgement {
        let key = parameters.key.value
        guard let value = input.record?.settings[key], !value.isEmpty else { return Judgement(.failed) }
        return Judgement(
            .passed,
            "The \(key) is \(value).",
            found: value,
            evidence: [Evidence(kind: .command, detail: "\(key)=\(value)")]
        )
    }
}
