// SPDX-License-Identifier: Apache-2.0

// Source: BuildKit docs/attestations/attestation-storage.md; changes of 0.32 (artifact shape).

public import OCISpec

/// A statement that was attached to an image.
public struct Attestation: Sendable, Hashable {
    /// The statement.
    public let statement: InTotoStatement
    /// The digest of the statement's blob.
    public let blobDigest: Digest
    /// The digest of the manifest that carries it.
    public let manifestDigest: Digest
    /// How that manifest looks.
    public let shape: Shape
    /// Whether the statement came in a DSSE envelope; its signatures are not verified.
    public let isEnveloped: Bool
    /// Whether one of the statement's subjects is the image's manifest.
    public let namesTheImage: Bool

    /// The two shapes of attestation manifests.
    public enum Shape: String, Sendable, Hashable, Codable, CaseIterable {
        /// An OCI artifact: artifact type, subject, empty configuration. BuildKit since 0.32.
        case artifact
        /// An image with a dummy configuration. BuildKit before 0.32, or `oci-artifact=false`.
        case image
    }

    /// A statement whose subjects the caller has compared with the image.
    public init(
        statement: InTotoStatement,
        blobDigest: Digest,
        manifestDigest: Digest,
        shape: Shape,
        isEnveloped: Bool,
        namesTheImage: Bool
    ) {
        self.statement = statement
        self.blobDigest = blobDigest
        self.manifestDigest = manifestDigest
        self.shape = shape
        self.isEnveloped = isEnveloped
        self.namesTheImage = namesTheImage
    }
}
