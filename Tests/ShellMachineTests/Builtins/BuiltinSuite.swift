// SPDX-License-Identifier: Apache-2.0

import CommandModels
import ShellSyntax
import Testing

@testable import ShellMachine

/// The table of one built-in.
protocol BuiltinSuite: SendableMetatype {
    static var builtin: any ShellBuiltin.Type { get }
    /// Scripts, and what the real shells print for them: `BuiltinJudgeTests` holds it against those that are installed.
    static var rows: [BuiltinRow] { get }
}

/// A script, and what dash and bash, or one of them, print for it.
struct BuiltinRow: Sendable, CustomTestStringConvertible {
    let script: String
    let output: String
    let exit: Int
    let dialects: [ShellDialect]

    init(_ script: String, _ output: String, exit: Int = 0, in dialect: ShellDialect? = nil) {
        self.script = script
        self.output = output
        self.exit = exit
        dialects = dialect.map { [$0] } ?? [.dash, .bash]
    }

    var testDescription: String { dialects.count == 1 ? "\(dialects[0].rawValue): \(script)" : script }

    /// Holds the machine against the row.
    func expect() {
        for dialect in dialects {
            let run = ScriptRun(script: script, environment: ["PATH": "/usr/bin:/bin"], dialect: dialect)
            #expect(run.stdout == output, "\(dialect.rawValue): \(run.stderr)")
            #expect(run.exit == exit, "\(dialect.rawValue): \(run.stderr)")
            #expect(run.unknown == [])
        }
    }
}
