// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

@testable import SeaworthyCommands

@Suite("The person's own shell")
struct PersonalShellTests {
    @Test("is the one that SHELL names, when it is there and of a kind that can be prepared")
    func chooses() {
        let all: (String) -> Bool = { _ in true }
        func kind(_ named: String?) -> PersonalShell { PersonalShell.choose(named, isThere: all) }
        for (named, expected) in [
            ("/bin/bash", PersonalShell.Kind.bash), ("/usr/bin/zsh", .zsh), ("/opt/homebrew/bin/fish", .fish),
            ("/bin/sh", .sh),
            ("/bin/dash", .sh), ("/usr/bin/ksh", .sh),
        ] {
            #expect(kind(named) == PersonalShell(path: named, kind: expected, passedOver: nil))
        }
        for named in ["/bin/tcsh", "/usr/bin/nu", "/usr/sbin/nologin"] {
            #expect(kind(named) == PersonalShell(path: "/bin/bash", kind: .bash, passedOver: named))
        }
        for named in [nil, "", "zsh", "../bin/zsh"] {
            #expect(kind(named) == PersonalShell(path: "/bin/bash", kind: .bash, passedOver: nil))
        }
        #expect(PersonalShell.choose("/bin/zsh") { $0 == "/usr/bin/bash" }.path == "/usr/bin/bash")
        #expect(
            PersonalShell.choose("/bin/zsh") { _ in false }
                == PersonalShell(path: "/bin/sh", kind: .sh, passedOver: nil)
        )
    }

    /// A home whose set-up defines aliases and functions of the lesson's names, and something of the person's own.
    private func home(_ file: String, _ scratch: ScratchFolder) throws {
        try scratch.write(
            "home/" + file,
            """
            docker() { echo function; }
            seaworthy() { echo function; }
            mine() { echo own set-up; }
            PATH="/wrong:$PATH"
            alias docker='echo alias'

            """
        )
        for name in ["docker", "seaworthy"] {
            try scratch.write("it's a shell/bin/" + name, "#!/bin/sh\necho \"lesson's \(name) $*\"\n")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755],
                ofItemAtPath: scratch.path("it's a shell/bin/" + name)
            )
        }
    }

    private func run(
        _ kind: PersonalShell.Kind,
        at path: String,
        _ scratch: ScratchFolder,
        _ more: [String: String] = [:]
    ) throws
        -> String
    {
        var environment = ["HOME": scratch.path("home"), "PATH": "/usr/bin:/bin", "TERM": "dumb"]
        environment.merge(more) { _, new in new }
        let start = PersonalShell(path: path, kind: kind, passedOver: nil)
            .start(in: scratch.path("it's a shell"), environment: environment)
        for file in start.files { try scratch.write(String(file.path.dropFirst(scratch.path.count + 1)), file.text) }
        environment.merge(start.environment) { _, new in new }
        let result = try SeaworthyBinary.run(
            "/usr/bin/env",
            ["-i"] + environment.map { "\($0.key)=\($0.value)" } + [path] + start.arguments,
            input: Array("docker build .\nseaworthy next\nmine\nexit\n".utf8),
            timeout: 60
        )
        return result.output
    }

    private func expectLesson(_ output: String) {
        for line in ["lesson's docker build .", "lesson's seaworthy next", "own set-up"] {
            #expect(output.contains(line), "\(output)")
        }
        #expect(!output.contains("alias") && !output.contains("function"), "\(output)")
    }

    @Test("bash has the lesson's commands in front of aliases and functions")
    func bash() throws {
        let scratch = try ScratchFolder()
        try home(".bashrc", scratch)
        expectLesson(try run(.bash, at: "/bin/bash", scratch))
    }

    @Test("a POSIX shell does as well, and still reads its own file")
    func sh() throws {
        let scratch = try ScratchFolder()
        try home(".shrc", scratch)
        expectLesson(try run(.sh, at: "/bin/sh", scratch, ["ENV": scratch.path("home/.shrc")]))
    }

    @Test(
        "zsh does as well, where it is installed",
        .enabled(if: SeaworthyBinary.find("zsh") != nil, "zsh is not installed")
    )
    func zsh() throws {
        let scratch = try ScratchFolder()
        try home(".zshrc", scratch)
        expectLesson(try run(.zsh, at: try #require(SeaworthyBinary.find("zsh")), scratch))
    }

    @Test("zsh reads our files, and those the person's own, wherever they keep them")
    func zshFiles() {
        let shell = PersonalShell(path: "/bin/zsh", kind: .zsh, passedOver: nil)
        let start = shell.start(in: "/data/shell", environment: ["ZDOTDIR": "/home/ada/it's zsh"])
        #expect(start.environment == ["ZDOTDIR": "/data/shell/zsh"])
        #expect(start.files.map(\.path) == ["/data/shell/zsh/.zshenv", "/data/shell/zsh/.zshrc"])
        for file in start.files { #expect(file.text.hasPrefix("ZDOTDIR='/home/ada/it'\\''s zsh'\n")) }
        #expect(start.files[0].text.hasSuffix("ZDOTDIR='/data/shell/zsh'\n"))
        #expect(start.files[1].text.contains("unalias 'docker'") && start.files[1].text.contains("unset -f 'docker'"))
    }

    @Test("fish gets a command that runs behind its own configuration")
    func fish() {
        let shell = PersonalShell(path: "/bin/fish", kind: .fish, passedOver: nil)
        let start = shell.start(in: "/it's/shell", environment: [:])
        #expect(start.arguments.prefix(2) == ["-i", "-C"])
        #expect(start.arguments[2].contains("functions -e docker"))
        #expect(start.arguments[2].contains("set -gx PATH '/it\\'s/shell/bin' $PATH"))
    }
}
