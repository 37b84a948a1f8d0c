// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.2 "Quoting", 2.6 "Word Expansions".

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

    package static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    package static func isNameByte(_ byte: UInt8, first: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        case 0x30...0x39: !first
        default: false
        }
    }

    /// Whether a text can be the name of a variable.
    package static func isName(_ bytes: [UInt8]) -> Bool { isName(bytes[...]) }

    package static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, isNameByte(first, first: true) else { return false }
        return bytes.allSatisfy { isNameByte($0, first: false) }
    }

    package static func isName(_ text: String.UTF8View) -> Bool { isName(Array(text)) }

    static func endsWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"),
            UInt8(ascii: ">"),
            UInt8(ascii: "("), UInt8(ascii: ")"):
            true
        default: false
        }
    }

    /// Where the word at the position ends when nothing in it is quoted or expanded.
    func plainWordEnd() -> Int? {
        var index = position
        while index < source.count, !Self.endsWord(source[index]) {
            switch source[index] {
            case UInt8(ascii: "'"), UInt8(ascii: "\""), 0x5C, UInt8(ascii: "$"), UInt8(ascii: "`"): return nil
            default: index += 1
            }
            if index - position > 256 { return nil }
        }
        return index > position ? index : nil
    }

    /// The word at the position when nothing in it is quoted or expanded; the position stays.
    func peekPlainWord() -> String? {
        plainWordEnd().map { String(decoding: source[position..<$0], as: UTF8.self) }
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
        var run = WordRun(isQuoted: context.isQuoted)
        var level = 0
        while let byte = peek(), !ends(context, byte, &level) { try part(byte, context, &run) }
        return run.finished()
    }

    /// The parts that were read so far, and the plain bytes behind them.
    struct WordRun {
        let isQuoted: Bool
        var parts: [WordPart] = []
        var literal: [UInt8] = []

        mutating func add(_ part: WordPart) {
            flush()
            parts.append(part)
        }

        mutating func flush() {
            guard !literal.isEmpty else { return }
            parts.append(.literal(literal, quoted: isQuoted))
            literal.removeAll(keepingCapacity: true)
        }

        mutating func finished() -> [WordPart] {
            flush()
            return parts
        }
    }

    /// Whether what the context allows ends before this byte.
    ///
    /// - Parameter level: brackets that are open, or question marks that want a colon.
    func ends(_ context: WordContext, _ byte: UInt8, _ level: inout Int) -> Bool {
        switch context {
        case .plain: return Self.endsWord(byte) && !isProcessSubstitution(byte)
        case .regularExpression:
            if byte == UInt8(ascii: "(") { level += 1 }
            if byte == UInt8(ascii: ")") { level -= 1 }
            if level > 0 { return false }
            switch byte {
            case 0x20, 0x09, 0x0A, UInt8(ascii: "&"), UInt8(ascii: ";"): return true
            case UInt8(ascii: "|"): return level < 0 || peek(1) == byte
            default: return level < 0
            }
        case .doubleQuoted: return byte == UInt8(ascii: "\"")
        case .hereDocument: return false
        case .braces(_, let stopsAtSlash):
            return byte == UInt8(ascii: "}") || (stopsAtSlash && byte == UInt8(ascii: "/"))
        case .arithmetic(let stopsAtSemicolon):
            if byte == UInt8(ascii: "(") { level += 1 }
            if byte == UInt8(ascii: ")") {
                if level == 0 { return true }
                level -= 1
            }
            return stopsAtSemicolon && level == 0 && byte == UInt8(ascii: ";")
        case .substring:
            if byte == UInt8(ascii: "?") { level += 1 }
            if byte == UInt8(ascii: ":") {
                if level == 0 { return true }
                level -= 1
            }
            return byte == UInt8(ascii: "}")
        case .subscript: return byte == UInt8(ascii: "]")
        }
    }

    func isProcessSubstitution(_ byte: UInt8) -> Bool {
        dialect == .bash && (byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")) && peek(1) == UInt8(ascii: "(")
    }

    /// Reads what begins with this byte.
    mutating func part(_ byte: UInt8, _ context: WordContext, _ run: inout WordRun) throws(ShellSyntaxError) {
        switch byte {
        case 0x5C: backslash(context, &run)
        case UInt8(ascii: "'") where quotesAreSpecial(context):
            position += 1
            let start = position
            while let inner = peek(), inner != byte { position += 1 }
            guard !isAtEnd else { throw failure("Unterminated quoted string") }
            run.add(.literal(Array(source[start..<position]), quoted: true))
            position += 1
        case UInt8(ascii: "\"") where context != .hereDocument:
            if case .arithmetic = context {
                if dialect != .bash { run.literal.append(byte) }
                position += 1
                return
            }
            position += 1
            let inner = try parts(.doubleQuoted)
            guard peek() == byte else { throw failure("Unterminated quoted string") }
            position += 1
            run.add(.literal([], quoted: true))
            run.parts.append(contentsOf: inner)
        case UInt8(ascii: "`"): run.add(try backquote(isQuoted: context.isQuoted))
        case UInt8(ascii: "$"):
            guard let inner = try dollar(context) else {
                run.literal.append(byte)
                position += 1
                return
            }
            run.flush()
            run.parts.append(contentsOf: inner)
        case UInt8(ascii: "<") where context == .plain, UInt8(ascii: ">") where context == .plain:
            let start = offset
            position += 2
            run.add(.process(try substitution(), isRead: byte == UInt8(ascii: "<"), offset: start))
        default:
            run.literal.append(byte)
            position += 1
        }
    }

    func quotesAreSpecial(_ context: WordContext) -> Bool {
        switch context {
        case .plain, .regularExpression, .substring, .subscript: true
        case .braces(let isQuoted, _): !isQuoted
        case .doubleQuoted, .hereDocument, .arithmetic: false
        }
    }

    mutating func backslash(_ context: WordContext, _ run: inout WordRun) {
        guard let next = peek(1) else {
            run.literal.append(0x5C)
            position += 1
            return
        }
        position += 2
        if next == 0x0A { return }
        if !context.isQuoted || isEscapable(next, context) {
            run.add(.literal([next], quoted: true))
        } else {
            run.literal.append(0x5C)
            run.literal.append(next)
        }
    }

    /// Whether a backslash before this byte goes away where most of them stay.
    func isEscapable(_ byte: UInt8, _ context: WordContext) -> Bool {
        switch byte {
        case UInt8(ascii: "$"), UInt8(ascii: "`"), 0x5C: return true
        case UInt8(ascii: "\""): return context != .hereDocument
        case UInt8(ascii: "}"): if case .braces = context { return true } else { return false }
        default: return false
        }
    }

    /// `$( … )` behind the opening bracket.
    mutating func substitution() throws(ShellSyntaxError) -> [ShellCompleteCommand] {
        var body = try statements(stopsAtLineEnd: false)
        guard peek() == UInt8(ascii: ")") else { throw unexpected(expecting: ")") }
        position += 1
        fill(&body)
        return body.isEmpty ? [] : [ShellCompleteCommand(statements: body)]
    }
}
