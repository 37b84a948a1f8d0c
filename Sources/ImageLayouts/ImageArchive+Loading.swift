// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1; Docker image specification 1.3; containerd's choice of platforms.

import Archives
import Diagnostics
import JSONValues
public import OCISpec

extension ImageArchive {
    /// An image manifest that an entry leads to.
    struct Candidate {
        let descriptor: Descriptor
        let indexDigest: Digest?
        let siblings: [Descriptor]
    }

    /// Reads one image: manifest, configuration and attestations are read and verified, the layers' sizes compared.
    ///
    /// - Parameters:
    ///   - reference: as `entry(_:)` takes it.
    ///   - platform: must be there; nil means the host's, else the first one whose blobs are there.
    /// - Throws: a `Failure`: `noInput` when there is no such image or platform, `malformedInput` when something is missing or
    ///   not what its digest says, `overLimit`.
    public func image(reference: String? = nil, platform: Platform? = nil) throws -> LoadedImage {
        let entry = try entry(reference)
        guard !entry.roots.isEmpty else { return try dockerImage(entry, platform: platform).named(reference) }
        let candidates = try candidates(of: entry)
        // An index may list what was not saved with it; Docker's own list then still knows the image.
        if entry.dockerItem != nil, try !candidates.contains(where: { try container.blob($0.descriptor.digest) != nil })
        {
            return try dockerImage(entry, platform: platform).named(reference)
        }
        let chosen = try choose(among: candidates, platform: platform)
        return try load(chosen, entry).named(reference)
    }

    /// The platforms that one can ask for, in the archive's order; blobs of some may be absent.
    public func platforms(reference: String? = nil) throws -> [Platform] {
        let entry = try entry(reference)
        guard !entry.roots.isEmpty else { return [try dockerImage(entry, platform: nil).platform] }
        return try candidates(of: entry).compactMap { try platform(of: $0) }
    }

    /// Follows indexes down to manifests.
    func candidates(of entry: Entry) throws -> [Candidate] {
        var result: [Candidate] = []
        for root in entry.roots {
            try collect(
                root,
                index: nil,
                siblings: entry.siblings,
                depth: 0,
                hasDockerItem: entry.dockerItem != nil,
                into: &result
            )
        }
        return result
    }

    private func collect(
        _ descriptor: Descriptor,
        index: Digest?,
        siblings: [Descriptor],
        depth: Int,
        hasDockerItem: Bool,
        into result: inout [Candidate]
    ) throws {
        guard depth <= 8, result.count <= 10_000 else {
            throw Failure(.overLimit, "indexes are nested too deep", at: place, why: "more than 8 levels")
        }
        let nested: ImageIndex?
        if MediaType.isIndex(descriptor.mediaType) {
            guard let bytes = try container.verifiedBytes(descriptor, limits: limits) else {
                // Other platforms of an image may be left out when it is saved.
                if depth > 0 { return }
                if hasDockerItem { return }
                throw container.absent(descriptor.digest, "the image's index")
            }
            nested = try decodeJSON(ImageIndex.self, from: bytes, what: "an index", place: place)
        } else if MediaType.isManifest(descriptor.mediaType) {
            nested = nil
        } else if descriptor.mediaType.isEmpty, let bytes = try container.verifiedBytes(descriptor, limits: limits),
            let members = JSONReader.memberRanges(in: bytes, limits: .own), members["manifests"] != nil
        {
            nested = try decodeJSON(ImageIndex.self, from: bytes, what: "an index", place: place)
        } else if descriptor.mediaType.isEmpty {
            nested = nil
        } else {
            return
        }
        guard let nested else {
            result.append(Candidate(descriptor: descriptor, indexDigest: index, siblings: siblings))
            return
        }
        let companions = nested.manifests.filter(AttestationManifests.isCandidate)
        for manifest in nested.manifests where !AttestationManifests.isCandidate(manifest) {
            try collect(
                manifest,
                index: index ?? descriptor.digest,
                siblings: companions + siblings,
                depth: depth + 1,
                hasDockerItem: hasDockerItem,
                into: &result
            )
        }
    }

    private func choose(among candidates: [Candidate], platform wanted: Platform?) throws -> Candidate {
        guard let first = candidates.first else {
            throw Failure(.malformedInput, "the index leads to no image", at: place)
        }
        let present = try candidates.filter { try container.blob($0.descriptor.digest) != nil }
        guard let fallback = present.first else {
            throw container.absent(first.descriptor.digest, "the image's manifest")
        }
        guard let wanted else {
            if present.count == 1 { return fallback }
            return try present.first { try platform(of: $0) == Self.hostPlatform } ?? fallback
        }
        if let match = try present.first(where: { try platform(of: $0) == wanted }) { return match }
        if let listed = try candidates.first(where: { try platform(of: $0) == wanted }) {
            throw container.absent(listed.descriptor.digest, "the image for \(wanted)")
        }
        throw Failure(
            .noSuchImage,
            "there is no image for \(wanted) in it",
            at: place,
            why: "it has " + (try present.compactMap { try platform(of: $0)?.description }.joined(separator: ", "))
        )
    }

