// SPDX-License-Identifier: Apache-2.0

import CommandModels
import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The machine's state as one value")
struct MachineStateTests {
    private func run(_ script: String) -> ShellOutcome {
        var state = ShellState(
            tree: FileTree(),
            environment: ["PATH": "/usr/bin:/bin"],
            epochSeconds: 0
        )
        return ShellInterpreter(programs: .everything).run(script, dialect: .dash, state: &state)
    }

    /// What a script prints last where one of its decisions is not known; nil where that is not known either.
    struct Row: Sendable, CustomTestStringConvertible {
        let script: String
        let last: String?

        init(_ script: String, _ last: String?) {
            self.script = script
            self.last = last
        }

        var testDescription: String { script }
    }

    static let rows: [Row] = [
        Row("f() { if vmstat >/dev/null; then local x=1; fi; }; x=out; f; echo $x", "out"),
        Row("f() { if vmstat >/dev/null; then :; else local x=1; fi; }; x=out; f; echo $x", "out"),
        Row("f() { if vmstat >/dev/null; then local x=1; else local x=2; fi; }; x=out; f; echo $x", "out"),
        Row("f() { if vmstat >/dev/null; then local x=1; else x=2; fi; }; x=out; f; echo $x", nil),
        Row("f() { if vmstat >/dev/null; then x=2; else local x=1; fi; }; x=out; f; echo $x", nil),
        Row("if vmstat >/dev/null; then (umask 077); fi; umask", "0022"),
        Row("if vmstat >/dev/null; then true & fi; wait; echo on", "on"),
    ]

    @Test("a decision on something unknown goes both ways from one state", arguments: rows)
    func decisions(row: Row) {
        let outcome = run(row.script)
        #expect(outcome.isStdoutComplete == (row.last != nil))
        if let last = row.last {
            #expect(String(decoding: outcome.stdout, as: UTF8.self) == last + "\n")
        }
    }

    @Test("the way that is not taken tells nothing of why the script ended")
    func problem() {
        let outcome = run("vmstat >/dev/null || { cat /missing; exit 4; }; rmdir /gone")
        #expect(outcome.exit == .code(1))
        #expect(outcome.failure?.arguments == ["rmdir", "/gone"])
        #expect(run("if vmstat >/dev/null; then false; else exit 4; fi").failure?.arguments != ["exit", "4"])
    }

    @Test("what stands on the records stays there, whichever way is gone")
    func records() {
        var state = MachineState(
            world: World(ShellState(tree: FileTree(), epochSeconds: 0), limits: .standard),
            shell: ShellEnvironment(dialect: .dash, name: "sh")
        )
        let start = state.withoutRecords
        state.shell.variables["x"] = ShellVariable(value: Text("1"))
        state.world.umask = 0o077
        state.last.status = .code(3)
        state.world.note("something", .files)
        state.record.jobCount = 2
        state.go(to: start)
        #expect(state.shell.variables.isEmpty && state.world.umask == 0o022 && state.last.status == .code(0))
        #expect(state.world.record.notes.count == 1 && state.record.jobCount == 2)
    }

    @Test("a fork gives its process back, and keeps the files and how it ended")
    func forks() {
        var state = MachineState(
            world: World(ShellState(tree: FileTree(), epochSeconds: 0), limits: .standard),
            shell: ShellEnvironment(dialect: .dash, name: "sh")
        )
        let parent = state.process
        state.shell.positional = [Text("a")]
        state.control.loopDepth = 1
        state.position.line = 7
        state.world.workingDirectory = ImagePath("/tmp")
        state.world.tree.insert(.directory(), at: "/made")
        state.last.status = .code(3)
        state.process = parent
        #expect(state.shell.positional.isEmpty && state.control.loopDepth == 0 && state.position.line == 1)
        #expect(state.world.workingDirectory == .root && state.last.status == .code(3))
        #expect(state.world.tree.node(at: "/made") != nil)
    }
}
