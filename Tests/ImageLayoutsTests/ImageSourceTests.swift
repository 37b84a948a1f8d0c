// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import ImageLayouts
import OCISpec
import SeaworthyTestSupport
import Testing

/// Images that the tests of this room share.
enum Sample {
    static let layers: [TestLayer] = [
        ["etc/": .folder(), "etc/os-release": .text("ID=test\n"), "bin/sh": .text("#!", mode: 0o755)],
        ["etc/.wh.os-release": .whiteout, "app/": .folder(uid: 1000, gid: 1000), "app/main": .text("run", uid: 1000)],
    ]

    static func image(_ compression: Compression = .gzip) throws -> TestImage {
        var config = ContainerConfiguration()
        config.user = "1000"
        return try TestImage(layers, config: config, compression: compression)
    }

    static func statement(_ subject: Digest, type: String = InTotoStatement.PredicateType.spdx) -> [UInt8] {
        InTotoStatement(
            type: InTotoStatement.typeV1,
            subjects: [.init(name: "_", digest: ["sha256": subject.hex])],
            predicateType: type,
            predicate: Array(#"{"spdxVersion":"SPDX-2.3","number":1.0}"#.utf8)
        ).encoded()
    }

    /// Paths of all entries of all layers, each layer verified.
    static func paths(_ image: LoadedImage) throws -> [[String]] {
        try image.layers.map { layer in
            try image.withLayer(layer) { reader in
                var paths: [String] = []
                while let entry = try reader.next() { paths.append(entry.displayPath) }
                return paths
            }
        }
    }

    static let expectedPaths = [["etc/", "etc/os-release", "bin/sh"], ["etc/.wh.os-release", "app/", "app/main"]]
}

@Suite("Reading images")
struct ImageSourceTests {
    static let forms = ["oci", "docker", "legacy", "dir"]

    static func layout(_ form: String, _ image: TestImage) throws -> TestLayout {
        switch form {
        case "oci": try image.ociLayout()
        case "docker": try image.dockerSave()
        case "legacy": try image.legacyDockerSave()
        default: try image.skopeoDirectory()
        }
    }

    @Test(
        "every form opens as a folder and as a tar, whatever the layers' compression",
        arguments: forms,
        [
            Compression.none, .gzip, .zstd,
        ]
    )
    func opensEveryForm(form: String, compression: Compression) throws {
        let scratch = try ScratchFolder()
        let made = try Sample.image(compression)
        let layout = try Self.layout(form, made)
        for path in [try layout.writeFolder(scratch), try layout.writeTar(scratch)] {
            let image = try ImageSource.open(path: path, limits: .standard).image()
            #expect(image.configuration == made.configuration)
            #expect(image.configurationBytes == made.configurationBytes)
            #expect(image.configurationDigest == made.manifest.config.digest)
            #expect(try Sample.paths(image) == Sample.expectedPaths)
            #expect(image.layers.map(\.diffID) == made.configuration.rootfs.diffIDs)
            #expect(image.mismatches.isEmpty)
            #expect(image.manifestIsReconstructed == (form == "legacy"))
            if form != "legacy" { #expect(image.manifestDigest == made.manifestDigest) }
            if form != "dir" { #expect(image.name?.description == "docker.io/library/test:latest") }
        }
    }

    @Test("a whole archive may be compressed", arguments: forms, [Compression.gzip, .zstd, .xz, .bzip2])
    func compressedArchive(form: String, compression: Compression) throws {
        let scratch = try ScratchFolder()
        let path = try Self.layout(form, try Sample.image()).writeTar(scratch, compression: compression)
        let image = try ImageSource.open(path: path, limits: .standard).image()
        #expect(try Sample.paths(image) == Sample.expectedPaths)
        #expect(try scratch.listing() == ["image.tar"])
    }

    @Test("a legacy archive may hold a layer once and link to it")
    func legacyLinks() throws {
        let layer: TestLayer = ["a": .text("x")]
        let made = try TestImage([layer, layer, layer])
        let scratch = try ScratchFolder()
        let layout = try made.legacyDockerSave(linksRepeated: true)
        for path in [try layout.writeTar(scratch), try layout.writeFolder(scratch)] {
            let image = try ImageSource.open(path: path, limits: .standard).image()
            #expect(try Sample.paths(image) == [["a"], ["a"], ["a"]])
        }
    }

    @Test("containerd's nested index with absent platforms opens; the asked platform must be there")
    func absentPlatforms() throws {
        let arm = Platform(os: "linux", architecture: "arm64")
        let scratch = try ScratchFolder()
        let path = try Sample.image().ociLayout(absent: [arm]).writeTar(scratch)
        let archive = try ImageSource.open(path: path, limits: .standard)
        #expect(try archive.platforms() == [arm, .linuxAMD64])
        #expect(try archive.image().platform == .linuxAMD64)
        #expect(try archive.image(platform: .linuxAMD64).indexDigest != nil)
        let absent = #expect(throws: Failure.self) { try archive.image(platform: arm) }
        #expect(absent?.code == .malformedInput && absent?.why?.contains("absent") == true)
        let unknown = #expect(throws: Failure.self) {
            try archive.image(platform: Platform(os: "windows", architecture: "amd64"))
        }
        #expect(unknown?.code == .noInput)
    }

    @Test("attestations of both shapes are paired with their image", arguments: TestImage.AttestationShape.allCases)
    func attestations(shape: TestImage.AttestationShape) throws {
        let made = try Sample.image()
        let statement = Sample.statement(made.manifestDigest)
        let stranger = Sample.statement(.sha256(of: "other"), type: InTotoStatement.PredicateType.provenanceV1)
        let scratch = try ScratchFolder()
        let path = try made.ociLayout(statements: [statement, stranger], shape: shape).writeTar(scratch)
        let image = try ImageSource.open(path: path, limits: .standard).image()
        #expect(image.attestations.count == 2)
        let first = try #require(image.attestations.first)
        #expect(first.statement.predicateType == InTotoStatement.PredicateType.spdx)
        #expect(
            String(decoding: first.statement.predicate, as: UTF8.self) == #"{"spdxVersion":"SPDX-2.3","number":1.0}"#
        )
        #expect(first.namesTheImage && !first.isEnveloped)
        #expect(first.shape == (shape == .artifact ? .artifact : .image))
        #expect(image.attestations[1].namesTheImage == false)
        #expect(image.mismatches.map(\.rule) == ["AttestationSubjectMismatch"])
    }

