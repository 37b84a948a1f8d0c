// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import JSONValues

/// The front page of the embedded advisory data: what is in it, where it comes from, what it covers.
///
/// Source: `advisories/manifest.json`; its shape is explained in `advisories/README.md`.
public struct DataSetManifest: Sendable, Hashable, Codable {
    /// The version of the data set, such as `2026.11.23`.
    public let version: String
    /// The day up to which the newest of its sources reaches, `YYYY-MM-DD`.
    public let asOf: String
    /// The digest of the list of files and their digests: the data set's identity.
    public let digest: String
    /// The files, in the order in which they count.
    public let files: [File]
    /// Which packages the data speak of at all.
    public let coverage: [Coverage]

    /// What names a data set in reports.
    public var identity: DataSetIdentity { DataSetIdentity(version: version, digest: digest, asOf: asOf) }
}

extension DataSetManifest {
    /// A file of the data set.
    public struct File: Sendable, Hashable, Codable {
        /// The name in the folder.
        public let name: String
        /// What it holds.
        public let kind: Kind
        /// How many records.
        public let records: Int
        /// The size in bytes.
        public let size: Int
        /// `sha256:` and the digest of its bytes.
        public let digest: String
        /// Whose facts it restates.
        public let sources: [Source]

        /// What a file holds.
        public enum Kind: String, Sendable, Hashable, Codable {
            /// OSV records, one a line.
            case osv
            /// Ids of vulnerabilities that are known to be used.
            case knownExploited
        }
    }

    /// Whose facts a file restates.
    public struct Source: Sendable, Hashable, Codable {
        /// The publisher.
        public let name: String
        /// The licence of the publication; `facts only` when none is stated.
        public let license: String
        /// The day up to which it was read, `YYYY-MM-DD`.
        public let asOf: String
        /// Which facts were taken.
        public let facts: String
    }

    /// Packages that the data speak of: for others, no finding means no data.
    public struct Coverage: Sendable, Hashable, Codable {
        /// The ecosystem with its release.
        public let ecosystem: String
        /// The day up to which it was read, `YYYY-MM-DD`.
        public let asOf: String
        /// The packages by the names that advisories use; nil means all of the ecosystem.
        public let packages: [CoveredPackage]?
        /// How far it goes, in a few words.
        public let note: String?
    }

    /// One package that the data speak of: in every version, or in some.
    ///
    /// Written as its name alone, or as an object: `{"name":"curl","versions":["8.17.0-r1"]}`, `{"name":"zlib","range":">=1.3"}`.
    public struct CoveredPackage: Sendable, Hashable, Codable {
        /// The name that advisories use.
        public let name: String
        /// The versions that were looked at; nil means that the versions are not told one by one.
        public let versions: [String]?
        /// The versions that were looked at, as the ecosystem writes ranges; nil means that there is no such bound.
        public let range: String?

        /// Makes an entry from its parts; without versions and range it means every version.
        public init(_ name: String, versions: [String]? = nil, range: String? = nil) {
            self.name = name
            self.versions = versions
            self.range = range
        }

        private enum CodingKeys: String, CodingKey { case name, versions, range }

        /// Reads a name or an object.
        public init(from decoder: any Decoder) throws {
            if let name = try? decoder.singleValueContainer().decode(String.self) {
                self.init(name)
                return
            }
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self.init(
                try container.decode(String.self, forKey: .name),
                versions: try container.decodeIfPresent([String].self, forKey: .versions),
                range: try container.decodeIfPresent(String.self, forKey: .range)
            )
        }

        /// Writes a name where every version is meant, else an object.
        public func encode(to encoder: any Encoder) throws {
            guard versions != nil || range != nil else {
                var container = encoder.singleValueContainer()
                try container.encode(name)
                return
            }
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encodeIfPresent(versions, forKey: .versions)
            try container.encodeIfPresent(range, forKey: .range)
        }
    }
}

extension DataSetManifest {
    /// The same with what the user added: named behind the version, and counted as data where a feed is large enough.
    func with(_ feeds: [ImportedFeed]) -> DataSetManifest {
        guard !feeds.isEmpty else { return self }
        let more = feeds.flatMap { feed in
            feed.ecosystems.map {
                Coverage(ecosystem: $0, asOf: feed.asOf, packages: nil, note: "imported feed " + feed.name)
            }
        }
        let names = feeds.map { "\($0.name)@\($0.asOf)" }.joined(separator: "+")
        return DataSetManifest(
            version: version + "+" + names,
            asOf: max(asOf, feeds.filter { $0.kind == .osv }.map(\.asOf).max() ?? asOf),
            digest: digest,
            files: files,
            coverage: coverage + more
        )
    }

    /// Reads the manifest of a folder of advisory data.
    ///
    /// - Throws: `noInput` when there is none, `malformedInput` when it cannot be understood.
    public static func read(folder: String) throws -> (manifest: DataSetManifest, bytes: [UInt8]) {
        let path = folder + "/manifest.json"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(
                .noInput,
                "the advisory data are not there",
                at: .file(path),
                fix: "install Seaworthy with its share folder, or run it from a checkout"
            )
        }
        do {
            return (try JSONReader.decode(DataSetManifest.self, from: Array(data), limits: .own), Array(data))
        } catch {
            throw Failure(
                .malformedInput,
                "the list of advisory data cannot be read",
                at: .file(path),
                why: "\(error)",
                fix: "install Seaworthy again",
                cause: error
            )
        }
    }
}

/// What names a set of advisory data in a report: same identity, same matches.
public struct DataSetIdentity: Sendable, Hashable, Codable {
    /// The version, such as `2026.11.23`.
    public let version: String
    /// The digest over its files.
    public let digest: String
    /// The day up to which it reaches, `YYYY-MM-DD`.
    public let asOf: String

    /// The identity as the manifest states it.
    public init(version: String, digest: String, asOf: String) {
        self.version = version
        self.digest = digest
        self.asOf = asOf
    }
}
