// SPDX-License-Identifier: Apache-2.0

import CommandModels
import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("What every built-in keeps to")
struct BuiltinCompatibilityTests {
    static let names = BuiltinRegistry.all.flatMap { $0.names }.sorted()

    /// Words that no built-in wants, as a script has them.
    static let hostile = [
        "", "''", "-", "--", "---", "-z", "+", "=", "=x", "1x=2", "'a b' c", "-o", "+o", "-n", "-a", "-d", "-p -u",
        "99999999999999999999",
        "-1", "'$(' ')'", "'if' '('", "$'\\xff\\xfe'", "%1", "@", "'a[1]=2'", "a -- b", ": :", "'x\\ny'", "-abcdefghij",
        "9223372036854775807",
        "-9223372036854775808", "a b c d e f g h",
    ]

    private func run(_ script: String, _ dialect: ShellDialect) -> ShellOutcome {
        var state = ShellState(tree: FileTree(), environment: ["PATH": "/usr/bin:/bin"], epochSeconds: 0)
        return ShellInterpreter(programs: .everything).run(script, dialect: dialect, state: &state)
    }

    @Test("it is known in its own shells, where command -v and type name it", arguments: names)
    func known(name: String) throws {
        let owners = BuiltinRegistry.all.filter { $0.names.contains(name) }
        for dialect in ShellDialect.allCases {
            let isThere = owners.contains { $0.dialects.contains(dialect) }
            #expect((BuiltinRegistry.find(name, dialect) != nil) == isThere, "\(dialect)")
            guard isThere else { continue }
            let named = run("command -v \(name)", dialect)
            #expect(String(decoding: named.stdout, as: UTF8.self) == name + "\n" && named.exit == .code(0))
            let told = String(decoding: run("type \(name)", dialect).stdout, as: UTF8.self)
            #expect(told.hasPrefix(name + " is a ") && told.hasSuffix("shell builtin\n"), "\(told)")
        }
    }

    @Test("hostile words end it, and not the machine", arguments: names)
    func hostileWords(name: String) {
        for dialect in ShellDialect.allCases where BuiltinRegistry.find(name, dialect) != nil {
            for words in Self.hostile {
                let outcome = run("(\(name) \(words)); echo still here", dialect)
                let output = String(decoding: outcome.stdout, as: UTF8.self)
                #expect(output.hasSuffix("still here\n"), "\(dialect): \(name) \(words)")
            }
        }
    }

    @Test("a special one is one wherever it is, and what declares is no program", arguments: names)
    func kinds(name: String) {
        for dialect in ShellDialect.allCases {
            guard let builtin = BuiltinRegistry.find(name, dialect) else { continue }
            #expect(BuiltinRegistry.isSpecial(name, dialect) == (builtin.isSpecial && dialect != .bash))
            #expect(BuiltinRegistry.isDeclaring(Array(name.utf8), dialect) == builtin.isDeclaring)
        }
    }
}
