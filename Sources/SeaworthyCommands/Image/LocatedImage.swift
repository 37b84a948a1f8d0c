// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import ImageFilesystem
import ImageLayouts
import OCISpec

/// An image, and how it was found.
struct LocatedImage: Sendable {
    /// Where it was found.
    let source: Source
    /// The name to show: as the store, the archive or the user has it.
    let name: String
    /// The names it has, sorted, with tags; empty for an image without one.
    let references: [ImageReference]
    /// The image's id: the digest of its index, or of its manifest when there is none.
    let id: Digest
    /// The image, for one platform.
    let image: LoadedImage
    /// What it is a model of; nil for a real image, and for one that was built.
    let model: BaseImage.Model?
    /// The tree of a model, which knows the sizes of files without bytes; nil for other images.
    let modelTree: FileTree?
    /// Reads the image with all its blobs, to be written elsewhere.
    let bundle: @Sendable () throws -> ImageBundle

    /// The places where images are looked for.
    enum Source: Sendable, Hashable {
        /// The local store.
        case store
        /// A file or a folder of the host.
        case path(String)
        /// The base image kit.
        case kit

        /// One word for documents.
        var word: String {
            switch self {
            case .store: "store"
            case .path: "archive"
            case .kit: "kit"
            }
        }
    }
}

extension LoadedImage {
    /// The filesystem with all layers applied; every layer is verified.
    ///
    /// - Parameter wanted: whether the bytes of a file of that path and size are kept.
    func fileTree(
        limits: Limits,
        wanted: @escaping (_ path: ImagePath, _ sizeBytes: Int) -> Bool = { _, _ in false }
    ) throws -> FileTree {
        var builder = TreeBuilder(limits: limits, wanted: wanted)
        for layer in layers {
            try withLayer(layer) { try builder.add($0, diffID: layer.diffID) }
        }
        return builder.tree
    }
}
