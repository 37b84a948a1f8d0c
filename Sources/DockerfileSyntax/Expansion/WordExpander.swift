// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/shell/lex.go and docs/reference.md, "Environment replacement".

/// Expands variables and takes away quotes in the words of an instruction, as the builder does it (not as a shell
/// would).
///
/// Errors: `ExpansionError` with BuildKit's message.
public struct WordExpander: Sendable, Hashable {
    /// The escape character of the Dockerfile: a backslash or a backtick.
    public var escape: Unicode.Scalar
    /// Whether quotes stay in the result.
    public var keepsQuotes: Bool
    /// Whether escape characters stay in the result.
    public var keepsEscapes: Bool
    /// Whether a variable without value stays as it is written.
    public var keepsUnset: Bool
    /// How many bytes a result may have: definitions that double each other would fill the memory otherwise.
    public var maximumBytes: Int

    /// Makes an expander; the defaults are those of the builder.
    public init(
        escape: Unicode.Scalar = "\\",
        keepsQuotes: Bool = false,
        keepsEscapes: Bool = false,
        keepsUnset: Bool = false,
        maximumBytes: Int = 1 << 20
    ) {
        self.escape = escape
        self.keepsQuotes = keepsQuotes
        self.keepsEscapes = keepsEscapes
        self.keepsUnset = keepsUnset
        self.maximumBytes = maximumBytes
    }

    /// Expands a word.
    ///
    /// - Parameter value: gives the value of a name, nil when it has none.
    public func expand(_ word: String, _ value: (String) -> String?) throws(ExpansionError) -> Expansion {
        // Most words have nothing to expand.
        if !word.utf8.contains(where: { Self.isSpecial($0) || $0 == UInt8(truncatingIfNeeded: escape.value) }) {
            return Expansion(value: word, words: word.isEmpty ? [] : [word], unset: [], unsetWithFallback: [])
        }
        return try withoutActuallyEscaping(value) { lookup throws(ExpansionError) in
            var run = ExpansionRun(self, Array(word.utf8), lookup)
            let (bytes, words) = try run.process(until: nil, keepsEscapes: keepsEscapes, depth: 0)
            return Expansion(
                value: String(decoding: bytes, as: UTF8.self),
                words: words.map(\.text),
                unset: run.unset,
                unsetWithFallback: run.unset.filter { !run.unsetWithoutFallback.contains($0) }
            )
        }
    }

    /// Expands a word with the values of a dictionary.
    public func expand(_ word: String, in values: [String: String]) throws(ExpansionError) -> Expansion {
        try expand(word) { values[$0] }
    }

    /// Quotes and escapes, which is how the parser looks for here-documents in a line.
    static let heredocLine = WordExpander(keepsQuotes: true, keepsEscapes: true, keepsUnset: true, maximumBytes: .max)
    static let heredocName = WordExpander(keepsUnset: true, maximumBytes: .max)

    func words(
        in bytes: [UInt8],
        _ value: (String) -> String?
    ) throws(ExpansionError) -> [(text: String, offset: Int)] {
        try withoutActuallyEscaping(value) { lookup throws(ExpansionError) in
            var run = ExpansionRun(self, bytes, lookup)
            return try run.process(until: nil, keepsEscapes: keepsEscapes, depth: 0).words
        }
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "$") || byte == Bytes.singleQuote || byte == Bytes.doubleQuote
            || Bytes.isASCIISpace(byte) || byte >= 0x80 || byte == 0
    }
}
