// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.12 "Shell Execution Environment".

import OCISpec
import ShellSyntax

/// What a script has set in its shell, and what a shell that starts another hands on.
struct ShellEnvironment: Sendable {
    var dialect: ShellDialect
    /// `$0`.
    var name: String
    var variables: [String: ShellVariable] = [:]
    /// Whether a script that is not known may have set others.
    var hasUnknownVariables = false
    var functions: [String: ShellCommand] = [:]
    var positional: [Text] = []
    /// The functions that are being carried out, innermost last.
    var functionNames: [String] = []
    var options = ShellOptions()
    var traps: [String: [UInt8]] = [:]
    /// The variables that `local` hides, innermost function last.
    var localScopes: [[String: ShellVariable?]] = []
    /// Where `getopts` stands: the OPTIND it set, the word from 1, the letter in it.
    var getoptsPlace = (shown: 1, index: 1, letter: 1)
    /// Which command in the background `$!` speaks of, counted from 1; nil before the first.
    var lastJob: Int?

    init(dialect: ShellDialect, name: String, positional: [Text] = [], options: ShellOptions = ShellOptions()) {
        self.dialect = dialect
        self.name = name
        self.positional = positional
        self.options = options
    }

    /// What is exported, as another shell starts with it.
    var exported: [String: ShellVariable] {
        variables.filter(\.value.isExported).mapValues {
            var variable = $0
            variable.isReadOnly = false
            return variable
        }
    }

    /// Sets the variables that a starting shell sets.
    mutating func start(in folder: ImagePath) {
        variables["IFS"] = ShellVariable(value: Text([0x20, 0x09, 0x0A]))
        variables["PWD"] = ShellVariable(
            value: Text(folder.bytes),
            isExported: variables["PWD"]?.isExported ?? (dialect == .bash)
        )
        variables["OPTIND"] = ShellVariable(value: Text("1"))
        if variables["PATH"] == nil {
            variables["PATH"] = ShellVariable(
                value: Text("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
            )
        }
        if dialect == .bash {
            variables["BASH_VERSION"] = ShellVariable(value: Text("5.2.15(1)-release"))
            variables["BASH"] = ShellVariable(value: Text("/bin/bash"))
            let level = Int(variables["SHLVL"]?.scalar?.string ?? "") ?? 0
            variables["SHLVL"] = ShellVariable(value: Text(String((level &+ 1) & 0xFFF)), isExported: true)
        }
        variables["PPID"] = ShellVariable(value: Text("0"))
    }
}
