// SPDX-License-Identifier: Apache-2.0

/// An option that a program declares.
public struct CommandOption: Sendable, Hashable {
    /// How many values an option takes.
    public enum Arity: Sendable, Hashable { case none, required, optional }

    /// What its value is.
    public enum ValueKind: Sendable, Hashable { case text, path, number, mode, account }

    /// One-letter and long spellings without dashes; the first is the one that it is known by.
    public let spellings: [String]
    /// Whether a value stands behind it.
    public let arity: Arity
    /// What its value is.
    public let valueKind: ValueKind
    /// Whether every occurrence counts rather than the last.
    public let isRepeatable: Bool
    /// Whose programs have it.
    public let flavors: Set<ProgramFlavor>
    /// Whether the model does what the option asks; where not, a program that is given it is not followed.
    public private(set) var isFollowed = true

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
    public static func flag(_ spellings: String..., on flavors: Set<ProgramFlavor> = ProgramFlavor.any) -> Self {
        CommandOption(spellings, .none, .text, false, flavors)
    }

    /// An option with a value: `-m 755`, `-m755`, `--mode=755`.
    public static func value(
        _ spellings: String...,
        is kind: ValueKind = .text,
        repeatable: Bool = false,
        on flavors: Set<ProgramFlavor> = ProgramFlavor.any
    ) -> Self { CommandOption(spellings, .required, kind, repeatable, flavors) }

    /// An option whose value may be left out: `--color`, `--color=always`.
    public static func optionalValue(
        _ spellings: String...,
        is kind: ValueKind = .text,
        on flavors: Set<ProgramFlavor> = ProgramFlavor.any
    ) -> Self { CommandOption(spellings, .optional, kind, false, flavors) }

    /// The same, where the program has it and the model does not follow it.
    public var unfollowed: CommandOption {
        var result = self
        result.isFollowed = false
        return result
    }

    /// The option as it is typed, such as `-z` or `--zero`.
    public var typed: String { (spellings[0].utf8.count > 1 ? "--" : "-") + spellings[0] }
}
