// SPDX-License-Identifier: Apache-2.0

import Archives
import BaseImages
import Diagnostics
import Foundation
import ImageFilesystem
import OCISpec
import Testing

@Suite("Models of base images")
struct ModelAssemblyTests {
    @Test("every file of images/ is in the index, and the other way round")
    func indexIsWhole() throws {
        let fixture = KitFixture()
        #expect(try fixture.kit.images().map(\.id).sorted() == KitFixture.identifiers)
        #expect(KitFixture.identifiers.count > 20)
    }

    @Test("no tag and no digest names two images")
    func namesAreUnique() throws {
        var seen: Set<String> = []
        for image in try KitFixture().kit.images() {
            for tag in image.tags {
                #expect(seen.insert(image.repository + ":" + tag).inserted, "\(image.repository):\(tag)")
            }
        }
    }

    @Test("the table of models has the digests that come out")
    func tableOfModels() throws {
        let fixture = KitFixture()
        var lines = [
            "# The digests of the models (sha256, without the prefix): image, day, manifest, configuration, layers from the lowest.",
            "# Made by `RECORD_SNAPSHOTS=1 swift test --filter ModelAssemblyTests`.",
        ]
        for id in KitFixture.identifiers {
            let image = try fixture.kit.assemble(id)
            let layers = image.configuration.rootfs.diffIDs.map(\.hex).joined(separator: " ")
            let asOf = try #require(image.model).asOf
            lines.append(
                ["I", id, asOf, image.manifestDigest.hex, image.manifest.config.digest.hex, layers].joined(
                    separator: "\t"
                )
            )
        }
        let text = lines.joined(separator: "\n") + "\n"
        let path = KitFixture.root + "/models.kit"
        let written = try? String(contentsOfFile: path, encoding: .utf8)
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" { try KitFixture.write(text, to: path) }
        #expect(written == text, "the kit changed: record its digests anew with RECORD_SNAPSHOTS=1")
    }

    @Test(
        "a model is the same bytes each time, whole, and never claims the real digest",
        arguments: KitFixture.identifiers
    )
    func assembles(id: String) throws {
        let first = KitFixture()
        let image = try first.kit.assemble(id)
        let again = try KitFixture().kit.assemble(id)
        #expect(image.manifestDigest == again.manifestDigest)
        #expect(image.manifest == again.manifest)
        #expect(image.configuration == again.configuration)
        #expect(image.tree.changes(since: again.tree).isEmpty)
        for descriptor in image.manifest.layers + [image.manifest.config] {
            let bytes = try first.store.blob(descriptor.digest)
            #expect(bytes.count == descriptor.size)
            #expect(Digest.sha256(of: bytes) == descriptor.digest)
        }
        let model = try #require(image.model)
        #expect(model.recordedDigest != image.manifestDigest)
        #expect(image.configuration.config.labels?[BaseImage.ModelLabel.of] == model.of)
        #expect(image.configuration.config.labels?[BaseImage.ModelLabel.asOf] == model.asOf)
        #expect(image.configuration.config.labels?[BaseImage.ModelLabel.digest] == model.recordedDigest?.description)
        let steps = image.configuration.history.filter { $0.emptyLayer != true }
        #expect(steps.count == image.manifest.layers.count)
        #expect(image.configuration.rootfs.diffIDs == image.manifest.layers.map(\.digest))
    }

    @Test("the layers, applied one on the other, are the tree", arguments: KitFixture.identifiers)
    func layersAreTheTree(id: String) throws {
        let fixture = KitFixture()
        let image = try fixture.kit.assemble(id)
        var paths: Set<String> = []
        for layer in image.manifest.layers {
            let listed = try KitFixture.inScratchFolder { folder -> String? in
                let path = folder + "/layer.tar"
                try Data(try fixture.store.blob(layer.digest)).write(to: URL(fileURLWithPath: path))
                let output =
                    try KitFixture.output("/usr/bin/tar", ["-tf", path])
                    ?? KitFixture.output("/bin/tar", ["-tf", path])
                #expect(output?.status == 0)
                return output?.text
            }
            for line in (listed ?? "").split(separator: "\n") {
                paths.insert("/" + (line.hasSuffix("/") ? line.dropLast() : line))
            }
        }
        var expected: Set<String> = []
        image.tree.walk { path, _ in
            if !path.isRoot { expected.insert(path.description) }
            return true
        }
        #expect(paths == expected)
    }

