// SPDX-License-Identifier: Apache-2.0

/// What a word came to.
public struct Expansion: Sendable, Hashable {
    /// The value as one word.
    public let value: String
    /// The value cut at blanks that no quote protected.
    public let words: [String]
    /// The names that had no value, in the order in which they were asked for, each once.
    public let unset: [String]
    /// Those of `unset` that were asked for only with a `-`, `+` or `?` behind them: the word itself says what then.
    public let unsetWithFallback: [String]
}
