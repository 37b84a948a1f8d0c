// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.9.1.1 "Command Search and Execution"; Linux's execve(2) for `#!`.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

extension Machine {
    /// Looks a command up as the shell does: by path when it has a slash, else in the folders of PATH.
    func findProgram(_ name: String, searchPath: String? = nil) -> ProgramSearch {
        guard !name.isEmpty else { return .missing }
        if name.utf8.contains(0x2F) { return program(at: name) }
        let folders = (searchPath ?? value(of: "PATH")?.string ?? "").split(
            separator: ":",
            omittingEmptySubsequences: false
        )
        var denied: ProgramSearch?
        var uncertain = false
        for folder in folders {
            let text = folder.isEmpty ? name : "\(folder)/\(name)"
            switch program(at: text) {
            case .found(let program): return .found(program)
            case .notExecutable: denied = .notExecutable
            case .uncertain: uncertain = true
            case .missing, .folder: continue
            }
        }
        for folder in folders {
            if let program = assumedProgram(name, in: ImagePath(String(folder)).description) {
                return .found(program)
            }
        }
        if uncertain { return .uncertain }
        return denied ?? .missing
    }

    /// The program that is taken to be there where there is no image: in the folder that Debian has it in.
    private func assumedProgram(_ name: String, in folder: String) -> Program? {
        guard commands.assumesPresence else { return nil }
        guard let home = commands.home(of: name) ?? ShellDialect.named(name).map({ _ in .bin }) else { return nil }
        guard (home == .sbin ? ["/sbin", "/usr/sbin"] : ["/bin", "/usr/bin"]).contains(folder) else { return nil }
        return Program(typedPath: "\(folder)/\(name)", path: nil, content: .modelled(sizeBytes: 0))
    }

    private func program(at text: String) -> ProgramSearch {
        let kept = world.missedUncertainly
        world.missedUncertainly = false
        defer { world.missedUncertainly = kept }
        do throws(FileError) {
            let (path, found) = try world.resolve(text)
            guard found != nil, let node = world.tree.resolvedNode(at: path) else {
                if let program = assumedProgram(at: text) { return .found(program) }
                return world.isUncertain(path) ? .uncertain : .missing
            }
            if node.isDirectory { return .folder }
            guard case .file(let content) = node.kind else { return .notExecutable }
            guard world.isAllowed(1, node) else { return .notExecutable }
            return .found(Program(typedPath: text, path: path, content: content))
        } catch {
            if error == .denied { return .notExecutable }
            if let program = assumedProgram(at: text) { return .found(program) }
            return world.missedUncertainly || world.isUncertain(world.path(text)) ? .uncertain : .missing
        }
    }

    private func assumedProgram(at text: String) -> Program? {
        let path = ImagePath(text)
        guard text.utf8.first == 0x2F, let name = path.name else { return nil }
        return assumedProgram(String(decoding: name, as: UTF8.self), in: path.parent.description)
    }

    /// Runs a program that is no builtin, with a message of the shell when it is not there.
    func runProgram(_ words: [Text], searchPath: String? = nil) -> Exit {
        guard let first = words.first else { return .code(0) }
        world.flushAll()
        let name = first.string
        switch findProgram(name, searchPath: searchPath) {
        case .found(let program): return run(program, words)
        case .uncertain:
            return unknownCommand("\(name) may have been installed by something that is not known", .filesystem)
        case .missing:
            let hasSlash = name.utf8.contains(0x2F)
            switch dialect {
            case .bash: shellError(hasSlash ? "\(name): No such file or directory" : "\(name): command not found")
            case .dash, .ash: shellError("\(name): not found")
            }
            failure = .programMissing(name)
            return .code(127)
        case .notExecutable:
            shellError("\(name): Permission denied")
            failure = .notPermitted(name)
            return .code(126)
        case .folder:
            shellError(dialect == .bash ? "\(name): Is a directory" : "\(name): Permission denied")
            return .code(126)
        }
    }

    /// Puts a command on the record that cannot be followed.
    func unknownCommand(_ reason: String, _ scope: Unknown.Scope) -> Exit { world.unknownProgram(reason, scope) }

