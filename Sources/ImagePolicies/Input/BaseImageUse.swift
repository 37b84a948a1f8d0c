// SPDX-License-Identifier: Apache-2.0

public import BaseImages
public import OCISpec

/// What an image was built on, and how that is known.
public enum BaseImageUse: Sendable, Hashable, Codable {
    /// A base image.
    case image(FoundBaseImage)
    /// Nothing: the image starts from scratch.
    case scratch
    /// It could not be found out: why, in one sentence.
    case unknown(String)
}

/// A base image that was found.
public struct FoundBaseImage: Sendable, Hashable, Codable {
    /// The name as far as it is known; nil when only the digest or the layers are.
    public let reference: ReferenceText?
    /// The digest that was used; nil when not known.
    public let digest: Digest?
    /// What told it.
    public let source: Source
    /// The recorded tags that begin with the same layers; filled when the layers told it.
    public let candidates: [TagRecord]

    /// The digest is that of the reference, where none is named.
    public init(reference: ImageReference?, digest: Digest?, source: Source, candidates: [TagRecord] = []) {
        self.reference = reference.map(ReferenceText.init)
        self.digest = digest ?? reference?.digest
        self.source = source
        self.candidates = candidates
    }

    /// What told which base image was used; the earlier ones are believed first.
    public enum Source: String, Sendable, Hashable, Codable, CaseIterable {
        case provenance, labels, dockerfile, layers
    }

    /// An image reference that is written as text in JSON.
    public struct ReferenceText: Sendable, Hashable, Codable {
        /// The reference.
        public let reference: ImageReference

        /// Takes the reference.
        public init(_ reference: ImageReference) { self.reference = reference }

        /// Reads the text.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            do {
                reference = try ImageReference(parsing: text)
            } catch {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an image reference")
            }
        }

        /// Writes the text.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(reference.description)
        }
    }

    /// The name with its tag as people write it, without the digest; nil when the name is not known.
    public var familiarName: String? {
        guard let reference = reference?.reference.withDefaultTag else { return nil }
        return reference.familiarName + (reference.tag.map { ":" + $0 } ?? "")
    }
}
