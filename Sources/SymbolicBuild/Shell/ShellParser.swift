// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.10 "Shell Grammar".

import Diagnostics
import ImageFilesystem
import OCISpec

/// Reads a script into complete commands; recursion is bounded.
struct ShellParser {
    let source: [UInt8]
    let dialect: ShellDialect
    let maximalDepth: Int
    var position = 0
    var depth = 0
    /// The line of `position` is counted from the last counted place, so that the whole stays linear.
    var countedPosition = 0
    var countedLine: Int
    var pendingDocuments: [PendingDocument] = []
    var readDocuments: [Int: [WordPart]] = [:]
    let baseOffset: Int

    struct PendingDocument {
        let id: Int
        let delimiter: [UInt8]
        let isQuoted: Bool
        let stripsTabs: Bool
    }

    init(
        _ source: [UInt8],
        dialect: ShellDialect,
        maximalDepth: Int,
        baseOffset: Int = 0,
        firstLine: Int = 1,
        depth: Int = 0
    ) {
        self.source = source
        self.dialect = dialect
        self.maximalDepth = maximalDepth
        self.baseOffset = baseOffset
        self.depth = depth
        countedLine = firstLine
    }

    /// Reads the next complete command; nil at the end.
    mutating func nextCommand() throws(ShellSyntaxError) -> ShellCompleteCommand? {
        while true {
            skipBlanks()
            guard position < source.count else { return nil }
            if source[position] == 0x0A {
                try newLine()
                continue
            }
            break
        }
        var statements = try statements(stopsAtLineEnd: true)
        if !isAtEnd, source[position] != 0x0A { throw unexpected() }
        if !isAtEnd { try newLine() } else { try readPendingDocuments() }
        fill(&statements)
        return ShellCompleteCommand(statements: statements)
    }

    /// Reads everything.
    static func parse(
        _ source: [UInt8],
        dialect: ShellDialect,
        maximalDepth: Int,
        baseOffset: Int = 0,
        firstLine: Int = 1,
        depth: Int = 0
    ) throws(ShellSyntaxError) -> [ShellCompleteCommand] {
        var parser = ShellParser(
            source,
            dialect: dialect,
            maximalDepth: maximalDepth,
            baseOffset: baseOffset,
            firstLine: firstLine,
            depth: depth
        )
        var result: [ShellCompleteCommand] = []
        while let command = try parser.nextCommand() { result.append(command) }
        return result
    }
}

// MARK: - Places and errors

extension ShellParser {
    var isAtEnd: Bool { position >= source.count }
    var offset: Int { baseOffset + position }

    func peek(_ distance: Int = 0) -> UInt8? {
        let index = position + distance
        return index < source.count ? source[index] : nil
    }

    mutating func line() -> Int {
        while countedPosition < position {
            if countedPosition < source.count, source[countedPosition] == 0x0A { countedLine += 1 }
            countedPosition += 1
        }
        return countedLine
    }

    mutating func failure(_ message: String) -> ShellSyntaxError {
        ShellSyntaxError(message: message, offset: offset, line: line())
    }

    mutating func unexpected(expecting: String? = nil) -> ShellSyntaxError {
        let suffix = expecting.map { " (expecting \"\($0)\")" } ?? ""
        if isAtEnd { return failure("end of file unexpected" + suffix) }
        let token: String
        if source[position] == 0x0A {
            token = "newline"
        } else if let word = operatorText() {
            token = "\"\(word)\""
        } else if let word = peekPlainWord() {
            token = Self.reserved.contains(word) ? "\"\(word)\"" : (expecting == nil ? "word" : "word")
        } else {
            token = "word"
        }
        return failure(token + " unexpected" + suffix)
    }

    /// The operator at the position, for messages.
    func operatorText() -> String? {
        guard let byte = peek() else { return nil }
        let next = peek(1)
        switch byte {
        case UInt8(ascii: ";"): return next == byte ? ";;" : ";"
        case UInt8(ascii: "&"): return next == byte ? "&&" : "&"
        case UInt8(ascii: "|"): return next == byte ? "||" : "|"
        case UInt8(ascii: "("): return "("
        case UInt8(ascii: ")"): return ")"
        case UInt8(ascii: "<"): return "<"
        case UInt8(ascii: ">"): return ">"
        default: return nil
        }
    }

    mutating func enter() throws(ShellSyntaxError) {
        depth += 1
        guard depth <= maximalDepth else {
            var error = failure("the script is nested too deeply")
            error.isOverLimit = true
            throw error
        }
    }

