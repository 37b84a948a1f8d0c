// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.9.1.1 "Command Search and Execution"; Linux's execve(2) for `#!`.

import Diagnostics
import ImageFilesystem
import OCISpec
import Packages
import ShellSyntax
import SystemFiles

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
        guard programs.assumesPresence else { return nil }
        guard let home = programs.home(of: name) ?? ShellDialect.named(name).map({ _ in .bin }) else { return nil }
        guard (home == .sbin ? ["/sbin", "/usr/sbin"] : ["/bin", "/usr/bin"]).contains(folder) else { return nil }
        return Program(typedPath: "\(folder)/\(name)", path: nil, content: .modelled(sizeBytes: 0))
    }

    private func program(at text: String) -> ProgramSearch {
        let kept = (world.missedUncertainly, world.foundPerhaps)
        world.forgetMisses()
        defer { (world.missedUncertainly, world.foundPerhaps) = kept }
        do throws(FileError) {
            let (path, found) = try world.resolve(text)
            guard found != nil, let node = world.tree.resolvedNode(at: path) else {
                if let program = assumedProgram(at: text) { return .found(program) }
                return world.isUncertain(path) ? .uncertain : .missing
            }
            if node.isDirectory { return .folder }
            guard case .file(let content) = node.kind else { return .notExecutable }
            guard world.isAllowed(1, node) else { return .notExecutable }
            if node.isPerhaps || found?.isPerhaps == true { return .uncertain }
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
            if let exit = failureEitherWay(name, words) { return exit }
            // Whatever else of it is not known, it is what its name says.
            let scope = programs.model(named: name)?.scope ?? programs.unknown(name).scope
            return unknownCommand("\(name) may have been installed by something that is not known", scope, words)
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

    /// How a program ends that may or may not be there, where it would fail even if it is: it refuses its options. Nil where it may end
    /// well, and where nobody knows whose program it would be.
    private func failureEitherWay(_ name: String, _ words: [Text]) -> Exit? {
        guard !name.utf8.contains(0x2F), let model = programs.model(named: name), isDebian else { return nil }
        let before = state
        let exit = run(model, words, .gnu)
        if case .code(let code) = exit, code != 0, case .optionUnknown? = failure,
            world.record.notes.count == before.world.record.notes.count
        {
            return exit
        }
        state = before
        return nil
    }

    /// Whether the image is Debian's or one of its kin: there the names of programs say whose they are.
    private var isDebian: Bool {
        guard let bytes = OSRelease.paths.lazy.compactMap({ self.world.tree.bytes(at: $0) }).first,
            let distribution = OSRelease(bytes).distribution
        else { return false }
        return ["debian", "ubuntu"].contains(distribution.id)
    }

    /// Puts a command on the record that cannot be followed.
    func unknownCommand(_ reason: String, _ scope: Unknown.Scope, _ words: [Text] = []) -> Exit {
        world.unknownProgram(reason, scope, words: words)
    }

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
                "\(typed) runs a file of which is not known what it is: \(unknown.cause)",
                .filesystem,
                words
            )
        } else if case .bytes = program.content {
            isOwnFile = true
        } else {
            isOwnFile = false
        }
        if let dialect = ShellDialect.named(target), !isOwnFile { return runShell(dialect, words) }
        if let model = programs.model(named: base), !isOwnFile || isSystemFolder(program.path) {
            return run(model, words, .gnu, program: program.path)
        }
        return unmodelled(base, words)
    }

    func isSystemFolder(_ path: ImagePath?) -> Bool {
        guard let path else { return true }
        let folders: [ImagePath] = [
            "/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/lib/node_modules", "/opt",
        ]
        return folders.contains { path.isInside($0) }
    }

    private func unmodelled(_ name: String, _ words: [Text]) -> Exit {
        let unknown = programs.unknown(name)
        return unknownCommand(unknown.reason, unknown.scope, words)
    }

    private func runApplet(_ name: String, _ words: [Text]) -> Exit {
        if let dialect = ShellDialect.named(name), name != "bash" {
            _ = dialect
            return runShell(.ash, words)
        }
        guard let model = programs.model(named: name, .busybox) else { return unmodelled(name, words) }
        return run(model, words, .busybox)
    }
}
