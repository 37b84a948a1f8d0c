// SPDX-License-Identifier: Apache-2.0

// Source: OSV schema 1.7.5, docs/schema.md.

/// What somebody published about one vulnerability: which versions of which packages have it.
///
/// Only what matching and reports need is kept. Read liberally by `OSVReader`.
public struct OSVRecord: Sendable, Hashable {
    /// The record's id, such as `GHSA-…`, `CVE-…`, `DEBIAN-CVE-…`; `x_` begins ids of our own exercises.
    public let id: String
    /// When it was last changed, RFC 3339; empty when the record does not say.
    public let modified: String
    /// When it was first published, RFC 3339; nil when the record does not say.
    public let published: String?
    /// When it was withdrawn, RFC 3339; a withdrawn record is no finding.
    public let withdrawn: String?
    /// Other ids of the same flaw in the same component.
    public let aliases: [String]
    /// What a distribution's record refers to: the same flaw, seen from below.
    public let upstream: [String]
    /// One line about it; empty when the record has none.
    public let summary: String
    /// Ratings of the whole record.
    public let severity: [Rating]
    /// The word of the database that published it (`HIGH`, `MODERATE`, …); nil when it gives none.
    public let severityWord: String?
    /// Who gave the word, in one or two words; nil when the record does not say.
    public let severityWordSource: String?
    /// Who gave the vectors, in one or two words; nil when the record does not say.
    public let vectorSource: String?
    /// Weakness ids, such as `CWE-79`.
    public let weaknesses: [String]
    /// The day on which exploitation became known (an extension of the embedded data); nil when unknown.
    public let exploitedSince: String?
    /// Which packages have it.
    public let affected: [OSVAffected]

    /// What a record leaves out is empty or nil.
    public init(
        id: String,
        modified: String = "",
        published: String? = nil,
        withdrawn: String? = nil,
        aliases: [String] = [],
        upstream: [String] = [],
        summary: String = "",
        severity: [Rating] = [],
        severityWord: String? = nil,
        severityWordSource: String? = nil,
        vectorSource: String? = nil,
        weaknesses: [String] = [],
        exploitedSince: String? = nil,
        affected: [OSVAffected] = []
    ) {
        self.id = id
        self.modified = modified
        self.published = published
        self.withdrawn = withdrawn
        self.aliases = aliases
        self.upstream = upstream
        self.summary = summary
        self.severity = severity
        self.severityWord = severityWord
        self.severityWordSource = severityWordSource
        self.vectorSource = vectorSource
        self.weaknesses = weaknesses
        self.exploitedSince = exploitedSince
        self.affected = affected
    }

    /// The id and everything that names the same flaw, sorted, each once.
    public var identifiers: [String] { Set([id] + aliases + upstream).sorted() }
}

extension OSVRecord {
    /// A rating as a record states it.
    public struct Rating: Sendable, Hashable {
        /// `CVSS_V2`, `CVSS_V3`, `CVSS_V4` or `Ubuntu`.
        public let type: String
        /// A vector, or for `Ubuntu` a word.
        public let score: String

        /// A rating by the names that OSV gives it; nothing of the score is read yet.
        public init(type: String, score: String) {
            self.type = type
            self.score = score
        }
    }
}