    mutating func leave() { depth -= 1 }
}

// MARK: - Blanks, lines, here-documents

extension ShellParser {
    /// Skips blanks, joined lines and a comment; stops before a line end.
    mutating func skipBlanks() {
        while let byte = peek() {
            switch byte {
            case 0x20, 0x09: position += 1
            case 0x5C where peek(1) == 0x0A: position += 2
            case UInt8(ascii: "#"):
                while let byte = peek(), byte != 0x0A { _ = byte; position += 1 }
                return
            default: return
            }
        }
    }

    /// Passes a line end and reads the here-documents that begin behind it.
    mutating func newLine() throws(ShellSyntaxError) {
        position += 1
        try readPendingDocuments()
    }

    mutating func skipNewLines() throws(ShellSyntaxError) {
        skipBlanks()
        while peek() == 0x0A {
            try newLine()
            skipBlanks()
        }
    }

    mutating func announceDocument(_ delimiter: [UInt8], isQuoted: Bool, stripsTabs: Bool) -> Int {
        let id = offset
        pendingDocuments.append(
            PendingDocument(id: id, delimiter: delimiter, isQuoted: isQuoted, stripsTabs: stripsTabs)
        )
        return id
    }

    mutating func readPendingDocuments() throws(ShellSyntaxError) {
        guard !pendingDocuments.isEmpty else { return }
        let pending = pendingDocuments
        pendingDocuments = []
        for document in pending {
            let start = position
            var body: [UInt8] = []
            while position < source.count {
                var end = position
                while end < source.count, source[end] != 0x0A { end += 1 }
                var first = position
                if document.stripsTabs { while first < end, source[first] == 0x09 { first += 1 } }
                position = min(end + 1, source.count)
                if source[first..<end].elementsEqual(document.delimiter) { break }
                // A joined line is never the delimiter.
                if !document.isQuoted, end < source.count {
                    var backslashes = 0
                    while end - backslashes > first, source[end - backslashes - 1] == 0x5C { backslashes += 1 }
                    if backslashes % 2 == 1 {
                        body.append(contentsOf: source[first..<(end - 1)])
                        var nextEnd = position
                        while nextEnd < source.count, source[nextEnd] != 0x0A { nextEnd += 1 }
                        body.append(contentsOf: source[position..<nextEnd])
                        if nextEnd < source.count { body.append(0x0A) }
                        position = min(nextEnd + 1, source.count)
                        continue
                    }
                }
                body.append(contentsOf: source[first..<end])
                // dash and its kin keep a last line that has no end as it is.
                if end < source.count || dialect == .bash { body.append(0x0A) }
            }
            if document.isQuoted {
                readDocuments[document.id] = [.literal(body, quoted: true)]
            } else {
                var parser = ShellParser(
                    body,
                    dialect: dialect,
                    maximalDepth: maximalDepth,
                    baseOffset: baseOffset + start,
                    firstLine: line(),
                    depth: depth
                )
                readDocuments[document.id] = try parser.parts(.hereDocument)
            }
        }
    }

    /// Puts the bodies of here-documents, which stand behind the line, where they are redirected.
    mutating func fillDocuments(_ statements: inout [ShellStatement]) { fill(&statements) }

    mutating func fill(_ statements: inout [ShellStatement]) {
        guard !readDocuments.isEmpty else { return }
        for index in statements.indices {
            fill(&statements[index].first)
            for other in statements[index].rest.indices { fill(&statements[index].rest[other].pipeline) }
        }
    }

    mutating func fill(_ pipeline: inout ShellPipeline) {
        for index in pipeline.commands.indices { fill(&pipeline.commands[index]) }
    }

