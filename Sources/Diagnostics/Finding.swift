// SPDX-License-Identifier: Apache-2.0

/// Something that a rule noticed in a file: a value, never an error.
public struct Finding: Sendable, Hashable, Codable {
    /// The rule's name, such as `StageNameCasing`.
    public let rule: String
    /// How much it matters.
    public let severity: Severity
    /// What was found, in one sentence.
    public let message: String
    /// The file as the user named it; nil when the finding is about no file.
    public let file: String?
    /// Where in the file; nil when the finding is about the whole of it.
    public let range: SourceRange?
    /// The smallest change that mends it, in one sentence; nil when there is no single one.
    public let fix: String?
    /// A page that explains the rule; nil when there is none.
    public let url: String?

    /// A finding about no place in particular, unless file or range are named.
    public init(
        rule: String,
        severity: Severity,
        message: String,
        file: String? = nil,
        range: SourceRange? = nil,
        fix: String? = nil,
        url: String? = nil
    ) {
        self.rule = rule
        self.severity = severity
        self.message = message
        self.file = file
        self.range = range
        self.fix = fix
        self.url = url
    }
}
