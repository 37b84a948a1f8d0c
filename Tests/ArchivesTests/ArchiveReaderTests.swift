// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import SeaworthyTestSupport
import Testing

@Suite("Archive reader")
struct ArchiveReaderTests {
    static func limits(
        entries: Int = 1000,
        expanded: Int = 64 << 20,
        entry: Int = 8 << 20,
        ratio: Int = 1000,
        depth: Int = 32,
        path: Int = 1024
    ) -> Limits {
        Limits(
            entries: entries,
            expandedBytes: expanded,
            entryBytes: entry,
            ratio: ratio,
            depth: depth,
            pathBytes: path,
            shellSteps: 0
        )
    }

    static func names(_ bytes: [UInt8], limits: Limits = limits(), formats: [ArchiveReader.Format] = [.tar]) throws
        -> [String]
    {
        let reader = try ArchiveReader(.bytes(bytes), formats: formats, limits: limits)
        var result: [String] = []
        while let entry = try reader.next() { result.append(entry.displayPath) }
        return result
    }

    static let mixed: TestLayer = [
        "d/": .folder(mode: 0o1777, uid: 5, gid: 6), "d/f": .text("hello", mode: 0o4755, uid: 1000, gid: 1001),
        "l": .symlink("d/f"), "h": .hardLink("d/f"), "c": .device(major: 1, minor: 3),
    ]

