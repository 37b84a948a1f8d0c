// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import OCISpec
import SeaworthyTestSupport
import Testing

@Suite("Tar writer")
struct TarWriterTests {
    @Test("the same entries give the same bytes, whatever the compression", arguments: Compression.allCases)
    func deterministic(compression: Compression) throws {
        let layer = ArchiveReaderTests.mixed
        #expect(
            try TestArchive.tar(layer, compression: compression) == TestArchive.tar(layer, compression: compression)
        )
    }

    @Test("gzip carries no time stamp and no name")
    func gzipHeader() throws {
        let bytes = try TestArchive.tar(ArchiveReaderTests.mixed, compression: .gzip)
        #expect(Array(bytes[0...7]) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
    }

    @Test("digests and sizes of both forms come out of one pass")
    func summary() throws {
        let sink = MemorySink()
        let writer = try TarWriter(to: sink, compression: .gzip)
        try writer.add(ArchiveEntry(path: Array("f".utf8), kind: .file, mode: 0o644), Array("hello".utf8))
        let summary = try writer.finish()
        let plain = try TestArchive.tar(["f": .text("hello")] as TestLayer)
        #expect(summary.diffID == Digest.sha256(of: plain))
        #expect(summary.uncompressedBytes == plain.count)
        #expect(summary.digest == Digest.sha256(of: sink.bytes))
        #expect(summary.sizeBytes == sink.bytes.count)
        #expect(plain.count == 2048)
    }

    @Test("a plain header is byte for byte what the standard says")
    func header() throws {
        let bytes = try TestArchive.tar([
            (
                ArchiveEntry(path: Array("a".utf8), kind: .file, mode: 0o644, uid: 8, gid: 9, modificationTime: 64),
                [0x62]
            )
        ])
        #expect(String(decoding: bytes[100..<108], as: UTF8.self) == "0000644\0")
        #expect(String(decoding: bytes[108..<116], as: UTF8.self) == "0000010\0")
        #expect(String(decoding: bytes[124..<136], as: UTF8.self) == "00000000001\0")
        #expect(String(decoding: bytes[136..<148], as: UTF8.self) == "00000000100\0")
        #expect(bytes[156] == UInt8(ascii: "0"))
        #expect(String(decoding: bytes[257..<265], as: UTF8.self) == "ustar\u{0}00")
        #expect(bytes[512] == 0x62)
        #expect(bytes[513..<2048].allSatisfy { $0 == 0 })
    }

    @Test("names of every length from 1 to 300 come back, alone and in folders")
    func lengths() throws {
        for length in 1...300 {
            let alone = [UInt8](repeating: 0x61, count: length)
            let split = Array((0..<length).map { $0 % 40 == 39 ? UInt8(0x2F) : 0x62 }) + [0x63]
            for name in [alone, split] {
                let bytes = try TestArchive.tar([(ArchiveEntry(path: name, kind: .file, mode: 0o644), [1, 2, 3])])
                let reader = try ArchiveReader(.bytes(bytes), limits: ArchiveReaderTests.limits())
                #expect(try reader.next()?.path == name)
                #expect(try reader.readAll() == [1, 2, 3])
            }
        }
    }

    static let numbers: [(uid: UInt32, time: Int)] = [
        (0, 0), (2_097_151, 8_589_934_591), (2_097_152, 8_589_934_592), (.max, -1), (65534, -62_135_596_800),
    ]

    @Test("numbers that do not fit into the header come back through PAX", arguments: numbers)
    func largeNumbers(uid: UInt32, time: Int) throws {
        let entry = ArchiveEntry(
            path: Array("f".utf8),
            kind: .file,
            mode: 0o600,
            uid: uid,
            gid: uid,
            userName: String(repeating: "u", count: 40),
            modificationTime: time
        )
        let reader = try ArchiveReader(.bytes(try TestArchive.tar([(entry, [])])), limits: ArchiveReaderTests.limits())
        let found = try #require(try reader.next())
        #expect(found.uid == uid && found.gid == uid && found.modificationTime == time)
        #expect(found.userName == entry.userName)
    }

    @Test("GNU tar lists what the writer wrote")
    func gnuTarAgrees() throws {
        guard let tar = SeaworthyBinary.find("tar") else {
            print("skipped: tar is not installed")
            return
        }
        let scratch = try ScratchFolder()
        let long = String(repeating: "long/", count: 60) + "name"
        let bytes = try TestArchive.tar(
            ["d/": .folder(), "d/umläut": .text("x"), long: .text("y"), "s": .symlink(long)] as TestLayer
        )
        let file = try scratch.write("a.tar", bytes)
        let listed = try SeaworthyBinary.run(
            tar,
            ["--quoting-style=literal", "-tf", file],
            environment: ["LC_ALL": "C.UTF-8"]
        )
        #expect(listed.status == 0)
        #expect(listed.output.split(separator: "\n").map(String.init) == ["d/", "d/umläut", long, "s"])
    }

    @Test("refuses data that is not as long as announced")
    func wrongLength() throws {
        let writer = try TarWriter(to: NullSink())
        try writer.begin(ArchiveEntry(path: [0x61], kind: .file, mode: 0, sizeBytes: 2))
        #expect(throws: Failure.self) { try writer.end() }
        #expect(throws: Failure.self) { try [UInt8](repeating: 1, count: 3).withUnsafeBytes { try writer.write($0) } }
    }

    @Test("hashes as the standard's examples say")
    func digests() {
        #expect(
            Digest.sha256(of: "abc").description
                == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        #expect(Digest.sha256(of: []).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Digest.digest(of: Array("abc".utf8), .sha512).hex.hasPrefix("ddaf35a193617abacc417349ae204131"))
        var hasher = BlobHasher()
        for byte in "abc".utf8 { hasher.update([byte]) }
        #expect(hasher.digest() == Digest.sha256(of: "abc"))
        #expect(hasher.byteCount == 3)
    }
}
