// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

/// What learners do to their work by mistake, typed at the program, and how all of it comes back.
@Suite("Nothing is lost")
struct NothingIsLostTests {
    /// What `history --json` prints.
    struct Kept: Decodable {
        struct Snapshot: Decodable {
            let snapshot: String
            let number: Int?
            let kind: String
            let reach: String?
            let files: Int?
        }
        let canUndo: Bool
        let canRedo: Bool
        let snapshots: [Snapshot]
    }

    private func history(_ learner: Learner) throws -> Kept {
        let result = try learner.seaworthy("history", "--json")
        #expect(result.status == 0, "\(result.error)")
        return try JSONDecoder().decode(Kept.self, from: Data(result.outputBytes))
    }

    private func learner(at step: String = "non-root-user") throws -> Learner {
        let learner = try Learner()
        try learner.learn()
        #expect(try learner.seaworthy("goto", step).status == 0)
        return learner
    }

    @Test("hours of work after a reset survive its undo: it is said, kept, and redo brings them back")
    func laterWork() throws {
        let learner = try learner()
        try learner.write("FROM edited\n")
        #expect(try learner.seaworthy("reset", "--yes").status == 0)
        try learner.write("FROM hours\n")
        try learner.write("hours", to: "notes.txt")
        let dry = try learner.seaworthy("undo", "--dry-run")
        #expect(dry.error.contains("Dockerfile") && dry.error.contains("notes.txt"))
        #expect(try learner.dockerfile() == "FROM hours\n")
        let undo = try learner.seaworthy("undo")
        #expect(undo.status == 0)
        #expect(undo.error.contains("You changed Dockerfile, notes.txt since the reset"), "\(undo.error)")
        #expect(undo.error.contains("seaworthy redo"), "\(undo.error)")
        #expect(try learner.dockerfile() == "FROM edited\n")
        #expect(try learner.seaworthy("redo").status == 0)
        #expect(try learner.dockerfile() == "FROM hours\n")
        #expect(try String(contentsOfFile: learner.workspace + "/notes.txt", encoding: .utf8) == "hours")
        #expect(try learner.seaworthy("undo", "--yes").status == 0)
        #expect(try learner.dockerfile() == "FROM edited\n")
        let end = try learner.seaworthy("undo")
        #expect(end.status == 0 && end.output.contains("nothing to take back") && end.output.contains("redo"))
    }

    @Test("progress goes back and forth with the files")
    func progress() throws {
        let learner = try learner()
        try learner.addBeforeExpose("USER node")
        #expect(try learner.check("non-root-user").state == "passed")
        func isPassed() throws -> Bool {
            try learner.seaworthy("status").output.contains("4. [passed]")
        }
        #expect(try isPassed())
        #expect(try learner.seaworthy("reset", "--lesson", "--yes").status == 0)
        #expect(try !isPassed() && learner.seaworthy().output.contains("step 1 of 7"))
        #expect(try learner.seaworthy("undo").status == 0)
        #expect(try isPassed() && learner.seaworthy().output.contains("step 4 of 7"))
        #expect(try learner.seaworthy("redo").status == 0)
        #expect(try !isPassed())
        #expect(try learner.seaworthy("undo").status == 0)
        #expect(try isPassed())
    }

