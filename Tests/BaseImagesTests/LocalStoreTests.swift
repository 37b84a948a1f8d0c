// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import Foundation
import ImageFilesystem
import ImageLayouts
import OCISpec
import Testing

@Suite("Base images in the local store")
struct LocalStoreTests {
    @Test("a model is kept under a name of its own, found again, and whole")
    func modelIsKept() throws {
        try KitFixture.inScratchFolder { folder in
            let store = try LocalImageStore(path: folder + "/images")
            let reference = try ImageReference(parsing: "node:lts-slim")
            let first = try BaseImageKit(root: KitFixture.root, store: store)
                .baseImage(reference, platform: .linuxAMD64)
            let image = try #require(first)
            #expect(try store.list().compactMap { $0.reference?.domain } == [BaseImageKit.storeDomain])
            #expect(try store.find("node:lts-slim") == nil)
            #expect(store.holdsImage(image.manifestDigest, blobs: image.configuration.rootfs.diffIDs))
            let index = try Data(contentsOf: URL(fileURLWithPath: folder + "/images/index.json"))
            let again = try BaseImageKit(root: KitFixture.root, store: store)
                .baseImage(reference, platform: .linuxAMD64)
            #expect(again?.manifestDigest == image.manifestDigest)
            #expect(again?.model == image.model)
            #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/images/index.json")) == index)
            // The layers, read as any image's, give the tree that the kit gives: the same paths, owners, modes and links.
            let loaded = try store.image(image.manifestDigest.description)
            #expect(loaded.mismatches.isEmpty)
            let name = try #require(loaded.name)
            let stored = try #require(try store.storedImage(name, platform: .linuxAMD64))
            #expect(Self.outline(stored.tree) == Self.outline(image.tree))
            #expect(stored.tree.bytes(at: "/etc/passwd") == image.tree.bytes(at: "/etc/passwd"))
            #expect(stored.tree.bytes(at: "/var/lib/dpkg/status") == image.tree.bytes(at: "/var/lib/dpkg/status"))
            #expect(stored.model == nil)
            // Prune leaves it alone, for it has a name.
            #expect(try store.prune().blobCount == 0)
        }
    }

    /// Everything of a tree but the bytes of its files.
    private static func outline(_ tree: FileTree) -> [String] {
        var lines: [String] = []
        tree.walk { path, node in
            var kind = "\(node.kind)"
            if case .file = node.kind { kind = "file" }
            lines.append(
                "\(path) \(kind) \(node.mode) \(node.uid) \(node.gid) \(node.modificationTime) \(node.layerIndex ?? -1)"
            )
            return true
        }
        return lines.filter { !$0.hasPrefix("/ ") }
    }

    @Test("an image of the store wins over a model of the same name, and for another platform does not")
    func storedWins() throws {
        try KitFixture.inScratchFolder { folder in
            let store = try LocalImageStore(path: folder + "/images")
            let kit = BaseImageKit(root: KitFixture.root, store: store)
            let alpine = try #require(try kit.baseImage(ImageReference(parsing: "alpine:3.22"), platform: .linuxAMD64))
            try store.tag(alpine.manifestDigest.description, as: ImageReference(parsing: "node:lts-slim"))
            let reference = try ImageReference(parsing: "node:lts-slim")
            let found = try #require(try kit.baseImage(reference, platform: .linuxAMD64))
            #expect(found.manifestDigest == alpine.manifestDigest)
            #expect(found.model == nil)
            #expect(found.reference == reference)
            let arm = try #require(Platform(parsing: "linux/arm64"))
            #expect(try kit.baseImage(reference, platform: arm) == nil)
        }
    }

    @Test("a damaged blob is a failure that says which")
    func damaged() throws {
        try KitFixture.inScratchFolder { folder in
            let store = try LocalImageStore(path: folder + "/images")
            let reference = try ImageReference(parsing: "alpine:3.22")
            let kit = BaseImageKit(root: KitFixture.root, store: store)
            let image = try #require(try kit.baseImage(reference, platform: .linuxAMD64))
            let config = folder + "/images/blobs/sha256/" + image.manifest.config.digest.hex
            try Data("{}".utf8).write(to: URL(fileURLWithPath: config))
            #expect(throws: Failure.self) {
                try BaseImageKit(root: KitFixture.root, store: store).baseImage(reference, platform: .linuxAMD64)
            }
        }
    }
}
