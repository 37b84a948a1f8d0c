// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

/// The mistakes of `NothingIsLostTests` in other shapes, and what looks like one and is none.
@Suite("Mistakes of every shape")
struct NearMistakesTests {
    private func learner(at step: String = "non-root-user") throws -> Learner {
        let learner = try Learner()
        try learner.learn()
        #expect(try learner.seaworthy("goto", step).status == 0)
        return learner
    }

    private func text(_ name: String, _ learner: Learner) -> String? {
        try? String(contentsOfFile: learner.workspace + "/" + name, encoding: .utf8)
    }

    static let changes = [
        ["reset", "--yes"], ["reset", "--lesson", "--yes"], ["reset", "quickview", "--yes"], ["solution", "--apply"],
        ["save", "1"], ["goto", "hardened-images", "--files"], ["restore", "STARTER"],
        ["restore", "STARTER", "Dockerfile"],
    ]

    @Test(
        "work behind any change survives its undo, and an undo of nothing but the change says nothing",
        arguments: changes
    )
    func laterWork(change: [String]) throws {
        let learner = try learner()
        let starter = try learner.seaworthy("history", "--json").output
        struct Kept: Decodable {
            struct Row: Decodable {
                let snapshot: String
                let kind: String
            }
            let snapshots: [Row]
        }
        let kept = try JSONDecoder().decode(Kept.self, from: Data(starter.utf8))
        let name = try #require(kept.snapshots.first { $0.kind == "starter" }).snapshot
        let words = change.map { $0 == "STARTER" ? name : $0 }
        try learner.addBeforeExpose("# first")
        let first = try learner.dockerfile()
        #expect(try learner.seaworthy(words).status == 0)
        // Nothing was done since: there is nothing to warn of.
        let plain = try learner.seaworthy("undo", "--dry-run")
        #expect(!plain.error.contains("You changed"), "\(plain.error)")
        try learner.write(try learner.dockerfile() + "# hours\n")
        try learner.write("hours", to: "src/hours.js")
        let hours = try learner.dockerfile()
        let json = try learner.seaworthy("undo", "--dry-run", "--json")
        #expect(json.output.contains("Dockerfile"), "\(json.output)")
        let undo = try learner.seaworthy("undo")
        #expect(undo.status == 0 && undo.error.contains("Dockerfile"), "\(undo.error)")
        #expect(try learner.dockerfile() == first)
        #expect(try learner.seaworthy("redo").status == 0)
        #expect(try learner.dockerfile() == hours)
        #expect(text("src/hours.js", learner) == "hours")
    }

    @Test("somebody at a terminal is asked before later work goes out of sight, and no is no")
    func asked() throws {
        let learner = try learner()
        #expect(try learner.seaworthy("reset", "--yes").status == 0)
        try learner.write("FROM hours\n")
        for (answer, expected) in [("n", "FROM hours\n"), ("", "FROM hours\n"), ("y", nil)] as [(String, String?)] {
            let terminal = try PseudoTerminal(nil, ["undo"], in: learner.workspace, environment: learner.environment)
            #expect(terminal.wait(for: "Go on?"))
            terminal.type(answer + "\n")
            #expect(terminal.finish(timeout: 30) == 0)
            if let expected {
                #expect(try learner.dockerfile() == expected)
            } else {
                #expect(try learner.dockerfile().hasPrefix("FROM node"))
            }
        }
    }

    /// Arguments of `save` that put nothing anywhere, with the exit code; `FILE` is never made.
    static let saves: [(words: [String], code: Int32)] = [
        (["save", "0"], 64), (["save", "-1"], 64), (["save", "99"], 64), (["save", "x"], 64), (["save"], 64),
        (["save", "1", "--to", "../Dockerfile"], 64), (["save", "1", "--to", "/tmp/Dockerfile"], 64),
        (["save", "1", "--to", ".seaworthy/workspace.json"], 64), (["save", "1", "--to", ".git/config"], 64),
        (["save", "1", "--to", "src"], 64), (["save", "1", "--to", "link"], 64), (["save", "1", "--to", ""], 64),
        (["save", "1", "--to", "package.json/x"], 64), (["save", "1", "--to", "src/../../x"], 64),
    ]

