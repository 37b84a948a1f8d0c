// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// The built-ins of the shells.
enum BuiltinRegistry {
    /// One line a built-in, sorted.
    static let all: [any ShellBuiltin.Type] = [
        AliasBuiltin.self,
        BindBuiltin.self,
        BreakBuiltin.self,
        BuiltinBuiltin.self,
        CallerBuiltin.self,
        CdBuiltin.self,
        ColonBuiltin.self,
        CommandBuiltin.self,
        CompleteBuiltin.self,
        ContinueBuiltin.self,
        DeclareBuiltin.self,
        DirsBuiltin.self,
        DisownBuiltin.self,
        DotBuiltin.self,
        EchoBuiltin.self,
        EnableBuiltin.self,
        EvalBuiltin.self,
        ExecBuiltin.self,
        ExitBuiltin.self,
        ExportBuiltin.self,
        FalseBuiltin.self,
        GetoptsBuiltin.self,
        HashBuiltin.self,
        HelpBuiltin.self,
        JobsBuiltin.self,
        KillBuiltin.self,
        LetBuiltin.self,
        LocalBuiltin.self,
        MapfileBuiltin.self,
        PopdBuiltin.self,
        PrintfBuiltin.self,
        PushdBuiltin.self,
        PwdBuiltin.self,
        ReadBuiltin.self,
        ReadonlyBuiltin.self,
        ReturnBuiltin.self,
        SetBuiltin.self,
        ShiftBuiltin.self,
        ShoptBuiltin.self,
        SourceBuiltin.self,
        SuspendBuiltin.self,
        TestBuiltin.self,
        TimesBuiltin.self,
        TrapBuiltin.self,
        TrueBuiltin.self,
        TypeBuiltin.self,
        UlimitBuiltin.self,
        UmaskBuiltin.self,
        UnaliasBuiltin.self,
        UnsetBuiltin.self,
        WaitBuiltin.self,
    ]

    private static let byDialect: [ShellDialect: [String: any ShellBuiltin.Type]] = {
        var result: [ShellDialect: [String: any ShellBuiltin.Type]] = [:]
        for builtin in all {
            for dialect in builtin.dialects {
                for name in builtin.names { result[dialect, default: [:]][name] = builtin }
            }
        }
        return result
    }()

    private static let declaring: [ShellDialect: Set<[UInt8]>] = byDialect.mapValues { builtins in
        Set(builtins.filter { $0.value.isDeclaring }.map { Array($0.key.utf8) })
    }

    /// The built-in that a shell has under a name; nil where it has none.
    static func find(_ name: String, _ dialect: ShellDialect) -> (any ShellBuiltin.Type)? { byDialect[dialect]?[name] }

    /// Whether the words behind a name may be assignments.
    static func isDeclaring(_ name: [UInt8], _ dialect: ShellDialect) -> Bool {
        declaring[dialect]?.contains(name) ?? false
    }

    /// Whether a name is a special built-in, in a shell that treats them differently.
    static func isSpecial(_ name: String, _ dialect: ShellDialect) -> Bool {
        dialect != .bash && find(name, dialect)?.isSpecial == true
    }
}
