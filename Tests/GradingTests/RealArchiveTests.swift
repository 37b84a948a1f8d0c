// SPDX-License-Identifier: Apache-2.0

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
        #expect(grades.map(\.state) == [.passed, .partly])
    }
}
