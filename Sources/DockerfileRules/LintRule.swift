// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/linter/ruleset.go, read in version 0.32.

/// What a rule asks for and why: the declaration that its tests and its page under `docs/rules` are made of.
public struct LintRule: Sendable {
    /// The name, which is also that of its type, its file and its page.
    public let rawValue: String
    /// What it asks for, in one sentence of BuildKit's.
    public let claim: String
    /// Why that matters.
    public let reason: String
    /// The smallest change that mends it.
    public let fix: String
    /// Files that break it, each place marked.
    public let bad: [Example]
    /// Files that keep it, and every other rule as well.
    public let good: [Example]
    /// Whether it is asked for by name only.
    public let isExperimental: Bool

    init(
        _ name: String,
        claim: String,
        reason: String,
        fix: String,
        bad: [Example],
        good: [Example],
        isExperimental: Bool = false
    ) {
        rawValue = name
        self.claim = claim
        self.reason = reason
        self.fix = fix
        self.bad = bad
        self.good = good
        self.isExperimental = isExperimental
    }

    /// Every rule, in the order of the registry.
    public static let all: [LintRule] = DockerfileRuleRegistry.all.map { $0.rule }

    /// BuildKit's page that explains it.
    public var url: String { "https://docs.docker.com/go/dockerfile/rule/\(kebabName)/" }

    /// `StageNameCasing` as `stage-name-casing`.
    private var kebabName: String {
        var result = ""
        let letters = Array(rawValue)
        for (index, letter) in letters.enumerated() {
            let startsWord =
                letter.isUppercase && index > 0
                && (letters[index - 1].isLowercase || index + 1 < letters.count && letters[index + 1].isLowercase)
            result += (startsWord ? "-" : "") + letter.lowercased()
        }
        return result
    }
}

extension LintRule: RawRepresentable, Hashable {
    private static let byName = Dictionary(all.map { ($0.rawValue, $0) }) { first, _ in first }

    /// The rule of a name; nil when there is none. Names are compared letter by letter, as BuildKit does.
    public init?(rawValue: String) {
        guard let rule = Self.byName[rawValue] else { return nil }
        self = rule
    }

    /// One name is one rule.
    public static func == (left: LintRule, right: LintRule) -> Bool { left.rawValue == right.rawValue }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension LintRule {
    /// A Dockerfile that shows a rule.
    ///
    /// Shape: the file's text; `▶` stands in front of each place that breaks the rule, and is no part of the file.
    public struct Example: Sendable, Hashable, ExpressibleByStringLiteral {
        /// The mark.
        public static let mark: Character = "▶"

        /// The text with its marks.
        public let markedText: String
        /// The `.dockerignore` beside it; nil when there is none.
        public let ignoreFile: String?

        init(_ markedText: String, ignoreFile: String? = nil) {
            self.markedText = markedText
            self.ignoreFile = ignoreFile
        }

        /// A file without a `.dockerignore`.
        public init(stringLiteral text: String) { self.init(text) }

        /// The file itself.
        public var text: String { markedText.filter { $0 != Self.mark } }
    }
}
