// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.2 "Quoting", 2.6 "Word Expansions".

import Diagnostics
import ImageFilesystem
import OCISpec

extension ShellParser {
    /// Where a run of word parts stands, which decides what is special in it and where it ends.
    enum WordContext: Equatable {
        /// A word; ends before a blank or an operator.
        case plain
        /// The right side of `=~`; brackets and `|` belong to it.
        case regularExpression
        /// Between double quotes; ends before the closing one.
        case doubleQuoted
        /// The body of a here-document; ends with the text.
        case hereDocument
        /// Behind the operator of `${x…`; ends before `}`, or before `/` if asked.
        case braces(isQuoted: Bool, stopsAtSlash: Bool)
        /// `$(( … ))` and its kin; ends before the closing brackets, or before `;`.
        case arithmetic(stopsAtSemicolon: Bool)
        /// `${x:offset:length}`; ends before `:` or `}`.
        case substring
        /// `x[…]`; ends before `]`.
        case `subscript`

        var isQuoted: Bool {
            switch self {
            case .doubleQuoted, .hereDocument, .arithmetic, .substring, .subscript: true
            case .braces(let isQuoted, _): isQuoted
            case .plain, .regularExpression: false
            }
        }
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    static func isNameByte(_ byte: UInt8, first: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        case 0x30...0x39: !first
        default: false
        }
    }

    static func isName(_ bytes: some Collection<UInt8>) -> Bool {
        guard let first = bytes.first, isNameByte(first, first: true) else { return false }
        return bytes.allSatisfy { isNameByte($0, first: false) }
    }

    static func endsWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"),
            UInt8(ascii: ">"),
            UInt8(ascii: "("), UInt8(ascii: ")"):
            true
        default: false
        }
    }

    /// The word at the position when nothing in it is quoted or expanded; the position stays.
    func peekPlainWord() -> String? {
        var index = position
        while index < source.count, !Self.endsWord(source[index]) {
            switch source[index] {
            case UInt8(ascii: "'"), UInt8(ascii: "\""), 0x5C, UInt8(ascii: "$"), UInt8(ascii: "`"): return nil
            default: index += 1
            }
            if index - position > 256 { return nil }
        }
        return index > position ? String(decoding: source[position..<index], as: UTF8.self) : nil
    }

    /// Reads a word; nil when none stands here.
    mutating func word() throws(ShellSyntaxError) -> ShellWord? {
        let start = position
        let startOffset = offset
        let parts = try parts(.plain)
        return position > start ? ShellWord(parts: parts, offset: startOffset) : nil
    }

    /// Reads word parts up to the end that the context has; the end itself is left.
    mutating func parts(_ context: WordContext) throws(ShellSyntaxError) -> [WordPart] {
        try enter()
        defer { leave() }
        var result: [WordPart] = []
        var literal: [UInt8] = []
        var brackets = 0
        func flush(_ result: inout [WordPart], _ literal: inout [UInt8]) {
            guard !literal.isEmpty else { return }
            result.append(.literal(literal, quoted: context.isQuoted))
            literal.removeAll(keepingCapacity: true)
        }
        loop: while let byte = peek() {
            switch context {
            case .plain:
                if Self.endsWord(byte) {
                    if dialect == .bash, byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">"),
                        peek(1) == UInt8(ascii: "(")
                    {
                        flush(&result, &literal)
                        let start = offset
                        position += 2
                        result.append(.process(try substitution(), offset: start))
                        continue loop
                    }
                    break loop
                }
            case .regularExpression:
                if byte == UInt8(ascii: "(") { brackets += 1 }
                if byte == UInt8(ascii: ")") { brackets -= 1 }
                if brackets < 0 || (brackets <= 0 && (byte == 0x20 || byte == 0x09 || byte == 0x0A)) { break loop }
                if brackets <= 0, byte == UInt8(ascii: "&") || byte == UInt8(ascii: ";") { break loop }
                if brackets <= 0, byte == UInt8(ascii: "|"), peek(1) == byte { break loop }
            case .doubleQuoted: if byte == UInt8(ascii: "\"") { break loop }
            case .hereDocument: break
            case .braces(_, let stopsAtSlash):
                if byte == UInt8(ascii: "}") || (stopsAtSlash && byte == UInt8(ascii: "/")) { break loop }
            case .arithmetic(let stopsAtSemicolon):
                if byte == UInt8(ascii: "(") { brackets += 1 }
                if byte == UInt8(ascii: ")") {
                    if brackets == 0 { break loop }
                    brackets -= 1
                }
                if stopsAtSemicolon, brackets == 0, byte == UInt8(ascii: ";") { break loop }
            case .substring:
                if byte == UInt8(ascii: "}") { break loop }
                if byte == UInt8(ascii: "?") { brackets += 1 }
                if byte == UInt8(ascii: ":") {
                    if brackets == 0 { break loop }
                    brackets -= 1
                }
            case .subscript: if byte == UInt8(ascii: "]") { break loop }
            }
            switch byte {
            case 0x5C: try backslash(context, &result, &literal)
            case UInt8(ascii: "'") where quotesAreSpecial(context):
                flush(&result, &literal)
                position += 1
                let start = position
                while let inner = peek(), inner != byte { _ = inner; position += 1 }
                guard !isAtEnd else { throw failure("Unterminated quoted string") }
                result.append(.literal(Array(source[start..<position]), quoted: true))
                position += 1
            case UInt8(ascii: "\"") where context != .hereDocument:
                if case .arithmetic = context {
                    if dialect != .bash { literal.append(byte) }
                    position += 1
                    continue loop
                }
                flush(&result, &literal)
                position += 1
                let inner = try parts(.doubleQuoted)
                guard peek() == byte else { throw failure("Unterminated quoted string") }
                position += 1
                result.append(.literal([], quoted: true))
                result.append(contentsOf: inner)
            case UInt8(ascii: "`"):
                flush(&result, &literal)
                result.append(try backquote(isQuoted: context.isQuoted))
            case UInt8(ascii: "$"):
                if let part = try dollar(context) {
                    flush(&result, &literal)
                    result.append(contentsOf: part)
                } else {
                    literal.append(byte)
                    position += 1
                }
            default:
                literal.append(byte)
                position += 1
            }
        }
        flush(&result, &literal)
        return result
    }

    func quotesAreSpecial(_ context: WordContext) -> Bool {
        switch context {
        case .plain, .regularExpression, .substring, .subscript: true
        case .braces(let isQuoted, _): !isQuoted
        case .doubleQuoted, .hereDocument, .arithmetic: false
        }
    }

    mutating func backslash(
        _ context: WordContext,
        _ result: inout [WordPart],
        _ literal: inout [UInt8]
    ) throws(ShellSyntaxError) {
        guard let next = peek(1) else {
            literal.append(0x5C)
            position += 1
            return
        }
        if next == 0x0A {
            position += 2
            return
        }
        func append(quoted bytes: [UInt8]) {
            if !literal.isEmpty {
                result.append(.literal(literal, quoted: context.isQuoted))
                literal.removeAll(keepingCapacity: true)
            }
            result.append(.literal(bytes, quoted: true))
        }
        if context.isQuoted {
            let isSpecial: Bool
            switch next {
            case UInt8(ascii: "$"), UInt8(ascii: "`"), 0x5C: isSpecial = true
            case UInt8(ascii: "\""): isSpecial = context != .hereDocument
            case UInt8(ascii: "}"):
                if case .braces = context { isSpecial = true } else { isSpecial = false }
            default: isSpecial = false
            }
            if isSpecial {
                append(quoted: [next])
            } else {
                literal.append(0x5C)
                literal.append(next)
            }
        } else {
            append(quoted: [next])
        }
        position += 2
    }

    /// `$( … )` behind the opening bracket.
    mutating func substitution() throws(ShellSyntaxError) -> [ShellCompleteCommand] {
        var body = try statements(stopsAtLineEnd: false)
        guard peek() == UInt8(ascii: ")") else { throw unexpected(expecting: ")") }
        position += 1
        fillDocuments(&body)
        return body.isEmpty ? [] : [ShellCompleteCommand(statements: body)]
    }
}

