// SPDX-License-Identifier: Apache-2.0

public import OCISpec

/// What the kit needs of the local content store.
public protocol BaseImageStore: Sendable {
    /// The image of that name that was imported or built, with its tree; nil when there is none.
    ///
    /// - Throws: a `Failure` when an image is there but cannot be read.
    func storedImage(_ reference: ImageReference, platform: Platform) throws -> BaseImage?

    /// Whether a blob is there.
    func holds(_ digest: Digest) -> Bool

    /// The bytes of a blob.
    func blob(_ digest: Digest) throws -> [UInt8]

    /// Keeps a blob; one that is there already is left as it is.
    func keep(_ bytes: [UInt8], as digest: Digest) throws
}
