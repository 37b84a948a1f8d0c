// SPDX-License-Identifier: Apache-2.0

/// Why a word cannot be expanded, in BuildKit's words.
public struct ExpansionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The message, such as `syntax error: missing '}'`.
    public let description: String

    init(_ description: String) { self.description = description }
}