// MARK: - [[ … ]]

extension ShellParser {
    mutating func skipTestBlanks() {
        skipBlanks()
        while peek() == 0x0A {
            position += 1
            skipBlanks()
        }
    }

    mutating func testExpression() throws(ShellSyntaxError) -> ShellCommand.TestExpression {
        var left = try testTerm()
        skipTestBlanks()
        while peek() == UInt8(ascii: "|"), peek(1) == UInt8(ascii: "|") {
            position += 2
            left = .or(left, try testTerm())
            skipTestBlanks()
        }
        return left
    }

    mutating func testTerm() throws(ShellSyntaxError) -> ShellCommand.TestExpression {
        var left = try testFactor()
        skipTestBlanks()
        while peek() == UInt8(ascii: "&"), peek(1) == UInt8(ascii: "&") {
            position += 2
            left = .and(left, try testFactor())
            skipTestBlanks()
        }
        return left
    }

    mutating func testFactor() throws(ShellSyntaxError) -> ShellCommand.TestExpression {
        try enter()
        defer { leave() }
        skipTestBlanks()
        if peekPlainWord() == "!" {
            position += 1
            return .not(try testFactor())
        }
        if peek() == UInt8(ascii: "(") {
            position += 1
            let inner = try testExpression()
            skipTestBlanks()
            guard peek() == UInt8(ascii: ")") else { throw unexpected(expecting: ")") }
            position += 1
            return inner
        }
        guard let first = try word() else { throw unexpected() }
        let operation = first.plainLiteral.map { String(decoding: $0, as: UTF8.self) } ?? ""
        skipTestBlanks()
        if operation.utf8.count == 2, operation.hasPrefix("-"), peekPlainWord() != "]]", !isAtEnd, !isTestOperator() {
            guard let operand = try word() else { return .word(first) }
            return .unary(operation, operand)
        }
        if peek() == UInt8(ascii: "<") || peek() == UInt8(ascii: ">"), let sign = peek() {
            position += 1
            skipTestBlanks()
            guard let right = try word() else { throw unexpected() }
            return .binary(sign == UInt8(ascii: "<") ? "<" : ">", first, right)
        }
        guard isTestOperator(), let sign = peekPlainWord() else { return .word(first) }
        position += sign.utf8.count
        skipTestBlanks()
        let start = offset
        let right: ShellWord
        if sign == "=~" {
            right = ShellWord(parts: try parts(.regularExpression), offset: start)
        } else {
            guard let word = try word() else { throw unexpected() }
            right = word
        }
        return .binary(sign, first, right)
    }

    func isTestOperator() -> Bool {
        guard let word = peekPlainWord() else { return false }
        return ["=", "==", "!=", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"].contains(word)
    }
}
