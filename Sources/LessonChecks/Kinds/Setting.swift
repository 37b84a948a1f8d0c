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
        if isPlaceholder(value, for: key) {
            return Judgement(
                .failed,
                "The \(key) is `\(value)`, which stands for a name that is yours to choose.",
                found: value,
                fix: "Run the command again with a name in the place of `\(value)`, such as `acme`.",
                evidence: [Evidence(kind: .command, detail: "\(key)=\(value)")]
            )
        }
        return Judgement(
            .passed,
            "The \(key) is \(value).",
            found: value,
            evidence: [Evidence(kind: .command, detail: "\(key)=\(value)")]
        )
    }

    /// Whether a value was copied from an instruction instead of being put in its place: `ORGANIZATION`, `<org>`, `your-org`.
    static func isPlaceholder(_ value: String, for key: String) -> Bool {
        if value.contains(where: { "<>{}[]$".contains($0) }) { return true }
        let words = value.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let isShouted = value == value.uppercased() && value != value.lowercased()
        let nouns = [key.lowercased(), "org", "organization", "organisation", "company", "name", "value"]
        if isShouted, !words.isEmpty, words.allSatisfy({ nouns.contains($0) || ["my", "your", "the"].contains($0) }) {
            return true
        }
        guard let first = words.first, ["your", "my", "yourorg", "myorg"].contains(first) else { return false }
        return words.count == 1 || words.dropFirst().allSatisfy { nouns.contains($0) || $0 == "here" }
    }
}
