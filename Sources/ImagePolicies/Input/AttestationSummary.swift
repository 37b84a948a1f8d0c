// SPDX-License-Identifier: Apache-2.0

/// What was attested about an image, as far as policies ask.
public struct AttestationSummary: Sendable, Hashable, Codable {
    /// Whether there is an SPDX bill of materials.
    public let sbom: Presence
    /// Whether there is SLSA provenance.
    public let provenance: Presence
    /// How much the provenance tells; nil when there is none or when it cannot be told.
    public let provenanceMode: ProvenanceMode?

    /// Why the bill of materials or the provenance cannot be read, in one sentence; nil where it can, or there is none.
    public let unreadableReason: String?

    /// Without provenance, the mode is nil.
    public init(
        sbom: Presence,
        provenance: Presence,
        provenanceMode: ProvenanceMode?,
        unreadableReason: String? = nil
    ) {
        self.sbom = sbom
        self.provenance = provenance
        self.provenanceMode = provenanceMode
        self.unreadableReason = unreadableReason
    }

    /// An image without attestations.
    public static let none = AttestationSummary(sbom: .absent, provenance: .absent, provenanceMode: nil)

    /// Whether an attestation is there.
    public enum Presence: String, Sendable, Hashable, Codable, CaseIterable {
        /// It is there, names the image, and can be read.
        case present
        /// There is none.
        case absent
        /// There is one, but it speaks of another image.
        case ofAnotherImage
        /// It is there and names the image, but cannot be read.
        case unreadable
        /// It is there, names the image and can be read, but has nothing to say of what is in the image.
        case empty
    }

    /// How much provenance tells.
    public enum ProvenanceMode: String, Sendable, Hashable, Codable, CaseIterable {
        case max, min
    }
}
