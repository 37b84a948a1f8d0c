// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.2 "Quoting", 2.6 "Word Expansions".

import Diagnostics
import ImageFilesystem
import OCISpec

extension ShellParser {
    mutating func backquote(isQuoted: Bool) throws(ShellSyntaxError) -> WordPart {
        let start = offset
        let startLine = line()
        position += 1
        var inner: [UInt8] = []
        while let byte = peek(), byte != UInt8(ascii: "`") {
            if byte == 0x5C, let next = peek(1) {
                switch next {
                case 0x5C, UInt8(ascii: "`"), UInt8(ascii: "$"): inner.append(next)
                case UInt8(ascii: "\"") where isQuoted: inner.append(next)
                default:
                    inner.append(byte)
                    inner.append(next)
                }
                position += 2
                continue
            }
            inner.append(byte)
            position += 1
        }
        guard !isAtEnd else { throw failure("EOF in backquote substitution") }
        position += 1
        let body = try ShellParser.parse(
            inner,
            dialect: dialect,
            maximalDepth: maximalDepth,
            baseOffset: start + 1,
            firstLine: startLine,
            depth: depth + 1
        )
        return .command(body, quoted: isQuoted, offset: start)
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
        case UInt8(ascii: "{"):
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

    mutating func arithmeticExpansion(isQuoted: Bool, start: Int) throws(ShellSyntaxError) -> WordPart? {
        let startPosition = position
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
        // bash alone takes it for a subshell in a substitution then.
        guard dialect == .bash else { throw failure("Missing '))'") }
        position = startPosition
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

    /// `${ … }` behind the opening bracket.
    mutating func braceExpansion(isQuoted: Bool, start: Int) throws(ShellSyntaxError) -> ParameterExpansion {
        var expansion = ParameterExpansion(name: "", offset: start)
        let isBash = dialect.hasBashSyntax
        if peek() == UInt8(ascii: "#"), let next = peek(1), next != UInt8(ascii: "}") {
            // `${#x}` is a length, `${#-…}` and `${##…}` may be operations on `$#`.
            let behind = peek(2)
            let isOperation =
                (next == UInt8(ascii: ":") || next == UInt8(ascii: "%") || next == UInt8(ascii: "=")
                    || next == UInt8(ascii: "+"))
                || ((next == UInt8(ascii: "#") || next == UInt8(ascii: "-") || next == UInt8(ascii: "?"))
                    && behind != UInt8(ascii: "}"))
            if !isOperation {
                expansion.isLength = true
                position += 1
            }
        } else if isBash, dialect == .bash, peek() == UInt8(ascii: "!"), let next = peek(1),
            Self.isNameByte(next, first: true)
        {
            expansion.isIndirect = true
            position += 1
        }
        guard let first = peek() else { throw failure("Missing '}'") }
        if Self.isNameByte(first, first: true) {
            var index = position
            while index < source.count, Self.isNameByte(source[index], first: false) { index += 1 }
            expansion.name = String(decoding: source[position..<index], as: UTF8.self)
            position = index
        } else if Self.isDigit(first) {
            var index = position
            while index < source.count, Self.isDigit(source[index]) { index += 1 }
            expansion.name = String(decoding: source[position..<index], as: UTF8.self)
            position = index
        } else if [
            UInt8(ascii: "@"), UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: "?"), UInt8(ascii: "-"),
            UInt8(ascii: "$"), UInt8(ascii: "!"),
        ].contains(first) {
            expansion.name = String(UnicodeScalar(first))
            position += 1
        } else {
            return try badSubstitution(expansion)
        }
        if dialect == .bash, peek() == UInt8(ascii: "[") {
            position += 1
            expansion.index = try parts(.subscript)
            guard peek() == UInt8(ascii: "]") else { return try badSubstitution(expansion) }
            position += 1
        }
        if peek() == UInt8(ascii: "}") {
            position += 1
            return expansion
        }
        if expansion.isLength { return try badSubstitution(expansion) }
        guard let operation = try operation(isQuoted: isQuoted) else { return try badSubstitution(expansion) }
        expansion.operation = operation
        guard peek() == UInt8(ascii: "}") else {
            if isAtEnd { throw failure("Missing '}'") }
            return try badSubstitution(expansion)
        }
        position += 1
        return expansion
    }

    mutating func badSubstitution(_ expansion: ParameterExpansion) throws(ShellSyntaxError)
        -> ParameterExpansion
    {
        var result = expansion
        result.operation = .bad
        _ = try parts(.braces(isQuoted: true, stopsAtSlash: false))
        guard peek() == UInt8(ascii: "}") else { throw failure("Missing '}'") }
        position += 1
        return result
    }

    mutating func operand(isQuoted: Bool, stopsAtSlash: Bool = false) throws(ShellSyntaxError) -> ShellWord {
        let start = offset
        return ShellWord(parts: try parts(.braces(isQuoted: isQuoted, stopsAtSlash: stopsAtSlash)), offset: start)
    }

    mutating func operation(isQuoted: Bool) throws(ShellSyntaxError) -> ParameterExpansion.Operation? {
        guard let byte = peek() else { throw failure("Missing '}'") }
        var testsEmpty = false
        if byte == UInt8(ascii: ":") {
            guard let next = peek(1) else { throw failure("Missing '}'") }
            switch next {
            case UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "?"), UInt8(ascii: "+"):
                testsEmpty = true
                position += 1
            default:
                guard dialect.hasBashSyntax else { return nil }
                position += 1
                let offset = try parts(.substring)
                guard peek() == UInt8(ascii: ":") else { return .substring(offset: offset, length: nil) }
                position += 1
                return .substring(offset: offset, length: try parts(.substring))
            }
        }
        guard let sign = peek() else { throw failure("Missing '}'") }
        position += 1
        switch sign {
        case UInt8(ascii: "-"): return .useDefault(try operand(isQuoted: isQuoted), testsEmpty: testsEmpty)
        case UInt8(ascii: "="): return .assignDefault(try operand(isQuoted: isQuoted), testsEmpty: testsEmpty)
        case UInt8(ascii: "?"): return .failUnlessSet(try operand(isQuoted: isQuoted), testsEmpty: testsEmpty)
        case UInt8(ascii: "+"): return .useAlternative(try operand(isQuoted: isQuoted), testsEmpty: testsEmpty)
        case UInt8(ascii: "#"), UInt8(ascii: "%"):
            let longest = peek() == sign
            if longest { position += 1 }
            let pattern = try operand(isQuoted: false)
            return sign == UInt8(ascii: "#")
                ? .removePrefix(pattern, longest: longest) : .removeSuffix(pattern, longest: longest)
        case UInt8(ascii: "/") where dialect.hasBashSyntax:
            var place = ParameterExpansion.Operation.Place.first
            switch peek() {
            case UInt8(ascii: "/"):
                place = .all
                position += 1
            case UInt8(ascii: "#"):
                place = .prefix
                position += 1
            case UInt8(ascii: "%"):
                place = .suffix
                position += 1
            default: break
            }
            let pattern = try operand(isQuoted: false, stopsAtSlash: true)
            guard peek() == UInt8(ascii: "/") else {
                return .replace(pattern: pattern, replacement: ShellWord(parts: [], offset: offset), place: place)
            }
            position += 1
            return .replace(pattern: pattern, replacement: try operand(isQuoted: false), place: place)
        case UInt8(ascii: "^") where dialect == .bash, UInt8(ascii: ",") where dialect == .bash:
            let all = peek() == sign
            if all { position += 1 }
            return .changeCase(upper: sign == UInt8(ascii: "^"), all: all)
        case UInt8(ascii: "@") where dialect == .bash:
            guard let letter = peek(), letter != UInt8(ascii: "}") else { return nil }
            position += 1
            return .transform(letter)
        default: return nil
        }
    }
}
