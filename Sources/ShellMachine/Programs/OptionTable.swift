// SPDX-License-Identifier: Apache-2.0

/// The options of a program, and how it reads its words.
///
/// Source of the reading: glibc manual, "Parsing Long Options with getopt_long".
public struct OptionTable: Sendable, Hashable {
    /// The options.
    public let options: [CommandOption]
    /// Whether the first operand ends the options, as in programs that run other programs.
    public let stopsAtOperand: Bool

    /// Whether these are all options that the program has; where they are not, one that is not known is no mistake.
    public let isWhole: Bool

    /// Declares the options.
    public init(_ options: [CommandOption], stopsAtOperand: Bool = false, isWhole: Bool = true) {
        self.options = options
        self.stopsAtOperand = stopsAtOperand
        self.isWhole = isWhole
    }

    /// No options at all.
    public static let none = OptionTable([])
}
