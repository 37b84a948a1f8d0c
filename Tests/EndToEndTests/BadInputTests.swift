// SPDX-License-Identifier: Apache-2.0

import Archives
import Foundation
import OCISpec
import SeaworthyTestSupport
import Testing

@Suite("Bad input, given to the program")
struct BadInputTests {
    /// A command line, and how it must end. `{}` in an argument is the folder with the bad files.
    struct Row: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let status: Int32
        let says: [String]

        init(_ arguments: String..., exits status: Int32, says: String...) {
            (self.arguments, self.status, self.says) = (arguments, status, says)
        }

        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let archives: [(name: String, says: String)] = [
        ("truncated.tar", "runcated"),
        ("truncated.tar.gz", "truncated"),
        ("wrong-layer.tar", "digest"),
        ("wrong-config.tar", "digest"),
        ("wrong-size.tar", "wrong size"),
        ("missing-blob.tar", "is not in the archive"),
        ("climbing.tar", "../evil"),
        ("climbing-layer.tar", "../../evil"),
        ("bomb.tar.gz", "limit"),
        ("bomb.tar.zst", "limit"),
        ("bomb-layer.tar", "limit"),
        ("deep-index.tar", "index.json cannot be read"),
        ("no-json.tar", "index.json cannot be read"),
        ("empty.tar", "this is no image"),
        ("noise.tar", "cannot read the archive"),
        ("nul.tar", "this is no image"),
        ("plain.txt", "cannot read the archive"),
    ]

    static func prepare(_ scratch: ScratchFolder) throws -> String {
        let image = try TestImage([
            ["etc/passwd": .text("root:x:0:0::/:/bin/sh\n"), "data": .bytes([UInt8](repeating: 7, count: 5000))]
        ])
        let good = try image.ociLayout()
        let tar = try good.tar()
        func write(_ name: String, _ bytes: [UInt8]) throws { try scratch.write("bad/" + name, bytes) }
        func blob(_ bytes: [UInt8]) -> String { "blobs/sha256/" + Digest.sha256(of: bytes).hex }
        try write("good.tar", tar)
        try write("truncated.tar", Array(tar.prefix(tar.count / 2 / 512 * 512 + 100)))
        try write("truncated.tar.gz", Array(try good.tar(compression: .gzip).dropLast(200)))
        var changed = good
        changed.change(blob(image.layerBlobs[0])) { $0[$0.count - 5] ^= 1 }
        try write("wrong-layer.tar", try changed.tar())
        changed = good
        changed.change(blob(image.configurationBytes)) { $0[2] ^= 1 }
        try write("wrong-config.tar", try changed.tar())
        changed = good
        changed.change(blob(image.layerBlobs[0])) { $0.append(0) }
        try write("wrong-size.tar", try changed.tar())
        changed = good
        changed.files[blob(image.layerBlobs[0])] = nil
        try write("missing-blob.tar", try changed.tar())
        changed = good
        changed.files["../evil"] = .bytes([1])
        try write("climbing.tar", try changed.tar())
        try write("climbing-layer.tar", try TestImage([["../../evil": .text("x")]]).ociLayout().tar())
        try write("bomb.tar.gz", try TestArchive.bomb(expandedBytes: 3 << 30, .gzip))
        try write("bomb.tar.zst", try TestArchive.bomb(expandedBytes: 3 << 30, .zstd))
        try write("bomb-layer.tar", try Self.bombLayer())
        changed = good
        changed.files["index.json"] = .bytes([UInt8](repeating: 0x5B, count: 300_000))
        try write("deep-index.tar", try changed.tar())
        changed = good
        changed.files["index.json"] = .bytes(Array("{ not json".utf8))
        try write("no-json.tar", try changed.tar())
        try write("empty.tar", [])
        var generator = SeededGenerator(seed: 5)
        try write("noise.tar", generator.bytes(20_000))
        try write("nul.tar", [UInt8](repeating: 0, count: 20_480))
        try write("plain.txt", Array("hello\n".utf8))
        try write("folder/file", [1])
        try write("syntax/Dockerfile", Array("FROM node:lts-slim\nCOPY\nRUNN x\nENV\n".utf8))
        try write("nothing/Dockerfile", [])
        try write("comment/Dockerfile", Array("# only this\n".utf8))
        try write("nul/Dockerfile", Array("FROM node:lts-slim\u{0}\nRUN a\u{0}b\n".utf8))
        try write("huge/Dockerfile", [UInt8](repeating: 0x23, count: 8 << 20))
        return scratch.path("bad")
    }

