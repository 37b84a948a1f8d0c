// SPDX-License-Identifier: Apache-2.0

import CommandModels
import ImageFilesystem
import OCISpec
import ShellMachine
import ShellSyntax
import Testing

@Suite("Why a program failed")
struct CommandFailureTests {
    static let rows: [(script: String, user: UInt32, reason: CommandFailure?)] = [
        ("touch /a", 1000, .notPermitted("/a")),
        ("touch a/b", 0, .fileMissing("a/b")),
        ("rm -r /etc", 1000, .notPermitted("/etc/group")),
        ("rmdir a", 0, .fileMissing("a")),
        ("cp a b", 0, .fileMissing("a")),
        ("cp /etc/passwd /b", 1000, .notPermitted("/b")),
        ("mv /etc/passwd b", 1000, .notPermitted("b")),
        ("chmod 600 /etc/passwd", 1000, .notPermitted("/etc/passwd")),
        ("chown root /etc/passwd", 1000, .notPermitted("/etc/passwd")),
        ("chown nope /etc/passwd", 0, .userMissing("nope")),
        ("chown root:nope /etc/passwd", 0, .groupMissing("nope")),
        ("chgrp nope /etc/passwd", 0, .groupMissing("nope")),
        ("install -o nope /etc/passwd b", 0, .userMissing("nope")),
        ("ln -s a /b", 1000, .notPermitted("/b")),
        ("tee /a < /dev/null", 1000, .notPermitted("/a")),
        ("cat a", 0, .fileMissing("a")),
        ("cat -y", 0, .optionUnknown(option: "-y", program: "cat", isBusybox: false)),
        // The first of several reasons is the one.
        ("cat a b", 0, .fileMissing("a")),
        // Nothing to advise.
        ("cat /etc", 0, nil),
        ("mkdir /etc; rmdir /", 0, nil),
        ("test x -eq 1", 0, nil),
    ]

    @Test("stands in the outcome as a value", arguments: rows)
    func reason(script: String, user: UInt32, reason: CommandFailure?) {
        var tree = FileTree()
        tree.insert(.directory(), at: "/w")
        tree.insert(.file(Array("root:x:0:0::/root:/bin/sh\n".utf8)), at: "/etc/passwd")
        tree.insert(.file(Array("root:x:0:\n".utf8)), at: "/etc/group")
        var state = ShellState(
            tree: tree,
            workingDirectory: "/w",
            user: .init(uid: user, gid: user, name: String(user)),
            epochSeconds: 0
        )
        let outcome = ShellInterpreter(programs: .everything).run(script, dialect: .dash, state: &state)
        #expect(outcome.failure?.reason == reason)
        #expect(outcome.failure != nil)
    }
}