    @Test("a block that has no place is refused, and nothing is written over")
    func refusedSaves() throws {
        let learner = try learner()
        let outside = learner.scratch.path("outside")
        try "mine".write(toFile: outside, atomically: true, encoding: .utf8)
        try FileManager.default.createSymbolicLink(atPath: learner.workspace + "/link", withDestinationPath: outside)
        let before = try FolderLook(at: learner.workspace)
        for (words, code) in Self.saves {
            let result = try learner.seaworthy(words)
            #expect([code, 66].contains(result.status), "\(words): \(result.status) \(result.error)")
            let after = try FolderLook(at: learner.workspace)
            #expect(after == before, "\(words): \(before.difference(to: after))")
        }
        #expect(try String(contentsOfFile: outside, encoding: .utf8) == "mine")
        // What is right beside it: a new file, also in a new folder, and the lines in a file of another name.
        #expect(try learner.seaworthy("save", "1", "--to", "new/part.txt").status == 0)
        #expect(text("new/part.txt", learner)?.hasPrefix("RUN addgroup") == true)
        try learner.write(try learner.dockerfile(), to: "Other.Dockerfile")
        #expect(try learner.seaworthy("save", "1", "--to", "Other.Dockerfile").status == 0)
        #expect(text("Other.Dockerfile", learner)?.contains("USER appuser\nEXPOSE") == true)
        for _ in 0..<2 { #expect(try learner.seaworthy("undo").status == 0) }
        #expect(text("new/part.txt", learner) == nil && text("Other.Dockerfile", learner) == nil)
        // What was written by hand in between went with the state that came back, and comes back with the other one.
        #expect(try learner.seaworthy("redo", "--yes").status == 0)
        #expect(text("Other.Dockerfile", learner)?.contains("USER") == false)
    }

    /// Names that people type, and what they may use instead; nil for a name that is fine as it is.
    static let names: [(value: String, near: String?)] = [
        ("maria", nil), ("maria-lopez", nil), ("m4ria_lopez", nil), ("  maria ", nil), ("María López", "maria-lopez"),
        ("MARIA", "maria"), ("maria@example.org", "maria-example-org"), ("maria/lopez", "maria-lopez"),
        ("maria:1", "maria-1"), ("$(touch x)", "touch-x"), ("maria;ls", "maria-ls"),
    ]

    @Test("names that an image can have are taken, others are refused with one that can")
    func names() throws {
        let learner = try learner()
        var current = try learner.seaworthy("set", "DOCKER_USERNAME").output
        for (value, near) in Self.names {
            let result = try learner.seaworthy("set", "DOCKER_USERNAME", value)
            if let near {
                #expect(
                    result.status == 64 && result.error.contains("seaworthy set DOCKER_USERNAME \(near)"),
                    "\(result.error)"
                )
                #expect(try learner.seaworthy("set", "DOCKER_USERNAME").output == current)
            } else {
                let name = value.trimmingCharacters(in: .whitespaces)
                current = "DOCKER_USERNAME=\(name)\n"
                #expect(result.status == 0 && result.output == current, "\(result.error)")
                #expect(try learner.shell("echo $DOCKER_USERNAME").output == name + "\n")
            }
        }
        #expect(text("x", learner) == nil)
    }

    @Test("a name that does not fit is refused where it is asked for, and asked for again")
    func prompt() throws {
        let learner = try Learner()
        var environment = learner.environment
        environment["DOCKER_USERNAME"] = .some(nil)
        let terminal = try PseudoTerminal(
            nil,
            ["learn", "securing-your-image", "--workspace", learner.workspace],
            in: learner.scratch.path,
            environment: environment
        )
        #expect(terminal.wait(for: "any name will do"))
        terminal.type("Maria Lopez\n")
        #expect(terminal.wait(for: "maria-lopez"))
        terminal.type("maria-lopez\n")
        #expect(terminal.finish(timeout: 30) == 0)
        let set = try SeaworthyBinary.run(["set", "DOCKER_USERNAME"], in: learner.workspace, environment: environment)
        #expect(set.output == "DOCKER_USERNAME=maria-lopez\n", "\(set.error)")
    }

    /// Set-ups that stand in front of the lesson's docker, in the shells that people have.
    static let setUps: [(shell: String, file: String, text: String)] = [
        ("bash", ".bashrc", "alias docker='echo theirs'\n"),
        ("bash", ".bashrc", "docker() { echo theirs; }\nexport -f docker\n"),
        ("bash", ".bashrc", "export PATH=\"$HOME/bin:$PATH\"\nhash -p \"$HOME/bin/docker\" docker\n"),
        ("bash", ".bashrc", "true\n"),
        ("zsh", ".zshrc", "alias docker='echo theirs'\nalias -g seaworthy='echo theirs'\n"),
        ("zsh", ".zshrc", "docker() { echo theirs }\npath=($HOME/bin $path)\n"),
        ("zsh", ".zshenv", "alias docker='echo theirs'\nexport PATH=\"$HOME/bin:$PATH\"\n"),
        ("fish", ".config/fish/config.fish", "alias docker 'echo theirs'\n"),
        ("fish", ".config/fish/functions/docker.fish", "function docker; echo theirs; end\n"),
        ("fish", ".config/fish/config.fish", "fish_add_path --path $HOME/bin\nabbr -a docker 'echo theirs'\n"),
        ("mksh", ".mkshrc", "alias docker='echo theirs'\n"),
        ("dash", ".shrc", "alias docker='echo theirs'\nseaworthy() { echo theirs; }\n"),
    ]