    /// A right image in all but that its layer expands to 2 GiB of zeros in one file.
    static func bombLayer() throws -> [UInt8] {
        let sink = MemorySink()
        let compressor = try Compressor(.gzip, to: sink)
        let tar = try TestLayer([("zeros", .bytes([]))]).tar()
        var header = Array(tar.prefix(512))
        // The size in octal, then the header's checksum over it.
        header.replaceSubrange(124..<136, with: Array("20000000000\0".utf8))
        header.replaceSubrange(148..<156, with: [UInt8](repeating: 0x20, count: 8))
        let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
        header.replaceSubrange(
            148..<156,
            with: Array((String(repeating: "0", count: 6 - sum.count) + sum + "\0 ").utf8)
        )
        try compressor.write(header)
        for _ in 0..<2048 { try compressor.write([UInt8](repeating: 0, count: 1 << 20)) }
        try compressor.write([UInt8](repeating: 0, count: 1024))
        try compressor.finish()
        let image = try TestImage([["x": .text("x")]])
        var layout = try image.ociLayout()
        layout.addBlob(sink.bytes)
        let manifest = ImageManifest(
            config: image.manifest.config,
            layers: [
                Descriptor(mediaType: MediaType.layerGzip, digest: .sha256(of: sink.bytes), size: sink.bytes.count)
            ]
        )
        let bytes = try TestImage.json(manifest)
        layout.addBlob(bytes)
        let root = Descriptor(mediaType: MediaType.manifest, digest: .sha256(of: bytes), size: bytes.count)
        layout.files["index.json"] = .bytes(try TestImage.json(ImageIndex(manifests: [root])))
        return try layout.tar()
    }

    @Test("an archive that is not what it should be is refused with the reason, and nothing of it is kept")
    func refused() throws {
        let learner = try Learner()
        let bad = try Self.prepare(learner.scratch)
        let before = try learner.scratch.listing().filter { !$0.hasPrefix("home") }
        for (name, says) in Self.archives {
            let file = bad + "/" + name
            let commands = [
                ["image", "load", "-i", file], ["scout", "quickview", "archive://" + file],
                ["image", "files", "--json", file],
            ]
            for command in commands {
                let result = try learner.seaworthy(command)
                #expect(result.status == 65, "\(name): \(command[0]) \(command[1]): \(result.status) \(result.error)")
                #expect(!result.timedOut)
                #expect(result.error.contains(file) || result.error.contains(name), "\(name): \(result.error)")
                #expect(result.error.contains(says), "\(name): \(result.error)")
                #expect(result.outputBytes.isEmpty, "\(name): \(result.output.prefix(300))")
            }
        }
        #expect(try learner.seaworthy("image", "ls", "-q").outputBytes.isEmpty)
        #expect(try learner.scratch.listing().filter { !$0.hasPrefix("home") } == before)
        let blobs = try learner.scratch.listing().filter { $0.hasPrefix("home/images/blobs/") && $0.count > 40 }
        #expect(blobs.isEmpty)
        // The same commands take what is right.
        let good = try learner.seaworthy("image", "load", "-i", bad + "/good.tar")
        #expect(good.status == 0, "\(good.error)")
    }

    static let rows: [Row] = [
        Row(
            "build",
            "{}/syntax",
            exits: 65,
            says: "Dockerfile:2:1: ",
            "Dockerfile:3:1: ",
            "Dockerfile:4:1: ",
            ">>> RUNN x"
        ),
        Row("build", "{}/nothing", exits: 65, says: "Dockerfile"),
        Row("build", "{}/comment", exits: 65, says: "Dockerfile"),
        Row("build", "{}/huge", exits: 65, says: "Dockerfile"),
        Row("build", "{}/absent", exits: 66, says: "absent"),
        Row("build", "{}/plain.txt", exits: 65, says: "plain.txt"),
        Row("build", "{}/folder", exits: 66, says: "Dockerfile"),
        Row("build", "-f", "{}/folder", "{}/folder", exits: 65, says: "folder"),
        Row("build", "--target", "nostage", "{}/nul", exits: 65, says: "nostage"),
        Row("build", exits: 64, says: "context"),
        Row("build", "--platform", "nonsense/", "{}/syntax", exits: 64, says: "platform"),
        Row("build", "-t", "NOT A NAME", "{}/syntax", exits: 64, says: "reference"),
        Row("build", "--engine", "docker-in-space", "{}/syntax", exits: 69, says: "engine"),
        Row("dockerfile", "parse", "{}/absent", exits: 66, says: "absent"),
        Row("dockerfile", "parse", "{}/folder", exits: 65, says: "folder"),
        Row("image", "load", "-i", "{}/absent", exits: 66, says: "absent"),
        Row("image", "load", "-i", "{}/folder", exits: 65, says: "folder"),
        Row("image", "load", "-i", "/dev/null", exits: 65, says: "/dev/null"),
        Row("scout", "quickview", "archive://{}/absent.tar", exits: 66, says: "absent.tar"),
        Row("scout", "quickview", "no-such-image", exits: 66, says: "no-such-image"),
        Row("scout", "quickview", "Not/A/Name", exits: 64, says: "capital"),
        Row("scout", "quickview", "nowhere://x", exits: 64, says: "nowhere://x"),
        Row("scout", "quickview", "--format", "runes", "node:lts-slim", exits: 64, says: "runes"),
        Row("learn", "no-such-lesson", exits: 66, says: "no-such-lesson", "securing-your-image"),
        Row("check", exits: 66, says: "seaworthy learn"),
        Row("check", "--workspace", "{}/absent", exits: 66, says: "absent"),
        Row("frobnicate", exits: 64, says: "frobnicate"),
        Row("scout", "frobnicate", exits: 64, says: "frobnicate"),
        Row("check", "--frobnicate", exits: 64, says: "--frobnicate"),
        Row("toolbox", "vercmp", "--scheme", "runes", exits: 64, says: "runes"),
        Row("grade", "--lesson", "no-such-lesson", "{}", "--out", "{}/../out", exits: 66, says: "no-such-lesson"),
        Row("grade", "--lesson", "securing-your-image", "{}/absent", "--out", "{}/../out", exits: 66, says: "absent"),
        Row(
            "grade",
            "--lesson",
            "securing-your-image",
            "{}/syntax",
            "--out",
            "{}/plain.txt",
            exits: 73,
            says: "plain.txt"
        ),
        Row(
            "grade",
            "--lesson",
            "securing-your-image",
            "{}/syntax",
            "--out",
            "{}/../o",
            "--format",
            "runes",
            exits: 64,
            says: "runes"
        ),
    ]