    /// Runs a program that was found.
    func run(_ program: Program, _ words: [Text]) -> Exit {
        let typed = words.first?.string ?? ""
        let base = typed.split(separator: "/").last.map(String.init) ?? typed
        let target = program.path?.name.map { String(decoding: $0, as: UTF8.self) } ?? base
        let isBusybox = target == "busybox" || target.hasPrefix("busybox.")
        if isBusybox, base == "busybox" || base.hasPrefix("busybox.") {
            guard words.count > 1 else { return .code(0) }
            return runApplet(words[1].string, Array(words.dropFirst()))
        }
        if isBusybox { return runApplet(base, words) }
        if case .bytes(let bytes) = program.content, let exit = runText(bytes, program, words) { return exit }
        let isOwnFile: Bool
        if case .unknown(let unknown) = program.content {
            return unknownCommand(
                "\(typed) runs a file of which is not known what it is: \(unknown.reason)",
                .filesystem
            )
        } else if case .bytes = program.content {
            isOwnFile = true
        } else {
            isOwnFile = false
        }
        if let dialect = ShellDialect.named(target), !isOwnFile { return runShell(dialect, words) }
        if let model = commands.find(base, .gnu), !isOwnFile || isSystemFolder(program.path) {
            return run(model, words, .gnu, program: program.path)
        }
        return unmodelled(base)
    }

    private func isSystemFolder(_ path: ImagePath?) -> Bool {
        guard let path else { return true }
        let folders: [ImagePath] = [
            "/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/lib/node_modules", "/opt",
        ]
        return folders.contains { path.isInside($0) }
    }

    private func unmodelled(_ name: String) -> Exit {
        let unknown = UnmodelledPrograms.unknown(name)
        return unknownCommand(unknown.reason, unknown.scope)
    }

    private func runApplet(_ name: String, _ words: [Text]) -> Exit {
        if let dialect = ShellDialect.named(name), name != "bash" {
            _ = dialect
            return runShell(.ash, words)
        }
        guard let model = commands.find(name, .busybox) else { return unmodelled(name) }
        return run(model, words, .busybox)
    }