    @Test(
        "attestations that a copy left behind are found, and do not count",
        arguments: TestImage.AttestationShape.allCases
    )
    func orphanedAttestations(shape: TestImage.AttestationShape) throws {
        let made = try Sample.image()
        let before = Digest.sha256(of: "before the layers were compressed anew")
        let scratch = try ScratchFolder()
        let layout = try made.ociLayout(statements: [Sample.statement(before)], shape: shape, attachedTo: before)
        let image = try ImageSource.open(path: layout.writeTar(scratch), limits: .standard).image()
        #expect(image.attestations.map(\.namesTheImage) == [false])
        #expect(image.mismatches.map(\.rule) == ["AttestationSubjectMismatch"])
        #expect(image.mismatches.first?.message.contains(before.short) == true)
    }

    @Test("a statement in a DSSE envelope is read; one that cannot be read is a finding")
    func envelopes() throws {
        let made = try Sample.image()
        let payload =
            "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjAuMSIsInByZWRpY2F0ZVR5cGUiOiJ4IiwicHJlZGljYXRlIjp7fX0="
        let envelope = Array(
            #"{"payloadType":"application/vnd.in-toto+json","payload":"\#(payload)","signatures":[]}"#.utf8
        )
        let scratch = try ScratchFolder()
        let path = try made.ociLayout(statements: [envelope, Array("[]".utf8)]).writeTar(scratch)
        let image = try ImageSource.open(path: path, limits: .standard).image()
        #expect(image.attestations.map(\.isEnveloped) == [true])
        #expect(image.attestations.map(\.statement.predicateType) == ["x"])
        #expect(image.mismatches.map(\.rule).sorted() == ["AttestationSubjectMismatch", "AttestationUnreadable"])
    }

