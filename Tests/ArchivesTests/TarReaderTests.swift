// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import SeaworthyTestSupport
import Testing

@Suite("Tar reader")
struct TarReaderTests {
    /// A header block with the right checksum.
    static func header(
        _ name: String,
        type: Character = "0",
        size: String = "00000000000\0",
        link: String = "",
        changes: [Int: [UInt8]] = [:]
    ) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at offset: Int) {
            block.replaceSubrange(offset..<(offset + text.utf8.count), with: text.utf8)
        }
        put(name, at: 0)
        put("0000644\0", at: 100)
        put("0000000\0", at: 108)
        put("0000000\0", at: 116)
        put(size, at: 124)
        put("00000000000\0", at: 136)
        put("        ", at: 148)
        put(String(type), at: 156)
        put(link, at: 157)
        put("ustar\u{0}00", at: 257)
        for (offset, bytes) in changes { block.replaceSubrange(offset..<(offset + bytes.count), with: bytes) }
        let digits = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
        put(String(repeating: "0", count: 6 - digits.utf8.count) + digits + "\0 ", at: 148)
        return block
    }

    static func octal(_ number: Int) -> String {
        let digits = String(number, radix: 8)
        return String(repeating: "0", count: 11 - digits.utf8.count) + digits + "\0"
    }

    /// Data, filled up to whole blocks.
    static func data(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
    }

    static func data(_ text: String) -> [UInt8] { data(Array(text.utf8)) }

    static func pax(_ records: String) -> [UInt8] {
        header("pax", type: "x", size: octal(records.utf8.count)) + data(records)
    }

    static let end = [UInt8](repeating: 0, count: 1024)

    static func read(_ bytes: [UInt8]) throws -> [(entry: ArchiveEntry, data: [UInt8])] {
        let reader = try ArchiveReader(.bytes(bytes), limits: ArchiveReaderTests.limits())
        var result: [(ArchiveEntry, [UInt8])] = []
        while let entry = try reader.next() { result.append((entry, try reader.readAll())) }
        return result
    }

    @Test("entries that have no data by their kind have none whatever their size says, as Go has it")
    func headersOnly() throws {
        for type in "123456" {
            let found = try Self.read(
                Self.header("a", type: type, size: Self.octal(5), link: "t") + Self.header("b") + Self.end
            )
            #expect(found.map(\.entry.displayPath) == ["a", "b"])
            #expect(found[0].entry.sizeBytes == 0)
        }
    }

    @Test("numbers of base 256, signed checksums and a file whose name ends in a slash are read")
    func oddHeaders() throws {
        let wide: [UInt8] = [0x80, 0, 0, 0, 0x01, 0, 0, 0]
        let huge: [UInt8] = [0x80, 0, 0, 0x01, 0, 0, 0, 0]
        let negative = [UInt8](repeating: 0xFF, count: 12)
        let found = try Self.read(
            Self.header("dir/", changes: [108: wide, 116: huge, 136: negative]) + Self.end
        )
        #expect(found[0].entry.kind == .directory)
        #expect(found[0].entry.uid == 1 << 24 && found[0].entry.gid == .max)
        #expect(found[0].entry.modificationTime == -1)
        #expect(found[0].entry.note != nil)
    }

    @Test("PAX records win over the header; an empty value falls back to it; global ones are gone over")
    func records() throws {
        let found = try Self.read(
            Self.header("global", type: "g", size: Self.octal(13)) + Self.data("13 path=none\n")
                + Self.pax("12 uid=4567\n14 gid=200000\n13 mtime=1.9\n8 path=\n19 comment=nothing\n")
                + Self.header("name") + Self.end
        )
        #expect(found.map(\.entry.displayPath) == ["name"])
        #expect(found[0].entry.uid == 4567 && found[0].entry.gid == 200_000 && found[0].entry.modificationTime == 1)
    }

    static let malformed: [[UInt8]] = [
        header("a", size: "-0000000001\0") + end, header("a", size: "zzz") + end,
        header("a", changes: [124: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE]]) + end,
        header("a", changes: [124: [0x80, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]]) + end,
        header("a", size: octal(513)) + data("x"), header("a") + header("b").map { $0 ^ 1 },
        header("a") + Array(header("b").prefix(100)),
        pax("99 path=x\n") + header("a") + end, pax("path=x\n") + header("a") + end, pax("0 a=b\n") + header("a") + end,
        pax("10 path=xy") + header("a") + end, pax("9 pathxy\n") + header("a") + end,
        pax("9 size=x\n") + header("a") + end, pax("10 size=-1\n") + header("a") + end,
        pax("99999999999999999999999999 path=x\n") + header("a") + end,
        pax("26 size=999999999999999999\n") + header("a") + end,
        // Maps of files with holes that overlap, go beyond the file, or do not fill what is stored.
        pax("22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n25 GNU.sparse.realsize=10\n")
            + header("a", size: octal(517)) + data("2\n0\n3\n1\n2\n") + data("12345") + end,
        pax("22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n25 GNU.sparse.realsize=10\n")
            + header("a", size: octal(517)) + data("1\n8\n5\n") + data("12345") + end,
        pax("22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n25 GNU.sparse.realsize=10\n")
            + header("a", size: octal(517)) + data("1\n0\n4\n") + data("12345") + end,
        pax("22 GNU.sparse.major=1\n25 GNU.sparse.realsize=10\n") + header("a", size: octal(10)) + data("1\n0\n4\n"),
        pax("22 GNU.sparse.major=1\n25 GNU.sparse.realsize=10\n") + header("a", size: octal(512)) + data("x\n"),
        pax("22 GNU.sparse.size=10\n23 GNU.sparse.map=0,1,2\n") + header("a", size: octal(1)) + data("x") + end,
        header("a", type: "S", changes: [398: [0x35]]) + end, header("a", type: "S", changes: [482: [1]]),
    ]

    @Test("headers that lie are refused, without a crash and without an endless loop", arguments: rows(malformed))
    func refuses(row: NumberedRow<[UInt8]>) {
        let bytes = row.value
        let failure = #expect(throws: Failure.self) { try Self.read(bytes) }
        #expect(failure?.code == .malformedInput)
    }

    @Test("a header of a header that is longer than any path is refused before it is read")
    func longMeta() {
        for type in "xLK" {
            let failure = #expect(throws: Failure.self) {
                try Self.read(Self.header("a", type: type, size: Self.octal(2 << 20)) + Self.data("x"))
            }
            #expect(failure?.code == .overLimit)
        }
    }

    @Test("files with holes come whole, in each format of GNU tar", arguments: ["gnu", "0.0", "0.1", "1.0"])
    func sparse(version: String) throws {
        guard let tar = SeaworthyBinary.find("tar"), let dd = SeaworthyBinary.find("dd") else {
            print("skipped: tar or dd is not installed")
            return
        }
        let scratch = try ScratchFolder()
        try scratch.write("in/holes", "begin")
        // Thirty stretches: more than one block of the old format's map.
        for index in 1...30 {
            try scratch.write("piece", "piece \(index)")
            let made = try SeaworthyBinary.run(
                dd,
                [
                    "if=" + scratch.path("piece"), "of=" + scratch.path("in/holes"), "bs=65536", "seek=\(index * 2)",
                    "conv=notrunc",
                ]
            )
            #expect(made.status == 0)
        }
        try scratch.write("in/plain", "plain")
        let options = version == "gnu" ? ["--format=gnu"] : ["--format=pax", "--sparse-version=" + version]
        let made = try SeaworthyBinary.run(
            tar,
            options + [
                "--sort=name", "--hole-detection=raw", "-cSf", scratch.path("o.tar"), "-C", scratch.path("in"), "holes",
                "plain",
            ]
        )
        #expect(made.status == 0, "\(made.error)")
        let reader = try ArchiveReader(try .file(at: scratch.path("o.tar")), limits: ArchiveReaderTests.limits())
        #expect(try reader.next()?.displayPath == "holes")
        #expect(try reader.readAll() == Array(try scratch.read("in/holes")))
        #expect(try reader.next()?.displayPath == "plain")
        #expect(try reader.readAll() == Array("plain".utf8))
        #expect(try reader.next() == nil)
    }
}