    @Test("the lesson's docker answers in one's own shell, whatever one's set-up says of it", arguments: setUps.indices)
    func shells(index: Int) throws {
        let (shell, file, text) = Self.setUps[index]
        guard let program = SeaworthyBinary.find(shell) else { return print("skipped: \(shell) is not installed") }
        let learner = try learner()
        try learner.scratch.write("person/" + file, text)
        try learner.scratch.write("person/bin/docker", "#!/bin/sh\necho theirs\n")
        #expect(chmod(learner.scratch.path("person/bin/docker"), 0o755) == 0)
        var environment = learner.environment
        environment["HOME"] = learner.scratch.path("person")
        environment["SHELL"] = program
        environment["ENV"] = learner.scratch.path("person/" + file)
        environment["TERM"] = "dumb"
        environment["XDG_CONFIG_HOME"] = .some(nil)
        environment["BASH_FUNC_docker%%"] = "() { echo theirs; }"
        let result = try SeaworthyBinary.run(
            ["shell"],
            in: learner.workspace,
            environment: environment,
            input: Array("docker version\nseaworthy status\necho \"in $0\"\nexit\n".utf8),
            timeout: 60
        )
        #expect(result.output.contains("step 4 of 7"), "\(shell): \(result.output)\(result.error)")
        #expect(!result.output.contains("theirs"), "\(shell): \(result.output)\(result.error)")
        #expect(result.output.contains("Seaworthy") || result.output.contains("seaworthy"), "\(result.output)")
    }

    @Test("a workspace of another home is explained and adopted, one that was moved is not asked about")
    func foreign() throws {
        let learner = try learner()
        try learner.write("FROM mine\n")
        let other = try Learner()
        let copy = other.scratch.path("copy")
        try FileManager.default.copyItem(atPath: learner.workspace, toPath: copy)
        func run(_ words: [String]) throws -> SeaworthyBinary.Result {
            try SeaworthyBinary.run(words, in: copy, environment: other.environment)
        }
        let before = try FolderLook(at: copy)
        let marker = try String(contentsOfFile: copy + "/.seaworthy/workspace.json", encoding: .utf8)
        for words in [["check"], ["status"], ["reset", "--yes"], ["undo"], ["learn"], ["save", "1"], ["submit"]] {
            let result = try run(words)
            #expect(
                result.status == 65 && result.error.contains("--adopt"),
                "\(words): \(result.status) \(result.error)"
            )
            #expect(try FolderLook(at: copy) == before)
            #expect(try String(contentsOfFile: copy + "/.seaworthy/workspace.json", encoding: .utf8) == marker)
        }
        #expect(try run(["learn", "securing-your-image", "--adopt"]).status == 0)
        #expect(try FolderLook(at: copy) == before)
        #expect(try run(["status"]).output.contains("step 1 of 7"), "nobody inherits what was passed elsewhere")
        #expect(try run(["reset", "--lesson", "--yes"]).status == 0)
        #expect(try run(["undo"]).status == 0)
        #expect(try FolderLook(at: copy) == before)
        // The first one is as it was.
        #expect(try learner.seaworthy("status").output.contains("step 4 of 7"))
    }

    @Test("a bundle that was handed in can be taken up again by its folder")
    func bundle() throws {
        let learner = try learner()
        try learner.addBeforeExpose("USER node")
        let file = learner.scratch.path("bundle.tar.gz")
        #expect(try learner.seaworthy("submit", "-o", file).status == 0)
        let folder = learner.scratch.path("unpacked")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        #expect(try SeaworthyBinary.run("/bin/tar", ["-xzf", file, "-C", folder]).status == 0)
        let other = try Learner()
        func run(_ words: [String]) throws -> SeaworthyBinary.Result {
            try SeaworthyBinary.run(words, in: folder, environment: other.environment)
        }
        let refused = try run(["learn", "securing-your-image", "--workspace", "."])
        #expect(refused.status == 73 && refused.error.contains("--adopt"), "\(refused.error)")
        #expect(try run(["learn", "securing-your-image", "--workspace", ".", "--adopt"]).status == 0)
        #expect(try run(["check", "--step", "non-root-user"]).status == 0)
    }

    @Test("three workspaces of one home, one of them moved and one copied, each keep their own record")
    func threeRecords() throws {
        let learner = try learner()
        try learner.addBeforeExpose("USER node")
        #expect(try learner.check("non-root-user").state == "passed")
        let second = learner.scratch.path("second")
        let copy = learner.scratch.path("copy")
        func status(_ folder: String) throws -> String {
            try SeaworthyBinary.run(["status"], in: folder, environment: learner.environment).output
        }
        #expect(try learner.seaworthy("learn", "securing-your-image", "--workspace", second).status == 0)
        try FileManager.default.copyItem(atPath: learner.workspace, toPath: copy)
        #expect(try status(second).contains("4. [not started]"))
        #expect(try status(copy).contains("4. [not started]"), "a copy begins a record of its own")
        #expect(try status(learner.workspace).contains("4. [passed]"))
        let moved = learner.scratch.path("moved")
        try FileManager.default.moveItem(atPath: learner.workspace, toPath: moved)
        #expect(try status(moved).contains("4. [passed]"))
        #expect(try status(second).contains("4. [not started]"))
        #expect(try status(copy).contains("4. [not started]"))
        let undone = try SeaworthyBinary.run(
            ["reset", "--lesson", "--yes"],
            in: copy,
            environment: learner.environment
        )
        #expect(undone.status == 0)
        #expect(try status(moved).contains("4. [passed]"), "a reset in one is none in the other")
    }
}