    @Test("gives back what the writer wrote, whatever the compression", arguments: Compression.allCases)
    func roundTrip(compression: Compression) throws {
        let bytes = try TestArchive.tar(Self.mixed, compression: compression)
        #expect(try ByteSource.bytes(bytes).compression() == compression)
        let reader = try ArchiveReader(.bytes(bytes), limits: Self.limits())
        var found: [ArchiveEntry] = []
        while let entry = try reader.next() {
            if entry.kind == .file { #expect(try reader.readAll() == Array("hello".utf8)) }
            found.append(entry)
        }
        #expect(found.map(\.displayPath) == ["d/", "d/f", "l", "h", "c"])
        #expect(found.map(\.mode) == [0o1777, 0o4755, 0o777, 0o644, 0o666])
        #expect(found[1].uid == 1000 && found[1].gid == 1001 && found[1].sizeBytes == 5)
        #expect(found[2].kind == .symlink(target: Array("d/f".utf8)))
        #expect(found[3].kind == .hardLink(target: Array("d/f".utf8)))
        #expect(found[4].kind == .character(major: 1, minor: 3))
        #expect(found.allSatisfy { $0.note == nil })
    }

    static let awkwardNames: [[UInt8]] = [
        Array("plain".utf8), Array("umläut-ß".utf8), Array("de\u{301}compose\u{301}d".utf8),
        [0x61, 0xFF, 0xFE, 0x62], Array("new\nline".utf8), Array("blank and\ttab".utf8), Array("日本語".utf8),
        Array(("long/" + String(repeating: "x", count: 90) + "/" + String(repeating: "y", count: 90)).utf8),
        Array(String(repeating: "z", count: 255).utf8), Array(String(repeating: "é", count: 120).utf8),
        [0xFF] + Array(String(repeating: "q", count: 200).utf8),
    ]

    @Test("keeps the raw bytes of a path and of a link's target", arguments: rows(awkwardNames))
    func rawBytes(row: NumberedRow<[UInt8]>) throws {
        let name = row.value
        let bytes = try TestArchive.tar([
            (ArchiveEntry(path: name, kind: .file, mode: 0o644), Array("x".utf8)),
            (ArchiveEntry(path: Array("link".utf8), kind: .symlink(target: name), mode: 0o777), []),
        ])
        let reader = try ArchiveReader(.bytes(bytes), limits: Self.limits())
        #expect(try reader.next()?.path == name)
        #expect(try reader.readAll() == Array("x".utf8))
        #expect(try reader.next()?.kind == .symlink(target: name))
        #expect(try reader.next() == nil)
        #expect(try reader.next() == nil)
    }

    /// A PAX header that names the path, and the empty file that it is about.
    static func paxEntry(_ path: [UInt8]) throws -> [UInt8] {
        let rest = Array(" path=".utf8) + path + [0x0A]
        let length = rest.count + (rest.count + 2 < 100 ? 2 : 3)
        var header = Array(
            try TestArchive.tar(["pax": .bytes(Array("\(length)".utf8) + rest)] as TestLayer).dropLast(1024)
        )
        header[156] = UInt8(ascii: "x")
        for index in 148..<156 { header[index] = 0x20 }
        let sum = Array(String(header[..<512].reduce(0) { $0 + Int($1) }, radix: 8).utf8)
        header.replaceSubrange(148..<(148 + sum.count), with: sum)
        return header + Array(try TestArchive.tar(["short": .text("")] as TestLayer).dropLast(1024))
    }

    @Test("a path in a PAX record keeps its bytes: decomposed letters, and what is no UTF-8")
    func paxBytes() throws {
        let names: [[UInt8]] = [
            Array("caf\u{e9}".utf8), Array("cafe\u{301}".utf8), [0x61, 0xE9, 0xFF], [0x61, 0xE8, 0xFF],
            Array((String(repeating: "e\u{301}", count: 80)).utf8),
        ]
        var tar: [UInt8] = []
        for name in names { tar += try Self.paxEntry(name) }
        let reader = try ArchiveReader(.bytes(tar), limits: Self.limits())
        var found: [[UInt8]] = []
        while let entry = try reader.next() {
            #expect(entry.note == nil)
            found.append(entry.path)
        }
        #expect(found == names)
    }

    @Test("an empty tar and no bytes at all have no entries")
    func empty() throws {
        #expect(try Self.names(try TestArchive.tar([])) == [])
        #expect(try Self.names([]) == [])
    }

    @Test("what is no tar is malformed", arguments: ["hello, this is a text", "PK\u{3}\u{4}nonsense", "{}"])
    func noTar(text: String) throws {
        let error = #expect(throws: Failure.self) { try Self.names(Array(text.utf8)) }
        #expect(error?.code == .malformedInput)
    }

    @Test(
        "a tar that ends too early is malformed or has fewer entries, and never runs for ever",
        arguments: [
            Compression.none, .gzip, .zstd, .xz, .bzip2,
        ]
    )
    func truncated(compression: Compression) throws {
        var generator = SeededGenerator(seed: 7)
        let layer: TestLayer = ["a": .bytes(generator.bytes(3000)), "b": .bytes(generator.bytes(70_000))]
        let whole = try TestArchive.tar(layer, compression: compression)
        var refused = 0
        for cut in TestArchive.truncations(of: whole) {
            guard let reader = try? ArchiveReader(.bytes(cut), limits: Self.limits()) else {
                refused += 1
                continue
            }
            do {
                while try reader.next() != nil { _ = try reader.readAll() }
            } catch let failure as Failure {
                #expect(failure.code == .malformedInput)
                refused += 1
                // The verdict stays: asking again gives no other answer and no endless loop.
                #expect(throws: failure) { try reader.next() }
            }
        }
        #expect(refused >= 14)
    }

    @Test("refuses as soon as one limit is passed, and not before")
    func limitsHold() throws {
        let tar = try TestArchive.tar(["a": .text("12345"), "b/c/d": .text("67890")] as TestLayer)
        #expect(try Self.names(tar, limits: Self.limits(entries: 2)).count == 2)
        #expect(try Self.names(tar, limits: Self.limits(expanded: 10)).count == 2)
        #expect(try Self.names(tar, limits: Self.limits(depth: 3)).count == 2)
        #expect(try Self.names(tar, limits: Self.limits(path: 5)).count == 2)
        for limits in [
            Self.limits(entries: 1), Self.limits(expanded: 9), Self.limits(depth: 2), Self.limits(path: 4),
        ] {
            let error = #expect(throws: Failure.self) { try Self.names(tar, limits: limits) }
            #expect(error?.code == .overLimit)
        }
        let reader = try ArchiveReader(.bytes(tar), limits: Self.limits(entry: 4))
        _ = try reader.next()
        let error = #expect(throws: Failure.self) { try reader.readAll() }
        #expect(error?.code == .overLimit)
    }

    @Test("a bomb is refused by ratio and by size", arguments: [Compression.gzip, .zstd, .xz, .bzip2])
    func bomb(compression: Compression) throws {
        let bomb = try TestArchive.bomb(expandedBytes: 48 << 20, compression)
        for limits in [Self.limits(ratio: 100), Self.limits(expanded: 4 << 20, ratio: 1_000_000)] {
            let stream = try ByteSource.bytes(bomb).decompressedStream(limits: limits)
            let error = #expect(throws: Failure.self) { try stream.drain() }
            #expect(error?.code == .overLimit)
        }
    }

    @Test(
        "reads what GNU tar writes: long names, sparse files, PAX, numbers beyond the header",
        arguments: [
            "gnu", "pax", "ustar", "v7",
        ]
    )
    func gnuTar(format: String) throws {
        guard let tar = SeaworthyBinary.find("tar") else {
            print("skipped: tar is not installed")
            return
        }
        let scratch = try ScratchFolder()
        let long = String(repeating: "n", count: format == "gnu" || format == "pax" ? 150 : 90)
        try scratch.write("in/" + long, "long")
        try scratch.write("in/umläut", "utf8")
        try scratch.write("in/sparse", [UInt8](repeating: 0, count: 1 << 20) + [1])
        let made = try SeaworthyBinary.run(
            tar,
            [
                "--format=" + format, format == "gnu" || format == "pax" ? "-cSf" : "-cf", scratch.path("out.tar"),
                "-C", scratch.path("in"), ".",
            ]
        )
        #expect(made.status == 0, "\(made.error)")
        let reader = try ArchiveReader(try .file(at: scratch.path("out.tar")), limits: Self.limits())
        var sizes: [String: Int] = [:]
        while let entry = try reader.next() {
            guard entry.kind == .file else { continue }
            let bytes = try reader.readAll()
            sizes[entry.displayPath] = bytes.count
            #expect(bytes.count == entry.sizeBytes)
            if entry.displayPath.hasSuffix("sparse") { #expect(bytes.last == 1) }
        }
        #expect(sizes["./" + long] == 4)
        #expect(sizes["./umläut"] == 4)
        #expect(sizes["./sparse"] == (1 << 20) + 1)
    }

    @Test("reads zips, with links and modes from the table at the end")
    func zips() throws {
        guard let python = SeaworthyBinary.find("python3") else {
            print("skipped: python3 is not installed")
            return
        }
        let scratch = try ScratchFolder()
        let script = """
            import zipfile, sys
            z = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED)
            z.writestr('dir/a.txt', 'hello' * 100)
            i = zipfile.ZipInfo('link'); i.create_system = 3; i.external_attr = 0o120777 << 16
            z.writestr(i, '../../etc/passwd')
            z.writestr('../evil', 'x')
            z.close()
            """
        #expect(try SeaworthyBinary.run(python, ["-c", script, scratch.path("a.zip")]).status == 0)
        let reader = try ArchiveReader(
            try .file(at: scratch.path("a.zip")),
            formats: [.tar, .zip],
            limits: Self.limits()
        )
        var kinds: [String: ArchiveEntry.Kind] = [:]
        while let entry = try reader.next() { kinds[entry.displayPath] = entry.kind }
        #expect(
            kinds == [
                "dir/a.txt": .file, "link": .symlink(target: Array("../../etc/passwd".utf8)), "../evil": .file,
            ]
        )
        let error = #expect(throws: Failure.self) {
            try SafeExtractor(limits: Self.limits()).extract(
                try ArchiveReader(try .file(at: scratch.path("a.zip")), formats: [.zip], limits: Self.limits()),
                toNewFolder: scratch.path("out")
            )
        }
        #expect(error?.code == .hostileInput)
        #expect(try scratch.listing() == ["a.zip"])
    }

