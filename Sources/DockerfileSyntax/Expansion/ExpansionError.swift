// SPDX-License-Identifier: Apache-2.0

/// Why a word cannot be expanded, in BuildKit's words.
public struct ExpansionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The message, such as `syntax error: missing '}'`.
    public let description: String
    /// Whether the text ended where the mark that closes a quotation was looked for.
    let isUnterminated: Bool

    init(_ description: String, isUnterminated: Bool = false) {
        self.description = description
        self.isUnterminated = isUnterminated
    }

    /// The text ends, and a quotation in it was not closed.
    static func unterminated(_ mark: String) -> ExpansionError {
        ExpansionError("unexpected end of statement while looking for matching \(mark)", isUnterminated: true)
    }
}
