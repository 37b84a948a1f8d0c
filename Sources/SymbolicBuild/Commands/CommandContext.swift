// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec

/// What a command of the registry does.
public struct LegacyModel: Sendable {
    /// What the command could have touched when its words are not known.
    let scope: Unknown.Scope
    /// Whether the model itself copes with words that are not known.
    let takesUnknownWords: Bool
    let run: @Sendable (CommandContext) -> Exit

    init(_ scope: Unknown.Scope, takesUnknownWords: Bool = false, _ run: @escaping @Sendable (CommandContext) -> Exit) {
        self.scope = scope
        self.takesUnknownWords = takesUnknownWords
        self.run = run
    }
}

/// A command at work: its words, its streams, and the image around it.
struct CommandContext {
    /// Whose manners the command has.
    enum Flavor {
        case gnu, busybox, dashBuiltin

        init(_ flavor: ProgramFlavor) {
            switch flavor {
            case .busybox: self = .busybox
            case .dashBuiltin: self = .dashBuiltin
            case .gnu, .shadow, .debianPerl: self = .gnu
            }
        }
    }

    let execution: Execution
    /// The words with the command itself.
    let words: [Text]
    let flavor: Flavor
    let isBuiltin: Bool
    /// The program's file behind links; nil for builtins and where none is needed.
    let program: ImagePath?

    init(_ execution: Execution, _ words: [Text], flavor: Flavor, isBuiltin: Bool, program: ImagePath? = nil) {
        self.execution = execution
        self.words = words
        self.flavor = flavor
        self.isBuiltin = isBuiltin
        self.program = program
    }

    /// The command's name without folders.
    var name: String {
        let typed = words.first?.string ?? ""
        return typed.split(separator: "/").last.map(String.init) ?? typed
    }

    /// The words behind the name.
    var arguments: [String] { words.dropFirst().map(\.string) }

    var isBusybox: Bool { flavor == .busybox }
    var isRoot: Bool { execution.world.user.uid == 0 }
    var now: Int { execution.world.epochSeconds }

    func out(_ text: String, isUnknown: Bool = false) { out(Array(text.utf8), isUnknown: isUnknown) }
    func out(_ bytes: [UInt8], isUnknown: Bool = false) { execution.write(bytes, to: 1, isUnknown: isUnknown) }
    func err(_ text: String) { execution.error(text) }

    /// Writes `name: message` to standard error and answers the exit code.
    func fail(_ message: String, code: Int = 1) -> Exit {
        warn(message)
        return .code(code)
    }

    /// Writes `name: message` to standard error; a builtin writes the shell's name and line first.
    func warn(_ message: String) {
        if isBuiltin { execution.shellError("\(name): \(message)") } else { err("\(name): \(message)\n") }
    }

    /// Puts on the record that the command cannot be followed.
    func unknown(_ reason: String, _ scope: Unknown.Scope) -> Exit { execution.unknownCommand(reason, scope) }

    /// Everything that is left of standard input.
    func readInput() -> Text { execution.world.readInput() }

    /// A variable of the environment.
    func environment(_ name: String) -> String? {
        guard let variable = execution.variables[name], variable.isExported else { return nil }
        return variable.scalar?.string
    }

    /// Reads options as getopt_long does; nil after a message when one is wrong.
    func options(_ specification: String, stopsAtOperand: Bool = false) -> CommandOptions? {
        let parsed = CommandOptions(arguments, specification, stopsAtOperand: stopsAtOperand)
        guard let problem = parsed.problem else { return parsed }
        switch flavor {
        case .busybox:
            err("\(name): \(problem.busybox)\nBusyBox v1.36.1 multi-call binary.\n\nUsage: \(name)\n")
        case .gnu, .dashBuiltin:
            err("\(name): \(problem.gnu)\nTry '\(name) --help' for more information.\n")
        }
        return nil
    }
}
