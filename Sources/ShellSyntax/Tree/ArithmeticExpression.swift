// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.6.4; ISO C for the operators.

/// What an arithmetic expression asks for, in the order of its text.
///
/// Shape: operands of one rank stand side by side in a chain, so that a long sum is no deeper than a short one. Where the text
/// stops making sense stands a `problem`: the shells carry out what is before it and only then complain.
package indirect enum ArithmeticExpression: Sendable {
    case number(Int)
    case variable(Name)
    /// `name = value`, or `name sign= value`.
    case assignment(Name, sign: String?, value: ArithmeticExpression)
    /// `++name` and its kin; the value is that after the step, or that before it.
    case step(Name, by: Int, isBefore: Bool)
    /// `!`, `~`, `-`.
    case prefix(UInt8, ArithmeticExpression)
    /// `first sign operand sign operand …`, from left to right.
    case chain(ArithmeticExpression, [(sign: String, operand: ArithmeticExpression)])
    /// Joined by `&&`; 1 or 0.
    case all([ArithmeticExpression])
    /// Joined by `||`; 1 or 0.
    case any([ArithmeticExpression])
    case conditional(ArithmeticExpression, then: ArithmeticExpression, otherwise: ArithmeticExpression)
    /// One after the other; the last one's value counts.
    case sequence([ArithmeticExpression])
    /// The message with which evaluating ends here.
    case problem(String)

    /// A variable where it stands.
    package struct Name: Sendable, Hashable {
        /// The name; in bash with the `[…]` of an array's element behind it.
        package let text: String
        /// How deep in the expression; in bash the variable's own text is an expression that goes on from here.
        package let depth: Int
    }
}
