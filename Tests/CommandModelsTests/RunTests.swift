// SPDX-License-Identifier: Apache-2.0

import CommandModels
import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine
import ShellSyntax
import Testing

@Suite("A RUN line on a tree")
struct RunTests {
    private func tree(_ files: [String: String], programs: [String] = [], links: [String: String] = [:]) -> FileTree {
        var tree = FileTree()
        for folder in ["/tmp", "/etc", "/home", "/root"] {
            tree.insert(.directory(mode: folder == "/tmp" ? 0o1777 : 0o755), at: ImagePath(folder))
        }
        for (path, text) in files { tree.insert(.file(Array(text.utf8)), at: ImagePath(path)) }
        for path in programs {
            tree.insert(FileNode(kind: .file(.modelled(sizeBytes: 10)), mode: 0o755), at: ImagePath(path))
        }
        for (path, target) in links { tree.insert(.symlink(to: target), at: ImagePath(path)) }
        return tree
    }

    private func state(_ tree: FileTree) -> ShellState {
        ShellState(tree: tree, environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"], epochSeconds: 20_780 * 86_400)
    }

    @Test("needs the shell that it names")
    func missingShell() {
        var state = state(tree([:]))
        let outcome = ShellInterpreter(programs: .standard).runExec(
            arguments: ["/bin/sh", "-c", "true"],
            state: &state
        )
        #expect(outcome.exit == .code(127))
        #expect(String(decoding: outcome.stderr, as: UTF8.self).contains("no such file or directory"))
        #expect(outcome.failure != nil)
    }

    @Test("finds no command that the image does not have")
    func missingCommand() {
        var state = state(tree([:], programs: ["/bin/dash"], links: ["/bin/sh": "dash"]))
        let outcome = ShellInterpreter(programs: .standard).runExec(
            arguments: ["/bin/sh", "-c", "echo a && mkdir /x"],
            state: &state
        )
        #expect(outcome.exit == .code(127))
        #expect(String(decoding: outcome.stderr, as: UTF8.self) == "/bin/sh: 1: mkdir: not found\n")
        #expect(outcome.failure?.offset == 10)
        #expect(outcome.trace.map(\.arguments) == [["echo", "a"], ["mkdir", "/x"]])
    }

    @Test("adds the tutorial's user as Debian does")
    func debianUser() {
        let files = [
            "/etc/passwd":
                "root:x:0:0:root:/root:/bin/bash\n_apt:x:42:65534::/nonexistent:/usr/sbin/nologin\nnode:x:1000:1000::/home/node:/bin/bash\n",
            "/etc/group": "root:x:0:\nusers:x:100:\nnogroup:x:65534:\nnode:x:1000:\n",
            "/etc/shadow": "root:*:1:0:99999:7:::\n",
            "/etc/gshadow": "root:*::\n",
        ]
        var state = state(
            tree(files, programs: ["/bin/dash", "/usr/sbin/addgroup", "/usr/sbin/adduser"], links: ["/bin/sh": "dash"])
        )
        let script = "addgroup --system appgroup && adduser --system --ingroup appgroup appuser"
        let outcome = ShellInterpreter(programs: .standard).runExec(
            arguments: ["/bin/sh", "-c", script],
            state: &state
        )
        #expect(outcome.exit == .code(0), "\(String(decoding: outcome.log, as: UTF8.self))")
        #expect(outcome.unknowns == [])
        func text(_ path: String) -> String {
            String(decoding: state.tree.bytes(at: ImagePath(path)) ?? [], as: UTF8.self)
        }
        #expect(text("/etc/passwd").hasSuffix("appuser:x:100:101::/nonexistent:/usr/sbin/nologin\n"))
        #expect(text("/etc/group").hasSuffix("appgroup:x:101:\n"))
        #expect(text("/etc/shadow").hasSuffix("appuser:!:20780::::::\n"))
        #expect(text("/etc/gshadow").hasSuffix("appgroup:!::\n"))
        #expect(
            String(decoding: outcome.stdout, as: UTF8.self) == """
                Adding group `appgroup' (GID 101) ...
                Done.
                Adding system user `appuser' (UID 100) ...
                Adding new user `appuser' (UID 100) with group `appgroup' ...
                Not creating `/nonexistent'.

                """
        )
    }

