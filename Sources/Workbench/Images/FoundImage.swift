// SPDX-License-Identifier: Apache-2.0

package import BaseImages
package import Diagnostics
package import ImageFilesystem
package import ImageLayouts
package import OCISpec
import Registries

/// An image, and how it was found.
package struct FoundImage: Sendable {
    /// Where it was found.
    package let place: Place
    /// The name to show: as the store, the archive or the user has it.
    package let name: String
    /// The names it has, sorted, with tags; empty for an image without one.
    package let references: [ImageReference]
    /// The image's id: the digest of its index, or of its manifest when there is none.
    package let id: Digest
    /// The image, for one platform.
    package let image: LoadedImage
    /// What it is a model of; nil for a real image, and for one that was built.
    package let model: BaseImage.Model?
    /// The tree of a model, which knows the sizes of files without bytes; nil for other images.
    package let modelTree: FileTree?
    /// Reads the image with all its blobs, to be written elsewhere.
    package let bundle: @Sendable () throws -> ImageBundle

    init(
        place: Place,
        name: String,
        references: [ImageReference],
        id: Digest,
        image: LoadedImage,
        model: BaseImage.Model? = nil,
        modelTree: FileTree? = nil,
        bundle: @escaping @Sendable () throws -> ImageBundle
    ) {
        self.place = place
        self.name = name
        self.references = references
        self.id = id
        self.image = image
        self.model = model
        self.modelTree = modelTree
        self.bundle = bundle
    }

    /// The places where images are looked for.
    package enum Place: Sendable, Hashable {
        /// The local store.
        case store
        /// A file or a folder of the host.
        case path(String)
        /// The base image kit.
        case kit
        /// A registry; it is not kept.
        case registry
        /// The container engine of this machine; it is not kept.
        case engine

        /// One word for documents.
        package var word: String {
            switch self {
            case .store: "store"
            case .path: "archive"
            case .kit: "kit"
            case .registry: "registry"
            case .engine: "engine"
            }
        }
    }
}

extension FoundImage {
    /// An image that was fetched and is not kept.
    init(_ fetched: FetchedImage, place: Place) {
        self.init(
            place: place,
            name: fetched.name.familiar,
            references: fetched.name.digest == nil ? [fetched.name] : [],
            id: fetched.bundle.root.digest,
            image: fetched.image,
            bundle: { fetched.bundle }
        )
    }

    /// Opens a file or a folder of the host.
    ///
    /// - Parameter shown: what the image is called when it has no name.
    init(opening request: SourceRequest, shown: String, on bench: Workbench) throws {
        let path = request.rest
        guard !path.isEmpty else {
            throw Failure(
                .usage,
                "the path is missing",
                at: .reference(request.text),
                fix: "write archive://FILE or oci-dir://FOLDER"
            )
        }
        let archive = try ImageSource.open(path: bench.surroundings.resolve(path), limits: bench.surroundings.limits)
        let reference = request.reference
        let image = try archive.image(reference: reference, platform: request.platform)
        let references = image.names.filter { $0.contains(":") || $0.contains("/") }
            .compactMap { try? ImageReference(parsing: $0).withDefaultTag }
        self.init(
            place: .path(path),
            name: references.first?.familiar ?? shown,
            references: references,
            id: image.indexDigest ?? image.manifestDigest,
            image: image,
            bundle: { try archive.bundle(reference: reference) }
        )
    }
}

extension LoadedImage {
    /// The filesystem with all layers applied; every layer is verified.
    ///
    /// - Parameter wanted: whether the bytes of a file of that path and size are kept.
    package func fileTree(
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
