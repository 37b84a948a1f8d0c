// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, manifest.md and config.md.

public import Archives
public import Diagnostics
public import OCISpec

/// One image for one platform, its documents read and verified, its layers ready to be read.
public struct LoadedImage: Sendable {
    /// The names that the archive gives it: the one that was asked for first, the others sorted; may be bare tags.
    public private(set) var names: [String]
    /// The digest of the index that holds it; nil when there is none.
    public let indexDigest: Digest?
    /// The digest of the manifest.
    public let manifestDigest: Digest
    /// The manifest.
    public let manifest: ImageManifest
    /// The manifest's bytes.
    public let manifestBytes: [UInt8]
    /// Whether the archive has no manifest (as `docker save` before 25) and this one was put together from what it has; its
    /// digest is then not one that a registry would know.
    public let manifestIsReconstructed: Bool
    /// The configuration.
    public let configuration: ImageConfiguration
    /// The configuration's bytes; their digest is the image's id in Docker.
    public let configurationBytes: [UInt8]
    /// What the image runs on, as the configuration says.
    public let platform: Platform
    /// The layers, the lowest first.
    public let layers: [Layer]
    /// What was attested about the image, in the archive's order.
    public let attestations: [Attestation]
    /// What does not fit together but does not keep anybody from reading the image.
    public let mismatches: [Finding]
    /// The archive or folder as the user named it.
    public let place: Place

    let limits: Limits

    /// The first full name; nil when the archive gives none.
    public var name: ImageReference? { names.lazy.compactMap { try? ImageReference(parsing: $0) }.first }

    /// The digest of the configuration: the image's id in Docker's classic store.
    public var configurationDigest: Digest { manifest.config.digest }

    /// The lowest layer whose uncompressed bytes have this digest; nil when there is none.
    public func layer(diffID: Digest) -> Layer? { layers.first { $0.diffID == diffID } }

    /// The same image, the name that was asked for in front of the others.
    func named(_ reference: String?) -> LoadedImage {
        guard let reference else { return self }
        let wanted = (try? ImageReference(parsing: reference))?.withDefaultTag
        let match = names.first {
            $0 == reference || (wanted != nil && (try? ImageReference(parsing: $0))?.withDefaultTag == wanted)
        }
        guard let match else { return self }
        var image = self
        image.names = [match] + names.filter { $0 != match }
        return image
    }

    /// Reads one layer from its first entry on and verifies it on the way.
    ///
    /// What `body` made of the entries counts only when this returns: the verdict on the bytes falls after the last one.
    ///
    /// - Parameter body: may stop early; the rest is then read to be verified all the same.
    /// - Throws: a `Failure` (`malformedInput`) when digest, size or the digest of the uncompressed bytes is wrong; what `body`
    ///   throws; `overLimit`.
    public func withLayer<Result>(_ layer: Layer, _ body: (ArchiveReader) throws -> Result) throws -> Result {
        let packed = HashingStream(layer.source.stream(), layer.descriptor.digest.algorithm)
        let result: Result
        var unpacked: HashingStream?
        let name = Place.layer(layer.index + 1, of: place)
        do {
            if layer.compression == .none {
                // One pass of hashing is enough where both digests are of the same bytes by the same algorithm.
                let needsSecond = layer.diffID.algorithm != layer.descriptor.digest.algorithm
                unpacked = needsSecond ? HashingStream(packed, layer.diffID.algorithm) : nil
            } else {
                unpacked = HashingStream(
                    try DecompressingStream(packed, layer.compression, limits: limits, place: name),
                    layer.diffID.algorithm
                )
            }
            let reader = try ArchiveReader(unpacked ?? packed, limits: limits, place: name)
            result = try body(reader)
            try reader.drain()
            try packed.drain()
        } catch let error as Failure where error.code == .malformedInput {
            // Damaged bytes and a wrong digest are one fault; the digest is the clearer word for it.
            if (try? packed.drain()) != nil { try verify(layer, packed: packed, unpacked: nil, checksDiffID: false) }
            throw error
        } catch let error as Failure where error.place == nil {
            throw error.located(at: name)
        }
        try verify(layer, packed: packed, unpacked: unpacked, checksDiffID: true)
        return result
    }

    /// Reads every layer to its end: digests, sizes, limits, and that no path climbs out of the image.
    ///
    /// Whoever takes a stranger's image in calls this first, for copying blobs looks at their digests only.
    ///
    /// - Throws: a `Failure`: `malformedInput`, `hostileInput`, `overLimit`.
    public func verifyLayers() throws {
        var entryCount = 0
        for layer in layers {
            try withLayer(layer) { reader in
                while let entry = try reader.next() {
                    entryCount += 1
                    guard entryCount <= limits.entries else {
                        throw Failure(.overLimit, "the image has more than \(limits.entries) entries", at: place)
                    }
                    var paths = [entry.path]
                    if case .hardLink(let target) = entry.kind { paths.append(target) }
                    for path in paths where PathHazard(Array(path.drop { $0 == 0x2F })) == .climbs {
                        throw Failure(
                            .hostileInput,
                            "a layer holds a path that leads out of the image",
                            at: place,
                            why: "layer \(layer.index + 1): \(entry.displayPath)"
                        )
                    }
                }
            }
        }
    }

    private func verify(
        _ layer: Layer,
        packed: HashingStream,
        unpacked: HashingStream?,
        checksDiffID: Bool
    ) throws {
        guard packed.byteCount == layer.descriptor.size, packed.digest == layer.descriptor.digest else {
            throw Failure(
                .malformedInput,
                "layer \(layer.index + 1) is not what its digest says",
                at: place,
                why: "\(layer.descriptor.digest) with \(layer.descriptor.size) bytes was promised, "
                    + "there are \(packed.digest) with \(packed.byteCount)"
            )
        }
        let found = (unpacked ?? packed).digest
        guard !checksDiffID || found == layer.diffID else {
            throw Failure(
                .malformedInput,
                "layer \(layer.index + 1) is not the one that the configuration names",
                at: place,
                why: "\(layer.diffID) was promised for the uncompressed bytes, they have \(found)"
            )
        }
    }
}

extension LoadedImage {
    /// One layer, not read yet.
    public struct Layer: Sendable {
        /// The place in the image, the lowest layer is 0.
        public let index: Int
        /// The blob.
        public let descriptor: Descriptor
        /// The digest of the uncompressed bytes.
        public let diffID: Digest
        /// How the blob is compressed, told from its first bytes.
        public let compression: Compression
        /// The blob's bytes, not verified.
        package let source: ByteSource
    }
}
