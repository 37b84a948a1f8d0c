// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import OCISpec

/// A program at work: its words, its options, its environment, and the world that it runs in.
public struct Invocation {
    /// The words with the program's name in front.
    public let words: [Text]
    /// Whose manners the program has.
    public let flavor: ProgramFlavor
    /// Whether the shell carries it out itself.
    public let isBuiltin: Bool
    /// The program's file behind links; nil for builtins and where none is needed.
    public let program: ImagePath?
    /// The words read by the program's own table; empty for a program without one.
    public var options = ParsedOptions()
    /// The exported variables.
    public var environment: [String: Text]
    /// What the program finds and leaves behind.
    public var world: World
    private let launcher: any ProgramLauncher

    init(
        _ words: [Text],
        flavor: ProgramFlavor,
        isBuiltin: Bool,
        program: ImagePath?,
        environment: [String: Text],
        launcher: any ProgramLauncher,
        world: consuming World
    ) {
        self.words = words
        self.flavor = flavor
        self.isBuiltin = isBuiltin
        self.program = program
        self.environment = environment
        self.launcher = launcher
        self.world = world
    }

    /// The program's name without folders.
    public var name: String {
        let typed = words.first?.string ?? ""
        return typed.split(separator: "/").last.map(String.init) ?? typed
    }

    /// The words behind the name.
    public var arguments: [String] { words.dropFirst().map(\.string) }

    /// Whether it is an applet of BusyBox.
    public var isBusybox: Bool { flavor == .busybox }

    // MARK: Options

    /// What is no option.
    public var operands: [String] { options.operands }

    /// Whether an option was given.
    public func has(_ option: CommandOption) -> Bool { options.given.contains { $0.option == option } }

    /// The value of an option, the last one where it was given more than once.
    public func value(_ option: CommandOption) -> String? { options.given.last { $0.option == option }?.value }

    /// The values of an option that may be repeated, in order.
    public func values(_ option: CommandOption) -> [String] {
        options.given.filter { $0.option == option }.compactMap(\.value)
    }

    // MARK: Streams

    /// Writes to standard output.
    public mutating func out(_ text: String, isUnknown: Bool = false) { out(Array(text.utf8), isUnknown: isUnknown) }

    /// Writes to standard output.
    public mutating func out(_ bytes: [UInt8], isUnknown: Bool = false) {
        world.write(bytes, to: 1, isUnknown: isUnknown)
    }

    /// Writes to standard error.
    public mutating func err(_ text: String) { world.write(Array(text.utf8), to: 2) }

    /// Writes `name: message` to standard error; a builtin writes the shell's name and line first.
    public mutating func warn(_ message: String) {
        if isBuiltin { err(launcher.messageStart + "\(name): \(message)\n") } else { err("\(name): \(message)\n") }
    }

    /// Writes `name: message` to standard error, and ends with an exit code.
    public mutating func fail(_ message: String, code: Int = 1, reason: CommandFailure? = nil) -> Outcome {
        warn(message)
        return .code(code, reason: reason)
    }

    /// Says what is wrong with the options as getopt_long or BusyBox does.
    public mutating func refuse(_ problem: ParsedOptions.Problem, code: Int = 1) -> Outcome {
        if isBusybox {
            err("\(name): \(problem.busyboxMessage)\nBusyBox v1.36.1 multi-call binary.\n\nUsage: \(name)\n")
        } else {
            err("\(name): \(problem.gnuMessage)\nTry '\(name) --help' for more information.\n")
        }
        return .code(code, reason: .optionUnknown(option: problem.option, program: name, isBusybox: isBusybox))
    }

    /// Says that operands are lacking, as the tools do.
    public mutating func missingOperand(after last: String? = nil) -> Outcome {
        if isBusybox {
            err("BusyBox v1.36.1 multi-call binary.\n\nUsage: \(name)\n")
        } else {
            let what = last.map { "missing operand after '\($0)'" } ?? "missing operand"
            err("\(name): \(what)\nTry '\(name) --help' for more information.\n")
        }
        return .code(1)
    }

    /// Puts on the record that the program cannot be followed, and makes unknown what it could have touched.
    public mutating func unknown(_ reason: String, _ scope: Unknown.Scope) -> Outcome {
        Outcome(world.unknownProgram(reason, scope, words: words))
    }

    // MARK: The shell around a builtin

    /// Whether the shell has a variable, exported or not; false for a program, which sees no shell.
    public func shellHasVariable(_ name: String) -> Bool { isBuiltin && launcher.isVariableSet(name) }

    /// Whether an option of the shell is on; false for a program, which sees no shell.
    public func shellHasOption(_ name: String) -> Bool { isBuiltin && launcher.isOptionSet(name) }

    /// Gives a variable of the shell a value; nothing for a program, which sees no shell.
    public func setShellVariable(_ name: String, _ value: Text) {
        if isBuiltin { launcher.setVariable(name, value) }
    }

    // MARK: Other programs

    /// Looks a program up as a shell does, in the folders of the environment's PATH.
    public mutating func find(_ name: String) -> ProgramSearch {
        launcher.find(name, searchPath: environment["PATH"]?.string ?? "", in: &world)
    }

    /// Runs another program with this one's streams, environment and user.
    public mutating func launch(_ words: [Text]) -> Outcome {
        launcher.launch(words, by: name, isBusybox: isBusybox, environment: environment, in: &world)
    }
}