    /// Runs a text file: by its `#!` line, or as a script of the shell at hand. Nil when it is a program of another kind.
    private func runText(_ bytes: [UInt8], _ program: Program, _ words: [Text]) -> Exit? {
        guard bytes.starts(with: [UInt8(ascii: "#"), UInt8(ascii: "!")]) else {
            if bytes.contains(0) || bytes.starts(with: [0x7F]) { return nil }
            if bytes.isEmpty, commands.has(words.first?.string ?? ""), isSystemFolder(program.path) {
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
            if commands.has(base), isSystemFolder(program.path) { return nil }
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
        var options = ShellOptions()
        var index = 1
        var isCommand = false
        var readsInput = false
        loop: while index < words.count {
            let bytes = words[index].bytes
            if bytes == [UInt8(ascii: "-")] {
                // A dash alone ends the options.
                index += 1
                break
            }
            guard let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+"), bytes.count > 1 else {
                break
            }
            index += 1
            if bytes == Array("--".utf8) { break }
            if bytes.starts(with: Array("--".utf8)) {
                if bytes == Array("--rcfile".utf8) || bytes == Array("--init-file".utf8) { index += 1 }
                continue
            }
            for letter in bytes.dropFirst() {
                switch letter {
                case UInt8(ascii: "c"): isCommand = true
                case UInt8(ascii: "s"): readsInput = true
                case UInt8(ascii: "o"), UInt8(ascii: "O"):
                    guard index < words.count else { break loop }
                    if let path = ShellOptions.name(words[index].string) {
                        options[keyPath: path] = sign == UInt8(ascii: "-")
                    }
                    index += 1
                default:
                    if let path = ShellOptions.letter(letter) { options[keyPath: path] = sign == UInt8(ascii: "-") }
                }
            }
        }
        if words.dropFirst().contains(where: \.isUnknown), isCommand || index < words.count && words[index].isUnknown {
            return unknownCommand("the script that runs here is not known", .filesystem)
        }
        let rest = Array(words[min(index, words.count)...])
        let shellName = words.first?.string ?? "sh"
        if isCommand {
            guard let text = rest.first else {
                error("\(shellName): 0: -c requires an argument\n")
                return .code(2)
            }
            let name = rest.count > 1 ? rest[1].string : shellName
            return runShellScript(
                text.bytes,
                dialect,
                name: name,
                arguments: Array(rest.dropFirst(2)),
                options: options,
                isTop: isTop
            )
        }
        if let script {
            return runShellScript(
                script,
                dialect,
                name: rest.first?.string ?? shellName,
                arguments: Array(rest.dropFirst()),
                options: options
            )
        }
        if let file = rest.first, !readsInput {
            do throws(FileError) {
                let text = try world.readFile(file.string)
                guard !text.isUnknown else {
                    return unknownCommand("the script \(file.string) is not known", .filesystem)
                }
                return runShellScript(
                    text.bytes,
                    dialect,
                    name: file.string,
                    arguments: Array(rest.dropFirst()),
                    options: options
                )
            } catch {
                if world.isUncertainMiss(file.string, error) {
                    return unknownCommand("the script \(file.string) is not known", .filesystem)
                }
                let message =
                    dialect == .bash
                    ? "\(shellName): \(file.string): \(error.message)"
                    : dialect == .dash
                        ? "\(shellName): 0: cannot open \(file.string): No such file"
                        : "\(shellName): can't open '\(file.string)': \(error.message)"
                self.error(message + "\n")
                return .code(dialect == .dash ? 2 : dialect == .bash ? 127 : 2)
            }
        }
        let input = world.readInput()
        guard !input.isUnknown else {
            return unknownCommand("the script that a shell reads here is not known", .filesystem)
        }
        return runShellScript(input.bytes, dialect, name: shellName, arguments: rest, options: options)
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

    /// Starts a process as the container runtime does: no shell around it.
    func runProcess(_ arguments: [String]) {
        guard let first = arguments.first else {
            status = .code(0)
            return
        }
        let words = arguments.map { Text($0) }
        shell.name = first
        let search = findProgram(first)
        switch search {
        case .found(let program):
            let target = program.path?.name.map { String(decoding: $0, as: UTF8.self) } ?? first
            let base = first.split(separator: "/").last.map(String.init) ?? first
            var isModelled = true
            if case .bytes = program.content { isModelled = false }
            if isModelled, target.hasPrefix("busybox"), base == "sh" || base == "ash" {
                status = runShell(.ash, words, isTop: true)
            } else if isModelled, let dialect = ShellDialect.named(target) {
                status = runShell(dialect, words, isTop: true)
            } else {
                position.errorMark = 0
                status = run(program, words)
                state.record.trace.append(ShellOutcome.Step(arguments: arguments, offset: 0, exit: status))
                recordProblem(words)
            }
        case .uncertain:
            status = unknownCommand("\(first) may have been installed by something that is not known", .filesystem)
        case .missing, .folder, .notExecutable:
            let isMissing = if case .missing = search { true } else { false }
            let place =
                if !isMissing {
                    "permission denied"
                } else if first.utf8.contains(0x2F) {
                    "stat \(first): no such file or directory"
                } else {
                    "executable file not found in $PATH"
                }
            error(
                "runc run failed: unable to start container process: error during container init: exec: \"\(first)\": \(place)\n"
            )
            status = .code(isMissing ? 127 : 126)
            failure = isMissing ? .programMissing(first) : .notPermitted(first)
            recordProblem(words)
        }
    }

    /// Runs a model; words that are not known make the whole command unknown unless the model can live with them.
    func run(
        _ model: any CommandModel.Type,
        _ words: [Text],
        _ flavor: ProgramFlavor,
        isBuiltin: Bool = false,
        program: ImagePath? = nil
    ) -> Exit {
        guard charge() else { return .unknown }
        let name = (words.first?.string ?? "").split(separator: "/").last.map(String.init) ?? ""
        if !model.takesUnknownWords, words.contains(where: \.isUnknown) {
            return unknownCommand("the words of \(name) are not known", model.scope)
        }
        world.missedUncertainly = false
        world.refusedPath = nil
        world.wroteToNothing = false
        world.readFromNothing = nil
        failure = nil
        let exit = carryOut(model, words, flavor, isBuiltin: isBuiltin, program: program)
        func warn(_ message: String) {
            if isBuiltin { shellError("\(name): \(message)") } else { error("\(name): \(message)\n") }
        }
        if let reason = world.readFromNothing, exit == .code(0) {
            warn("-: \(reason)")
            return .code(1)
        }
        if world.wroteToNothing, exit == .code(0) {
            warn(isBuiltin && dialect == .dash ? "I/O error" : "write error: Bad file descriptor")
            return .code(1)
        }
        if failure == nil, let path = world.refusedPath, let code = exit.code, code != 0 {
            failure = .notPermitted(path.description)
        }
        if case .code(let code) = exit, code != 0, world.missedUncertainly {
            return unknownCommand("whether \(name) succeeds depends on files that are not known", .output)
        }
        return exit
    }

    /// Hands the world to a model, and takes it back.
    private func carryOut(
        _ model: any CommandModel.Type,
        _ words: [Text],
        _ flavor: ProgramFlavor,
        isBuiltin: Bool,
        program: ImagePath?
    ) -> Exit {
        var exported: [String: Text] = [:]
        for (name, variable) in shell.variables where variable.isExported {
            if let value = variable.scalar { exported[name] = value }
        }
        var lent = World.none
        swap(&lent, &world)
        var call = Invocation(
            words,
            flavor: flavor,
            isBuiltin: isBuiltin,
            program: program,
            environment: exported,
            launcher: self,
            world: consume lent
        )
        let outcome = model.start(&call)
        world = call.world
        failure = outcome.reason
        if isStopped { status = .unknown }
        return outcome.exit
    }
}

extension Machine: ProgramLauncher {
    func find(_ name: String, searchPath: String, in world: inout World) -> ProgramSearch {
        swap(&world, &self.world)
        defer { swap(&world, &self.world) }
        return findProgram(name, searchPath: searchPath)
    }

    func launch(
        _ words: [Text],
        by starter: String,
        isBusybox: Bool,
        environment: [String: Text],
        in world: inout World
    ) -> Outcome {
        guard let first = words.first else { return .success }
        swap(&world, &self.world)
        let saved = shell.variables
        defer {
            shell.variables = saved
            swap(&world, &self.world)
        }
        for key in shell.variables.keys where shell.variables[key]?.isExported == true && environment[key] == nil {
            shell.variables[key]?.isExported = false
        }
        for (name, value) in environment
        where shell.variables[name]?.scalar != value || shell.variables[name]?.isExported != true {
            shell.variables[name] = ShellVariable(value: value, isExported: true)
        }
        var exit = Exit.unknown
        var reason: CommandFailure?
        let done = nested {
            switch findProgram(first.string) {
            case .found(let program):
                exit = run(program, words)
                reason = failure
            case .uncertain: exit = unknownCommand("\(first.string) may or may not be installed", .filesystem)
            case .missing:
                error(
                    isBusybox
                        ? "\(starter): can't execute '\(first.string)': No such file or directory\n"
                        : starter == "env"
                            ? "env: '\(first.string)': No such file or directory\n"
                            : "\(starter): failed to run command '\(first.string)': No such file or directory\n"
                )
                exit = .code(127)
                reason = .programMissing(first.string)
            case .notExecutable, .folder:
                error("\(starter): '\(first.string)': Permission denied\n")
                exit = .code(126)
            }
        }
        return done ? Outcome(exit, reason: reason) : .unknown
    }
}

extension String {
    /// Without blanks at both ends.
    var trimmed: String {
        var view = self[...]
        while let first = view.unicodeScalars.first, first == " " || first == "\t" || first == "\r" || first == "\n" {
            view = view[view.unicodeScalars.index(after: view.startIndex)...]
        }
        while let last = view.unicodeScalars.last, last == " " || last == "\t" || last == "\r" || last == "\n" {
            view = view[..<view.unicodeScalars.index(before: view.endIndex)]
        }
        return String(view)
    }
}