    @Test("history lists what is kept, and restore brings all of it or some of it back")
    func restore() throws {
        let learner = try learner()
        try learner.write("FROM first\n")
        try learner.write("first", to: "src/mine.js")
        #expect(try learner.seaworthy("solution", "--apply").status == 0)
        try learner.write("FROM second\n")
        #expect(try learner.seaworthy("reset", "--lesson", "--yes").status == 0)
        let kept = try history(learner)
        #expect(kept.canUndo && !kept.canRedo)
        #expect(kept.snapshots.prefix(2).map(\.kind) == ["reset", "solution"])
        #expect(kept.snapshots.last?.kind == "starter")
        let first = try #require(kept.snapshots.first { $0.kind == "solution" }).snapshot
        #expect(try learner.seaworthy("restore", first, "src/mine.js").status == 0)
        #expect(try String(contentsOfFile: learner.workspace + "/src/mine.js", encoding: .utf8) == "first")
        #expect(try learner.dockerfile().hasPrefix("FROM node"))
        #expect(try learner.seaworthy("restore", "2").status == 0)
        #expect(try learner.dockerfile() == "FROM second\n")
        #expect(try learner.seaworthy("restore", "#1").status == 0)
        #expect(try learner.dockerfile() == "FROM first\n")
        for _ in 0..<4 { #expect(try learner.seaworthy("undo").status == 0) }
        #expect(try learner.dockerfile() == "FROM second\n")
        for (words, code) in [
            (["restore", "nonesuch"], 66), (["restore", first, "nonesuch"], 66), (["restore", first, "../x"], 64),
            (["restore", first, ".seaworthy/workspace.json"], 64), (["restore"], 64),
        ] as [([String], Int32)] {
            #expect(try learner.seaworthy(words).status == code, "\(words)")
        }
        #expect(try learner.dockerfile() == "FROM second\n")
        #expect(try learner.seaworthy("history").output.contains("before reset of lesson"))
    }

    @Test("a block knows where it goes: lines to their place, a whole file in place of one, and undo takes both back")
    func save() throws {
        let learner = try learner()
        let starter = try learner.dockerfile()
        #expect(try learner.seaworthy("save", "1").status == 0)
        let expected = starter.replacingOccurrences(
            of: "EXPOSE 3000",
            with:
                "RUN addgroup --system appgroup && adduser --system --ingroup appgroup appuser\nUSER appuser\nEXPOSE 3000"
        )
        #expect(try learner.dockerfile() == expected)
        #expect(try learner.check("non-root-user").state == "passed")
        #expect(try learner.seaworthy("save", "1").output.contains("already"))
        #expect(try learner.dockerfile() == expected)
        #expect(try learner.seaworthy("undo").status == 0)
        #expect(try learner.dockerfile() == starter)
        #expect(try learner.seaworthy("save", "1", "--to", "Dockerfile").status == 0)
        #expect(try learner.dockerfile() == expected, "a part is never written over the whole")
        #expect(try learner.seaworthy("undo").status == 0)
        try learner.write("FROM node:lts-slim\nCMD [\"node\"]\n")
        let noPlace = try learner.seaworthy("save", "1")
        #expect(noPlace.status == 65 && noPlace.error.contains("EXPOSE"), "\(noPlace.error)")
        #expect(try learner.dockerfile() == "FROM node:lts-slim\nCMD [\"node\"]\n")
        #expect(try learner.seaworthy("goto", "hardened-images").status == 0)
        #expect(try learner.seaworthy("save", "1").status == 0)
        #expect(try learner.dockerfile().contains("AS builder"))
        #expect(try learner.seaworthy("undo").status == 0)
        #expect(try learner.dockerfile() == "FROM node:lts-slim\nCMD [\"node\"]\n")
        #expect(try learner.seaworthy().output.contains("step 6 of 7"), "the undo of a save leaves the step alone")
        let command = try learner.seaworthy("save", "2")
        #expect(command.status == 64 && command.error.contains("seaworthy shell"), "\(command.error)")
    }

    @Test("goto takes a step's files when that is asked for, and undo brings one's own and the step back")
    func gotoFiles() throws {
        let learner = try learner()
        try learner.write("FROM mine\n")
        #expect(try learner.seaworthy("goto", "hardened-images", "--files").status == 0)
        #expect(try learner.dockerfile().contains("USER appuser"))
        #expect(try learner.seaworthy("undo").status == 0)
        #expect(try learner.dockerfile() == "FROM mine\n")
        #expect(try learner.seaworthy().output.contains("step 4 of 7"))
    }

    @Test("two workspaces in one home have a record each, and one in the other is left alone")
    func twoWorkspaces() throws {
        let learner = try learner()
        try learner.addBeforeExpose("USER node")
        #expect(try learner.check("non-root-user").state == "passed")
        let second = learner.workspace + "/second"
        let made = try learner.seaworthy("learn", "securing-your-image", "--workspace", second)
        #expect(made.status == 0 && made.output.contains("step 1 of 7"), "\(made.error)")
        #expect(made.error.contains("lies in the workspace \(learner.workspace)"), "\(made.error)")
        // Typed by mistake in a folder of the work, nothing becomes a workspace.
        let mistaken = try SeaworthyBinary.run(
            ["learn", "--adopt"],
            in: learner.workspace + "/src",
            environment: learner.environment
        )
        #expect(mistaken.status == 64 && mistaken.error.contains("lies in a workspace already"), "\(mistaken.error)")
        #expect(!FileManager.default.fileExists(atPath: learner.workspace + "/src/.seaworthy"))
        let status = try learner.seaworthy("status", "--workspace", second)
        #expect(!status.output.contains("[passed]") && status.output.contains(second))
        #expect(try learner.seaworthy("status").output.contains("4. [passed]"))
        #expect(try learner.seaworthy("reset", "--lesson", "--yes").status == 0)
        #expect(
            FileManager.default.fileExists(atPath: second + "/Dockerfile"),
            "the outer reset leaves the inner alone"
        )
        let inside = try SeaworthyBinary.run(["learn"], in: second + "/src", environment: learner.environment)
        #expect(inside.error.contains("Your files: \(second)"), "\(inside.error)")
        #expect(!FileManager.default.fileExists(atPath: second + "/src/securing-your-image"))
    }

