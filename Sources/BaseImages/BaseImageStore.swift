// SPDX-License-Identifier: Apache-2.0

public import OCISpec

/// What the kit needs of the local content store.
public protocol BaseImageStore: Sendable {
    /// The image of that name that was imported or built, with its tree; nil when there is none for that platform.
    ///
    /// - Throws: a `Failure` when an image is there but cannot be read.
    func storedImage(_ reference: ImageReference, platform: Platform) throws -> BaseImage?

    /// Whether an image is there under its manifest's digest, with all these blobs.
    func holdsImage(_ manifest: Digest, blobs: [Digest]) -> Bool

    /// The bytes of a blob.
    func blob(_ digest: Digest) throws -> [UInt8]

    /// Keeps an image under a name; what is there already is left as it is.
    func keep(_ blobs: [ModelBlob], manifest: Descriptor, as name: ImageReference) throws
}

/// A blob of a model: a layer, the configuration or the manifest.
public struct ModelBlob: Sendable, Hashable {
    /// Media type, digest and size.
    public let descriptor: Descriptor
    /// The bytes.
    public let bytes: [UInt8]

    /// A blob whose bytes have the digest and size of its descriptor.
    public init(descriptor: Descriptor, bytes: [UInt8]) {
        self.descriptor = descriptor
        self.bytes = bytes
    }
}
