// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/parser/line_parsers.go, parseNameVal.

/// The pairs of an `ENV` or a `LABEL`.
public struct KeyValueInstruction: Sendable, Hashable {
    /// The pairs, in order; a name can occur twice.
    public let pairs: [Pair]
    /// Whether it is written in the old way, `name value`, which takes the rest of the line as the value.
    public let isLegacy: Bool

    /// A name and its value, both before expansion: quotes and escapes are still there.
    public struct Pair: Sendable, Hashable {
        /// The name.
        public let name: Token
        /// The value; an empty token for `name=`.
        public let value: Token
    }

    init(_ parts: InstructionParts, _ keyword: Keyword) throws(SyntaxError) {
        isLegacy = parts.form == .legacy
        if parts.arguments.isEmpty { throw parts.needsArgument(keyword) }
        try Self.checkGrammar(parts, keyword)
        if isLegacy {
            pairs = [Pair(name: parts.arguments[0], value: parts.arguments[1])]
        } else {
            var pairs: [Pair] = []
            for word in parts.arguments {
                guard let (name, value) = parts.split(word), let value else {
                    throw SyntaxError("\(keyword.rawValue) names can not be blank", at: word.range)
                }
                pairs.append(Pair(name: name, value: value))
            }
            self.pairs = pairs
        }
        try parts.checkFlags(keyword)
    }

    /// What the parser refuses before it knows what the instruction means; in an `ONBUILD` this counts at once.
    static func checkGrammar(_ parts: InstructionParts, _ keyword: Keyword) throws(SyntaxError) {
        if parts.form == .legacy {
            guard parts.arguments.count == 2 else {
                throw SyntaxError("\(keyword.rawValue) must have two arguments", at: parts.range)
            }
            return
        }
        for word in parts.arguments where !word.text.utf8.contains(UInt8(ascii: "=")) {
            throw SyntaxError(
                "Syntax error - can't find = in \(word.text.quoted). Must be of the form: name=value",
                at: word.range
            )
        }
    }
}
