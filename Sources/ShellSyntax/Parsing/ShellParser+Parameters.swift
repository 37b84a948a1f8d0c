// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.6.2; the bash reference manual, "Shell Parameter Expansion".

extension ShellParser {
    /// `${ … }` behind the opening bracket.
    mutating func braceExpansion(isQuoted: Bool, start: Int) throws(ShellSyntaxError) -> ParameterExpansion {
        var expansion = ParameterExpansion(name: "", offset: start)
        readSign(&expansion)
        guard !isAtEnd else { throw failure("Missing '}'") }
        guard let name = parameterName() else { return try badSubstitution(expansion) }
        expansion.name = name
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
        if expansion.isIndirect, expansion.index == nil, let sign = peek(), peek(1) == UInt8(ascii: "}"),
            sign == UInt8(ascii: "@") || sign == UInt8(ascii: "*")
        {
            expansion.operation = .names(isStar: sign == UInt8(ascii: "*"))
            position += 2
            return expansion
        }
        guard let operation = try operation(isQuoted: isQuoted) else { return try badSubstitution(expansion) }
        expansion.operation = operation
        guard peek() == UInt8(ascii: "}") else {
            if isAtEnd { throw failure("Missing '}'") }
            return try badSubstitution(expansion)
        }
        position += 1
        return expansion
    }

    /// The `#` of a length and the `!` of an indirection, before the name.
    private mutating func readSign(_ expansion: inout ParameterExpansion) {
        guard let sign = peek(), let next = peek(1) else { return }
        if sign == UInt8(ascii: "#"), next != UInt8(ascii: "}") {
            // `${#x}` is a length, `${#-…}` and `${##…}` may be operations on `$#`.
            let isOperation: Bool
            switch next {
            case UInt8(ascii: ":"), UInt8(ascii: "%"), UInt8(ascii: "="), UInt8(ascii: "+"): isOperation = true
            case UInt8(ascii: "#"), UInt8(ascii: "-"), UInt8(ascii: "?"): isOperation = peek(2) != UInt8(ascii: "}")
            default: isOperation = false
            }
            guard !isOperation else { return }
            expansion.isLength = true
            position += 1
        } else if dialect == .bash, sign == UInt8(ascii: "!"),
            Self.isNameByte(next, first: true) || Self.isDigit(next) || (next == 0x23 && peek(2) == UInt8(ascii: "}"))
        {
            expansion.isIndirect = true
            position += 1
        }
    }

    /// Reads the name of a variable, the number of a positional parameter or the sign of a special one.
    private mutating func parameterName() -> String? {
        guard let first = peek() else { return nil }
        var index = position + 1
        if Self.isNameByte(first, first: true) {
            while index < source.count, Self.isNameByte(source[index], first: false) { index += 1 }
        } else if Self.isDigit(first) {
            while index < source.count, Self.isDigit(source[index]) { index += 1 }
        } else if !"@*#?-$!".utf8.contains(first) {
            return nil
        }
        defer { position = index }
        return String(decoding: source[position..<index], as: UTF8.self)
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
            position += 1
            guard "-=?+".utf8.contains(next) else {
                guard dialect.hasBashSyntax else {
                    position -= 1
                    return nil
                }
                return try substringOperation()
            }
            testsEmpty = true
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
        case UInt8(ascii: "/") where dialect.hasBashSyntax: return try replaceOperation()
        case UInt8(ascii: "^") where dialect == .bash, UInt8(ascii: ",") where dialect == .bash:
            let all = peek() == sign
            if all { position += 1 }
            return .changeCase(upper: sign == UInt8(ascii: "^"), all: all, pattern: try operand(isQuoted: false))
        case UInt8(ascii: "@") where dialect == .bash:
            guard let letter = peek(), letter != UInt8(ascii: "}") else { return nil }
            position += 1
            return .transform(letter)
        default: return nil
        }
    }

    private mutating func substringOperation() throws(ShellSyntaxError) -> ParameterExpansion.Operation {
        let offset = try parts(.substring)
        guard peek() == UInt8(ascii: ":") else { return .substring(offset: offset, length: nil) }
        position += 1
        return .substring(offset: offset, length: try parts(.substring))
    }

    private mutating func replaceOperation() throws(ShellSyntaxError) -> ParameterExpansion.Operation {
        var place = ParameterExpansion.Operation.Place.first
        switch peek() {
        case UInt8(ascii: "/"): place = .all
        case UInt8(ascii: "#"): place = .prefix
        case UInt8(ascii: "%"): place = .suffix
        default: break
        }
        if place != .first { position += 1 }
        let pattern = try operand(isQuoted: false, stopsAtSlash: true)
        guard peek() == UInt8(ascii: "/") else {
            return .replace(pattern: pattern, replacement: ShellWord(parts: [], offset: offset), place: place)
        }
        position += 1
        return .replace(pattern: pattern, replacement: try operand(isQuoted: false), place: place)
    }
}
