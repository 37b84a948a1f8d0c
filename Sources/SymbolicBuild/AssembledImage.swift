// SPDX-License-Identifier: Apache-2.0

public import ImageLayouts
public import OCISpec

/// An image as it was written.
public struct AssembledImage: Sendable {
    /// All its blobs.
    public let bundle: ImageBundle
    /// The image manifest's digest.
    public let manifestDigest: Digest
    /// The configuration's digest: the image id.
    public let configurationDigest: Digest
    /// The configuration.
    public let configuration: ImageConfiguration
    /// The layers, the lowest first.
    public let layers: [LayerBlob]
    /// How many of them came with the base image.
    public let baseLayerCount: Int
    /// What is attached.
    public let statements: [InTotoStatement]
}
