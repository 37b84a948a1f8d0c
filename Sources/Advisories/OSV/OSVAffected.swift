// SPDX-License-Identifier: Apache-2.0

// Source: OSV schema 1.7.5, docs/schema.md, "affected".

/// One package that has a vulnerability, and the versions in which it does.
public struct OSVAffected: Sendable, Hashable {
    /// The ecosystem with its release; nil when the entry names no package.
    public let ecosystem: Ecosystem?
    /// The package's name as the ecosystem writes it; empty when the entry names none.
    public let name: String
    /// Ratings of this package alone.
    public let severity: [OSVRecord.Rating]
    /// The word of the database for this package alone; nil when it gives none.
    public let severityWord: String?
    /// The distribution's urgency (`ecosystem_specific.urgency`); nil when there is none.
    public let urgency: String?
    /// Operating systems, in Node's words (an extension of the embedded data for `generic`); empty means all.
    public let environments: [String]
    /// Version ranges.
    public let ranges: [OSVRange]
    /// Single versions, compared as text.
    public let versions: [String]

    /// What a record leaves out is empty or nil.
    public init(
        ecosystem: Ecosystem?,
        name: String,
        severity: [OSVRecord.Rating] = [],
        severityWord: String? = nil,
        urgency: String? = nil,
        environments: [String] = [],
        ranges: [OSVRange] = [],
        versions: [String] = []
    ) {
        self.ecosystem = ecosystem
        self.name = name
        self.severity = severity
        self.severityWord = severityWord
        self.urgency = urgency
        self.environments = environments
        self.ranges = ranges
        self.versions = versions
    }
}

/// A range of versions, told by events along a line of versions.
public struct OSVRange: Sendable, Hashable {
    /// How its versions are ordered.
    public let type: Kind
    /// The events, in the order of the record.
    public let events: [Event]

    /// The events in the order of the record.
    public init(type: Kind, events: [Event]) {
        self.type = type
        self.events = events
    }

    /// How the versions of a range are ordered.
    public enum Kind: Sendable, Hashable {
        /// SemVer 2.0, section 11.
        case semver
        /// The ecosystem's own order.
        case ecosystem
        /// The commit graph, which is not at hand offline.
        case git
        /// A type that this version of the schema does not know.
        case other(String)
    }

    /// Something that happens at a version.
    public struct Event: Sendable, Hashable {
        /// What happens.
        public let kind: Kind
        /// At which version; `0` for `introduced` is before every version, `*` for `limit` is behind every one.
        public let version: String

        /// A version as the record writes it.
        public init(_ kind: Kind, _ version: String) {
            self.kind = kind
            self.version = version
        }

        /// What happens at a version.
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            case introduced, fixed
            case lastAffected = "last_affected"
            case limit
        }
    }
}
