// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

/// Homes, workspaces and grade folders that earlier versions wrote open, and work goes on in them.
@Suite("Stored forms")
struct StoredFormTests {
    static let forms = ["progress-1", "progress-2"]

    /// What a form holds, in a folder of its own.
    private static func unpack(_ form: String) throws -> Learner {
        let learner = try Learner()
        let archive = Learner.root + "/Tests/EndToEndTests/Stored/\(form).tar.gz"
        let tar = try #require(SeaworthyBinary.find("tar"))
        let result = try SeaworthyBinary.run(
            tar,
            ["-xzf", archive, "-C", learner.scratch.path],
            in: learner.scratch.path
        )
        #expect(result.status == 0, "\(result.error)")
        try FileManager.default.moveItem(atPath: learner.scratch.path("workspace"), toPath: learner.workspace)
        return learner
    }

    @Test("every form that is kept has its test")
    func complete() throws {
        let folder = Learner.root + "/Tests/EndToEndTests/Stored"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".tar.gz") }
        #expect(Set(names) == Set(Self.forms.map { $0 + ".tar.gz" }))
    }

    @Test("a home and a workspace open where they were left, and go on", arguments: forms)
    func goesOn(form: String) throws {
        let learner = try Self.unpack(form)
        let before = try learner.dockerfile()
        let status = try learner.seaworthy("status", "--json")
        #expect(status.status == 0, "\(status.error)")
        #expect(status.output.contains("\"rebuild\""), "\(status.output)")
        let text = try learner.seaworthy("status")
        #expect(text.output.contains("step 5 of 7") && text.output.contains("5/5 points"), "\(text.output)")
        let images = try learner.shell("docker images")
        #expect(images.output.contains("memes-r-us"), "\(images.output)\(images.error)")
        #expect(try learner.dockerfile() == before)
        let built = try learner.shell(
            "docker build -t learner/memes-r-us:updated --sbom=true --provenance=mode=max --load ."
        )
        #expect(built.status == 0, "\(built.error)")
        let check = try learner.seaworthy("check")
        #expect(check.status == 0, "\(check.output)\(check.error)")
        let next = try learner.seaworthy("next")
        #expect(next.status == 0, "\(next.error)")
        let reset = try learner.seaworthy("reset", "non-root-user", "--yes")
        #expect(reset.status == 0, "\(reset.error)")
        let undo = try learner.seaworthy("undo")
        #expect(undo.status == 0, "\(undo.error)")
        #expect(try learner.dockerfile() == before)
        let home = learner.scratch.path("home")
        #expect(
            FileManager.default.fileExists(atPath: home + "/progress.sqlite.before-2"),
            "the record as it was is kept"
        )
        let kept = try FileManager.default.subpathsOfDirectory(atPath: home + "/workspaces")
        #expect(kept.contains { $0.hasSuffix("/journal-1.json") }, "so is the history: \(kept)")
    }

    @Test("changes that stand in an older history are taken back and made again, with the work that came behind them")
    func olderHistory() throws {
        let learner = try Self.unpack("progress-2")
        let before = try learner.dockerfile()
        #expect(before.hasSuffix("# later\n"))
        #expect(try learner.seaworthy("status").output.contains("4. [passed]"))
        let file = learner.workspace + "/src/mine/a.js"
        let history = try learner.seaworthy("history")
        #expect(history.output.contains("before reset of step non-root-user"), "\(history.output)")
        #expect(history.output.contains("before solution of step non-root-user"), "\(history.output)")
        let reset = try learner.seaworthy("undo")
        #expect(reset.status == 0 && reset.error.contains("Dockerfile"), "\(reset.output)\(reset.error)")
        #expect(try learner.dockerfile().hasSuffix("# mine, behind the solution\n"))
        #expect(try learner.seaworthy("status").output.contains("step 4 of 7"))
        #expect(try learner.seaworthy("undo").output.contains("solution"))
        #expect(try learner.dockerfile().contains("USER node\nEXPOSE 3000"))
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o750)
        #expect(try String(contentsOfFile: learner.workspace + "/notes.txt", encoding: .utf8) == "hours of mine\n")
        #expect(try learner.seaworthy("undo").output.contains("nothing to take back"))
        for _ in 0..<2 { #expect(try learner.seaworthy("redo", "--yes").status == 0) }
        #expect(try learner.dockerfile() == before)
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test("a folder of grades is gone on with, and what it held is kept", arguments: forms)
    func grades(form: String) throws {
        let learner = try Self.unpack(form)
        let out = learner.scratch.path("grades")
        let earlier = try String(contentsOfFile: out + "/grades.csv", encoding: .utf8)
        let result = try learner.seaworthy(
            "grade",
            "--lesson",
            "securing-your-image",
            learner.scratch.path("subs"),
            "--out",
            out,
            "--resume"
        )
        #expect(result.status == 0, "\(result.output)\(result.error)")
        let now = try String(contentsOfFile: out + "/grades.csv", encoding: .utf8)
        for name in ["hardened", "starter", "tutorial-user", "agpl-package"] {
            #expect(now.contains("\n\(name),"), "\(now)")
        }
        #expect(now.contains("hardened,passed,30,30"))
        let kept = try FileManager.default.subpathsOfDirectory(atPath: out).filter { $0.hasSuffix("grades.csv") }
            .map { try String(contentsOfFile: out + "/" + $0, encoding: .utf8) }
        #expect(kept.contains(earlier), "the grades as they were are kept")
    }
}