    @Test("every command says what is wrong, where, and ends with the contract's code")
    func table() throws {
        let learner = try Learner()
        let bad = try Self.prepare(learner.scratch)
        for row in Self.rows {
            let result = try learner.seaworthy(row.arguments.map { $0.replacingOccurrences(of: "{}", with: bad) })
            #expect(result.status == row.status, "\(row.testDescription): exit \(result.status): \(result.error)")
            for text in row.says { #expect(result.error.contains(text), "\(row.testDescription): \(result.error)") }
            #expect(!result.error.isEmpty && !result.timedOut, "\(row.testDescription)")
            #expect(result.outputBytes.isEmpty, "\(row.testDescription): \(result.output.prefix(200))")
            for word in ["Fatal error", "Swift.", "Error Domain", "Optional("] {
                #expect(!result.error.contains(word), "\(row.testDescription): \(result.error)")
            }
        }
    }

    @Test("a pipe without a writer is refused rather than waited for")
    func pipe() throws {
        let learner = try Learner()
        let pipe = learner.scratch.path("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        for command in [
            ["image", "load", "-i", pipe], ["dockerfile", "parse", pipe], ["scout", "quickview", "archive://" + pipe],
        ] {
            let result = try SeaworthyBinary.run(
                command,
                in: learner.scratch.path,
                environment: learner.environment,
                timeout: 20
            )
            #expect(!result.timedOut, "\(command)")
            #expect(result.status == 65, "\(command): \(result.error)")
        }
    }

    @Test("a Dockerfile with errors is checked as far as it can be read")
    func checkOfBrokenFile() throws {
        let learner = try Learner()
        try learner.learn()
        try learner.write(try learner.dockerfile() + "RUNN x\nCOPY\n")
        let report = try learner.check("non-root-user")
        #expect(report.exit == 1)
        let syntax = try report.check("non-root-user.dockerfile")
        #expect(syntax.state == "failed")
        #expect(
            syntax.message.contains("Dockerfile:9:1") && syntax.message.contains("Dockerfile:10:1"),
            "\(syntax.message)"
        )
        #expect(syntax.evidence.compactMap(\.line) == [9, 10])
        // The rest is judged or says why not; it never passes by accident.
        let user = try report.check("non-root-user.user")
        #expect(user.state != "passed" && !user.message.isEmpty)
    }

    @Test("an unknown base image: the build goes on, the policies say No data, and none of those passes")
    func unknownBase() throws {
        let learner = try Learner()
        try learner.scratch.write("context/Dockerfile", "FROM registry.example.org/who/knows:1\nRUN true\n")
        let build = try learner.seaworthy("build", "-t", "x/unknown", "--sbom=true", "--provenance=mode=max", "context")
        #expect(build.status == 0, "\(build.error)")
        #expect(build.error.contains("UNKNOWN") && build.error.contains("registry.example.org/who/knows:1"))
        let view = try learner.seaworthy("scout", "quickview", "x/unknown")
        for title in [
            "No AGPL v3 licenses", "No fixable critical or high vulnerabilities", "No high-profile vulnerabilities",
            "No outdated base images", "No unapproved base images",
        ] {
            let line = view.output.split(separator: "\n").first { $0.contains(title) }
            #expect(line?.contains("No data") == true, "\(title): \(view.output)")
            #expect(line?.contains("✓") == false)
        }
        #expect(!view.output.contains("(7/7"))
        #expect(view.error.contains("registry.example.org/who/knows:1"))
    }