    @Test("adds the tutorial's user as BusyBox does")
    func busyboxUser() {
        let files = [
            "/etc/passwd": "root:x:0:0:root:/root:/bin/sh\n",
            "/etc/group": "root:x:0:root\nusers:x:100:games\nnogroup:x:65533:\n",
            "/etc/shadow": "root:*::0:::::\n",
        ]
        let links = [
            "/bin/sh": "/bin/busybox", "/usr/sbin/addgroup": "/bin/busybox", "/usr/sbin/adduser": "/bin/busybox",
        ]
        var state = state(tree(files, programs: ["/bin/busybox"], links: links))
        let script = "addgroup --system appgroup && adduser --system --ingroup appgroup appuser"
        let outcome = ShellInterpreter(programs: .standard).runExec(
            arguments: ["/bin/sh", "-c", script],
            state: &state
        )
        #expect(outcome.exit == .code(0), "\(String(decoding: outcome.log, as: UTF8.self))")
        func text(_ path: String) -> String {
            String(decoding: state.tree.bytes(at: ImagePath(path)) ?? [], as: UTF8.self)
        }
        #expect(text("/etc/passwd").hasSuffix("appuser:x:100:101:Linux User,,,:/home/appuser:/sbin/nologin\n"))
        #expect(text("/etc/group").hasSuffix("appgroup:x:101:appuser\n"))
        #expect(text("/etc/shadow").hasSuffix("appuser:!:20780:0:99999:7:::\n"))
        #expect(state.tree.node(at: "/home/appuser")?.mode == 0o2755)
        #expect(state.tree.node(at: "/home/appuser")?.uid == 100)
        #expect(outcome.stdout == [])
        let again = ShellInterpreter(programs: .standard).runExec(
            arguments: ["/bin/sh", "-c", "addgroup --system appgroup"],
            state: &state
        )
        #expect(again.exit == .code(1))
        #expect(String(decoding: again.stderr, as: UTF8.self) == "addgroup: group 'appgroup' in use\n")
    }

    static let unknowns: [(script: String, scope: Unknown.Scope)] = [
        ("node x.js", .filesystem), ("curl -o /tmp/x http://a", .files),
        ("if [ \"$(curl a)\" ]; then touch /tmp/a; fi; true", .files),
        ("curl a | sh", .filesystem), ("npm install express", .languagePackages),
        ("x=$(curl a); mkdir -p \"/a/$x\"", .files),
        ("while :; do :; done", .filesystem), ("f() { f; }; f", .filesystem),
    ]

    @Test("puts what it cannot know on the record", arguments: unknowns)
    func record(script: String, scope: Unknown.Scope) {
        var state = ShellState(tree: tree([:]), epochSeconds: 0)
        let outcome = ShellInterpreter(programs: .everything, limits: .submission).run(
            script,
            dialect: .dash,
            state: &state
        )
        #expect(outcome.unknowns.contains { $0.unknown.scope == scope }, "\(outcome.unknowns)")
    }

    @Test("follows both ways of a decision that is not known")
    func decision() {
        var state = ShellState(tree: tree([:]), epochSeconds: 0)
        let script = "if curl -s a | grep -q x; then touch /tmp/a; y=1; else y=1; exit 1; fi; echo $y; touch /tmp/b"
        let outcome = ShellInterpreter(programs: .everything).run(script, dialect: .dash, state: &state)
        #expect(outcome.exit == .code(0))
        #expect(state.tree.node(at: "/tmp/a") != nil)
        #expect(state.tree.node(at: "/tmp/b") != nil)
    }

    @Test("installs what the lock file names, without what is for development")
    func npm() {
        let files = [
            "/app/package.json":
                #"{"name":"a","version":"1.0.0","dependencies":{"x":"^1.0.0"},"devDependencies":{"d":"1"}}"#,
            "/app/package-lock.json":
                #"{"name":"a","lockfileVersion":3,"packages":{"":{"dependencies":{"x":"^1.0.0"},"devDependencies":{"d":"1"}},"node_modules/x":{"version":"1.2.3","license":"MIT","bin":{"x":"cli.js"}},"node_modules/d":{"version":"1.0.0","dev":true},"node_modules/@s/y":{"version":"2.0.0"},"../../evil":{"version":"1"}}}"#,
        ]
        var state = ShellState(tree: tree(files), workingDirectory: "/app", epochSeconds: 0)
        let outcome = ShellInterpreter(programs: .everything).run("npm ci --production", dialect: .dash, state: &state)
        #expect(outcome.exit == .code(0), "\(String(decoding: outcome.log, as: UTF8.self))")
        #expect(
            String(decoding: state.tree.bytes(at: "/app/node_modules/x/package.json") ?? [], as: UTF8.self).contains(
                "\"1.2.3\""
            )
        )
        #expect(state.tree.node(at: "/app/node_modules/d") == nil)
        #expect(state.tree.node(at: "/app/node_modules/@s/y/package.json") != nil)
        #expect(state.tree.node(at: "/app/node_modules/.bin/x")?.kind == .symlink(target: Array("../x/cli.js".utf8)))
        #expect(state.tree.node(at: "/evil") == nil)
        var bare = ShellState(tree: tree([:]), workingDirectory: "/tmp", epochSeconds: 0)
        #expect(ShellInterpreter(programs: .everything).run("npm ci", dialect: .dash, state: &bare).exit == .code(1))
    }

    @Test("lets nobody write where only root may")
    func permissions() {
        for script in [
            "mkdir /x", "touch /y", "echo a > /z", "rm -rf /etc", "adduser --system a", "cp /etc/passwd /q",
            "chown root /tmp",
        ] {
            var state = ShellState(
                tree: tree(["/etc/passwd": "root:x:0:0::/:/bin/sh\n"]),
                user: .init(uid: 1000, gid: 1000, name: "node"),
                epochSeconds: 0
            )
            let outcome = ShellInterpreter(programs: .everything).run(script, dialect: .dash, state: &state)
            #expect(outcome.exit != .code(0), "\(script)")
            #expect(outcome.exit != .unknown, "\(script)")
        }
    }
}
