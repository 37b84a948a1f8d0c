// SPDX-License-Identifier: Apache-2.0
//
// Source: Linux's execve(2) for `#!`; POSIX.1-2017, sh.

import Diagnostics
import OCISpec
import ShellSyntax

extension Machine {
    /// Runs a text file: by its `#!` line, or as a script of the shell at hand. Nil when it is a program of another kind.
    func runText(_ bytes: [UInt8], _ program: Program, _ words: [Text]) -> Exit? {
        guard bytes.starts(with: [UInt8(ascii: "#"), UInt8(ascii: "!")]) else {
            if bytes.contains(0) || bytes.starts(with: [0x7F]) { return nil }
            if bytes.isEmpty, programs.model(named: words.first?.string ?? "") != nil, isSystemFolder(program.path) {
                return nil
            }
            return runScriptFile(bytes, dialect, words)
        }
        let line = bytes.dropFirst(2).prefix { $0 != 0x0A }
        let parts = String(decoding: line, as: UTF8.self).split(
            maxSplits: 1,
            whereSeparator: { $0 == " " || $0 == "\t" }
        )
        guard let interpreter = parts.first.map(String.init) else { return runScriptFile(bytes, dialect, words) }
        var argument = parts.count > 1 ? String(parts[1]).trimmed : nil
        var named = interpreter
        if interpreter.hasSuffix("/env"), let wanted = argument {
            let pieces = wanted.split(separator: " ").map(String.init).filter { $0 != "-S" && !$0.contains("=") }
            named = pieces.first ?? ""
            argument = pieces.count > 1 ? pieces.dropFirst().joined(separator: " ") : nil
        }
        let search = findProgram(named)
        guard case .found(let found) = search else {
            if case .uncertain = search { return unknownCommand("\(named) may or may not be there", .filesystem) }
            let typed = words.first?.string ?? ""
            switch dialect {
            case .bash: shellError("\(typed): cannot execute: required file not found")
            case .dash, .ash: shellError("\(typed): not found")
            }
            return .code(127)
        }
        let target = found.path?.name.map { String(decoding: $0, as: UTF8.self) } ?? named
        let isBusybox = target.hasPrefix("busybox")
        guard let dialect = isBusybox ? ShellDialect.ash : ShellDialect.named(target) else {
            // A script of another language: known only when it is a distribution's own command.
            let base = words.first?.string.split(separator: "/").last.map(String.init) ?? ""
            if programs.model(named: base) != nil, isSystemFolder(program.path) { return nil }
            return unknownCommand("\(base) is a \(target) script, which is not followed", .filesystem)
        }
        var shellWords = [Text(named)]
        if let argument { shellWords.append(Text(argument)) }
        shellWords.append(Text(program.typedPath))
        return runShell(dialect, shellWords + words.dropFirst(), script: bytes)
    }

    private func runScriptFile(_ bytes: [UInt8], _ dialect: ShellDialect, _ words: [Text]) -> Exit {
        runShellScript(
            bytes,
            dialect,
            name: words.first?.string ?? "",
            arguments: Array(words.dropFirst()),
            options: ShellOptions()
        )
    }

    /// Runs a shell as a program: `sh -c text`, `sh file`, or the script that stands at its input.
    func runShell(_ dialect: ShellDialect, _ words: [Text], script: [UInt8]? = nil, isTop: Bool = false) -> Exit {
        let given = ShellArguments(words)
        if given.isScriptUnknown { return unknownCommand("the script that runs here is not known", .filesystem) }
        let rest = given.operands
        let shellName = words.first?.string ?? "sh"
        func run(_ script: [UInt8], name: String?, _ arguments: some Sequence<Text>, isTop: Bool = false) -> Exit {
            runShellScript(
                script,
                dialect,
                name: name ?? shellName,
                arguments: Array(arguments),
                options: given.options,
                isTop: isTop
            )
        }
        if given.isCommand {
            guard let text = rest.first else {
                error("\(shellName): 0: -c requires an argument\n")
                return .code(2)
            }
            return run(text.bytes, name: rest.count > 1 ? rest[1].string : nil, rest.dropFirst(2), isTop: isTop)
        }
        if let script { return run(script, name: rest.first?.string, rest.dropFirst()) }
        if let file = rest.first, !given.readsInput {
            do throws(FileError) {
                let text = try world.readFile(file.string)
                guard !text.isUnknown else {
                    return unknownCommand("the script \(file.string) is not known", .filesystem)
                }
                return run(text.bytes, name: file.string, rest.dropFirst())
            } catch {
                return scriptMissing(file.string, error, dialect, shellName)
            }
        }
        let input = world.readInput()
        guard !input.isUnknown else {
            return unknownCommand("the script that a shell reads here is not known", .filesystem)
        }
        return run(input.bytes, name: nil, rest)
    }

    /// What a shell says of a script that it cannot read.
    private func scriptMissing(
        _ file: String,
        _ reason: FileError,
        _ dialect: ShellDialect,
        _ shellName: String
    ) -> Exit {
        if world.isUncertainMiss(file, reason) {
            return unknownCommand("the script \(file) is not known", .filesystem)
        }
        switch dialect {
        case .bash: error("\(shellName): \(file): \(reason.message)\n")
        case .dash: error("\(shellName): 0: cannot open \(file): No such file\n")
        case .ash: error("\(shellName): can't open '\(file)': \(reason.message)\n")
        }
        return .code(dialect == .bash ? 127 : 2)
    }

    /// Runs a script in a shell of its own: only what is exported goes in, only files come out.
    private func runShellScript(
        _ script: [UInt8],
        _ dialect: ShellDialect,
        name: String,
        arguments: [Text],
        options: ShellOptions,
        isTop: Bool = false
    ) -> Exit {
        let isFatal = isTop || control.failureIsFatal
        subshell {
            let exported = self.shell.exported
            self.shell = ShellEnvironment(dialect: dialect, name: name, positional: arguments, options: options)
            self.shell.variables = exported
            self.shell.start(in: self.world.workingDirectory)
            self.control = ControlState(depth: self.control.depth, failureIsFatal: isFatal)
            self.status = .code(0)
            if isTop { return self.runSource(script) }
            var flow = Flow.normal
            self.frozen { flow = self.runSource(script) }
            return flow
        }
        return status
    }
}
