// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import OCISpec
import ShellSyntax

extension Machine {
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
        let mark = world.outputMark
        let isOpen = world.hasOpenPattern
        world.hasOpenPattern = false
        world.forgetMisses()
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
        guard case .code(let code) = exit, world.foundPerhaps || (code != 0 && mayComeFromIgnorance) else {
            if isOpen { noteOpenPattern(name, model, words, since: mark) }
            return exit
        }
        world.withdrawOutput(since: mark)
        return undecided(name, model, words)
    }

    /// Says that a program may have worked on more files than its words name: a pattern among them was looked up where not all is known.
    private func noteOpenPattern(
        _ name: String,
        _ model: any CommandModel.Type,
        _ words: [Text],
        since mark: World.OutputMark
    ) {
        if world.hasWritten(since: mark) {
            world.withdrawOutput(since: mark)
            world.update(descriptor: 1) { $0.isUnknown = true }
        }
        guard model.bringsItsOperands else { return }
        let options = words.dropFirst().filter { $0.bytes.first == UInt8(ascii: "-") }
        let operands = words.dropFirst().filter { $0.bytes.first != UInt8(ascii: "-") }
        // Where files go is the last word, or one behind an option.
        var places = world.places(namedBy: options)
        if let last = operands.last, !last.isUnknown { places.append(world.path(last.string)) }
        world.doubt("which files \(name) takes is not known: a pattern may stand for more of them", .files, in: places)
    }

    /// Whether the program at hand may have failed only because not everything is known: of the files, of who runs it.
    private var mayComeFromIgnorance: Bool {
        if world.missedUncertainly { return true }
        guard !world.isUserKnown, case .notPermitted? = failure else { return false }
        return true
    }

    /// Says that a program may have done its work or not, for files that are not known: what its words name is open now.
    private func undecided(_ name: String, _ model: any CommandModel.Type, _ words: [Text]) -> Exit {
        let reason = "whether \(name) succeeds depends on files that are not known"
        failure = nil
        guard model.scope != .output else { return unknownCommand(reason, .output) }
        world.doubtOutput()
        let operands = words.dropFirst().filter { $0.bytes.first != UInt8(ascii: "-") }.dropFirst(model.leadingOperands)
        let options = words.dropFirst().filter { $0.bytes.first == UInt8(ascii: "-") }
        world.doubt(reason, .files, in: world.places(namedBy: options + operands))
        return .unknown
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
            case .uncertain: exit = unknownCommand("\(first.string) may or may not be installed", .filesystem, words)
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
