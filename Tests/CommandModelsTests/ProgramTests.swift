// SPDX-License-Identifier: Apache-2.0

import CommandModels
import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine
import ShellSyntax
import Testing

/// A script, and what must come of it: one row of a model's table.
struct ModelRow: Sendable, CustomTestStringConvertible {
    /// Whose programs the script finds.
    enum Programs: Sendable { case gnu, busybox }

    /// A few words that name the row.
    let name: String
    let script: String
    let exit: Int?
    let out: String
    let err: String
    /// Files before the script, by absolute path; a path that ends with `/` is a folder.
    let given: [String: String]
    /// Files after the script; nil for what must not be there, and a path that ends with `/` for a folder.
    let after: [String: String?]
    /// What must be on the record as not understood.
    let unknown: [String]
    let programs: Programs
    /// The user's number.
    let user: UInt32

    init(
        _ name: String,
        _ script: String,
        exit: Int? = 0,
        out: String = "",
        err: String = "",
        given: [String: String] = [:],
        after: [String: String?] = [:],
        unknown: [String] = [],
        programs: Programs = .gnu,
        user: UInt32 = 0
    ) {
        self.name = name
        self.script = script
        self.exit = exit
        self.out = out
        self.err = err
        self.given = given
        self.after = after
        self.unknown = unknown
        self.programs = programs
        self.user = user
    }

    /// The same row for BusyBox.
    static func busybox(
        _ name: String,
        _ script: String,
        exit: Int? = 0,
        out: String = "",
        err: String = "",
        given: [String: String] = [:],
        after: [String: String?] = [:],
        unknown: [String] = [],
        user: UInt32 = 0
    ) -> ModelRow {
        ModelRow(
            "BusyBox: " + name,
            script,
            exit: exit,
            out: out,
            err: err,
            given: given,
            after: after,
            unknown: unknown,
            programs: .busybox,
            user: user
        )
    }

    var testDescription: String { name }
}

extension ModelRow {
    /// What BusyBox writes behind a wrong use.
    static func busyboxUsage(_ name: String) -> String {
        "BusyBox v1.36.1 multi-call binary.\n\nUsage: \(name)\n"
    }

    /// What GNU's programs write behind a wrong use.
    static func tryHelp(_ name: String) -> String { "Try '\(name) --help' for more information.\n" }

    /// Runs the script in `/w`, in which everybody may write, on the first day of 1970.
    func check() {
        var state = ShellState(
            tree: tree(),
            // Where nothing is, GNU's programs are taken to be; BusyBox's links are in one folder.
            environment: [
                "PATH": programs == .busybox ? "/bin" : "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root",
            ],
            workingDirectory: "/w",
            user: .init(uid: user, gid: user, name: user == 0 ? "root" : String(user)),
            epochSeconds: 0
        )
        let outcome = ShellInterpreter(programs: .everything, limits: .submission).run(
            Array(script.utf8),
            dialect: programs == .busybox ? .ash : .dash,
            name: "sh",
            state: &state
        )
        #expect(String(decoding: outcome.stdout, as: UTF8.self) == out)
        #expect(String(decoding: outcome.stderr, as: UTF8.self) == err)
        #expect(outcome.exit.code == exit)
        #expect(outcome.unknowns.map(\.unknown.reason) == unknown)
        for (path, text) in after.sorted(by: { $0.key < $1.key }) { check(path, text, state.tree) }
    }

    private func check(_ path: String, _ text: String?, _ tree: FileTree) {
        let place = ImagePath(path)
        guard let text else {
            #expect(tree.node(at: place) == nil, "\(path) must not be there")
            return
        }
        if path.hasSuffix("/") {
            #expect(tree.node(at: place)?.isDirectory == true, "\(path) must be a folder")
        } else {
            #expect(tree.bytes(at: place).map { String(decoding: $0, as: UTF8.self) } == text, "\(path)")
        }
    }

    private func tree() -> FileTree {
        var tree = FileTree()
        tree.insert(.directory(mode: 0o1777), at: "/tmp")
        tree.insert(.directory(mode: 0o777), at: "/w")
        for (path, text) in given.sorted(by: { $0.key < $1.key }) {
            tree.insert(path.hasSuffix("/") ? .directory() : .file(Array(text.utf8)), at: ImagePath(path))
        }
        guard programs == .busybox else { return tree }
        tree.insert(FileNode(kind: .file(.modelled(sizeBytes: 10)), mode: 0o755), at: "/bin/busybox")
        for name in ProgramCatalog.everything.names {
            tree.insert(.symlink(to: "busybox"), at: ImagePath("/bin/" + name))
        }
        return tree
    }
}
