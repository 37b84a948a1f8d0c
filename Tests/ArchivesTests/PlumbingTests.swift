// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import HostFiles
import OCISpec
import SeaworthyTestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("Sources, locks and programs")
struct PlumbingTests {
    @Test("a stretch of a file reads as those bytes and nothing more")
    func regions() throws {
        let scratch = try ScratchFolder()
        var generator = SeededGenerator(seed: 1)
        let bytes = generator.bytes(3 << 20)
        let file = try OpenFile(reading: try scratch.write("f", bytes))
        let region = try ByteSource.region(of: file, offset: 1000, length: 2 << 20)
        #expect(try region.readAll(limit: 4 << 20) == Array(bytes[1000..<(1000 + 2 << 20)]))
        #expect(try region.region(offset: 5, length: 7).readAll(limit: 7) == Array(bytes[1005..<1012]))
        #expect(try region.digest() == Digest.sha256(of: Array(bytes[1000..<(1000 + 2 << 20)])))
        #expect(try region.prefix(4) == Array(bytes[1000..<1004]))
        for (offset, length) in [
            (0, bytes.count + 1), (bytes.count, 1), (-1, 2), (1, -1), (Int.max, Int.max), (1, Int.max),
        ] {
            #expect(throws: Failure.self) { try ByteSource.region(of: file, offset: offset, length: length) }
            #expect(throws: Failure.self) { try ByteSource.bytes(bytes).region(offset: offset, length: length) }
        }
        #expect(#expect(throws: Failure.self) { try region.readAll(limit: 10) }?.code == .overLimit)
    }

    @Test("a folder's files are found through links that stay inside, and through no others")
    func openFolder() throws {
        let scratch = try ScratchFolder()
        try scratch.write("outside", "secret")
        try scratch.write("in/a/b/f", "x")
        for (name, target) in [
            ("in/l", "a/b"), ("in/a/up", "../a/b/f"), ("in/out", "../outside"), ("in/abs", "/etc/passwd"),
            ("in/loop", "loop"),
        ] {
            #expect(try SeaworthyBinary.run("/bin/ln", ["-s", target, scratch.path(name)]).status == 0)
        }
        let folder = try ConfinedFolder(reading: scratch.path("in"))
        for path: ImagePath in ["/a/b/f", "/l/f", "/a/up"] {
            #expect(try folder.file(at: path)?.sizeBytes == 1)
        }
        for path: ImagePath in ["/nothing", "/a/b/f/x", "/l/nothing", "/x/y/z"] {
            #expect(try folder.file(at: path) == nil)
        }
        for path: ImagePath in ["/out", "/abs", "/loop"] {
            #expect(#expect(throws: Failure.self) { try folder.file(at: path) }?.code == .hostileInput)
        }
        #expect(#expect(throws: Failure.self) { try folder.file(at: "/a") }?.code == .malformedInput)
    }

    @Test("a lock lets one in at a time")
    func locks() async throws {
        let scratch = try ScratchFolder()
        let path = scratch.path("lock")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<20 {
                        let lock = try FileLock(path)
                        let file = scratch.path("count")
                        let old =
                            (try? HostFile.read(file, limit: 100)).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
                            ?? 0
                        try HostFile.writeAtomically(Array(String(old + 1).utf8), to: file, durable: false)
                        lock.release()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try scratch.read("count") == Array("160".utf8))
    }

    @Test("a program's output is drained however much there is, and one that hangs is killed")
    func programs() throws {
        let much = try SeaworthyBinary.run(
            "/bin/sh",
            ["-c", "yes | head -c 300000; yes | head -c 200000 >&2; cat; exit 3"],
            input: [65]
        )
        #expect(much.status == 3 && much.outputBytes.count == 300_001 && much.errorBytes.count == 200_000)
        let hanging = try SeaworthyBinary.run("/bin/sleep", ["30"], timeout: 0.2)
        #expect(hanging.timedOut && hanging.status == 137)
    }

    @Test("a pseudo-terminal is a terminal of its own size, and takes typing")
    func terminal() throws {
        let terminal = try PseudoTerminal(
            "/bin/sh",
            ["-c", "test -t 0 && test -t 1 && echo is-a-terminal; stty size; pwd; read x; echo got-$x; exit 5"],
            in: "/tmp",
            columns: 100,
            rows: 30
        )
        #expect(terminal.wait(for: "is-a-terminal"))
        #expect(terminal.wait(for: "30 100"))
        #expect(terminal.wait(for: "/tmp"))
        terminal.type("hello\r")
        #expect(terminal.wait(for: "got-hello"))
        #expect(terminal.finish() == 5)
        let interrupted = try PseudoTerminal("/bin/sleep", ["30"])
        usleep(100_000)
        interrupted.type("\u{3}")
        #expect(interrupted.finish() == 130)
    }

    @Test("the binary beside the tests is found, when it is built")
    func binary() throws {
        guard let path = SeaworthyBinary.path else {
            print("skipped: seaworthy is not built")
            return
        }
        #expect(path.hasSuffix("/seaworthy"))
    }

    @Test("a golden file shows the lines that differ")
    func golden() {
        #expect(GoldenFile.difference("a\nb\nc", "a\nx\nc") == "line 2:\n  a\n- b\n+ x\n  c")
        #expect(throws: GoldenFile.Mismatch.self) { try GoldenFile.check("x", named: "not-there.txt") }
    }

    @Test("the seeded generator is the published one")
    func generator() {
        var generator = SeededGenerator(seed: 1_234_567)
        #expect(
            (0..<3).map { _ in generator.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            ]
        )
    }
}