    @Test("a copied workspace without its record is explained and adopted, and nothing in it is changed")
    func adoption() throws {
        let learner = try learner()
        try learner.write("FROM mine\n")
        let copy = learner.scratch.path("copy")
        try FileManager.default.copyItem(atPath: learner.workspace, toPath: copy)
        try FileManager.default.removeItem(atPath: copy + "/.seaworthy")
        try FileManager.default.removeItem(atPath: learner.workspace)
        func run(_ words: String...) throws -> SeaworthyBinary.Result {
            try SeaworthyBinary.run(words, in: copy, environment: learner.environment)
        }
        let check = try run("check")
        #expect(check.status == 66 && check.error.contains("--workspace . --adopt"), "\(check.error)")
        let refused = try run("learn", "securing-your-image", "--workspace", ".")
        #expect(refused.status == 73 && refused.error.contains("--adopt"), "\(refused.error)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: copy).contains(".seaworthy") == false)
        let adopted = try run("learn", "securing-your-image", "--workspace", ".", "--adopt")
        #expect(adopted.status == 0, "\(adopted.error)")
        #expect(try String(contentsOfFile: copy + "/Dockerfile", encoding: .utf8) == "FROM mine\n")
        #expect(try run("check").status == 0, "the first step asks nothing")
        // A record that is damaged is told, kept, and adopted only when that is asked for.
        try Data("{".utf8).write(to: URL(fileURLWithPath: copy + "/.seaworthy/workspace.json"))
        for words in [["check"], ["reset", "--yes"], ["undo"], ["learn"], ["save", "1"]] {
            let damaged = try SeaworthyBinary.run(words, in: copy, environment: learner.environment)
            #expect(damaged.status == 65 && damaged.error.contains("--adopt"), "\(words): \(damaged.error)")
        }
        #expect(try run("learn", "securing-your-image", "--adopt").status == 0)
        #expect(try String(contentsOfFile: copy + "/Dockerfile", encoding: .utf8) == "FROM mine\n")
        #expect(try String(contentsOfFile: copy + "/.seaworthy/workspace.json.before-1", encoding: .utf8) == "{")
    }

    @Test("a moved workspace is found with its history and its progress")
    func moved() throws {
        let learner = try learner()
        try learner.addBeforeExpose("USER node")
        #expect(try learner.check("non-root-user").state == "passed")
        #expect(try learner.seaworthy("reset", "--lesson", "--yes").status == 0)
        let moved = learner.scratch.path("moved")
        try FileManager.default.moveItem(atPath: learner.workspace, toPath: moved)
        func run(_ words: String...) throws -> SeaworthyBinary.Result {
            try SeaworthyBinary.run(words, in: moved, environment: learner.environment)
        }
        #expect(try run("undo").status == 0)
        #expect(try run("status").output.contains("4. [passed]"))
        #expect(try String(contentsOfFile: moved + "/Dockerfile", encoding: .utf8).contains("USER node"))
    }