    /// The platform of a manifest: as the index says, else as its configuration says.
    private func platform(of candidate: Candidate) throws -> Platform? {
        if let platform = candidate.descriptor.platform { return platform }
        guard let bytes = try container.verifiedBytes(candidate.descriptor, limits: limits) else { return nil }
        let manifest = try decodeJSON(ImageManifest.self, from: bytes, what: "a manifest", place: place)
        guard let configuration = try container.verifiedBytes(manifest.config, limits: limits) else { return nil }
        return try decodeJSON(
            ImageConfiguration.self,
            from: configuration,
            what: "the image's configuration",
            place: place
        ).platform
    }

    /// What containers on this machine run on.
    package static var hostPlatform: Platform {
        #if arch(arm64)
            Platform(os: "linux", architecture: "arm64")
        #else
            .linuxAMD64
        #endif
    }

    private func load(_ candidate: Candidate, _ entry: Entry) throws -> LoadedImage {
        var findings: [Finding] = []
        guard let manifestBytes = try container.verifiedBytes(candidate.descriptor, limits: limits) else {
            throw container.absent(candidate.descriptor.digest, "the image's manifest")
        }
        var manifest = try decodeJSON(ImageManifest.self, from: manifestBytes, what: "the manifest", place: place)
        guard manifest.layers.allSatisfy({ $0.size >= 0 }) else {
            throw Failure(.malformedInput, "the manifest names a layer of a negative size", at: place)
        }
        guard let configurationBytes = try container.verifiedBytes(manifest.config, limits: limits) else {
            throw container.absent(manifest.config.digest, "the image's configuration")
        }
        let configuration = try decodeJSON(
            ImageConfiguration.self,
            from: configurationBytes,
            what: "the image's configuration",
            place: place
        )
        let diffIDs = configuration.rootfs.diffIDs
        var isReconstructed = false
        if Self.layersDisagree(manifest.layers, diffIDs),
            let replacement = try dockerLayers(for: manifest.config.digest, diffIDs: diffIDs)
        {
            let why = "The manifest's layers do not fit the configuration; those of manifest.json were taken."
            findings.append(mismatch("ManifestLayersDisagree", .warning, why))
            manifest.layers = replacement
            isReconstructed = true
        }
        let layers = try layers(manifest.layers, diffIDs: diffIDs)
        findings += differences(candidate.descriptor.platform, configuration, layerCount: layers.count)
        let attestations = try AttestationManifests.attestations(
            about: candidate.descriptor,
            among: candidate.siblings,
            in: container,
            limits: limits,
            findings: &findings
        )
        return LoadedImage(
            names: entry.names,
            indexDigest: candidate.indexDigest,
            manifestDigest: candidate.descriptor.digest,
            manifest: manifest,
            manifestBytes: manifestBytes,
            manifestIsReconstructed: isReconstructed,
            configuration: configuration,
            configurationBytes: configurationBytes,
            platform: configuration.platform,
            layers: layers,
            attestations: attestations,
            mismatches: findings,
            place: place,
            limits: limits
        )
    }

    /// What the index and the history say that is not so.
    private func differences(
        _ said: Platform?,
        _ configuration: ImageConfiguration,
        layerCount: Int
    ) -> [Finding] {
        var findings: [Finding] = []
        let platform = configuration.platform
        if let said, !said.os.isEmpty, said.os != platform.os || said.architecture != platform.architecture {
            let why = "The index says \(said), the configuration says \(platform)."
            findings.append(mismatch("PlatformMismatch", .warning, why))
        }
        let historyLayers = configuration.history.filter { $0.emptyLayer != true }.count
        if !configuration.history.isEmpty, historyLayers != layerCount {
            let why = "The history tells of \(historyLayers) layers, the image has \(layerCount)."
            findings.append(mismatch("HistoryMismatch", .info, why))
        }
        return findings
    }

    private func mismatch(_ rule: String, _ severity: Severity, _ why: String) -> Finding {
        Finding(rule: rule, severity: severity, message: why, file: place.description)
    }

    /// Whether the manifest's layers cannot be those that the configuration names: another number, or plain layers whose
    /// digests stand in another order.
    private static func layersDisagree(_ layers: [Descriptor], _ diffIDs: [Digest]) -> Bool {
        if layers.count != diffIDs.count { return true }
        return zip(layers, diffIDs).contains { layer, diffID in
            (layer.mediaType == MediaType.layer || layer.mediaType == MediaType.dockerLayer) && layer.digest != diffID
        }
    }

    func layers(_ descriptors: [Descriptor], diffIDs: [Digest]) throws -> [LoadedImage.Layer] {
        guard descriptors.count == diffIDs.count else {
            throw Failure(
                .malformedInput,
                "manifest and configuration disagree",
                at: place,
                why: "\(descriptors.count) layers, but \(diffIDs.count) digests of uncompressed layers"
            )
        }
        guard descriptors.count <= limits.entries else {
            throw Failure(.overLimit, "the image has more than \(limits.entries) layers", at: place)
        }
        return try zip(descriptors, diffIDs).enumerated().map { index, pair in
            guard let source = try container.blob(pair.0.digest) else {
                throw container.absent(pair.0.digest, "layer \(index + 1)")
            }
            try container.check(pair.0, against: source)
            return LoadedImage.Layer(
                index: index,
                descriptor: pair.0,
                diffID: pair.1,
                compression: try source.compression(),
                source: source
            )
        }
    }
}