    @Test("a corrupt record is moved aside with a time-stamp, which is said, and the lesson goes on")
    func corruptRecord() throws {
        let learner = try Learner()
        try learner.learn()
        let record = learner.scratch.path("home/progress.sqlite")
        var generator = SeededGenerator(seed: 6)
        let noise = generator.bytes(5000)
        let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: record)))
        // Noise; a right header with noise behind it; half a database.
        for bytes in [noise, Array(whole.prefix(100)) + noise, Array(whole.prefix(whole.count / 2))] {
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: record + suffix) }
            try Data(bytes).write(to: URL(fileURLWithPath: record))
            let before = try learner.scratch.listing().filter { $0.contains("corrupt") }.count
            let check = try learner.seaworthy("check", "--step", "non-root-user", "--json")
            #expect(check.status == 1, "\(check.error)")
            #expect(check.error.contains("corrupt-2026"), "\(check.error)")
            let aside = try learner.scratch.listing().filter { $0.contains("corrupt") }
            #expect(aside.count == before + 1, "\(aside)")
            #expect(try learner.seaworthy("status").error.isEmpty)
        }
    }

    @Test("one hostile zip among good submissions is ungradable with its reason, and the others are graded")
    func hostileSubmission() throws {
        let learner = try Learner()
        try learner.learn()
        let good = try learner.dockerfile()
        for name in ["ada", "zoe"] {
            try learner.scratch.write("batch/\(name)/Dockerfile", good)
        }
        try learner.scratch.write("batch/climber.zip", StoredZip.make([("../../evil", "x"), ("Dockerfile", good)]))
        try learner.scratch.write("batch/link.tar", try TestArchive.tar(["Dockerfile": .symlink("/etc/passwd")]))
        try learner.scratch.write("batch/noise.zip", Array("PK\u{3}\u{4}garbage".utf8))
        try learner.scratch.write("batch/right.zip", StoredZip.make([("Dockerfile", good)]))
        let result = try learner.seaworthy(
            "grade",
            "--lesson",
            "securing-your-image",
            learner.scratch.path("batch"),
            "--out",
            learner.scratch.path("out")
        )
        #expect(result.status == 0, "\(result.error)")
        let file = URL(fileURLWithPath: learner.scratch.path("out/grades.json"))
        struct Book: Decodable {
            struct Grade: Decodable {
                struct Reason: Decodable { let message: String }
                let id: String
                let state: String
                let reason: Reason?
            }
            let submissions: [Grade]
        }
        let book = try JSONDecoder().decode(Book.self, from: Data(contentsOf: file))
        let grades = Dictionary(uniqueKeysWithValues: book.submissions.map { ($0.id, $0) })
        #expect(grades.count == 6, "\(grades.keys.sorted())")
        for name in ["ada", "zoe", "right"] { #expect(grades[name]?.state == "partly", "\(name)") }
        for name in ["climber", "noise"] {
            #expect(grades[name]?.state == "ungradable", "\(name)")
            #expect(grades[name]?.reason?.message.isEmpty == false)
        }
        #expect(grades["link"].map { $0.state != "passed" } == true)
        #expect(try learner.scratch.listing().allSatisfy { !$0.hasSuffix("evil") })
    }
}

/// A zip whose files are stored as they are, with whatever names one likes.
enum StoredZip {
    static func make(_ files: [(name: String, text: String)]) -> [UInt8] {
        var (body, directory): ([UInt8], [UInt8]) = ([], [])
        func number(_ value: UInt32, _ bytes: Int) -> [UInt8] {
            (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        for (name, text) in files {
            let (name, data) = (Array(name.utf8), Array(text.utf8))
            let size = number(UInt32(data.count), 4)
            let common: [UInt8] =
                number(20, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(checksum(data), 4) + size + size
                + number(UInt32(name.count), 2) + number(0, 2)
            directory +=
                [0x50, 0x4B, 1, 2] + number(20, 2) + common + number(0, 10).map { _ in 0 }
                + number(UInt32(body.count), 4) + name
            body += [0x50, 0x4B, 3, 4] + common + name + data
        }
        let count = number(UInt32(files.count), 2)
        return body + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count + number(UInt32(directory.count), 4)
            + number(UInt32(body.count), 4) + [0, 0]
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}