    @Test("Docker 25.0.0's faults are mended from manifest.json", arguments: ["null", "order", "missing"])
    func docker25(fault: String) throws {
        let made = try Sample.image(.none)
        var layout = try made.dockerSave()
        if fault == "null" {
            layout.files["index.json"] = .bytes(Array(#"{"schemaVersion":2,"manifests":null}"#.utf8))
        } else {
            var manifest = made.manifest
            manifest.layers = fault == "order" ? manifest.layers.reversed() : Array(manifest.layers.dropLast())
            let bytes = try TestImage.json(manifest)
            layout.addBlob(bytes)
            layout.files["index.json"] = .bytes(
                try TestImage.json(
                    ImageIndex(manifests: [
                        Descriptor(mediaType: MediaType.manifest, digest: .sha256(of: bytes), size: bytes.count)
                    ])
                )
            )
        }
        let scratch = try ScratchFolder()
        let image = try ImageSource.open(path: try layout.writeTar(scratch), limits: .standard).image()
        #expect(try Sample.paths(image) == Sample.expectedPaths)
        #expect(image.name?.familiar == "test:latest")
    }

    @Test("an index that lists what was not saved gives way to manifest.json")
    func unsavedManifest() throws {
        let made = try Sample.image(.none)
        for keepsType in [true, false] {
            var layout = try made.dockerSave()
            layout.files["blobs/sha256/" + made.manifestDigest.hex] = nil
            if !keepsType {
                layout.change("index.json") {
                    $0 = Array(
                        String(decoding: $0, as: UTF8.self).replacing("image.manifest", with: "image.index").utf8
                    )
                }
            }
            let scratch = try ScratchFolder()
            let image = try ImageSource.open(path: try layout.writeTar(scratch), limits: .standard).image()
            #expect(try Sample.paths(image) == Sample.expectedPaths)
            #expect(image.manifestIsReconstructed)
        }
    }

    @Test("skopeo's dir form may hold several platforms")
    func directoryWithIndex() throws {
        let made = try Sample.image()
        var layout = try made.skopeoDirectory()
        let descriptor = Descriptor(
            mediaType: MediaType.manifest,
            digest: made.manifestDigest,
            size: made.manifestBytes.count,
            platform: .linuxAMD64
        )
        layout.files["manifest.json"] = .bytes(try TestImage.json(ImageIndex(manifests: [descriptor])))
        layout.files[made.manifestDigest.hex + ".manifest.json"] = .bytes(made.manifestBytes)
        let scratch = try ScratchFolder()
        let image = try ImageSource.open(path: try layout.writeFolder(scratch), limits: .standard).image()
        #expect(try Sample.paths(image) == Sample.expectedPaths)
        #expect(image.indexDigest != nil && image.manifestDigest == made.manifestDigest)
    }

    @Test("the name that was asked for comes first")
    func askedName() throws {
        let scratch = try ScratchFolder()
        let path = try Sample.image().ociLayout(names: ["docker.io/library/a:1", "docker.io/library/b:2"]).writeTar(
            scratch
        )
        let archive = try ImageSource.open(path: path, limits: .standard)
        #expect(try archive.image(reference: "b:2").names == ["docker.io/library/b:2", "docker.io/library/a:1"])
        #expect(try archive.image().name?.familiar == "a:1")
    }

    @Test("several images are told apart by name, familiar name, tag and digest")
    func references() throws {
        let one = try Sample.image()
        let other = try TestImage([["only": .text("x")]])
        var layout = try one.ociLayout(names: ["docker.io/library/one:1.0", "docker.io/library/one:latest"])
        let second = try other.ociLayout(names: ["ghcr.io/x/two:2"])
        layout.files.merge(second.files) { first, _ in first }
        let manifests = [
            Self.named(one, "docker.io/library/one:1.0"), Self.named(one, "docker.io/library/one:latest"),
            Self.named(other, "ghcr.io/x/two:2"),
        ]
        layout.files["index.json"] = .bytes(try TestImage.json(ImageIndex(manifests: manifests)))
        let scratch = try ScratchFolder()
        let archive = try ImageSource.open(path: try layout.writeTar(scratch), limits: .standard)
        #expect(archive.names == ["docker.io/library/one:1.0", "docker.io/library/one:latest", "ghcr.io/x/two:2"])
        #expect(archive.entries.count == 2)
        for reference in ["one", "one:1.0", "docker.io/library/one:latest", "1.0", one.manifestDigest.description] {
            #expect(try archive.image(reference: reference).manifestDigest == one.manifestDigest)
        }
        for reference in ["ghcr.io/x/two:2", "2"] {
            #expect(try archive.image(reference: reference).manifestDigest == other.manifestDigest)
        }
        #expect(#expect(throws: Failure.self) { try archive.image() }?.code == .usage)
        for reference in ["two", "one:3", "ghcr.io/x/two", "../x", ""] {
            #expect(#expect(throws: Failure.self) { try archive.image(reference: reference) }?.code == .noInput)
        }
    }

    private static func named(_ image: TestImage, _ name: String) -> Descriptor {
        Descriptor(
            mediaType: MediaType.manifest,
            digest: image.manifestDigest,
            size: image.manifestBytes.count,
            annotations: ["io.containerd.image.name": name]
        )
    }
}
