// SPDX-License-Identifier: Apache-2.0

// Source: Docker Scout's documentation (provenance first, then layers); OCI image specification 1.1, annotations.md.

import BaseImages
import Diagnostics
import ImagePolicies
import OCISpec
import Packages

/// Finds out what an image was built on: provenance, then labels, then the Dockerfile, then layers.
struct BaseImageFinder {
    let facts: (any BaseImageFacts)?

    struct Result {
        let use: BaseImageUse
        /// How many of the image's layers are the base's; nil when not known.
        let layerCount: Int?
        let findings: [Finding]
    }

    func find(_ subject: AnalysisSubject, attested: AttestedFacts, distribution: Distribution?) -> Result {
        let layers = byLayers(subject)
        let told = (attested.base ?? byLabels(subject) ?? subject.base).map { Self.withDigest($0, of: layers?.base) }
        let count =
            subject.baseLayerCount ?? layers?.count ?? attested.baseLayerCount(of: subject.layers.map(\.digest))
        guard let told else {
            if let layers { return Result(use: .image(layers.base), layerCount: count, findings: []) }
            if subject.layers.isEmpty { return Result(use: .scratch, layerCount: 0, findings: []) }
            let reason =
                "neither provenance nor labels nor a Dockerfile name it, and the layers begin like no image that is recorded"
            return Result(use: .unknown(reason), layerCount: subject.baseLayerCount, findings: [])
        }
        let check = BaseImageContradiction(facts: facts, layers: layers?.base, distribution: distribution)
        guard let reason = check.reason(told) else { return Result(use: told, layerCount: count, findings: []) }
        // What was told and what lies there cannot both be so: which of them is, nobody can say.
        return Result(
            use: .unknown(reason),
            layerCount: count,
            findings: [Finding(rule: "base-image-contradiction", severity: .warning, message: reason)]
        )
    }

    /// A base that was told by its name alone, with the digest that the layers tell of it under that name.
    private static func withDigest(_ told: BaseImageUse, of layers: FoundBaseImage?) -> BaseImageUse {
        guard case .image(let image) = told, image.digest == nil, let name = image.reference?.reference, let layers
        else {
            return told
        }
        let records = layers.candidates.filter { $0.repository == name.name && $0.tag == name.effectiveTag }
        let digests = Set(records.compactMap { $0.manifestDigest ?? $0.indexDigest ?? $0.configDigest })
        guard digests.count == 1, let digest = digests.first else { return told }
        return .image(FoundBaseImage(reference: name, digest: digest, source: image.source))
    }

    private func byLabels(_ subject: AnalysisSubject) -> BaseImageUse? {
        let labels = subject.configuration.config.labels ?? [:]
        let reference = labels["org.opencontainers.image.base.name"].flatMap { try? ImageReference(parsing: $0) }
        let digest = labels["org.opencontainers.image.base.digest"].flatMap { try? Digest(parsing: $0) }
        guard reference != nil || digest != nil else { return nil }
        if labels["org.opencontainers.image.base.name"] == "scratch" { return .scratch }
        return .image(FoundBaseImage(reference: reference?.withDefaultTag, digest: digest, source: .labels))
    }

    /// The recorded image whose layers the image begins with; an image that is itself recorded is asked for the one below it.
    private func byLayers(_ subject: AnalysisSubject) -> (base: FoundBaseImage, count: Int)? {
        guard let facts, !subject.layers.isEmpty else { return nil }
        for digests in [subject.layers.map(\.diffID), subject.layers.compactMap(\.digest)] where !digests.isEmpty {
            var prefix = digests[...]
            while !prefix.isEmpty {
                let records = facts.base(forDiffIDs: Array(prefix))
                guard !records.isEmpty else { break }
                let count =
                    (1...prefix.count).first { facts.base(forDiffIDs: Array(prefix.prefix($0))) == records }
                    ?? prefix.count
                let isItself =
                    count == digests.count
                    && records.contains { [$0.manifestDigest, $0.indexDigest].contains(subject.digest) }
                if !isItself { return (Self.found(records), count) }
                prefix = prefix.dropLast()
            }
        }
        return nil
    }

    private static func found(_ records: [TagRecord]) -> FoundBaseImage {
        let names = Set(records.map { $0.repository + ":" + $0.tag })
        let digests = Set(records.compactMap { $0.manifestDigest ?? $0.indexDigest ?? $0.configDigest })
        let only = names.count == 1 ? names.first.flatMap { try? ImageReference(parsing: $0) } : nil
        return FoundBaseImage(
            reference: only,
            digest: digests.count == 1 ? digests.first : nil,
            source: .layers,
            candidates: records
        )
    }
}
