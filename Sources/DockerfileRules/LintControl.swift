// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/linter/linter.go, ParseLintOptions.

import DockerfileSyntax

/// What a `# check=…` says: which rules count, and whether breaking one is an error.
public struct LintControl: Sendable, Hashable {
    /// Whether a warning stops the build.
    public private(set) var isError = false
    private var skipped: Set<String> = []
    private var experimental: Set<String> = []

    /// Why a `check` value is refused, in BuildKit's words.
    public struct ValidationError: Error, Sendable, Hashable, CustomStringConvertible {
        /// The message.
        public let description: String
    }

    /// Every rule that is not experimental.
    public init() {}

    /// Reads `skip=A,B;error=true;experimental=C`, each part once at most and in any order; an empty text says nothing.
    public init(parsing text: String) throws(ValidationError) {
        guard !text.isEmpty else { return }
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count <= 3 else { throw ValidationError(description: "invalid check options") }
        for part in parts {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else {
                throw ValidationError(description: "invalid check option \(String(part).quoted)")
            }
            let names = pair[1].split(separator: ",").map { name in
                String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            switch Self.trimmed(pair[0]) {
            case "skip": skipped.formUnion(names)
            case "experimental": experimental.formUnion(names)
            case "error":
                switch Self.trimmed(pair[1]) {
                case "1", "t", "T", "true", "TRUE", "True": isError = true
                case "0", "f", "F", "false", "FALSE", "False": isError = false
                default:
                    throw ValidationError(
                        description: "strconv.ParseBool: parsing \(String(pair[1]).quoted): invalid syntax"
                    )
                }
            default: throw ValidationError(description: "invalid check option \(String(part).quoted)")
            }
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// Whether a rule counts; experimental ones only when they are named, and nothing skips those.
    public func counts(_ rule: LintRule) -> Bool {
        if rule.isExperimental { return experimental.contains("all") || experimental.contains(rule.rawValue) }
        return !skipped.contains("all") && !skipped.contains(rule.rawValue)
    }

    /// With what a comment above an instruction adds.
    func adding(_ other: LintControl) -> LintControl {
        var result = self
        result.skipped.formUnion(other.skipped)
        result.experimental.formUnion(other.experimental)
        return result
    }
}
