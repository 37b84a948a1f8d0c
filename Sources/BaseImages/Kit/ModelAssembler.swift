// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, manifest.md, config.md, layer.md.

import Archives
import ImageFilesystem
import JSONValues
import OCISpec

/// Makes a real OCI image of a description: one tar for each layer, a configuration and a manifest, the same bytes everywhere.
///
/// Layers are not compressed: then no library's way of compressing is part of a digest. Programs have no bytes in them.
struct ModelAssembler {
    private let folder: KitFolder

    /// Names the folder that lists are read from.
    init(folder: KitFolder) {
        self.folder = folder
    }

    /// An image, ready to be kept.
    struct Assembled: Sendable {
        /// The manifest.
        let manifest: ImageManifest
        /// What points at the manifest.
        let descriptor: Descriptor
        /// The configuration.
        let configuration: ImageConfiguration
        /// The filesystem with all layers applied.
        let tree: FileTree
        /// All blobs but the manifest first, the manifest last.
        let blobs: [ModelBlob]
    }

    /// The tree of a description, straight from the kit's lists.
    func tree(_ description: ImageDescription) throws -> FileTree {
        try build(description) { _, _ in }
    }

    /// The image of a description.
    func assemble(_ description: ImageDescription) throws -> Assembled {
        var blobs: [ModelBlob] = []
        var layers: [Descriptor] = []
        let tree = try build(description) { before, after in
            let bytes = try Self.layer(after.changes(since: before))
            let blob = ModelBlob(media: MediaType.layer, bytes)
            layers.append(blob.descriptor)
            blobs.append(blob)
        }
        let configuration = ImageConfiguration(
            created: description.created,
            platform: .linuxAMD64,
            config: description.configuration,
            rootfs: RootFilesystem(diffIDs: layers.map(\.digest)),
            history: description.steps.map { step in
                HistoryEntry(
                    created: step.created,
                    createdBy: step.createdBy,
                    comment: step.comment.isEmpty ? nil : step.comment,
                    emptyLayer: step.isEmpty ? true : nil
                )
            }
        )
        let configurationBlob = ModelBlob(media: MediaType.configuration, try JSONWriter.bytes(of: configuration))
        let manifest = ImageManifest(config: configurationBlob.descriptor, layers: layers)
        let manifestBlob = ModelBlob(media: MediaType.manifest, try JSONWriter.bytes(of: manifest))
        blobs += [configurationBlob, manifestBlob]
        return Assembled(
            manifest: manifest,
            descriptor: manifestBlob.descriptor,
            configuration: configuration,
            tree: tree,
            blobs: blobs
        )
    }

    private func build(
        _ description: ImageDescription,
        layer: (_ before: FileTree, _ after: FileTree) throws -> Void
    ) throws -> FileTree {
        var script = TreeScript(folder: folder)
        var before = FileTree()
        for (index, step) in description.steps.filter({ !$0.isEmpty }).enumerated() {
            let file = "images/\(description.id).kit"
            let time = try KitTime.seconds(step.created, file: file)
            try script.apply(step.script, layerIndex: index, time: time, file: file)
            try layer(before, script.tree)
            before = script.tree
        }
        return script.tree
    }

    /// The changes as a tar: no root, folders before what they hold.
    static func layer(_ changes: [FileTree.Change]) throws -> [UInt8] {
        let sink = MemorySink()
        let writer = try TarWriter(to: sink)
        for change in changes where !change.path.isRoot {
            // A model only adds: nothing is ever taken away.
            guard let node = change.node else { continue }
            let (kind, data): (ArchiveEntry.Kind, [UInt8]) =
                switch node.kind {
                case .directory: (.directory, [])
                case .file(.bytes(let bytes)): (.file, bytes)
                case .file: (.file, [])
                case .symlink(let target): (.symlink(target: target), [])
                case .hardLink(let target): (.hardLink(target: Array(target.bytes.dropFirst())), [])
                case .character(let major, let minor): (.character(major: major, minor: minor), [])
                case .block(let major, let minor): (.block(major: major, minor: minor), [])
                case .fifo: (.fifo, [])
                }
            try writer.add(
                ArchiveEntry(
                    path: Array(change.path.bytes.dropFirst()),
                    kind: kind,
                    mode: node.mode,
                    uid: node.uid,
                    gid: node.gid,
                    modificationTime: node.modificationTime
                ),
                data
            )
        }
        _ = try writer.finish()
        return sink.bytes
    }
}
