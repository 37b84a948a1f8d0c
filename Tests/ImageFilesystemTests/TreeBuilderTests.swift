// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import ImageFilesystem
import OCISpec
import SeaworthyTestSupport
import Testing

@Suite("Applying layers")
struct TreeBuilderTests {
    static func build(
        _ layers: [TestLayer],
        limits: Limits = .standard,
        keepsLayers: Bool = false,
        wanted: @escaping (ImagePath, Int) -> Bool = { _, _ in true }
    ) throws -> TreeBuilder {
        var builder = TreeBuilder(limits: limits, keepsLayers: keepsLayers, wanted: wanted)
        for layer in layers {
            let tar = try layer.tar()
            try builder.add(try ArchiveReader(.bytes(tar), limits: limits), diffID: .sha256(of: tar))
        }
        return builder
    }

    /// Each path with what stands there, in short.
    static func listing(_ layers: [TestLayer]) throws -> [String] {
        FileListing.list(try build(layers).tree).map { line in
            let target = line.link.map { " -> " + $0 } ?? ""
            return "\(line.path) \(line.type.rawValue)\(target) \(line.layer.map(String.init) ?? "-")"
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let layers: [TestLayer]
        let wanted: [String]
        var testDescription: String { name }
    }

    static let base: TestLayer = ["d/": .folder(), "d/a": .text("a"), "d/b": .text("b"), "e": .text("e")]

    static let cases: [Case] = [
        Case(
            name: "a file over a file",
            layers: [base, ["d/a": .text("new")]],
            wanted: ["/d dir 0", "/d/a file 1", "/d/b file 0", "/e file 0"]
        ),
        Case(
            name: "a whiteout",
            layers: [base, ["d/.wh.a": .whiteout]],
            wanted: ["/d dir 0", "/d/b file 0", "/e file 0"]
        ),
        Case(name: "a whiteout of a folder", layers: [base, [".wh.d": .whiteout]], wanted: ["/e file 0"]),
        Case(
            name: "a whiteout of nothing",
            layers: [base, ["x/.wh.y": .whiteout]],
            wanted: ["/d dir 0", "/d/a file 0", "/d/b file 0", "/e file 0"]
        ),
        Case(
            name: "a whiteout spares its own layer, whatever the order",
            layers: [
                base, ["e": .text("1"), ".wh.e": .whiteout, ".wh.d": .whiteout, "d/": .folder(), "d/n": .text("n")],
            ],
            wanted: ["/d dir 1", "/d/n file 1", "/e file 1"]
        ),
        Case(
            name: "an opaque folder",
            layers: [base, ["d/n": .text("n"), "d/.wh..wh..opq": .whiteout]],
            wanted: ["/d dir 0", "/d/n file 1", "/e file 0"]
        ),
        Case(
            name: "an opaque root",
            layers: [base, [".wh..wh..opq": .whiteout, "n": .text("n")]],
            wanted: ["/n file 1"]
        ),
        Case(
            name: "bookkeeping of aufs",
            layers: [base, [".wh..wh.plnk/": .folder(), ".wh..wh.aufs": .whiteout]],
            wanted: ["/d dir 0", "/d/a file 0", "/d/b file 0", "/e file 0"]
        ),
        Case(name: "a file over a folder", layers: [base, ["d": .text("file")]], wanted: ["/d file 1", "/e file 0"]),
        Case(
            name: "a folder over a file",
            layers: [base, ["e/": .folder(), "e/x": .text("x")]],
            wanted: ["/d dir 0", "/d/a file 0", "/d/b file 0", "/e dir 1", "/e/x file 1"]
        ),
        Case(
            name: "a folder over a link",
            layers: [["l": .symlink("d"), "d/": .folder()], ["l/": .folder(), "l/x": .text("x")]],
            wanted: ["/d dir 0", "/l dir 1", "/l/x file 1"]
        ),
        Case(
            name: "a file below a linked folder goes where the link leads",
            layers: [["usr/lib/": .folder(), "lib": .symlink("usr/lib")], ["lib/x": .text("x")]],
            wanted: ["/lib symlink -> usr/lib 0", "/usr dir 0", "/usr/lib dir 0", "/usr/lib/x file 1"]
        ),
        Case(
            name: "a whiteout below a linked folder",
            layers: [["usr/lib/x": .text("x"), "lib": .symlink("usr/lib")], ["lib/.wh.x": .whiteout]],
            wanted: ["/lib symlink -> usr/lib 0", "/usr dir 0", "/usr/lib dir 0"]
        ),
        Case(
            name: "a link out of the image stays inside",
            layers: [["out": .symlink("../../.."), "etc/": .folder()], ["out/etc/x": .text("x")]],
            wanted: ["/etc dir 0", "/etc/x file 1", "/out symlink -> ../../.. 0"]
        ),
        Case(
            name: "a file below a link to nothing makes what the link points at",
            layers: [["l": .symlink("a/../no/where")], ["l/x/f": .text("x")]],
            wanted: [
                "/l symlink -> a/../no/where 0", "/no dir 1", "/no/where dir 1", "/no/where/x dir 1",
                "/no/where/x/f file 1",
            ]
        ),
        Case(
            name: "a folder takes the place of a link that runs in circles",
            layers: [["l": .symlink("m"), "m": .symlink("l")], ["l/f": .text("x")]],
            wanted: ["/l dir 1", "/l/f file 1", "/m symlink -> l 0"]
        ),
        Case(
            name: "absolute paths and dots are of the image",
            layers: [["/abs": .text("x"), "./dot/./f": .text("y"), "./": .folder()]],
            wanted: ["/abs file 0", "/dot dir 0", "/dot/f file 0"]
        ),
        Case(
            name: "a hard link",
            layers: [["a": .text("x"), "b": .hardLink("a")]],
            wanted: ["/a file 0", "/b hardlink -> /a 0"]
        ),
        Case(
            name: "a hard link outlives its file",
            layers: [["a": .text("x"), "b": .hardLink("a"), "c": .hardLink("a")], [".wh.a": .whiteout]],
            wanted: ["/b file 0", "/c hardlink -> /b 0"]
        ),
        Case(
            name: "a hard link outlives its file's folder",
            layers: [["d/a": .text("x"), "b": .hardLink("d/a")], [".wh.d": .whiteout]],
            wanted: ["/b file 0"]
        ),
        Case(
            name: "a hard link keeps the old file when the name gets a new one",
            layers: [["a": .text("x"), "b": .hardLink("a")], ["a": .text("new")]],
            wanted: ["/a file 1", "/b file 0"]
        ),
        Case(
            name: "a hard link to a hard link",
            layers: [["a": .text("x"), "b": .hardLink("a"), "c": .hardLink("b")]],
            wanted: ["/a file 0", "/b hardlink -> /a 0", "/c hardlink -> /a 0"]
        ),
        Case(
            name: "a hard link across layers",
            layers: [["a": .text("x")], ["b": .hardLink("a")]],
            wanted: ["/a file 0", "/b hardlink -> /a 1"]
        ),
        Case(name: "a hard link to itself", layers: [["a": .text("x"), "a": .hardLink("a")]], wanted: ["/a file 0"]),
        Case(
            name: "a hard link to nothing",
            layers: [["b": .hardLink("nothing")]],
            wanted: ["/b hardlink -> /nothing 0"]
        ),
        Case(name: "devices", layers: [["c": .device(major: 1, minor: 3)]], wanted: ["/c char 0"]),
    ]

    @Test("squashes as the specification says", arguments: cases)
    func squashes(row: Case) throws { #expect(try Self.listing(row.layers) == row.wanted) }

    @Test("a surviving hard link still has the bytes")
    func survivingBytes() throws {
        let tree = try Self.build([["d/a": .text("x"), "b": .hardLink("d/a")], [".wh.d": .whiteout]]).tree
        #expect(tree.bytes(at: "/b") == Array("x".utf8))
    }

    @Test(
        "refuses paths that climb and whiteouts of folders themselves",
        arguments: [
            "../x", "a/../../x", "a/..", "/../x", "a/.wh..", "a/.wh...", "a/.wh.", ".wh...",
        ]
    )
    func hostile(path: String) throws {
        let error = #expect(throws: Failure.self) { try Self.build([TestLayer([(path, .text("x"))])]) }
        #expect(error?.code == .hostileInput)
    }

    @Test("keeps the bytes that are wanted and can load the others later")
    func content() throws {
        let layers: [TestLayer] = [
            ["keep": .text("kept"), "leave": .text("left"), "link": .symlink("leave"), "hard": .hardLink("leave")],
            ["late": .text("late")],
        ]
        let tree = try Self.build(layers, wanted: { path, _ in path == "/keep" }).tree
        #expect(tree.bytes(at: "/keep") == Array("kept".utf8) && tree.bytes(at: "/leave") == nil)
        let tars = try layers.map { try $0.tar() }
        var opened = 0
        let found = try StoredContent.read(
            ["/keep", "/leave", "/link", "/hard", "/late", "/nothing"],
            of: tree,
            limits: .standard
        ) { diffID, body in
            opened += 1
            let tar = try #require(tars.first { Digest.sha256(of: $0) == diffID })
            try body(try ArchiveReader(.bytes(tar), limits: .standard))
        }
        #expect(opened == 2)
        #expect(
            found.mapValues { String(decoding: $0, as: UTF8.self) } == [
                "/keep": "kept", "/leave": "left", "/link": "left", "/hard": "left", "/late": "late",
            ]
        )
    }

    @Test("files that are wanted but too large together are refused")
    func tooMuch() throws {
        var limits = Limits.standard
        limits.entryBytes = 10
        let layer = TestLayer((0..<5).map { ("f\($0)", .text("123456789")) })
        #expect(#expect(throws: Failure.self) { try Self.build([layer], limits: limits) }?.code == .overLimit)
        // One that is too large alone is left in its layer.
        let large = try Self.build([["f": .text("12345678901")]], limits: limits).tree
        #expect(large.node(at: "/f") != nil && large.bytes(at: "/f") == nil)
        limits.entries = 3
        #expect(#expect(throws: Failure.self) { try Self.build([layer], limits: limits) }?.code == .overLimit)
    }

    @Test("keeps a tree for each layer when asked to")
    func layerTrees() throws {
        let builder = try Self.build([Self.base, ["d/.wh.a": .whiteout, "n": .text("n")]], keepsLayers: true)
        #expect(builder.layerTrees.map(FileTreeTests.paths) == [["/", "/d", "/d/a", "/d/b", "/e"], ["/", "/n"]])
        #expect(builder.removals == [[], ["/d/a"]])
    }

    @Test("what the layer writer writes of a change, applied to the old state, is the new state", arguments: 0..<30)
    func writerProperty(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let names = ["a", "b", "c"]
        func mutate(_ tree: inout FileTree, _ generator: inout SeededGenerator) {
            for _ in 0..<25 {
                let path = ImagePath(
                    "/"
                        + (0...Int.random(in: 0..<4, using: &generator)).map { _ in
                            names.randomElement(using: &generator) ?? "a"
                        }.joined(separator: "/")
                )
                switch Int.random(in: 0..<6, using: &generator) {
                case 0: tree.insert(.directory(mode: 0o750), at: path)
                case 1: tree.insert(.symlink(to: "nowhere"), at: path)
                case 2: tree.remove(path)
                default: tree.insert(.file(generator.bytes(3), uid: 7), at: path)
                }
            }
        }
        let empty = FileTree()
        var first = empty
        mutate(&first, &generator)
        var second = first
        mutate(&second, &generator)
        func layer(_ old: FileTree, _ new: FileTree) throws -> [UInt8] {
            let sink = MemorySink()
            let writer = try TarWriter(to: sink)
            try LayerWriter.write(new.changes(since: old), of: new, to: writer)
            _ = try writer.finish()
            return sink.bytes
        }
        let tars = [try layer(empty, first), try layer(first, second)]
        #expect(try layer(first, second) == tars[1])
        var builder = TreeBuilder(limits: .standard, wanted: { _, _ in true })
        for tar in tars { try builder.add(try ArchiveReader(.bytes(tar), limits: .standard), diffID: .sha256(of: tar)) }
        func plain(_ tree: FileTree) -> [String] {
            FileListing.list(tree).map {
                "\($0.path) \($0.type) \($0.mode) \($0.uid) \($0.link ?? "") \(tree.bytes(at: ImagePath($0.path)) ?? [])"
            }
        }
        #expect(plain(builder.tree) == plain(second))
    }

    @Test("a layer has the folders above a change, whiteouts, and hard links behind their files")
    func writerEntries() throws {
        var old = FileTree()
        old.insert(.directory(mode: 0o711), at: "/usr")
        old.insert(.file([1]), at: "/usr/z")
        old.insert(.file([1]), at: "/usr/gone")
        old.insert(.file([1]), at: "/other/untouched")
        var new = old
        new.remove("/usr/gone")
        new.insert(FileNode(kind: .hardLink(target: "/usr/z"), mode: 0o644), at: "/usr/a")
        new.insert(FileNode(kind: .file(.modelled(sizeBytes: 99)), mode: 0o755, modificationTime: 500), at: "/usr/m")
        let sink = MemorySink()
        let writer = try TarWriter(to: sink)
        try LayerWriter.write(new.changes(since: old), of: new, to: writer, latestTime: 100)
        _ = try writer.finish()
        let reader = try ArchiveReader(.bytes(sink.bytes), limits: .standard)
        var entries: [ArchiveEntry] = []
        while let entry = try reader.next() { entries.append(entry) }
        #expect(entries.map(\.displayPath) == ["usr/", "usr/.wh.gone", "usr/m", "usr/z", "usr/a"])
        #expect(entries[0].mode == 0o711 && entries[2].modificationTime == 100 && entries[2].sizeBytes == 0)
        #expect(entries[4].kind == .hardLink(target: Array("usr/z".utf8)))
    }
}
