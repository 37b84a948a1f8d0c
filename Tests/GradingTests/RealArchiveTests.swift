// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import SeaworthyTestSupport
import Testing

@testable import Grading

@Suite("Archives of real programs")
struct RealArchiveTests {
    static let programs: [(program: String, arguments: [String], name: String)] = [
        ("/usr/bin/tar", ["-cf"], "ada.tar"), ("/bin/tar", ["-czf"], "ada.tar.gz"),
        ("/bin/tar", ["-cJf"], "ada.tar.xz"),
        ("/bin/tar", ["--zstd", "-cf"], "ada.tar.zst"), ("/bin/tar", ["-cjf"], "ada.tar.bz2"),
        ("/usr/bin/python3", ["-m", "zipfile", "-c"], "ada.zip"), ("/usr/bin/zip", ["-qr"], "ada.zip"),
    ]

    @Test("are taken as the folder is", arguments: programs)
    func taken(program: String, arguments: [String], name: String) throws {
        let scratch = try Scratch()
        try scratch.write("work/project/Dockerfile", "FROM a\nUSER app\n")
        try scratch.write("work/project/src/ünïcode.js", String(repeating: "x", count: 100_000))
        try scratch.write("submissions/bob/Dockerfile", "FROM a\n")
        guard FileManager.default.isExecutableFile(atPath: program) else {
            print("skipped: \(program) is not installed")
            return
        }
        let result = try SeaworthyBinary.run(
            program,
            arguments + [scratch.submissions + "/" + name, "project"],
            in: scratch.path + "/work"
        )
        guard result.status == 0 else {
            print("skipped: \(program) cannot write \(name)")
            return
        }
        let grades = try scratch.batch().run([scratch.submissions], judge: wordJudge).grades
        #expect(grades.map(\.id) == ["ada", "bob"])
        #expect(grades.map(\.state) == [.passed, .failed])
    }
}

@Suite("Hiding paths")
struct HidingPathsTests {
    static let places: [(folders: [String], file: String?, place: Place, shown: String)] = [
        (["/tmp/s/ada"], nil, .file("/tmp/s/ada/Dockerfile", line: 3), "Dockerfile:3"),
        (["/tmp/s/ada"], nil, .file("/tmp/s/ada"), "."),
        (["/tmp/s/ada"], nil, .file("/tmp/s/ada-2/x"), "/tmp/s/ada-2/x"),
        (["/tmp/s/ada"], nil, .file("/tmp/s/ada/\u{301}x"), "\u{301}x"),
        (["/tmp/s/ada"], nil, .layer(2, of: .file("/tmp/s/ada/x.tar")), "x.tar, layer 2"),
        (["/tmp/s/ada"], nil, .entry("/tmp/s/ada/x"), "/tmp/s/ada/x"),
        (["/tmp/s"], "/tmp/s/ada.zip", .file("/tmp/s/ada.zip"), "ada.zip"),
        (["src"], nil, .file("src/a"), "src/a"), (["/"], nil, .file("/a/b"), "/a/b"), ([""], nil, .file("x"), "x"),
        (["/o", "/o/.grading/submission"], nil, .file("/o/.grading/submission/x"), "x"),
    ]

    @Test("shows a place the same wherever a grade is made, and no other path", arguments: places)
    func hides(folders: [String], file: String?, place: Place, shown: String) {
        let failure = HidingPaths(folders, file: file)(Failure(.overLimit, "too large", at: place))
        #expect(failure.description == shown + ": too large")
    }

    @Test("grades by a relative path as by an absolute one")
    func relative() throws {
        let absolute = HostPath.absolute("some/folder")
        #expect(absolute.hasPrefix("/") && absolute.hasSuffix("/some/folder"))
        #expect(HostPath.absolute("/a/b") == "/a/b")
        #expect(HostPath.absolute(".") == HostPath.real("."))
    }
}
