// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import HostFiles
import ImageFilesystem
public import ImageLayouts
public import OCISpec

extension LocalImageStore: BaseImageStore {
    /// The image of that name in the store, its layers applied; nil when there is none, or none for that platform.
    ///
    /// Of the files that builds look into, such as accounts, package databases and manifests, the bytes are in the tree; the
    /// others are `stored`.
    public func storedImage(_ reference: ImageReference, platform: Platform) throws -> BaseImage? {
        let name = reference.description
        guard try find(name) != nil else { return nil }
        let image: LoadedImage
        do {
            image = try self.image(name, platform: platform)
        } catch let failure as Failure where failure.reason == .noSuchImage {
            return nil
        }
        var builder = TreeBuilder(limits: .standard, wanted: StoredImageFiles.isWanted)
        for layer in image.layers {
            try image.withLayer(layer) { try builder.add($0, diffID: layer.diffID) }
        }
        var tree = builder.tree
        // A database behind a link, or another name of a file, was not known to be one while its layer was read.
        let missing = tree.stored(behind: StoredImageFiles.places)
        if !missing.isEmpty {
            tree.keep(
                try StoredContent.read(missing, of: tree, limits: .standard) { diffID, body in
                    guard let layer = image.layer(diffID: diffID) else { return }
                    try image.withLayer(layer, body)
                }
            )
        }
        return BaseImage(
            reference: reference,
            manifestDigest: image.manifestDigest,
            manifest: image.manifest,
            configuration: image.configuration,
            tree: tree,
            model: nil
        )
    }

    /// Whether an image stands in the store's index under its manifest's digest, and all these blobs are there.
    public func holdsImage(_ manifest: Digest, blobs: [Digest]) -> Bool {
        guard (try? find(manifest.description)) != nil else { return false }
        return blobs.allSatisfy { HostFile.kind(of: file($0)) == .file }
    }

    /// The bytes of a blob, verified.
    public func blob(_ digest: Digest) throws -> [UInt8] {
        let bytes = try HostFile.read(file(digest), limit: Limits.standard.entryBytes)
        guard Digest.digest(of: bytes, digest.algorithm) == digest else {
            throw Failure(
                .malformedInput,
                "a blob of the local store is not what its digest says",
                at: .file(file(digest)),
                fix: "Delete that file; a base image is made again when it is next needed."
            )
        }
        return bytes
    }

    /// Keeps a model under its name.
    public func keep(_ blobs: [ModelBlob], manifest: Descriptor, as name: ImageReference) throws {
        let all = blobs.map { ImageBundle.Blob(descriptor: $0.descriptor, source: .bytes($0.bytes)) }
        try put(ImageBundle(root: manifest, blobs: all, images: []), names: [name])
    }

    private func file(_ digest: Digest) -> String { "\(path)/blobs/\(digest.algorithm.rawValue)/\(digest.hex)" }
}
