// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import ImageLayouts
import OCISpec
import SeaworthyTestSupport
import Testing

@Suite("Hostile and damaged images")
struct HostileImageTests {
    /// Opens the image and reads every layer.
    static func read(_ path: String, _ limits: Limits = .submission) throws {
        _ = try Sample.paths(try ImageSource.open(path: path, limits: limits).image())
    }

    @Test(
        "any blob with a changed byte is refused, in every form",
        arguments: ImageSourceTests.forms,
        [
            Compression.none, .gzip,
        ]
    )
    func changedBytes(form: String, compression: Compression) throws {
        let made = try Sample.image(compression)
        let layout = try ImageSourceTests.layout(form, made)
        let blobs = layout.files.keys.filter {
            $0.contains("blobs/") || $0.hasSuffix("layer.tar") || $0.utf8.count == 64 || $0.hasSuffix(".json")
        }.filter { $0 != "index.json" && $0 != "manifest.json" && !$0.hasSuffix("/json") }
        #expect(blobs.count >= 3)
        for blob in blobs {
            var damaged = layout
            // A byte that no parser minds: within a text, or in the padding at the end of a tar.
            damaged.change(blob) { $0[$0.count - ($0.count > 600 ? 300 : 4)] ^= 1 }
            let scratch = try ScratchFolder()
            for path in [try damaged.writeFolder(scratch), try damaged.writeTar(scratch)] {
                let error = #expect(throws: Failure.self, "\(blob)") { try Self.read(path) }
                #expect(error?.code == .malformedInput)
            }
        }
    }

