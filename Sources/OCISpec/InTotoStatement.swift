// SPDX-License-Identifier: Apache-2.0

// Source: in-toto attestation framework, spec/v1/statement.md and v0.1; BuildKit docs/attestations.

/// Says something about artifacts: which ones, what kind of statement, and the statement as JSON bytes.
///
/// The predicate stays bytes, for each predicate type has a reader of its own.
public struct InTotoStatement: Sendable, Hashable {
    /// `https://in-toto.io/Statement/v0.1` or `…/v1`.
    public let type: String
    /// What the statement is about.
    public let subjects: [Subject]
    /// What kind of statement it is, such as `https://spdx.dev/Document`.
    public let predicateType: String
    /// The predicate: a JSON value, as bytes.
    public let predicate: [UInt8]

    /// The predicate's bytes must be a JSON value.
    public init(type: String, subjects: [Subject], predicateType: String, predicate: [UInt8]) {
        self.type = type
        self.subjects = subjects
        self.predicateType = predicateType
        self.predicate = predicate
    }

    /// The type that BuildKit wrote before 0.31.
    public static let typeV01 = "https://in-toto.io/Statement/v0.1"
    /// The type that BuildKit writes since 0.31.
    public static let typeV1 = "https://in-toto.io/Statement/v1"
}

extension InTotoStatement {
    /// An artifact by name and hashes.
    public struct Subject: Sendable, Hashable, Codable {
        /// A PURL, or `_` when the image has no name.
        public let name: String
        /// Hashes by algorithm, hexadecimal without a prefix.
        public let digest: [String: String]

        /// An artifact, with the hex of each hash by the algorithm's name.
        public init(name: String, digest: [String: String]) {
            self.name = name
            self.digest = digest
        }
    }

    /// The predicate types that Seaworthy knows by name.
    public enum PredicateType {
        /// SPDX.
        public static let spdx = "https://spdx.dev/Document"
        /// CycloneDX, whatever version stands behind it.
        public static let cycloneDXPrefix = "https://cyclonedx.org/bom"
        /// SLSA provenance 0.2.
        public static let provenanceV02 = "https://slsa.dev/provenance/v0.2"
        /// SLSA provenance 1.
        public static let provenanceV1 = "https://slsa.dev/provenance/v1"
        /// OpenVEX 0.2.0.
        public static let openVEX = "https://openvex.dev/ns/v0.2.0"
    }
}
