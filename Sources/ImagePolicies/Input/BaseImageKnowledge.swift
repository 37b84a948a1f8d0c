// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import OCISpec

/// What the facts say about the digest of a base image.
struct BaseImageKnowledge {
    let base: FoundBaseImage
    let facts: any BaseImageFacts

    /// The names that the base may have: the one that is known, else every recorded tag of its digest or layers.
    var references: [ImageReference] {
        if let reference = base.reference?.reference { return [reference.withDefaultTag] }
        let records = base.digest.map { facts.tags(at: $0) } ?? []
        return Self.references(of: records.isEmpty ? base.candidates : records)
    }

    /// The recorded history of a tag together with the records of the digest under that tag, the oldest first.
    func records(of reference: ImageReference) -> [TagRecord] {
        let tag = reference.effectiveTag
        let here = (base.digest.map { facts.tags(at: $0) } ?? []).filter {
            $0.tag == tag && ($0.repository == reference.name || isSameHardenedImage($0.repository, reference))
        }
        return Array(Set(facts.history(of: reference) + here)).sorted {
            ($0.asOf, $0.manifestDigest?.description ?? "") < ($1.asOf, $1.manifestDigest?.description ?? "")
        }
    }

    /// Whether two names are forms of one Docker Hardened Image: `dhi.io/node` and an organization's `ORG/dhi-node`.
    private func isSameHardenedImage(_ repository: String, _ reference: ImageReference) -> Bool {
        guard let image = facts.hardenedImage(reference)?.image else { return false }
        guard let other = try? ImageReference(parsing: repository) else { return false }
        return facts.hardenedImage(other)?.image == image
    }

    /// Whether a record speaks of the base that was used.
    func isUsed(_ record: TagRecord) -> Bool {
        if let digest = base.digest {
            return [record.indexDigest, record.manifestDigest, record.configDigest].contains(digest)
        }
        return base.reference == nil && base.candidates.contains(record)
    }

    private static func references(of records: [TagRecord]) -> [ImageReference] {
        Set(records.map { $0.repository + ":" + $0.tag }).sorted().compactMap { try? ImageReference(parsing: $0) }
    }
}

extension PolicyInput {
    /// The base image as evidence.
    var baseEvidence: [Evidence] {
        switch base {
        case .scratch: return [Evidence(kind: .image, detail: "the image starts from scratch: there is no base image")]
        case .unknown(let reason): return [Evidence(kind: .unknown, detail: reason)]
        case .image(let found):
            let name = found.familiarName ?? "an image without a known name"
            let digest = found.digest.map { "@" + $0.short } ?? ""
            let how =
                switch found.source {
                case .provenance: "the provenance attestation"
                case .labels: "the image's labels"
                case .dockerfile: "the Dockerfile"
                case .layers: "the image's layers"
                }
            return [
                Evidence(
                    kind: .image,
                    file: found.familiarName,
                    detail: "the base image is \(name)\(digest), told by \(how)"
                )
            ]
        }
    }
}
