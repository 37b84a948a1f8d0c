// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The shells themselves judge the tables of the built-ins")
struct BuiltinJudgeTests {
    static let suites: [any BuiltinSuite.Type] = [
        AliasBuiltinTests.self,
        BindBuiltinTests.self,
        BreakBuiltinTests.self,
        BuiltinBuiltinTests.self,
        CallerBuiltinTests.self,
        CdBuiltinTests.self,
        ColonBuiltinTests.self,
        CommandBuiltinTests.self,
        CompleteBuiltinTests.self,
        ContinueBuiltinTests.self,
        DeclareBuiltinTests.self,
        DirsBuiltinTests.self,
        DisownBuiltinTests.self,
        DotBuiltinTests.self,
        EchoBuiltinTests.self,
        EnableBuiltinTests.self,
        EvalBuiltinTests.self,
        ExecBuiltinTests.self,
        ExitBuiltinTests.self,
        ExportBuiltinTests.self,
        FalseBuiltinTests.self,
        GetoptsBuiltinTests.self,
        HashBuiltinTests.self,
        HelpBuiltinTests.self,
        JobsBuiltinTests.self,
        KillBuiltinTests.self,
        LetBuiltinTests.self,
        LocalBuiltinTests.self,
        MapfileBuiltinTests.self,
        PopdBuiltinTests.self,
        PrintfBuiltinTests.self,
        PushdBuiltinTests.self,
        PwdBuiltinTests.self,
        ReadBuiltinTests.self,
        ReadonlyBuiltinTests.self,
        ReturnBuiltinTests.self,
        SetBuiltinTests.self,
        ShiftBuiltinTests.self,
        ShoptBuiltinTests.self,
        SourceBuiltinTests.self,
        SuspendBuiltinTests.self,
        TestBuiltinTests.self,
        TimesBuiltinTests.self,
        TrapBuiltinTests.self,
        TrueBuiltinTests.self,
        TypeBuiltinTests.self,
        UlimitBuiltinTests.self,
        UmaskBuiltinTests.self,
        UnaliasBuiltinTests.self,
        UnsetBuiltinTests.self,
        WaitBuiltinTests.self,
    ]

    @Test("every built-in has a table, and no other has")
    func complete() {
        let tables = Self.suites.map { String(describing: $0.builtin) }
        #expect(tables == BuiltinRegistry.all.map { String(describing: $0) })
    }

    @Test("what stands in the tables is what a real shell does", arguments: [ShellDialect.dash, .bash])
    func shells(dialect: ShellDialect) throws {
        let rows = Self.suites.flatMap { $0.rows }.filter { $0.dialects.contains(dialect) }
        let shell = dialect == .dash ? "/usr/bin/dash" : "/usr/bin/bash --norc"
        guard let answers = try ShellJudge.answers(of: shell, to: rows.map(\.script)) else { return }
        for (row, answer) in zip(rows, answers) {
            #expect(row.output == String(decoding: answer.stdout, as: UTF8.self), "\(row.script)")
            #expect(row.exit == answer.exit, "\(row.script)")
        }
    }
}
