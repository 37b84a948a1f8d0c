// SPDX-License-Identifier: Apache-2.0

import BaseImages
package import Diagnostics
package import ImageFilesystem
package import ImageLayouts
import OCISpec

/// Sizes of images, with what is recorded of the real image where there is only a model.
package struct ImageSizes {
    /// A size, and whether a recorded size is part of it.
    package struct Size: Hashable {
        package let bytes: Int
        package let isRecorded: Bool

        package init(bytes: Int, isRecorded: Bool) {
            self.bytes = bytes
            self.isRecorded = isRecorded
        }
    }

    private let kit: BaseImageKit?

    package init(_ finder: ImageFinder) { kit = finder.models() }

    /// The compressed size of an image: its layers, where those of a model count as the real ones were recorded.
    package func size(of image: LoadedImage) -> Size {
        guard let (base, recorded) = model(below: image) else {
            return Size(bytes: Self.sum(image.layers.map(\.descriptor.size)), isRecorded: false)
        }
        let own = image.layers.dropFirst(base.manifest.layers.count).map(\.descriptor.size)
        return Size(bytes: Self.sum([recorded] + own), isRecorded: true)
    }

    /// The bytes of the files that each layer brings, uncompressed; every layer is read and verified.
    package func fileBytes(ofLayers image: LoadedImage, limits: Limits) throws -> [Int] {
        var builder = TreeBuilder(limits: limits, keepsLayers: true)
        for layer in image.layers {
            try image.withLayer(layer) { try builder.add($0, diffID: layer.diffID) }
        }
        var sizes = builder.layerTrees.map(Self.fileBytes)
        guard let (base, _) = model(below: image) else { return sizes }
        for index in base.configuration.rootfs.diffIDs.indices where sizes.indices.contains(index) { sizes[index] = 0 }
        base.tree.walk { _, node in
            if case .file(let content) = node.kind, let layer = node.layerIndex, sizes.indices.contains(layer) {
                sizes[layer] = Self.sum([sizes[layer], content.sizeBytes ?? 0])
            }
            return true
        }
        return sizes
    }

    private static func fileBytes(_ tree: FileTree) -> Int {
        var total = 0
        tree.walk { _, node in
            if case .file(let content) = node.kind { total = sum([total, content.sizeBytes ?? 0]) }
            return true
        }
        return total
    }

    /// Gives files of a model, whose programs have no bytes, the sizes that the kit knows.
    package func withRecordedSizes(_ tree: FileTree, of image: LoadedImage) -> FileTree {
        guard let (base, _) = model(below: image) else { return tree }
        var result = tree
        base.tree.walk { path, node in
            guard case .file(.modelled(let bytes, let original)) = node.kind, let own = tree.node(at: path),
                own.layerIndex == node.layerIndex, case .file(.stored(_, _, 0)) = own.kind
            else { return true }
            result.update(at: path) { $0.kind = .file(.modelled(sizeBytes: bytes, of: original)) }
            return true
        }
        return result
    }

    /// The model that an image stands on. Its label alone proves nothing: the layers must be the model's.
    private func model(below image: LoadedImage) -> (base: BaseImage, recordedBytes: Int)? {
        guard let labels = image.configuration.config.labels, let name = labels[BaseImage.ModelLabel.of],
            let reference = try? ImageReference(parsing: name),
            let base = try? kit?.model(Self.exactly(reference, labels), platform: .linuxAMD64),
            let recorded = base.model?.recordedSizeBytes,
            image.layers.map(\.diffID).starts(with: base.configuration.rootfs.diffIDs)
        else { return nil }
        return (base, recorded)
    }

    /// The reference with the digest of the real image where it is recorded: the tag may have gone to another one since.
    private static func exactly(_ reference: ImageReference, _ labels: [String: String]) -> ImageReference {
        guard let recorded = labels[BaseImage.ModelLabel.digest], let digest = try? Digest(parsing: recorded) else {
            return reference
        }
        return ImageReference(domain: reference.domain, path: reference.path, tag: reference.tag, digest: digest)
    }

    private static func sum(_ sizes: [Int]) -> Int {
        sizes.reduce(0) { total, size in
            let (sum, overflows) = total.addingReportingOverflow(max(0, size))
            return overflows ? Int.max : sum
        }
    }
}