    @Test("names are looked at when they are set, and shown as a shell takes them")
    func names() throws {
        let learner = try learner()
        let bad = try learner.seaworthy("set", "DOCKER_USERNAME", "Maria Lopez")
        #expect(bad.status == 64 && bad.error.contains("maria-lopez"), "\(bad.error)")
        #expect(
            try learner.seaworthy("set", "DOCKER_USERNAME", " maria-lopez ").output == "DOCKER_USERNAME=maria-lopez\n"
        )
        #expect(try learner.seaworthy("set", "DOCKER_USERNAME").output == "DOCKER_USERNAME=maria-lopez\n")
        #expect(try learner.seaworthy("set").output.contains("ORGANIZATION="))
        #expect(try learner.shell("echo $DOCKER_USERNAME").output == "maria-lopez\n")
        let unknown = try learner.seaworthy("set", "DOCKER_USERNAM", "x")
        #expect(unknown.status == 66 && unknown.error.contains("DOCKER_USERNAME"))
        // A name from the environment that no image can have does not reach a command.
        let other = try Learner()
        var environment = other.environment
        environment["DOCKER_USERNAME"] = "Maria Lopez"
        let learn = try SeaworthyBinary.run(
            ["learn", "securing-your-image", "--workspace", other.workspace],
            environment: environment
        )
        #expect(
            learn.status == 0 && learn.error.contains("seaworthy set DOCKER_USERNAME maria-lopez"),
            "\(learn.error)"
        )
        let built = try SeaworthyBinary.run(
            ["shell", "--", "docker build -t $DOCKER_USERNAME/memes-r-us ."],
            in: other.workspace,
            environment: environment
        )
        #expect(built.status == 0, "\(built.error)")
    }

    @Test("a bundle leaves out what is private, and says so")
    func submit() throws {
        let learner = try learner()
        for name in [".env", ".Dockerfile.swp", "id_rsa", "notes.md", "kept.txt"] { try learner.write("x", to: name) }
        try learner.write("-----BEGIN PRIVATE KEY-----\n", to: "cert.pem")
        let file = learner.scratch.path("bundle.tar.gz")
        let result = try learner.seaworthy("submit", "-o", file)
        #expect(result.status == 0)
        for name in [".env", ".Dockerfile.swp", "id_rsa", "notes.md", "cert.pem"] {
            #expect(result.error.contains("Left out: \(name) ("), "\(name): \(result.error)")
        }
        let names = try SeaworthyBinary.run("/bin/tar", ["-tzf", file]).output.split(separator: "\n").map(String.init)
        for name in ["Dockerfile", ".dockerignore", "package.json", "src/index.js", "kept.txt", ".env.sample"] {
            #expect(names.contains(name), "\(name): \(names)")
        }
        for name in [".env", ".Dockerfile.swp", "id_rsa", "notes.md", "cert.pem", ".seaworthy/workspace.json"] {
            #expect(!names.contains(name), "\(name)")
        }
        struct Bundle: Decodable {
            struct Row: Decodable {
                let path: String
                let reason: String
            }
            let file: String
            let leftOut: [Row]
        }
        let json = try learner.seaworthy("submit", "-o", file, "--json")
        let bundle = try JSONDecoder().decode(Bundle.self, from: Data(json.outputBytes))
        #expect(bundle.leftOut.first { $0.path == ".env" }?.reason == "secret")
    }

    @Test("questions that nobody answered are open, not failed")
    func quiz() throws {
        let learner = try learner(at: "recap")
        let open = try learner.check("recap")
        #expect(open.exit == 3 && open.state == "unknown" && open.checks.allSatisfy { $0.state == "skipped" })
        #expect(try learner.seaworthy("check").output.contains("3 of 3 still open"))
        #expect(try learner.seaworthy("answer", "q1", "b").status == 0)
        #expect(try learner.check("recap").exit == 3)
        #expect(try learner.seaworthy("answer", "q2", "a").status == 1)
        #expect(try learner.check("recap").exit == 1)
        for (question, letter) in [("q2", "c"), ("q3", "a")] {
            #expect(try learner.seaworthy("answer", question, letter).status == 0)
        }
        #expect(try learner.check("recap").exit == 0)
    }

    @Test("the last hint and the solution never send one to the other and back", arguments: KillTests.steps)
    func hints(step: String) throws {
        let learner = try learner(at: step)
        var last = ""
        for _ in 0..<4 { last = try learner.seaworthy("hint").error }
        let solution = try learner.seaworthy("solution")
        if last.contains("seaworthy solution") {
            #expect(solution.output.contains("# Dockerfile"))
        } else {
            #expect(!solution.output.contains("seaworthy hint"), "\(solution.output)")
        }
    }

    @Test("what hints tell one to run can be pasted: no command is broken in the middle")
    func pasted() throws {
        let learner = try learner(at: "rebuild")
        for _ in 0..<2 { _ = try learner.seaworthy("hint") }
        let hint = try learner.seaworthy("hint").output
        let joined = hint.replacingOccurrences(of: " \\\n", with: " ")
        let command = "docker build -t $DOCKER_USERNAME/memes-r-us:updated --sbom=true --provenance=mode=max --load ."
        #expect(joined.replacingOccurrences(of: "  ", with: " ").contains(command), "\(hint)")
    }
}
