// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec

/// An option that a program declares.
package struct CommandOption: Sendable, Hashable {
    /// Whether a value stands behind it.
    package enum Arity: Sendable, Hashable { case none, required, optional }

    /// What its value is.
    package enum ValueKind: Sendable, Hashable { case text, path, number, mode, account }

    /// One-letter and long spellings without dashes; the first is the one that it is known by.
    package let spellings: [String]
    package let arity: Arity
    package let valueKind: ValueKind
    /// Whether every occurrence counts rather than the last.
    package let isRepeatable: Bool
    /// Whose programs have it.
    package let flavors: Set<ProgramFlavor>

    private init(
        _ spellings: [String],
        _ arity: Arity,
        _ valueKind: ValueKind,
        _ isRepeatable: Bool,
        _ flavors: Set<ProgramFlavor>
    ) {
        self.spellings = spellings
        self.arity = arity
        self.valueKind = valueKind
        self.isRepeatable = isRepeatable
        self.flavors = flavors
    }

    /// An option that is there or not: `-r`, `--recursive`.
    package static func flag(_ spellings: String..., on flavors: Set<ProgramFlavor> = ProgramFlavor.any) -> Self {
        CommandOption(spellings, .none, .text, false, flavors)
    }

    /// An option with a value: `-m 755`, `-m755`, `--mode=755`.
    package static func value(
        _ spellings: String...,
        is kind: ValueKind = .text,
        repeatable: Bool = false,
        on flavors: Set<ProgramFlavor> = ProgramFlavor.any
    ) -> Self { CommandOption(spellings, .required, kind, repeatable, flavors) }

    /// An option whose value may be left out: `--color`, `--color=always`.
    package static func optionalValue(
        _ spellings: String...,
        is kind: ValueKind = .text,
        on flavors: Set<ProgramFlavor> = ProgramFlavor.any
    ) -> Self { CommandOption(spellings, .optional, kind, false, flavors) }
}

/// The options of a program, and how it reads its words.
///
/// Source of the reading: glibc manual, "Parsing Long Options with getopt_long".
package struct OptionTable: Sendable, Hashable {
    package let options: [CommandOption]
    /// Whether the first operand ends the options, as in programs that run other programs.
    package let stopsAtOperand: Bool

    /// Whether these are all options that the program has; where they are not, one that is not known is no mistake.
    package let isWhole: Bool

    package init(_ options: [CommandOption], stopsAtOperand: Bool = false, isWhole: Bool = true) {
        self.options = options
        self.stopsAtOperand = stopsAtOperand
        self.isWhole = isWhole
    }

    /// No options at all.
    package static let none = OptionTable([])
}
