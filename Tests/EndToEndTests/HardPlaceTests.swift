// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

/// The places that a program is started in and that nobody thinks of: full disks, closed pipes, odd homes, two terminals.
@Suite("Hard places")
struct HardPlaceTests {
    /// Names that would do something to a terminal if they got there.
    static let escape = "\u{1B}]0;owned\u{7}\u{1B}[31mred"

    static func expectHarmless(_ result: SeaworthyBinary.Result, _ what: String) {
        for (name, bytes) in [("output", result.outputBytes), ("error", result.errorBytes)] {
            let bad = bytes.filter { ($0 < 0x20 && $0 != 0x0A && $0 != 0x09) || $0 == 0x7F }
            #expect(
                bad.isEmpty,
                "\(what): standard \(name) has control bytes: \(String(decoding: bytes, as: UTF8.self).debugDescription)"
            )
        }
    }

    @Test("escape sequences in names and files never reach the terminal")
    func escapes() throws {
        let learner = try Learner()
        try learner.learn()
        let status = "Package: \(Self.escape)\nStatus: install ok installed\nVersion: 1\u{1B}[2J\nArchitecture: all\n\n"
        let image = try TestImage([
            [
                "etc/os-release": .text("ID=debian\nVERSION_ID=12\nPRETTY_NAME=\"\(Self.escape)\"\n"),
                "var/lib/dpkg/status": .text(status), "tmp/\(Self.escape)": .text("x"), "link": .symlink(Self.escape),
            ]
        ])
        let archive = try image.ociLayout(names: ["docker.io/x/y:1"]).writeTar(learner.scratch)
        try learner.scratch.write(
            "context/Dockerfile",
            "FROM node:lts-slim AS \(Self.escape)\n\(Self.escape) x\nRUN echo \(Self.escape)\nCOPY \(Self.escape) /\n"
        )
        try learner.scratch.write(
            "second/Dockerfile",
            "FROM node:lts-slim\nRUN \(Self.escape)\nLABEL a=\"\(Self.escape)\"\nCOPY \(Self.escape) /\n"
        )
        try learner.scratch.write("batch/\(Self.escape)/Dockerfile", "FROM \(Self.escape)\n")
        let s = learner.scratch.path
        let commands: [[String]] = [
            [Self.escape], ["--\(Self.escape)"], ["learn", Self.escape], ["check", "--step", Self.escape],
            ["goto", Self.escape],
            ["scout", "quickview", Self.escape], ["scout", "quickview", "archive://" + Self.escape],
            ["scout", Self.escape],
            ["image", "files", archive], ["image", "history", archive], ["image", "inspect", archive],
            ["scout", "quickview", archive], ["scout", "sbom", "--format", "list", archive],
            ["scout", "cves", archive],
            ["image", "load", "-i", archive], ["image", "ls"], ["build", s + "/context"], ["build", s + "/second"],
            ["build", "--target", Self.escape, s + "/second"], ["build", "-f", Self.escape, s],
            ["build", s + "/" + Self.escape],
            ["build", "--build-arg", Self.escape, s + "/second"], ["build", "-t", Self.escape, s + "/second"],
            ["dockerfile", "parse", s + "/context/Dockerfile"],
            ["dockerfile", "parse", "--json", s + "/context/Dockerfile"],
            ["dockerfile", "config", s + "/second/Dockerfile", "--json"],
            ["grade", "--lesson", "securing-your-image", s + "/batch", "--out", s + "/" + Self.escape],
            ["grade", "--lesson", Self.escape, s + "/batch", "--out", s + "/out"],
            ["shell", "--", "docker '\(Self.escape)'"],
            ["shell", "--", "docker build -t x \(s)/context"], ["answer", "q1", Self.escape],
            ["image", "rm", Self.escape],
            ["image", "tag", archive, Self.escape], ["copy", Self.escape],
            ["toolbox", "vercmp", "--scheme", Self.escape],
        ]
        for command in commands {
            Self.expectHarmless(try learner.seaworthy(command), command.joined(separator: " ").debugDescription)
        }
        try learner.write("FROM \(Self.escape)\nUSER \(Self.escape)\nCMD \(Self.escape)\n")
        for step in KillTests.steps {
            Self.expectHarmless(try learner.seaworthy("check", "--step", step), "check \(step)")
            Self.expectHarmless(try learner.seaworthy("check", "--step", step, "--json"), "check --json \(step)")
        }
    }

    @Test("a reader that goes away early is no fault, and none is printed")
    func closedPipe() throws {
        let learner = try Learner()
        let program = try #require(SeaworthyBinary.path)
        for command in ["image files node:lts-slim", "scout sbom node:lts-slim", "--help", "lessons"] {
            let result = try SeaworthyBinary.run(
                "/bin/sh",
                ["-c", "{ \"$0\" \(command); echo \"exit $?\" >&2; } | head -1", program],
                in: learner.scratch.path,
                environment: learner.environment
            )
            #expect(result.outputBytes.filter { $0 == 0x0A }.count == 1, "\(command)")
            #expect(result.error.split(separator: "\n").last == "exit 0", "\(command): \(result.error)")
            #expect(!result.error.contains("seaworthy:"), "\(command): \(result.error)")
        }
    }

    @Test("a judgement that nobody reads ends with its own exit code and is recorded")
    func unreadJudgement() throws {
        let learner = try Learner()
        try learner.learn()
        let program = try #require(SeaworthyBinary.path)
        let result = try SeaworthyBinary.run(
            "/bin/sh",
            ["-c", "{ \"$0\" check --step non-root-user --json; echo \"exit $?\" >&2; } | true", program],
            in: learner.workspace,
            environment: learner.environment
        )
        #expect(result.error.split(separator: "\n").last == "exit 1", "\(result.error)")
        #expect(try learner.seaworthy("status", "--json").output.contains("\"lastState\" : \"failed\""))
    }

    @Test("a reader that is gone before anything is printed is no fault either")
    func deadPipe() throws {
        let learner = try Learner()
        let program = try #require(SeaworthyBinary.path)
        for command in ["--help", "grade --help", "--generate-completion-script bash", "lessons", "version"] {
            let result = try SeaworthyBinary.run(
                "/bin/sh",
                ["-c", "{ sleep 0.3; \"$0\" \(command); echo \"exit $?\" >&2; } | true", program],
                in: learner.scratch.path,
                environment: learner.environment
            )
            #expect(result.error == "exit 0\n", "\(command): \(result.error)")
        }
    }

    @Test("a bundle holds no earlier bundle, and the grader takes it whatever its name")
    func bundles() throws {
        let learner = try Learner()
        try learner.learn()
        #expect(try learner.seaworthy("submit").status == 0)
        let named = learner.scratch.path("ada.zip")
        let second = try learner.seaworthy("submit", "-o", named)
        #expect(second.status == 0 && second.error.contains("gzip-compressed tar"), "\(second.error)")
        let listed = try SeaworthyBinary.run("/bin/tar", ["-tzf", named])
        #expect(listed.output.contains("Dockerfile") && !listed.output.contains(".tar.gz"), "\(listed.output)")
        let graded = try learner.seaworthy(
            "grade",
            "--lesson",
            "securing-your-image",
            named,
            "--out",
            learner.scratch.path("grades")
        )
        #expect(graded.status == 0 && graded.output.hasPrefix("ada: partly  2/30"), "\(graded.output)\(graded.error)")
    }

    @Test("--plain prints ASCII apart from the lesson's own words, and an unknown option is named")
    func plain() throws {
        let learner = try Learner()
        let result = try learner.seaworthy("learn", "securing-your-image", "--workspace", learner.workspace, "--plain")
        let signs: Set<Character> = ["·", "•", "═", "─", "│", "┃", "→"]
        #expect(!(result.output + result.error).contains { signs.contains($0) }, "\(result.output)")
        let strange = try learner.seaworthy("--plian")
        #expect(strange.status == 64 && strange.error.contains("did you mean --plain?"), "\(strange.error)")
    }

    @Test(
        "output that cannot be written is an error with a code of its own",
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full")
    )
    func fullOutput() throws {
        let learner = try Learner()
        let program = try #require(SeaworthyBinary.path)
        for command in ["image files node:lts-slim", "lessons --json", "scout sbom node:lts-slim", "--help"] {
            let result = try SeaworthyBinary.run(
                "/bin/sh",
                ["-c", "\"$0\" \(command) >/dev/full", program],
                in: learner.scratch.path,
                environment: learner.environment
            )
            #expect(result.status == 74, "\(command): \(result.status) \(result.error)")
            #expect(result.error.contains("No space left on device"), "\(command): \(result.error)")
        }
    }

    @Test("two terminals at once: every check is judged and recorded, and both see the same image store")
    func twoTerminals() async throws {
        let learner = try Learner()
        try learner.learn()
        let rounds = 6
        try await withThrowingTaskGroup(of: Void.self) { group in
            for terminal in 0..<2 {
                group.addTask {
                    for round in 0..<rounds {
                        let check = try learner.seaworthy("check", "--step", "non-root-user", "--json")
                        #expect(check.status == 1, "\(check.error)")
                        #expect(check.error.isEmpty || !check.error.contains("seaworthy:"), "\(check.error)")
                        let build = try learner.seaworthy("build", "-q", "-t", "acme/t\(terminal):r\(round)", ".")
                        #expect(build.status == 0, "\(build.error)")
                    }
                }
            }
            try await group.waitForAll()
        }
        struct Status: Decodable {
            struct Step: Decodable {
                let step: String
                let attempts: Int
            }
            let steps: [Step]
        }
        let status = try Judge.json(Status.self, try learner.seaworthy("status", "--json").outputBytes)
        #expect(status.steps.first { $0.step == "non-root-user" }?.attempts == 2 * rounds)
        let list = try learner.seaworthy("image", "ls").output
        for terminal in 0..<2 {
            for round in 0..<rounds {
                #expect(list.contains("r\(round)") && list.contains("acme/t\(terminal)"), "\(list)")
            }
        }
        try KillTests.verify(learner.scratch.path("home/images"))
    }

    @Test(
        "homes and workspaces with blanks, quotes and other letters",
        arguments: ["two words", "a'b\"c", "ümläut 日本", "-dash", "$HOME `x`;"]
    )
    func oddHome(name: String) throws {
        let learner = try Learner()
        var environment = learner.environment
        environment["SEAWORTHY_HOME"] = learner.scratch.path(name + "/home")
        let workspace = learner.scratch.path(name + "/work")
        func run(_ arguments: String...) throws -> SeaworthyBinary.Result {
            let there = FileManager.default.fileExists(atPath: workspace)
            return try SeaworthyBinary.run(
                arguments,
                in: there ? workspace : learner.scratch.path,
                environment: environment
            )
        }
        let learn = try run("learn", "securing-your-image", "--workspace", workspace)
        #expect(learn.status == 0, "\(learn.error)")
        #expect(try run("check", "--step", "non-root-user").status == 1)
        let build = try run("shell", "--", "docker build -t acme/x --sbom=true --load .")
        #expect(build.status == 0, "\(build.error)")
        #expect(try run("scout", "quickview", "acme/x").output.contains("(6/7 policies met)") == false)
        #expect(try run("status").output.contains("step 1 of 7"))
        #expect(FileManager.default.fileExists(atPath: learner.scratch.path(name + "/home/progress.sqlite")))
    }

    @Test("a home that cannot be one: said with its path and what to do, with code 73 or 74")
    func badHome() throws {
        let learner = try Learner()
        let file = try learner.scratch.write("file", "x")
        for home in [file, file + "/below", "/dev/null", "/proc/none"] {
            var environment = learner.environment
            environment["SEAWORTHY_HOME"] = home
            for command in [
                ["learn", "securing-your-image", "--workspace", learner.workspace], ["status"], ["lessons"],
                ["image", "ls"],
            ] {
                let result = try SeaworthyBinary.run(command, in: learner.scratch.path, environment: environment)
                // Looking at images where there can be none is an empty list; that is fine as well.
                if command == ["image", "ls"], result.status == 0 { continue }
                #expect([73, 74].contains(result.status), "\(home) \(command): \(result.status) \(result.error)")
                #expect(result.error.contains(home), "\(home) \(command): \(result.error)")
            }
        }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "x")
    }

    @Test(
        "without a home at all, and without rights: said, not crashed",
        .enabled(if: Judge.areThere("setpriv") && geteuid() == 0, "setpriv is not installed, or not root")
    )
    func noHome() throws {
        let learner = try Learner()
        let program = try #require(SeaworthyBinary.path)
        chmod(learner.scratch.path, 0o755)
        try learner.scratch.write("home/x", "x")
        chmod(learner.scratch.path("home"), 0o700)
        let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups", program]
        guard try SeaworthyBinary.run("/usr/bin/setpriv", nobody + ["version"]).status == 0 else { return }
        for change: [String: String?] in [
            [:], ["SEAWORTHY_HOME": nil, "HOME": nil, "XDG_DATA_HOME": nil],
            ["SEAWORTHY_HOME": nil, "HOME": "", "XDG_DATA_HOME": ""],
            ["SEAWORTHY_HOME": nil, "HOME": "/root", "XDG_DATA_HOME": nil],
        ] {
            let environment = learner.environment.merging(change) { _, new in new }
            for command in [["status"], ["lessons"], ["learn"]] {
                let result = try SeaworthyBinary.run(
                    "/usr/bin/setpriv",
                    nobody + command,
                    in: "/",
                    environment: environment
                )
                #expect([73, 74].contains(result.status), "\(change) \(command): \(result.status) \(result.error)")
                #expect(result.error.contains("seaworthy:"), "\(change) \(command): \(result.error)")
            }
        }
    }

    @Test(
        "a full disk: said with code 73 or 74, and all is well when there is room again",
        .enabled(if: Judge.areThere("mount", "umount") && geteuid() == 0, "mounting needs root")
    )
    func fullDisk() throws {
        let learner = try Learner()
        let home = learner.scratch.path("home")
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        do {
            try Judge.run("mount", ["-t", "tmpfs", "-o", "size=6m", "tmpfs", home])
        } catch {
            withKnownIssue("nothing can be mounted here") { Issue.record("\(error)") }
            return
        }
        defer { _ = try? Judge.run("umount", ["-l", home]) }
        try learner.learn()
        #expect(try learner.check("non-root-user").exit == 1)
        let filler = home + "/filler"
        _ = try? SeaworthyBinary.run("/bin/dd", ["if=/dev/zero", "of=\(filler)", "bs=1k"])
        for command in [
            ["check", "--step", "non-root-user"], ["build", "-t", "acme/full", "."], ["goto", "rebuild"],
        ] {
            let result = try learner.seaworthy(command)
            #expect([73, 74].contains(result.status), "\(command): \(result.status) \(result.error)")
            #expect(
                result.error.contains("seaworthy:") && result.error.lowercased().contains("space")
                    || result.error.contains("full"),
                "\(command): \(result.error)"
            )
            #expect(!result.error.contains("moved to"), "a full disk is no damage: \(result.error)")
        }
        try FileManager.default.removeItem(atPath: filler)
        #expect(try learner.check("non-root-user").exit == 1)
        if Judge.areThere("python3") {
            let audit = try KillTests.audit(home + "/progress.sqlite")
            #expect(audit.integrity == "ok" && audit.halves == 0)
        }
        try KillTests.verify(home + "/images")
    }
}