    @Test("a zip whose data changed on the way is refused, wherever the change is", arguments: ["STORED", "DEFLATED"])
    func damagedZips(method: String) throws {
        guard let python = SeaworthyBinary.find("python3") else {
            print("skipped: python3 is not installed")
            return
        }
        let scratch = try ScratchFolder()
        let text = (0..<40).map { "RUN echo \($0)\n" }.joined()
        let script = """
            import zipfile, sys
            z = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_\(method)); z.writestr('Dockerfile', sys.argv[2]); z.close()
            i = zipfile.ZipFile(sys.argv[1]).infolist()[0]
            print(i.compress_size)
            """
        let made = try SeaworthyBinary.run(python, ["-c", script, scratch.path("a.zip"), text])
        let count = try #require(Int(made.output.filter(\.isNumber)), "\(made.error)")
        let bytes = try scratch.read("a.zip")
        // The local header is 30 bytes and the name.
        let start = 30 + "Dockerfile".utf8.count
        for offset in start..<start + count {
            var changed = bytes
            changed[offset] ^= 0x40
            #expect(throws: Failure.self, "byte \(offset) of \(method)") {
                let reader = try ArchiveReader(.bytes(changed), formats: [.tar, .zip], limits: Self.limits())
                while try reader.next() != nil { _ = try reader.readAll() }
            }
        }
    }

    @Test("a zip that expands too much, or lies about it, is refused while it is read")
    func zipBombs() throws {
        guard let python = SeaworthyBinary.find("python3") else {
            print("skipped: python3 is not installed")
            return
        }
        let scratch = try ScratchFolder()
        // The second archive says 5 bytes in both of its headers; 32 MiB would come out.
        let script = """
            import zipfile, sys, struct
            z = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED); z.writestr('f', bytes(32 << 20)); z.close()
            b = open(sys.argv[1], 'rb').read().replace(struct.pack('<I', 32 << 20), struct.pack('<I', 5))
            open(sys.argv[2], 'wb').write(b)
            """
        let made = try SeaworthyBinary.run(python, ["-c", script, scratch.path("a.zip"), scratch.path("b.zip")])
        #expect(made.status == 0, "\(made.error)")
        for name in ["a.zip", "b.zip"] {
            let error = #expect(throws: Failure.self) {
                let reader = try ArchiveReader(
                    try .file(at: scratch.path(name)),
                    formats: [.zip],
                    limits: Self.limits(entry: 64 << 20, ratio: 100)
                )
                _ = try SafeExtractor(limits: Self.limits()).extract(reader, toNewFolder: scratch.path("out"))
            }
            #expect(error?.code == .overLimit || error?.code == .malformedInput)
        }
        #expect(try scratch.listing() == ["a.zip", "b.zip"])
    }

    @Test("random damage ends in a failure or in entries, never in a crash", arguments: 0..<40)
    func fuzz(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let compression = Compression.allCases[seed % Compression.allCases.count]
        var bytes = try TestArchive.tar(Self.mixed, compression: compression)
        for _ in 0..<Int.random(in: 1...20, using: &generator) {
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
                in: .min ... .max,
                using: &generator
            )
        }
        do {
            let reader = try ArchiveReader(.bytes(bytes), formats: [.tar, .zip], limits: Self.limits())
            var count = 0
            while try reader.next() != nil {
                _ = try reader.readAll()
                count += 1
                try #require(count <= 1000)
            }
        } catch is Failure {}
    }
}