    @Test("a document that no registry would take is refused before it is parsed")
    func hugeDocument() throws {
        let scratch = try ScratchFolder()
        let manifest =
            Array(#"{"schemaVersion":2,"pad":["#.utf8) + [UInt8](repeating: 0x20, count: 9 << 20) + Array("]}".utf8)
        let digest = Digest.sha256(of: manifest)
        let index =
            #"{"schemaVersion":2,"manifests":[{"mediaType":"\#(MediaType.manifest)","digest":"\#(digest)","#
            + #""size":\#(manifest.count)}]}"#
        try scratch.write("i/oci-layout", #"{"imageLayoutVersion":"1.0.0"}"#)
        try scratch.write("i/index.json", index)
        try scratch.write("i/blobs/sha256/" + digest.hex, manifest)
        let error = #expect(throws: Failure.self) { try Self.read(scratch.path("i")) }
        #expect(error?.code == .overLimit)
    }

    @Test("a manifest of Docker's first schema is named as what it is")
    func firstSchema() throws {
        let scratch = try ScratchFolder()
        try scratch.write("i/manifest.json", #"{"schemaVersion":1,"fsLayers":[],"history":[]}"#)
        let error = #expect(throws: Failure.self) { try Self.read(scratch.path("i")) }
        #expect(error?.code == .malformedInput)
        #expect(error?.why?.contains("schema version 1") == true)
    }

    @Test("any blob that is longer or shorter than promised is refused", arguments: ImageSourceTests.forms)
    func changedSizes(form: String) throws {
        let layout = try ImageSourceTests.layout(form, try Sample.image(.none))
        for blob in layout.files.keys.filter({ $0.contains("blobs/") || $0.hasSuffix("layer.tar") }) {
            for change in [
                { (bytes: inout [UInt8]) in bytes.append(0) }, { (bytes: inout [UInt8]) in bytes.removeLast() },
            ] {
                var damaged = layout
                damaged.change(blob, change)
                let scratch = try ScratchFolder()
                let error = #expect(throws: Failure.self) { try Self.read(try damaged.writeTar(scratch)) }
                #expect(error?.code == .malformedInput)
            }
        }
    }

    @Test("any file that is missing is refused or not needed", arguments: ImageSourceTests.forms)
    func missing(form: String) throws {
        let layout = try ImageSourceTests.layout(form, try Sample.image())
        for file in layout.files.keys {
            var damaged = layout
            damaged.files[file] = nil
            let scratch = try ScratchFolder()
            do {
                try Self.read(try damaged.writeTar(scratch))
                let optional = ["oci-layout", "version", "repositories", "VERSION", "json"]
                #expect(
                    optional.contains { file.hasSuffix($0) } || form == "docker",
                    "\(file) is missing and nobody minded"
                )
            } catch let failure as Failure {
                #expect(failure.code == .malformedInput)
            }
        }
    }

    @Test(
        "an archive that ends too early is refused, plain or compressed",
        arguments: ImageSourceTests.forms,
        [
            Compression.none, .gzip, .zstd,
        ]
    )
    func truncated(form: String, compression: Compression) throws {
        let scratch = try ScratchFolder()
        let whole = try ImageSourceTests.layout(form, try Sample.image()).tar(compression: compression)
        // A tar that lacks no more than its end mark, or the padding before it, still has everything.
        for cut in TestArchive.truncations(of: whole, count: 12)
        where compression != .none || cut.count < whole.count - 2048 {
            let path = try scratch.write("cut.tar", cut)
            let error = #expect(throws: Failure.self) { try Self.read(path) }
            #expect(error?.code == .malformedInput)
            #expect(try scratch.listing() == ["cut.tar"])
        }
    }

    @Test("an archive whose members climb is refused", arguments: TestArchive.climbing.map(\.name))
    func climbingMembers(name: String) throws {
        let hostile = try #require(TestArchive.climbing.first { $0.name == name }).layer
        var entries = try Sample.image().ociLayout().files.sorted { $0.key < $1.key }.compactMap { path, content in
            guard case .bytes(let bytes) = content else { return nil as (ArchiveEntry, [UInt8])? }
            return (ArchiveEntry(path: Array(path.utf8), kind: .file, mode: 0o644), bytes)
        }
        entries += hostile.entries.map { ($0.entry, $0.data) }
        let scratch = try ScratchFolder()
        let path = try scratch.write("evil.tar", try TestArchive.tar(entries.map { (entry: $0.0, data: $0.1) }))
        if name == "writes through a link" { return }
        let error = #expect(throws: Failure.self) { try Self.read(path) }
        #expect(error?.code == .hostileInput)
        #expect(try scratch.listing() == ["evil.tar"])
    }

    @Test("manifest.json may not name files outside of the archive", arguments: ["../x", "/etc/passwd", "a/../../b"])
    func climbingNames(name: String) throws {
        let made = try Sample.image()
        for field in ["Config", "Layers"] {
            var layout = try made.legacyDockerSave()
            let config = Digest.sha256(of: made.configurationBytes).hex + ".json"
            let list =
                field == "Config"
                ? #""Config":"\#(name)","Layers":[]"# : #""Config":"\#(config)","Layers":["\#(name)","\#(name)"]"#
            layout.files["manifest.json"] = .bytes(Array("[{\(list)}]".utf8))
            let scratch = try ScratchFolder()
            let error = #expect(throws: Failure.self) { try Self.read(try layout.writeTar(scratch)) }
            #expect(error?.code == .hostileInput)
        }
    }

    @Test("a folder's links may not lead out of it")
    func folderLinks() throws {
        let made = try Sample.image()
        let config = "blobs/sha256/" + made.manifest.config.digest.hex
        for target in ["/etc/passwd", "../../../../../etc/passwd", config] {
            var layout = try made.ociLayout()
            layout.files[config] = .symlink(target == config ? made.manifest.config.digest.hex : target)
            let scratch = try ScratchFolder()
            let error = #expect(throws: Failure.self) { try Self.read(try layout.writeFolder(scratch)) }
            #expect(error?.code == .hostileInput)
        }
    }

    @Test("bombs are refused: the whole archive, or a layer")
    func bombs() throws {
        let scratch = try ScratchFolder()
        let whole = try scratch.write("bomb.tar.gz", try TestArchive.bomb(expandedBytes: 64 << 20))
        #expect(#expect(throws: Failure.self) { try Self.read(whole) }?.code == .overLimit)
        let layer: TestLayer = ["zeros": .bytes([UInt8](repeating: 0, count: 32 << 20))]
        let path = try TestImage([layer]).ociLayout().writeTar(scratch)
        #expect(#expect(throws: Failure.self) { try Self.read(path) }?.code == .overLimit)
        var patient = Limits.submission
        patient.ratio = 2_000
        try Self.read(path, patient)
    }

    @Test(
        "verifying layers finds what copying blobs does not look at",
        arguments: [
            ("../evil", Failure.Code.hostileInput), ("a/../../evil", .hostileInput), ("/../evil", .hostileInput),
        ]
    )
    func verifiesLayers(path: String, code: Failure.Code) throws {
        let scratch = try ScratchFolder()
        try ImageSource.open(path: try Sample.image().ociLayout().writeTar(scratch, "good.tar"), limits: .submission)
            .image().verifyLayers()
        let evil = try TestImage([TestLayer([(path, .text("x"))])]).ociLayout().writeTar(scratch, "evil.tar")
        let image = try ImageSource.open(path: evil, limits: .submission).image()
        #expect(#expect(throws: Failure.self) { try image.verifyLayers() }?.code == code)
    }

    @Test("a configuration that names other uncompressed bytes is refused")
    func wrongDiffID() throws {
        let made = try Sample.image(.gzip)
        var configuration = made.configuration
        configuration.rootfs.diffIDs[1] = .sha256(of: "other")
        let config = try TestImage.json(configuration)
        var manifest = made.manifest
        manifest.config = Descriptor(
            mediaType: MediaType.configuration,
            digest: .sha256(of: config),
            size: config.count
        )
        let bytes = try TestImage.json(manifest)
        var layout = try made.ociLayout()
        layout.addBlob(config)
        layout.addBlob(bytes)
        layout.files["index.json"] = .bytes(
            try TestImage.json(
                ImageIndex(manifests: [
                    Descriptor(mediaType: MediaType.manifest, digest: .sha256(of: bytes), size: bytes.count)
                ])
            )
        )
        let scratch = try ScratchFolder()
        let image = try ImageSource.open(path: try layout.writeTar(scratch), limits: .submission).image()
        let error = #expect(throws: Failure.self) { try image.verifyLayers() }
        #expect(error?.code == .malformedInput && error?.what.contains("layer 2") == true)
    }

    static let broken: [(name: String, files: [String: String])] = [
        ("nothing", [:]), ("text", ["hello": "x"]), ("index is no JSON", ["index.json": "{"]),
        ("index is a list", ["index.json": "[]"]), ("index without manifests", ["index.json": "{}"]),
        ("no images", ["index.json": #"{"manifests":[]}"#]), ("empty docker list", ["manifest.json": "[]"]),
        ("docker item without config", ["manifest.json": #"[{"Layers":[]}]"#]),
        (
            "negative size",
            [
                "index.json":
                    #"{"manifests":[{"digest":"sha256:\#(String(repeating: "a", count: 64))","size":-1,"mediaType":""}]}"#
            ]
        ),
        (
            "size beyond integers",
            [
                "index.json":
                    #"{"manifests":[{"digest":"sha256:\#(String(repeating: "a", count: 64))","size":1e30,"mediaType":""}]}"#
            ]
        ),
        ("digest climbs", ["index.json": #"{"manifests":[{"digest":"sha256:../../etc/passwd","size":1}]}"#]),
        ("unknown algorithm", ["index.json": #"{"manifests":[{"digest":"md5:00","size":1}]}"#]),
        ("deep JSON", ["index.json": String(repeating: "[", count: 100_000)]),
        ("before Docker 1.10", ["repositories": "{}"]),
    ]

    @Test("what is no image is malformed, with a reason", arguments: broken.map(\.name))
    func notAnImage(name: String) throws {
        let files = try #require(Self.broken.first { $0.name == name }).files
        var layout = TestLayout()
        for (path, text) in files { layout.files[path] = .bytes(Array(text.utf8)) }
        let scratch = try ScratchFolder()
        let error = #expect(throws: Failure.self) { try Self.read(try layout.writeTar(scratch)) }
        #expect(error?.code == .malformedInput)
    }

    @Test("what is not there is no input; what is no file is malformed")
    func notThere() throws {
        let missing = #expect(throws: Failure.self) { try Self.read("/no/such/image.tar") }
        #expect(missing?.code == .noInput)
        let device = #expect(throws: Failure.self) { try Self.read("/dev/null") }
        #expect(device?.code == .malformedInput)
    }
}
