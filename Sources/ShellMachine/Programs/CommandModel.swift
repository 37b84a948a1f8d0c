// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A program whose work is known: one program a type, one type a file, in a folder named after where the program comes from.
///
/// A model promises to look at nothing but the invocation and its world, to end (it charges for what it walks over), to say `unknown`
/// rather than to guess, and to be the same on every machine.
public protocol CommandModel: SendableMetatype {
    /// The names that the program is installed under, its own first.
    static var names: [String] { get }
    /// Whose programs of these names the model follows.
    static var flavors: Set<ProgramFlavor> { get }
    /// The folder that Debian has the program in.
    static var home: ProgramHome { get }
    /// The options; nil where the program reads its words in a way of its own.
    static var options: OptionTable? { get }
    /// What the program could have touched when its words are not known.
    static var scope: Unknown.Scope { get }
    /// Whether the model itself copes with words that are not known.
    static var takesUnknownWords: Bool { get }
    /// How many operands stand in front of the files that it works on, such as the mode of `chmod`.
    static var leadingOperands: Int { get }
    /// Whether the program puts what its operands name at another place, as `cp` does.
    static var bringsItsOperands: Bool { get }
    /// The exit code for an option that is wrong.
    static var usageExit: Int { get }
    /// Says what is wrong with the options, and ends: in the usual manner where a program has none of its own.
    static func refuse(_ problem: ParsedOptions.Problem, _ call: inout Invocation) -> Outcome
    /// Carries the program out: on files, descriptors and notes of the call's world.
    static func run(_ call: inout Invocation) -> Outcome
}

extension CommandModel {
    /// All flavors.
    public static var flavors: Set<ProgramFlavor> { ProgramFlavor.any }
    /// `/usr/bin`.
    public static var home: ProgramHome { .bin }
    /// No.
    public static var takesUnknownWords: Bool { false }
    /// None.
    public static var leadingOperands: Int { 0 }
    /// No.
    public static var bringsItsOperands: Bool { false }
    /// 1.
    public static var usageExit: Int { 1 }

    /// Runs all the same where the table is not whole; else says what is wrong as getopt_long or BusyBox does.
    public static func refuse(_ problem: ParsedOptions.Problem, _ call: inout Invocation) -> Outcome {
        options?.isWhole == false ? run(&call) : call.refuse(problem, code: usageExit)
    }

    /// Reads the options by the program's table, and carries it out when nothing is wrong with them.
    static func start(_ call: inout Invocation) -> Outcome {
        guard let options else { return run(&call) }
        call.options = ParsedOptions(call.arguments, options, flavor: call.flavor)
        if let problem = call.options.problem { return refuse(problem, &call) }
        guard let other = call.options.given.first(where: { !$0.option.isFollowed }) else { return run(&call) }
        // What it would have read is not there for those behind it.
        if call.operands.isEmpty { _ = call.world.readInput() }
        return call.unknown("\(call.name) \(other.option.typed) is not followed", scope)
    }
}
