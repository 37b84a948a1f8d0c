// SPDX-License-Identifier: Apache-2.0

public import ImageLayouts
public import OCISpec

/// An image that was fetched: every blob is here and is what its digest says, and nothing is kept anywhere yet.
///
/// Blobs stand in files without a name, gone when nobody refers to them any more.
public struct FetchedImage: Sendable {
    /// The name it is to have: with a tag, or with the digest that was asked for.
    public let name: ImageReference
    /// The image with all its blobs.
    public let bundle: ImageBundle
    /// The image of the platform that was asked for, its documents read.
    public let image: LoadedImage
}
