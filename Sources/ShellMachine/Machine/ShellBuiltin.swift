// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// A command that a shell carries out itself: one type and one file a built-in, and a line in `BuiltinRegistry`.
protocol ShellBuiltin: SendableMetatype {
    /// What it is called by.
    static var names: [String] { get }
    /// The shells that have it.
    static var dialects: Set<ShellDialect> { get }
    /// Whether its failure ends a shell that is not bash, and the assignments in front of it stay.
    static var isSpecial: Bool { get }
    /// Whether dash's `type` calls it special.
    static var isCalledSpecial: Bool { get }
    /// Whether its words may be assignments, which are not split.
    static var isDeclaring: Bool { get }
    /// Whether `$?` is still that of the command before when it starts; else it is 0.
    static var keepsStatus: Bool { get }

    /// Carries it out; how it ended stands in the machine's `status`.
    ///
    /// - Parameter words: the words after expansion, the name first.
    static func run(_ words: [Text], in machine: Machine) -> Flow
}

extension ShellBuiltin {
    static var dialects: Set<ShellDialect> { [.dash, .ash, .bash] }
    static var isSpecial: Bool { false }
    static var isCalledSpecial: Bool { isSpecial }
    static var isDeclaring: Bool { false }
    static var keepsStatus: Bool { false }
}
