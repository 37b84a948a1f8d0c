// SPDX-License-Identifier: Apache-2.0

import ImageFilesystem
import OCISpec
import ShellMachine
import ShellSyntax
import Testing

@testable import CommandModels

@Suite("Why a script failed")
struct ScriptFailureTests {
    /// A script on the image of `ModelRow.accounts`, and why it ends badly.
    struct Row: Sendable, CustomTestStringConvertible {
        let script: String
        let reason: CommandFailure?
        let user: UInt32
        let isBusybox: Bool

        init(_ script: String, _ reason: CommandFailure?, user: UInt32 = 0, isBusybox: Bool = false) {
            self.script = script
            self.reason = reason
            self.user = user
            self.isBusybox = isBusybox
        }

        var testDescription: String { script }
    }

    static let rows: [Row] = [
        Row("nosuch", .programMissing("nosuch")), Row("useradd u && USER u", .programMissing("USER")),
        Row("mkdir /etc/x", .notPermitted("/etc"), user: 1000),
        Row("echo > /etc/x", .notPermitted("/etc/x"), user: 1000),
        Row("useradd u", .notPermitted("/etc/passwd"), user: 1000),
        Row("mkdir /etc/x 2>/dev/null", .notPermitted("/etc"), user: 1000),
        Row("useradd node", .nameTaken("node")), Row("groupadd -g 100 x", .numberTaken(100)),
        Row("useradd -u 1000 x", .numberTaken(1000)), Row("useradd -g nosuch x", .groupMissing("nosuch")),
        Row("userdel nosuch", .userMissing("nosuch")),
        Row("adduser -S x", .optionUnknown(option: "-s", program: "adduser", isBusybox: false)),
        Row("adduser --foo x", .optionUnknown(option: "--foo", program: "adduser", isBusybox: true), isBusybox: true),
        Row("addgroup node", .nameTaken("node"), isBusybox: true),
        Row("useradd node || exit 4", .nameTaken("node")),
        Row("useradd node || { echo no; exit 4; }", .nameTaken("node")),
        // What ends the script has no reason of its own.
        Row("useradd node; false", nil), Row("useradd node || true; grep -q x /etc/passwd", nil), Row("exit 3", nil),
        Row("echo 'Permission denied' >&2; false", nil), Row("useradd node || true", nil),
    ]

    @Test("is a value that no text is searched for", arguments: rows)
    func reason(row: Row) {
        var tree = FileTree()
        for (path, text) in ModelRow.accounts {
            tree.insert(path.hasSuffix("/") ? .directory() : .file(Array(text.utf8)), at: ImagePath(path))
        }
        if row.isBusybox {
            tree.insert(FileNode(kind: .file(.modelled(sizeBytes: 10)), mode: 0o755), at: "/bin/busybox")
            for name in ["adduser", "addgroup"] { tree.insert(.symlink(to: "busybox"), at: ImagePath("/bin/" + name)) }
        }
        var state = ShellState(
            tree: tree,
            environment: ["PATH": row.isBusybox ? "/bin" : "/usr/sbin:/usr/bin:/sbin:/bin"],
            user: .init(uid: row.user, gid: row.user, name: String(row.user)),
            epochSeconds: 0
        )
        let outcome = ShellInterpreter(programs: .everything).run(row.script, dialect: .dash, state: &state)
        #expect(outcome.failure?.reason == row.reason, "\(String(decoding: outcome.log, as: UTF8.self))")
    }
}
