// SPDX-License-Identifier: Apache-2.0

// Source: Docker image specification 1.2 and 1.3, "Combined Image JSON + Filesystem Changeset Format".

import Archives
import Diagnostics
import JSONValues
import OCISpec

extension ImageArchive {
    /// An image that only `manifest.json` knows; a manifest is put together for it.
    func dockerImage(_ entry: Entry, platform wanted: Platform?) throws -> LoadedImage {
        guard let place = entry.dockerItem, dockerItems.indices.contains(place) else {
            throw Failure(.malformedInput, "the image has no manifest", at: self.place)
        }
        let item = dockerItems[place]
        let (configuration, configurationBytes, configDigest) = try dockerConfiguration(item.config)
        if let wanted, configuration.platform != wanted {
            throw Failure(
                .noSuchImage,
                "there is no image for \(wanted) in it",
                at: self.place,
                why: "it has \(configuration.platform)"
            )
        }
        let diffIDs = configuration.rootfs.diffIDs
        guard item.layers.count == diffIDs.count else {
            throw Failure(
                .malformedInput,
                "manifest and configuration disagree",
                at: self.place,
                why: "\(item.layers.count) layers, but \(diffIDs.count) digests of uncompressed layers"
            )
        }
        let layers = try zip(item.layers, diffIDs).enumerated().map { index, pair in
            try dockerLayer(pair.0, diffID: pair.1, index: index)
        }
        let manifest = ImageManifest(
            config: Descriptor(
                mediaType: MediaType.configuration,
                digest: configDigest,
                size: configurationBytes.count
            ),
            layers: layers.map(\.descriptor)
        )
        let manifestBytes = try JSONWriter.bytes(of: manifest)
        return LoadedImage(
            names: entry.names,
            indexDigest: nil,
            manifestDigest: .sha256(of: manifestBytes),
            manifest: manifest,
            manifestBytes: manifestBytes,
            manifestIsReconstructed: true,
            configuration: configuration,
            configurationBytes: configurationBytes,
            platform: configuration.platform,
            layers: layers,
            attestations: [],
            mismatches: [],
            place: self.place,
            limits: limits
        )
    }

    /// The configuration of a name in `manifest.json`, held against the digest that the name may be.
    private func dockerConfiguration(
        _ name: String
    ) throws -> (configuration: ImageConfiguration, bytes: [UInt8], digest: Digest) {
        let configPath = try memberPath(name)
        guard let source = try container.source(at: configPath) else {
            throw Failure(
                .malformedInput,
                "the image's configuration is not in the archive",
                at: place,
                why: name
            )
        }
        let bytes = try source.readAll(limit: min(DocumentSize.most, limits.entryBytes))
        let digest = Digest.sha256(of: bytes)
        if let named = DockerSaveItem.digest(inName: name), named != digest {
            throw Failure(
                .malformedInput,
                "a blob is not what its digest says",
                at: place,
                why: "\(named) was promised for the configuration, the bytes have \(digest)"
            )
        }
        let configuration = try decodeJSON(
            ImageConfiguration.self,
            from: bytes,
            what: "the image's configuration",
            place: place
        )
        return (configuration, bytes, digest)
    }

    /// The layers that `manifest.json` gives the image with this configuration; nil when it has none that fit better.
    func dockerLayers(for configuration: Digest, diffIDs: [Digest]) throws -> [Descriptor]? {
        guard
            let item = dockerItems.first(where: { DockerSaveItem.digest(inName: $0.config) == configuration }),
            item.layers.count == diffIDs.count
        else { return nil }
        return try zip(item.layers, diffIDs).enumerated().map { index, pair in
            try dockerLayer(pair.0, diffID: pair.1, index: index).descriptor
        }
    }

    /// A layer by its name in `manifest.json`.
    ///
    /// A plain tar's digest is the one that the configuration promises; a compressed one without a digest in its name gets the
    /// digest of what is there, and only the uncompressed bytes are held against a promise.
    private func dockerLayer(_ name: String, diffID: Digest, index: Int) throws -> LoadedImage.Layer {
        guard let source = try container.source(at: try memberPath(name)) else {
            throw Failure(.malformedInput, "layer \(index + 1) is not in the archive", at: place, why: name)
        }
        let compression = try source.compression()
        let digest: Digest
        if name.hasPrefix("blobs/"), let named = DockerSaveItem.digest(inName: name) {
            digest = named
        } else if compression == .none {
            digest = diffID
        } else {
            digest = try source.digest()
        }
        let mediaType =
            switch compression {
            case .zstd: MediaType.layerZstd
            case .gzip: MediaType.layerGzip
            case .none, .xz, .bzip2: MediaType.layer
            }
        return LoadedImage.Layer(
            index: index,
            descriptor: Descriptor(mediaType: mediaType, digest: digest, size: source.sizeBytes),
            diffID: diffID,
            compression: compression,
            source: source
        )
    }

    private func memberPath(_ name: String) throws -> ImagePath {
        let bytes = Array(name.utf8)
        if let hazard = PathHazard(bytes) {
            throw Failure(
                .hostileInput,
                "manifest.json names a file outside of the archive",
                at: place,
                why: "\(name): \(hazard.reason)"
            )
        }
        return ImagePath(bytes)
    }
}
