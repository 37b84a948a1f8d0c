// SPDX-License-Identifier: Apache-2.0

public import BaseImages
import Diagnostics
public import OCISpec

/// What the facts say about the digest of a base image.
struct BaseImageKnowledge {
    let base: FoundBaseImage
    let facts: any BaseImageFacts

    /// The names under which the base is judged, so that it comes to one answer however it was named.
    ///
    /// A digest says which image it is, a tag only what it was called. Where the digest is recorded, its own tags are its names: the
    /// one that was written if it is one of them and still supported, else those that are supported, else all of them. A digest that
    /// nobody recorded goes by the tag that was written.
    var references: [ImageReference] {
        let written = base.reference?.reference.withDefaultTag
        let known = base.digest.map { recorded(at: $0, as: written) } ?? []
        guard !known.isEmpty else { return written.map { [$0] } ?? Self.references(of: base.candidates) }
        let names = Self.references(of: known).map { Self.named($0, like: written) }
        let supported = names.filter { facts.isSupported($0) == true }
        if let written, written.tag != nil, names.contains(where: { $0.tag == written.tag }),
            supported.isEmpty || supported.contains(where: { $0.tag == written.tag })
        {
            return [written]
        }
        return supported.isEmpty ? names : supported
    }

    /// The records of a digest, those of the repository that was written if there is one.
    private func recorded(at digest: Digest, as written: ImageReference?) -> [TagRecord] {
        let records = facts.tags(at: digest)
        guard let written else { return records }
        return records.filter { $0.repository == written.name || isSameHardenedImage($0.repository, written) }
    }

    /// A recorded name in the repository that was written: a mirror keeps its own name.
    private static func named(_ reference: ImageReference, like written: ImageReference?) -> ImageReference {
        guard let written else { return reference }
        return ImageReference(domain: written.domain, path: written.path, tag: reference.tag, digest: nil)
    }

    /// The recorded history of a tag and of its other names, together with the records of the digest under them, the oldest first.
    func records(of reference: ImageReference) -> [TagRecord] {
        let names = [reference] + facts.aliases(of: reference)
        let tags = Set(names.compactMap(\.effectiveTag))
        let here = (base.digest.map { facts.tags(at: $0) } ?? []).filter {
            tags.contains($0.tag)
                && ($0.repository == reference.name || isSameHardenedImage($0.repository, reference))
        }
        return Array(Set(names.flatMap { facts.history(of: $0) } + here)).sorted {
            ($0.asOf, $0.tag, $0.manifestDigest?.description ?? "")
                < ($1.asOf, $1.tag, $1.manifestDigest?.description ?? "")
        }
    }

    /// Whether a record is of what the tag points to on the newest day that is known of it under any of its names.
    func isCurrent(_ record: TagRecord, among records: [TagRecord]) -> Bool {
        guard record.isCurrent else { return false }
        let newest = records.filter { !$0.isModel }.map(\.asOf).max()
        return newest.map { $0 <= record.asOf } ?? true || record.sharesDigest(withNewestOf: records)
    }

    /// Whether two names are forms of one Docker Hardened Image: `dhi.io/node` and an organization's `ORG/dhi-node`.
    private func isSameHardenedImage(_ repository: String, _ reference: ImageReference) -> Bool {
        guard let image = facts.hardenedImage(reference)?.image else { return false }
        guard let other = try? ImageReference(parsing: repository) else { return false }
        return facts.hardenedImage(other)?.image == image
    }

    /// Whether a record speaks of the base that was used.
    func isUsed(_ record: TagRecord) -> Bool {
        if let digest = base.digest { return record.names(digest) }
        return base.reference == nil && base.candidates.contains(record)
    }

    private static func references(of records: [TagRecord]) -> [ImageReference] {
        Set(records.map { $0.repository + ":" + $0.tag }).sorted().compactMap { try? ImageReference(parsing: $0) }
    }
}

extension FoundBaseImage {
    /// The names under which the base is judged, sorted; empty when it has none.
    public func names(by facts: any BaseImageFacts) -> [ImageReference] {
        BaseImageKnowledge(base: self, facts: facts).references
    }
}

extension TagRecord {
    /// Whether it is of an image with this digest, whichever of the three it is.
    func names(_ digest: Digest) -> Bool { [indexDigest, manifestDigest, configDigest].contains(digest) }

    /// Whether it is of the same image as one of the newest records: looked at earlier, and not changed since.
    fileprivate func sharesDigest(withNewestOf records: [TagRecord]) -> Bool {
        let real = records.filter { !$0.isModel }
        let newest = real.map(\.asOf).max()
        let own = [indexDigest, manifestDigest, configDigest].compactMap(\.self)
        return real.contains { other in other.asOf == newest && own.contains(where: other.names) }
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
