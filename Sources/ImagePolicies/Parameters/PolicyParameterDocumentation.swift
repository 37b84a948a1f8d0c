// SPDX-License-Identifier: Apache-2.0

/// What a parameter of a policy means and which values it takes.
public struct PolicyParameterDocumentation: Sendable, Hashable {
    /// The name, in small letters with hyphens.
    public let name: String
    /// What it sets, in one phrase.
    public let summary: String
    /// The values that it takes.
    public let range: Range
    /// The value that it has when nobody sets it.
    public let defaultValue: PolicyValue

    /// Which values a parameter takes.
    public enum Range: Sendable, Hashable {
        /// True or false.
        case flag
        /// A whole number between two, both included.
        case number(ClosedRange<Int>)
        /// One of these words.
        case oneOf([String])
        /// One or more of these words.
        case someOf([String])
        /// One or more texts, none of them empty.
        case texts
    }
}
