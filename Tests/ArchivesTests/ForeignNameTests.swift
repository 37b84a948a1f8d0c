// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import SeaworthyTestSupport
import Testing

@testable import Archives

@Suite("Names of old archives")
struct ForeignNameTests {
    /// A name as UTF-8 and as the bytes of a code page.
    static let names: [(bytes: [UInt8], text: String)] = [
        (Array("Dockerfile".utf8), "Dockerfile"), (Array("Jürgen".utf8), "Jürgen"),
        (Array("Ju\u{308}rgen".utf8), "Ju\u{308}rgen"),
        // Code page 850 and 437: most letters are the same in both.
        ([0x41, 0x6E, 0x68, 0x84, 0x6E, 0x67, 0x65], "Anhänge"), ([0x4A, 0x81, 0x72, 0x67, 0x65, 0x6E], "Jürgen"),
        ([0x53, 0x74, 0x72, 0x61, 0xE1, 0x65], "Straße"), ([0x72, 0x82, 0x73, 0x75, 0x6D, 0x82], "résumé"),
        ([0xA5, 0x61, 0x6E, 0x64, 0xA3], "Ñandú"), ([0x53, 0x9B, 0x72, 0x65, 0x6E], "Søren"), ([0x99, 0x6C], "Öl"),
        // Code page 1252, as desktops write it.
        ([0x4A, 0xFC, 0x72, 0x67, 0x65, 0x6E], "Jürgen"), ([0x63, 0x61, 0x66, 0xE9], "café"),
        ([0x53, 0xF8, 0x72, 0x65, 0x6E], "Søren"),
        ([0x69, 0x74, 0x92, 0x73], "it’s"),
        // Bytes that make words in none of them.
        ([0x62, 0xB0, 0xFE], "b%b0%fe"), ([0xB0, 0xB1, 0xB2], "%b0%b1%b2"),
    ]

    @Test("are read by the code page in which they are words, else shown byte by byte", arguments: names)
    func read(bytes: [UInt8], text: String) { #expect(ForeignName.text(bytes) == text) }

    @Test("are text whatever the bytes are, and no two steps of a path")
    func total() {
        var generator = SeededGenerator(seed: 7)
        for length in 0..<200 {
            let bytes = generator.bytes(length)
            let text = ForeignName.text(bytes)
            #expect(text.utf8.count { $0 == 0x2F } == bytes.count { $0 == 0x2F })
        }
    }

    @Test("come out of a zip as words, and never collide with UTF-8")
    func extracted() throws {
        let scratch = try ScratchFolder()
        let members = [
            TestZip.Member(name: [0x4A, 0x81, 0x2F, 0x78], bytes: [1]), TestZip.Member("Jörg/x", "y"),
        ]
        let zip = TestZip.bytes(members, saysUTF8: false)
        let reader = try ArchiveReader(.bytes(zip), formats: [.tar, .zip], limits: .submission)
        let report = try SafeExtractor(limits: .submission, decodesNames: true).extract(
            reader,
            toNewFolder: scratch.path("out")
        )
        #expect(report.refused.isEmpty)
        #expect(try scratch.listing() == ["out", "out/Jörg", "out/Jörg/x", "out/Jü", "out/Jü/x"])
    }

    @Test("are refused where only UTF-8 will do")
    func refused() throws {
        let scratch = try ScratchFolder()
        let zip = TestZip.bytes([TestZip.Member(name: [0x4A, 0x81], bytes: [])], saysUTF8: false)
        let reader = try ArchiveReader(.bytes(zip), formats: [.tar, .zip], limits: .submission)
        #expect(throws: (any Error).self) {
            try SafeExtractor(limits: .submission).extract(reader, toNewFolder: scratch.path("out"))
        }
    }
}
