// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import Foundation
import HostFiles
import SeaworthyTestSupport
import Testing

@Suite("Safe extractor")
struct SafeExtractorTests {
    static let names = TestArchive.climbing.map(\.name)

    private func reader(_ layer: TestLayer) throws -> ArchiveReader {
        try ArchiveReader(.bytes(try layer.tar()), limits: ArchiveReaderTests.limits())
    }

    @Test("unpacks folders, files, links and modes below the folder")
    func unpacks() throws {
        let scratch = try ScratchFolder()
        let layer: TestLayer = [
            "a/b/": .folder(mode: 0o500), "a/b/f": .text("hello", mode: 0o4755), "./x/./y": .text("y"),
            "a/l": .symlink("b/f"), "a/up": .symlink("../x/y"), "h": .hardLink("a/b/f"),
        ]
        let report = try SafeExtractor(limits: ArchiveReaderTests.limits()).extract(
            try reader(layer),
            toNewFolder: scratch.path("out")
        )
        #expect(report.refused.isEmpty && report.writtenCount == 6 && report.writtenBytes == 6)
        #expect(
            try scratch.listing() == [
                "out", "out/a", "out/a/b", "out/a/b/f", "out/a/l", "out/a/up", "out/h", "out/x", "out/x/y",
            ]
        )
        #expect(try scratch.read("out/a/l") == Array("hello".utf8))
        #expect(try scratch.read("out/a/up") == Array("y".utf8))
        let mode = try FileManager.default.attributesOfItem(atPath: scratch.path("out/h"))[.posixPermissions] as? Int
        // No setuid bit comes out of an archive.
        #expect(mode == 0o755)
    }

    @Test("refuses all or nothing, and leaves nothing behind", arguments: names)
    func refuses(name: String) throws {
        let layer = try #require(TestArchive.climbing.first { $0.name == name }).layer
        let scratch = try ScratchFolder()
        try scratch.write("inner/keep", "kept")
        let error = #expect(throws: Failure.self) {
            try SafeExtractor(limits: ArchiveReaderTests.limits()).extract(
                try reader(["good": .text("x")] + layer),
                toNewFolder: scratch.path("inner/out")
            )
        }
        #expect(error?.code == .hostileInput)
        #expect(error?.why != nil)
        #expect(try scratch.listing() == ["inner", "inner/keep"])
        #expect(
            !FileManager.default.fileExists(atPath: "/evil") && !FileManager.default.fileExists(atPath: "/tmp/evil")
        )
    }

    @Test("skips and reports what is refused when asked to", arguments: names)
    func skips(name: String) throws {
        let layer = try #require(TestArchive.climbing.first { $0.name == name }).layer
        let scratch = try ScratchFolder()
        let report = try SafeExtractor(limits: ArchiveReaderTests.limits(), strictness: .skipsRefused).extract(
            try reader(layer + ["good": .text("x")]),
            toNewFolder: scratch.path("out")
        )
        #expect(!report.refused.isEmpty)
        let listing = try scratch.listing()
        #expect(listing.contains("out/good"))
        // Where a link was refused a folder of its name may have been made: inside.
        #expect(listing.filter { !$0.hasPrefix("out") } == [])
        #expect(
            !FileManager.default.fileExists(atPath: "/evil") && !FileManager.default.fileExists(atPath: "/tmp/evil")
        )
    }

    @Test("never overwrites: neither a file of the archive nor one that was there")
    func overwrites() throws {
        let scratch = try ScratchFolder()
        try scratch.write("there/f", "old")
        let extractor = SafeExtractor(limits: ArchiveReaderTests.limits(), strictness: .skipsRefused)
        let report = try extractor.extract(
            try reader(["f": .text("new"), "g": .text("1"), "g": .text("2")]),
            intoFolder: scratch.path("there")
        )
        #expect(report.refused.map(\.displayPath) == ["f", "g"])
        #expect(try scratch.read("there/f") == Array("old".utf8))
        #expect(try scratch.read("there/g") == Array("1".utf8))
        #expect(throws: Failure.self) { try extractor.extract(try reader([:]), toNewFolder: scratch.path("there")) }
    }

    @Test("a link behind which another link could climb is refused")
    func linkChains() throws {
        let scratch = try ScratchFolder()
        let layer: TestLayer = ["d/e/": .folder(), "d/e/s": .symlink("../.."), "t": .symlink("d/e/s/../evil")]
        let report = try SafeExtractor(limits: ArchiveReaderTests.limits(), strictness: .skipsRefused).extract(
            try reader(layer),
            toNewFolder: scratch.path("out")
        )
        #expect(report.refused.map(\.displayPath) == ["t"])
    }

    @Test("atomic writing replaces whole files and leaves no temporary ones")
    func atomic() throws {
        let scratch = try ScratchFolder()
        try HostFile.writeAtomically([1], to: scratch.path("f"))
        try HostFile.writeAtomically([2, 3], to: scratch.path("f"))
        #expect(try scratch.read("f") == [2, 3])
        #expect(try scratch.listing() == ["f"])
        let error = #expect(throws: Failure.self) {
            try HostFile.writeAtomically([1], to: scratch.path("no/such/folder/f"))
        }
        #expect(error?.code == .cannotCreate)
    }

    @Test("walking is sorted, follows no link and keeps to its limits")
    func walking() throws {
        let scratch = try ScratchFolder()
        try scratch.write("b/x", "1")
        try scratch.write("a", "22")
        try FileManager.default.createSymbolicLink(atPath: scratch.path("c"), withDestinationPath: "b")
        let entries = try HostFile.walk(scratch.path, limits: ArchiveReaderTests.limits())
        #expect(entries.map(\.path) == ["a", "b", "b/x", "c"])
        #expect(entries.map(\.kind) == [.file, .directory, .file, .symlink])
        #expect(entries[3].linkTarget == "b" && entries[0].sizeBytes == 2)
        let error = #expect(throws: Failure.self) {
            try HostFile.walk(scratch.path, limits: ArchiveReaderTests.limits(entries: 3))
        }
        #expect(error?.code == .overLimit)
        #expect(try HostFile.walk(scratch.path, limits: ArchiveReaderTests.limits()) { $0 != "b" }.count == 3)
    }
}

/// Two layers' entries one after the other.
private func + (left: TestLayer, right: TestLayer) -> TestLayer {
    var result = left
    result.entries += right.entries
    return result
}
