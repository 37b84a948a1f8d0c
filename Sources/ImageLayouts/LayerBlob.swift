// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, layer.md.

public import Archives
import HostFiles
public import OCISpec

/// A layer that was made here: its blob and the digest of its uncompressed bytes.
public struct LayerBlob: Sendable {
    /// The blob.
    public let descriptor: Descriptor
    /// The digest of the uncompressed bytes.
    public let diffID: Digest
    /// The size of the uncompressed bytes.
    public let uncompressedBytes: Int
    /// The blob's bytes.
    public let source: ByteSource

    /// Takes the parts as they are.
    public init(descriptor: Descriptor, diffID: Digest, uncompressedBytes: Int, source: ByteSource) {
        self.descriptor = descriptor
        self.diffID = diffID
        self.uncompressedBytes = uncompressedBytes
        self.source = source
    }

    /// Writes a layer into a temporary file without a name, or into memory when it is small; the digests of both forms come out of the one pass.
    ///
    /// - Parameter write: adds the entries; the end of the tar is written afterwards.
    /// - Throws: a `Failure`, or what `write` throws.
    public static func make(
        compression: Compression = .gzip,
        _ write: (TarWriter) throws -> Void
    ) throws -> LayerBlob {
        let file = try TemporaryFile.anonymous()
        let writer = try TarWriter(to: file, compression: compression)
        try write(writer)
        let summary = try writer.finish()
        let mediaType =
            switch compression {
            case .gzip: MediaType.layerGzip
            case .zstd: MediaType.layerZstd
            case .none, .xz, .bzip2: MediaType.layer
            }
        return LayerBlob(
            descriptor: Descriptor(mediaType: mediaType, digest: summary.digest, size: summary.sizeBytes),
            diffID: summary.diffID,
            uncompressedBytes: summary.uncompressedBytes,
            source: .file(try file.openForReading())
        )
    }
}

extension LoadedImage.Layer {
    /// The layer as a part of another image; its bytes are verified when they are written.
    ///
    /// - Parameter uncompressedBytes: when it is known; it is not needed to write the layer.
    public func blob(uncompressedBytes: Int = 0) -> LayerBlob {
        LayerBlob(descriptor: descriptor, diffID: diffID, uncompressedBytes: uncompressedBytes, source: source)
    }
}
