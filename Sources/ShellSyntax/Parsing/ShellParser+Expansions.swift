// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.2 "Quoting", 2.6 "Word Expansions".

extension ShellParser {
    mutating func backquote(isQuoted: Bool) throws(ShellSyntaxError) -> WordPart {
        let start = offset
        position += 1
        var inner = CopiedText(offset: offset, line: line())
        while let byte = peek(), byte != UInt8(ascii: "`") {
            guard byte == 0x5C, let next = peek(1) else {
                copy(position..<(position + 1), to: &inner)
                position += 1
                continue
            }
            switch next {
            case 0x5C, UInt8(ascii: "`"), UInt8(ascii: "$"): copy((position + 1)..<(position + 2), to: &inner)
            case UInt8(ascii: "\"") where isQuoted: copy((position + 1)..<(position + 2), to: &inner)
            default: copy(position..<(position + 2), to: &inner)
            }
            position += 2
        }
        guard !isAtEnd else { throw failure("EOF in backquote substitution") }
        position += 1
        var parser = ShellParser(inner, in: self, depth: depth + 1)
        return .command(try parser.allCommands(), quoted: isQuoted, offset: start)
    }

    /// What a `$` begins; nil when it is a plain character.
    mutating func dollar(_ context: WordContext) throws(ShellSyntaxError) -> [WordPart]? {
        let isQuoted = context.isQuoted
        let start = offset
        guard let next = peek(1) else { return nil }
        switch next {
        case UInt8(ascii: "("):
            if peek(2) == UInt8(ascii: "("), let part = try arithmeticExpansion(isQuoted: isQuoted, start: start) {
                return [part]
            }
            position += 2
            return [.command(try substitution(), quoted: isQuoted, offset: start)]
        case UInt8(ascii: "["):
            guard dialect == .bash else { return nil }
            position += 2
            let inner = try parts(.subscript)
            guard peek() == UInt8(ascii: "]") else { throw failure("Unterminated arithmetic expansion") }
            position += 1
            return [.arithmetic(inner, quoted: isQuoted, offset: start)]
        case 0x7B:  // an opening brace
            position += 2
            return [.parameter(try braceExpansion(isQuoted: isQuoted, start: start), quoted: isQuoted)]
        case UInt8(ascii: "'") where dialect.hasBashSyntax && !isQuoted:
            position += 2
            return [.literal(try cString(), quoted: true)]
        case UInt8(ascii: "\"") where dialect == .bash && !isQuoted:
            position += 1
            return []
        case UInt8(ascii: "@"), UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: "?"), UInt8(ascii: "-"),
            UInt8(ascii: "$"), UInt8(ascii: "!"), 0x30...0x39:
            position += 2
            let name = String(UnicodeScalar(next))
            return [.parameter(ParameterExpansion(name: name, offset: start), quoted: isQuoted)]
        default:
            guard Self.isNameByte(next, first: true) else { return nil }
            var index = position + 1
            while index < source.count, Self.isNameByte(source[index], first: false) { index += 1 }
            let name = String(decoding: source[(position + 1)..<index], as: UTF8.self)
            position = index
            return [.parameter(ParameterExpansion(name: name, offset: start), quoted: isQuoted)]
        }
    }

    /// `$(( … ))`; nil when the brackets turn out to be a subshell in a substitution, which bash alone takes them for.
    mutating func arithmeticExpansion(isQuoted: Bool, start: Int) throws(ShellSyntaxError) -> WordPart? {
        if failedAttempts.contains(position) { return nil }
        let before = mark
        position += 3
        do {
            let inner = try parts(.arithmetic(stopsAtSemicolon: false))
            if peek() == UInt8(ascii: ")"), peek(1) == UInt8(ascii: ")") {
                position += 2
                return .arithmetic(inner, quoted: isQuoted, offset: start)
            }
        } catch {
            if error.isOverLimit { throw error }
        }
        guard dialect == .bash else { throw failure("Missing '))'") }
        giveUp(before)
        return nil
    }

    /// `$'…'` behind the opening quote.
    mutating func cString() throws(ShellSyntaxError) -> [UInt8] {
        let start = position
        while let byte = peek(), byte != UInt8(ascii: "'") { position += byte == 0x5C ? 2 : 1 }
        guard position < source.count else {
            position = source.count
            throw failure("Unterminated quoted string")
        }
        let raw = Array(source[start..<position])
        position += 1
        return EscapeSequences.expand(raw, style: .dollarQuote).bytes
    }
}