    mutating func fill(_ command: inout ShellCommand) {
        for index in command.redirections.indices {
            if case .hereDocument(let parts) = command.redirections[index].kind, parts.isEmpty,
                let body = readDocuments.removeValue(forKey: command.redirections[index].offset)
            {
                command.redirections[index].kind = .hereDocument(body)
            }
        }
        guard !readDocuments.isEmpty else { return }
        switch command.kind {
        case .simple, .test, .arithmetic: return
        case .subshell(var body):
            fill(&body)
            command.kind = .subshell(body)
        case .group(var body):
            fill(&body)
            command.kind = .group(body)
        case .conditional(var branches, var otherwise):
            for index in branches.indices {
                fill(&branches[index].condition)
                fill(&branches[index].body)
            }
            if var body = otherwise {
                fill(&body)
                otherwise = body
            }
            command.kind = .conditional(branches: branches, otherwise: otherwise)
        case .loop(let isUntil, var condition, var body):
            fill(&condition)
            fill(&body)
            command.kind = .loop(isUntil: isUntil, condition: condition, body: body)
        case .forEach(let name, let words, var body):
            fill(&body)
            command.kind = .forEach(name: name, words: words, body: body)
        case .forArithmetic(let start, let condition, let step, var body):
            fill(&body)
            command.kind = .forArithmetic(start: start, condition: condition, step: step, body: body)
        case .caseOf(let word, var items):
            for index in items.indices { fill(&items[index].body) }
            command.kind = .caseOf(word: word, items: items)
        case .function(let name, var body):
            fill(&body)
            command.kind = .function(name: name, body: body)
        }
    }
}

// MARK: - Lists and pipelines

extension ShellParser {
    static let reserved: Set<String> = [
        "!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then", "until", "while",
        "[[",
        "function", "select",
    ]
    static let closing: Set<String> = ["}", "do", "done", "elif", "else", "esac", "fi", "then"]

    /// Reads and-or lists; stops before a closing word, a bracket, `;;`, the end, and at a line end if asked.
    mutating func statements(stopsAtLineEnd: Bool) throws(ShellSyntaxError) -> [ShellStatement] {
        var result: [ShellStatement] = []
        while true {
            if stopsAtLineEnd { skipBlanks() } else { try skipNewLines() }
            guard let byte = peek(), byte != 0x0A, byte != UInt8(ascii: ")") else { break }
            if byte == UInt8(ascii: ";") {
                if peek(1) == byte || peek(1) == UInt8(ascii: "&") { break }
                throw unexpected()
            }
            if let word = peekPlainWord(), Self.closing.contains(word) {
                if stopsAtLineEnd { throw unexpected() }
                break
            }
            var statement = try andOr()
            skipBlanks()
            if peek() == UInt8(ascii: "&"), peek(1) != UInt8(ascii: "&") {
                statement.isBackground = true
                position += 1
                result.append(statement)
                continue
            }
            result.append(statement)
            if peek() == UInt8(ascii: ";"), peek(1) != UInt8(ascii: ";"), peek(1) != UInt8(ascii: "&") {
                position += 1
                continue
            }
            if peek() == 0x0A, !stopsAtLineEnd { continue }
            break
        }
        return result
    }

    mutating func andOr() throws(ShellSyntaxError) -> ShellStatement {
        let first = try pipeline()
        var rest: [(isAnd: Bool, pipeline: ShellPipeline)] = []
        while true {
            skipBlanks()
            guard let byte = peek(), byte == UInt8(ascii: "&") || byte == UInt8(ascii: "|"), peek(1) == byte else {
                break
            }
            position += 2
            try skipNewLines()
            rest.append((byte == UInt8(ascii: "&"), try pipeline()))
        }
        return ShellStatement(first: first, rest: rest, isBackground: false)
    }

    mutating func pipeline() throws(ShellSyntaxError) -> ShellPipeline {
        var isNegated = false
        var wasNegated = false
        skipBlanks()
        while peekPlainWord() == "!" {
            if isNegated || wasNegated, dialect != .bash { throw unexpected() }
            wasNegated = true
            isNegated.toggle()
            position += 1
            skipBlanks()
        }
        if wasNegated, dialect == .bash, isAtEnd || peek() == 0x0A || peek() == UInt8(ascii: ";") {
            // `!` alone turns around a command that is not there.
            let nothing = ShellWord.literal(Array(":".utf8), offset: offset)
            let command = ShellCommand(
                kind: .simple(assignments: [], words: [nothing]),
                redirections: [],
                offset: offset,
                line: line()
            )
            return ShellPipeline(isNegated: isNegated, commands: [command])
        }
        var commands = [try command()]
        while true {
            skipBlanks()
            guard peek() == UInt8(ascii: "|"), peek(1) != UInt8(ascii: "|") else { break }
            position += 1
            if peek() == UInt8(ascii: "&"), dialect.hasBashSyntax {
                position += 1
                let target = ShellWord.literal([0x31], offset: offset)
                commands[commands.count - 1].redirections.append(
                    ShellRedirection(descriptor: 2, kind: .duplicate(target, isInput: false), offset: offset)
                )
            }
            try skipNewLines()
            commands.append(try command())
        }
        return ShellPipeline(isNegated: isNegated, commands: commands)
    }
}