    @Test("a model that is in the store is not assembled again, and is the same")
    func isKept() throws {
        let fixture = KitFixture()
        let first = try #require(try fixture.image("node:lts-slim"))
        let count = fixture.store.keptCount
        #expect(count > 0)
        let other = BaseImageKit(root: KitFixture.root, store: fixture.store)
        let clock = ContinuousClock()
        let start = clock.now
        let second = try #require(try other.baseImage(ImageReference(parsing: "node:24-slim"), platform: .linuxAMD64))
        print("node:24-slim from the store: \(clock.now - start)")
        #expect(fixture.store.keptCount == count)
        #expect(second.manifest == first.manifest)
        #expect(second.configuration == first.configuration)
        #expect(second.tree.changes(since: first.tree).isEmpty)
        #expect(second.reference.tag == "24-slim")
    }

    @Test("a model with a missing layer is assembled again; a damaged configuration is a failure that says so")
    func isMended() throws {
        let fixture = KitFixture()
        let image = try #require(try fixture.image("alpine:3.22"))
        let layer = try #require(image.manifest.layers.first)
        fixture.store.remove(layer.digest)
        let again = try BaseImageKit(root: KitFixture.root, store: fixture.store)
            .baseImage(ImageReference(parsing: "alpine:3.22"), platform: .linuxAMD64)
        #expect(again?.manifestDigest == image.manifestDigest)
        #expect(fixture.store.holds(layer.digest))
        fixture.store.replace(image.manifest.config.digest, Array("{".utf8))
        #expect(throws: Failure.self) {
            try BaseImageKit(root: KitFixture.root, store: fixture.store)
                .baseImage(ImageReference(parsing: "alpine:3.22"), platform: .linuxAMD64)
        }
    }

    @Test("an imported image of the same name wins")
    func importedWins() throws {
        let fixture = KitFixture()
        let model = try #require(try fixture.image("debian:bookworm-slim"))
        let real = BaseImage(
            reference: model.reference,
            manifestDigest: Digest.sha256(of: "real"),
            manifest: model.manifest,
            configuration: model.configuration,
            tree: model.tree,
            model: nil
        )
        fixture.store.add(real, as: try ImageReference(parsing: "node:lts-slim"))
        #expect(try fixture.image("node:lts-slim")?.manifestDigest == real.manifestDigest)
        #expect(try fixture.image("node:lts-slim")?.model == nil)
        #expect(try fixture.image("node:24-slim")?.model != nil)
    }

    static let names: [(name: String, id: String?)] = [
        ("node:lts-slim", "node-24.21.0-bookworm-slim"),
        ("docker.io/library/node:24-slim", "node-24.21.0-bookworm-slim"),
        ("index.docker.io/library/node:krypton-slim", "node-24.21.0-bookworm-slim"),
        ("node:24.21.0-bookworm-slim", "node-24.21.0-bookworm-slim"),
        ("node:24-trixie-slim", "node-24.20.0-trixie-slim"),
        ("node:24-alpine3.22", "node-24-alpine3.22"),
        ("node:24-alpine", "node-24.21.0-alpine3.24"),
        ("node:18-slim", "node-18.20.8-bookworm-slim"),
        ("alpine", "alpine-3.24.2"),
        ("debian", "debian-13"),
        ("debian:bullseye-slim", "debian-11-slim"),
        ("docker/dhi-node:24-alpine3.22", "dhi-node-24-alpine3.22"),
        ("some-org/dhi-node:24-alpine3.22-dev", "dhi-node-24-alpine3.22-dev"),
        ("dhi.io/node:24-alpine3.22", "dhi-node-24-alpine3.22"),
        ("dhi.io/node:24", "dhi-node-24-debian13"),
        (
            "node:lts-slim@sha256:cd84903a12dbd26b46f1f3b8144a2568c41c5d37ddd0c7a80a34c7a19786b35f",
            "node-24.19.0-bookworm-slim"
        ),
        (
            "node@sha256:4d3c393de4c2d05d461bcd6d304bccd1bac000cf0e5b293e13b520d2352d58c3", "node-18.13.0-bullseye-slim"
        ),
        ("kit.seaworthy.dev/alpine-3.22.6:2026-09-17", "alpine-3.22.6"), ("kit.seaworthy.dev/nothing", nil),
        // Not ours, and what only looks so.
        ("node:nonsense", nil), ("node:LTS-SLIM", nil),
        ("ghcr.io/library/node:lts-slim", nil),
        ("localhost:5000/node:lts-slim", nil), ("localhost:5000/docker/dhi-node:24-alpine3.22", nil),
        ("dhi-node:24-alpine3.22", nil), ("library/dhi-node:24-alpine3.22", nil), ("dhi.io/library/node:24", nil),
        ("docker/dhi-nothing:1", nil), ("someone/node:lts-slim", nil),
        ("node:lts-slim@sha256:0000000000000000000000000000000000000000000000000000000000000000", nil),
        // A digest of another repository.
        ("alpine@sha256:cd84903a12dbd26b46f1f3b8144a2568c41c5d37ddd0c7a80a34c7a19786b35f", nil),
    ]

    @Test("a reference means the image that it names, and nothing else", arguments: names)
    func resolves(name: String, id: String?) throws {
        let fixture = KitFixture()
        let image = try fixture.image(name)
        if let id {
            let expected = try fixture.kit.assemble(id).manifestDigest
            let reference = try ImageReference(parsing: name)
            #expect(image?.manifestDigest == expected)
            #expect(image?.reference == reference)
        } else {
            #expect(image == nil)
        }
    }

    @Test("a model is found by its own digest")
    func foundByModelDigest() throws {
        let fixture = KitFixture()
        let image = try #require(try fixture.image("node:lts-slim"))
        let found = try fixture.image("node@\(image.manifestDigest)")
        #expect(found?.manifestDigest == image.manifestDigest)
        #expect(found?.model?.asOf == "2026-09-19")
    }

    @Test("another platform than the kit's is not known")
    func platform() throws {
        let fixture = KitFixture()
        let reference = try ImageReference(parsing: "node:lts-slim")
        let arm = try #require(Platform(parsing: "linux/arm64"))
        #expect(try fixture.kit.baseImage(reference, platform: arm) == nil)
        let written = try #require(Platform(parsing: "linux/x86_64"))
        #expect(try fixture.kit.baseImage(reference, platform: written) != nil)
    }

    @Test("a kit that is not there is a failure with what to do, and no facts")
    func kitMissing() throws {
        let kit = BaseImageKit(root: "/nonexistent", store: MemoryStore())
        let reference = try ImageReference(parsing: "node:lts-slim")
        #expect(throws: Failure.self) { try kit.baseImage(reference, platform: .linuxAMD64) }
        #expect(kit.catalog.history(of: reference).isEmpty)
        #expect(kit.catalog.isSupported(reference) == nil)
    }

    static let wrongScripts: [(script: String, why: String)] = [
        ("x\tmany\tsh", "size"), ("d\t/a\t9", "mode"), ("d\t/a\t17777", "mode"), ("m\t1\ta\t644\tx\t0", "number"),
        ("a\t/etc/passwd\n\tx", "append"), ("h\t/nowhere\ta", "target"), ("t\tself", "deeply"), ("z\t1", "not known"),
        ("k\t/a\t/b\t0\t0", "folder"), ("m\t-1\ta", "size"), ("t\t../../etc/passwd", "name"),
    ]

    @Test("a wrong list is refused with its place", arguments: wrongScripts)
    func wrongScript(script: String, why: String) throws {
        try KitFixture.inScratchFolder { root in
            try KitFixture.write("I\tone\tdocker.io/library/one\tlatest\n", to: root + "/images.kit")
            try KitFixture.write("t\tself\n", to: root + "/trees/self.kit")
            try KitFixture.write(
                "of\tx\nas-of\t2026-01-01\ncreated\t2026-01-01T00:00:00Z\nlayer\t2026-01-01T00:00:00Z\t\tRUN\n" + script
                    + "\n",
                to: root + "/images/one.kit"
            )
            let kit = BaseImageKit(root: root, store: MemoryStore())
            do {
                _ = try kit.baseImage(ImageReference(parsing: "one"), platform: .linuxAMD64)
                Issue.record("nothing was thrown")
            } catch let failure as Failure {
                #expect(failure.code == .malformedInput)
                #expect(failure.description.contains(why), "\(failure)")
            }
        }
    }
}
