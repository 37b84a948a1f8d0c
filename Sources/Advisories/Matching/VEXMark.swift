// SPDX-License-Identifier: Apache-2.0

/// That somebody who is trusted says that a vulnerability does not matter here, and why.
public struct VEXMark: Sendable, Hashable, Codable {
    /// The statement's status, such as `not_affected`.
    public let status: String
    /// Why, as the specification words it; nil when only a text says it.
    public let justification: String?
    /// Why, in free text; nil when not said.
    public let impact: String?
    /// Who says it.
    public let author: String
    /// Where it stands: `attestation`, a path inside the image, or the name of a file.
    public let source: String

    /// Makes a mark from its parts.
    public init(status: String, justification: String?, impact: String?, author: String, source: String) {
        self.status = status
        self.justification = justification
        self.impact = impact
        self.author = author
        self.source = source
    }

    /// Status, reason and author in one phrase.
    public var phrase: String { "\(status) (\(justification ?? impact ?? "no reason given")) by \(author)" }
}
