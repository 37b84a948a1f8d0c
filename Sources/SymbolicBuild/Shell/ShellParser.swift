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
    private var countedPosition = 0
    private var countedLine: Int
    private var pendingDocuments: [PendingDocument] = []
    private var readDocuments: [Int: [WordPart]] = [:]
    private let baseOffset: Int

    private struct PendingDocument {
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
    private func operatorText() -> String? {
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

    private mutating func readPendingDocuments() throws(ShellSyntaxError) {
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
                body.append(0x0A)
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

    private mutating func fill(_ statements: inout [ShellStatement]) {
        guard !readDocuments.isEmpty else { return }
        for index in statements.indices {
            fill(&statements[index].first)
            for other in statements[index].rest.indices { fill(&statements[index].rest[other].pipeline) }
        }
    }

    private mutating func fill(_ pipeline: inout ShellPipeline) {
        for index in pipeline.commands.indices { fill(&pipeline.commands[index]) }
    }

    private mutating func fill(_ command: inout ShellCommand) {
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
    private static let closing: Set<String> = ["}", "do", "done", "elif", "else", "esac", "fi", "then"]

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

    private mutating func andOr() throws(ShellSyntaxError) -> ShellStatement {
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

    private mutating func pipeline() throws(ShellSyntaxError) -> ShellPipeline {
        var isNegated = false
        skipBlanks()
        while peekPlainWord() == "!" {
            isNegated.toggle()
            position += 1
            skipBlanks()
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

// MARK: - Commands

extension ShellParser {
    private mutating func command() throws(ShellSyntaxError) -> ShellCommand {
        try enter()
        defer { leave() }
        skipBlanks()
        let start = offset
        let startLine = line()
        guard let byte = peek() else { throw unexpected() }
        var kind: ShellCommand.Kind?
        if byte == UInt8(ascii: "(") {
            if peek(1) == byte, dialect == .bash, let expression = try arithmeticCommand() {
                kind = .arithmetic(expression)
            } else {
                position += 1
                let body = try statements(stopsAtLineEnd: false)
                guard peek() == UInt8(ascii: ")") else { throw unexpected(expecting: ")") }
                guard !body.isEmpty else { throw unexpected() }
                position += 1
                kind = .subshell(body)
            }
        } else if let word = peekPlainWord() {
            kind = try compound(word)
        }
        guard let kind else { return try simple(start: start, line: startLine) }
        var command = ShellCommand(kind: kind, redirections: [], offset: start, line: startLine)
        if case .function = kind { return command }
        while true {
            skipBlanks()
            guard let redirection = try redirection() else { break }
            command.redirections.append(redirection)
        }
        return command
    }

    private mutating func compound(_ word: String) throws(ShellSyntaxError) -> ShellCommand.Kind? {
        switch word {
        case "{":
            position += 1
            let body = try nonEmptyStatements()
            try expect("}")
            return .group(body)
        case "if": return try conditional()
        case "while", "until":
            position += word.utf8.count
            let condition = try nonEmptyStatements()
            let body = try doGroup()
            return .loop(isUntil: word == "until", condition: condition, body: body)
        case "for", "select": return try forLoop(word)
        case "case": return try caseOf()
        case "[[" where dialect.hasBashSyntax:
            position += 2
            let expression = try testExpression()
            skipTestBlanks()
            guard peekPlainWord() == "]]" else { throw unexpected(expecting: "]]") }
            position += 2
            return .test(expression)
        case "function" where dialect == .bash:
            position += word.utf8.count
            skipBlanks()
            let name = try parts(.plain)
            skipBlanks()
            if peek() == UInt8(ascii: "(") {
                position += 1
                skipBlanks()
                guard peek() == UInt8(ascii: ")") else { throw unexpected() }
                position += 1
            }
            return .function(name: Self.text(name), body: try functionBody())
        case "then", "else", "elif", "fi", "do", "done", "esac", "}": throw unexpected()
        default: return try functionDefinition(word)
        }
    }

    private static func text(_ parts: [WordPart]) -> String {
        guard case .literal(let bytes, _)? = parts.first else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func functionDefinition(_ word: String) throws(ShellSyntaxError) -> ShellCommand.Kind? {
        var index = position + word.utf8.count
        func skip(_ index: inout Int) {
            while index < source.count, source[index] == 0x20 || source[index] == 0x09 { index += 1 }
        }
        skip(&index)
        guard index < source.count, source[index] == UInt8(ascii: "(") else { return nil }
        index += 1
        skip(&index)
        guard index < source.count, source[index] == UInt8(ascii: ")") else { return nil }
        position = index + 1
        return .function(name: word, body: try functionBody())
    }

    private mutating func functionBody() throws(ShellSyntaxError) -> ShellCommand {
        try skipNewLines()
        return try command()
    }

    private mutating func nonEmptyStatements() throws(ShellSyntaxError) -> [ShellStatement] {
        let body = try statements(stopsAtLineEnd: false)
        guard !body.isEmpty else { throw unexpected() }
        return body
    }

    private mutating func expect(_ word: String) throws(ShellSyntaxError) {
        skipBlanks()
        guard peekPlainWord() == word else { throw unexpected(expecting: word) }
        position += word.utf8.count
    }

    private mutating func doGroup() throws(ShellSyntaxError) -> [ShellStatement] {
        try skipNewLines()
        try expect("do")
        let body = try nonEmptyStatements()
        try expect("done")
        return body
    }

    private mutating func conditional() throws(ShellSyntaxError) -> ShellCommand.Kind {
        position += 2
        var branches: [(condition: [ShellStatement], body: [ShellStatement])] = []
        var otherwise: [ShellStatement]?
        while true {
            let condition = try nonEmptyStatements()
            try expect("then")
            let body = try nonEmptyStatements()
            branches.append((condition, body))
            skipBlanks()
            if peekPlainWord() == "elif" {
                position += 4
                continue
            }
            if peekPlainWord() == "else" {
                position += 4
                otherwise = try nonEmptyStatements()
            }
            try expect("fi")
            return .conditional(branches: branches, otherwise: otherwise)
        }
    }

    private mutating func forLoop(_ word: String) throws(ShellSyntaxError) -> ShellCommand.Kind {
        position += word.utf8.count
        skipBlanks()
        if dialect == .bash, peek() == UInt8(ascii: "("), peek(1) == UInt8(ascii: "(") {
            position += 2
            let start = try parts(.arithmetic(stopsAtSemicolon: true))
            position += 1
            let condition = try parts(.arithmetic(stopsAtSemicolon: true))
            position += 1
            let step = try parts(.arithmetic(stopsAtSemicolon: false))
            position += 2
            skipBlanks()
            if peek() == UInt8(ascii: ";") { position += 1 }
            return .forArithmetic(start: start, condition: condition, step: step, body: try doGroup())
        }
        guard let name = peekPlainWord(), Self.isName(name.utf8) else { throw failure("Bad for loop variable") }
        position += name.utf8.count
        try skipNewLines()
        var words: [ShellWord]?
        if peekPlainWord() == "in" {
            position += 2
            var list: [ShellWord] = []
            skipBlanks()
            while let word = try self.word() {
                list.append(word)
                skipBlanks()
            }
            words = list
            guard isAtEnd || peek() == 0x0A || peek() == UInt8(ascii: ";") else { throw unexpected() }
            if peek() == UInt8(ascii: ";") { position += 1 }
        } else if peek() == UInt8(ascii: ";") {
            position += 1
        }
        return .forEach(name: name, words: words, body: try doGroup())
    }

    private mutating func caseOf() throws(ShellSyntaxError) -> ShellCommand.Kind {
        position += 4
        skipBlanks()
        guard let subject = try word() else { throw unexpected() }
        try skipNewLines()
        try expect("in")
        var items: [ShellCommand.CaseItem] = []
        while true {
            try skipNewLines()
            if peekPlainWord() == "esac" { break }
            if peek() == UInt8(ascii: "(") {
                position += 1
                skipBlanks()
            }
            var patterns: [ShellWord] = []
            while true {
                skipBlanks()
                guard let pattern = try word() else { throw unexpected(expecting: patterns.isEmpty ? "esac" : nil) }
                patterns.append(pattern)
                skipBlanks()
                guard peek() == UInt8(ascii: "|") else { break }
                position += 1
            }
            guard peek() == UInt8(ascii: ")") else { throw unexpected(expecting: ")") }
            position += 1
            let body = try statements(stopsAtLineEnd: false)
            var ending = ShellCommand.CaseItem.Ending.stop
            skipBlanks()
            if peek() == UInt8(ascii: ";"), peek(1) == UInt8(ascii: ";") {
                position += 2
                if peek() == UInt8(ascii: "&"), dialect == .bash {
                    position += 1
                    ending = .testNext
                }
            } else if peek() == UInt8(ascii: ";"), peek(1) == UInt8(ascii: "&"), dialect == .bash {
                position += 2
                ending = .fallThrough
            } else if peekPlainWord() != "esac" {
                throw unexpected(expecting: ";;")
            }
            items.append(ShellCommand.CaseItem(patterns: patterns, body: body, ending: ending))
        }
        try expect("esac")
        return .caseOf(word: subject, items: items)
    }

    /// `(( … ))`; nil when the brackets turn out to be two subshells.
    private mutating func arithmeticCommand() throws(ShellSyntaxError) -> [WordPart]? {
        let start = position
        position += 2
        do {
            let expression = try parts(.arithmetic(stopsAtSemicolon: false))
            guard peek() == UInt8(ascii: ")"), peek(1) == UInt8(ascii: ")") else {
                position = start
                return nil
            }
            position += 2
            return expression
        } catch {
            if error.isOverLimit { throw error }
            position = start
            return nil
        }
    }

    private mutating func simple(start: Int, line: Int) throws(ShellSyntaxError) -> ShellCommand {
        var assignments: [ShellAssignment] = []
        var words: [ShellWord] = []
        var redirections: [ShellRedirection] = []
        while true {
            skipBlanks()
            if let redirection = try redirection() {
                redirections.append(redirection)
                continue
            }
            if words.isEmpty, let assignment = try assignment() {
                assignments.append(assignment)
                continue
            }
            if dialect == .bash, let first = words.first?.plainLiteral, Self.declarations.contains(first),
                let assignment = try assignment(onlyArrays: true)
            {
                // `local x=(…)`: kept as an assignment that is carried out with the declaration.
                assignments.append(assignment)
                continue
            }
            guard let word = try word() else { break }
            words.append(word)
        }
        guard !assignments.isEmpty || !words.isEmpty || !redirections.isEmpty else { throw unexpected() }
        return ShellCommand(
            kind: .simple(assignments: assignments, words: words),
            redirections: redirections,
            offset: start,
            line: line
        )
    }

    private static let declarations: Set<[UInt8]> = Set(
        ["declare", "local", "export", "readonly", "typeset"].map { Array($0.utf8) }
    )

    private mutating func assignment(onlyArrays: Bool = false) throws(ShellSyntaxError) -> ShellAssignment? {
        var index = position
        while index < source.count, Self.isNameByte(source[index], first: index == position) { index += 1 }
        guard index > position, index < source.count else { return nil }
        let name = String(decoding: source[position..<index], as: UTF8.self)
        let start = position
        var subscriptParts: [WordPart]?
        if source[index] == UInt8(ascii: "["), dialect == .bash {
            position = index + 1
            subscriptParts = try parts(.subscript)
            guard peek() == UInt8(ascii: "]") else {
                position = start
                return nil
            }
            position += 1
            index = position
        }
        var appends = false
        if index < source.count, source[index] == UInt8(ascii: "+"), dialect == .bash {
            appends = true
            index += 1
        }
        guard index < source.count, source[index] == UInt8(ascii: "=") else {
            position = start
            return nil
        }
        index += 1
        let isArray =
            index < source.count && source[index] == UInt8(ascii: "(") && dialect == .bash && subscriptParts == nil
        if onlyArrays, !isArray {
            position = start
            return nil
        }
        position = index
        if isArray {
            position += 1
            var elements: [ShellWord] = []
            while true {
                try skipNewLines()
                if peek() == UInt8(ascii: ")") { break }
                guard let word = try word() else { throw unexpected(expecting: ")") }
                elements.append(word)
            }
            position += 1
            return ShellAssignment(
                name: name,
                index: nil,
                value: ShellWord(parts: [], offset: offset),
                elements: elements,
                appends: appends
            )
        }
        let valueOffset = offset
        let value = try parts(.plain)
        return ShellAssignment(
            name: name,
            index: subscriptParts,
            value: ShellWord(parts: value, offset: valueOffset),
            elements: nil,
            appends: appends
        )
    }

    /// A redirection at the position; nil when there is none.
    private mutating func redirection() throws(ShellSyntaxError) -> ShellRedirection? {
        var index = position
        while index < source.count, Self.isDigit(source[index]) { index += 1 }
        var descriptor: Int?
        if index > position {
            guard index < source.count, source[index] == UInt8(ascii: "<") || source[index] == UInt8(ascii: ">"),
                index - position <= 4
            else { return nil }
            descriptor = Int(String(decoding: source[position..<index], as: UTF8.self))
        }
        guard index < source.count else { return nil }
        let start = baseOffset + index
        func at(_ distance: Int) -> UInt8? { index + distance < source.count ? source[index + distance] : nil }
        switch source[index] {
        case UInt8(ascii: "&") where dialect.hasBashSyntax && descriptor == nil && at(1) == UInt8(ascii: ">"):
            let appends = at(2) == UInt8(ascii: ">")
            position = index + (appends ? 3 : 2)
            return ShellRedirection(descriptor: nil, kind: .both(try target(), appends: appends), offset: start)
        case UInt8(ascii: "<"):
            switch at(1) {
            case UInt8(ascii: "<"):
                if at(2) == UInt8(ascii: "<"), dialect.hasBashSyntax {
                    position = index + 3
                    return ShellRedirection(descriptor: descriptor, kind: .hereString(try target()), offset: start)
                }
                let strips = at(2) == UInt8(ascii: "-")
                position = index + (strips ? 3 : 2)
                skipBlanks()
                let (delimiter, isQuoted) = try documentDelimiter()
                let id = announceDocument(delimiter, isQuoted: isQuoted, stripsTabs: strips)
                return ShellRedirection(descriptor: descriptor, kind: .hereDocument([]), offset: id)
            case UInt8(ascii: "&"):
                position = index + 2
                return ShellRedirection(
                    descriptor: descriptor,
                    kind: .duplicate(try target(), isInput: true),
                    offset: start
                )
            case UInt8(ascii: ">"):
                position = index + 2
                return ShellRedirection(descriptor: descriptor, kind: .readWrite(try target()), offset: start)
            case UInt8(ascii: "(") where dialect == .bash && descriptor == nil: return nil
            default:
                position = index + 1
                return ShellRedirection(descriptor: descriptor, kind: .read(try target()), offset: start)
            }
        case UInt8(ascii: ">"):
            switch at(1) {
            case UInt8(ascii: ">"):
                position = index + 2
                return ShellRedirection(descriptor: descriptor, kind: .append(try target()), offset: start)
            case UInt8(ascii: "&"):
                position = index + 2
                return ShellRedirection(
                    descriptor: descriptor,
                    kind: .duplicate(try target(), isInput: false),
                    offset: start
                )
            case UInt8(ascii: "|"):
                position = index + 2
                return ShellRedirection(
                    descriptor: descriptor,
                    kind: .write(try target(), clobbers: true),
                    offset: start
                )
            case UInt8(ascii: "(") where dialect == .bash && descriptor == nil: return nil
            default:
                position = index + 1
                return ShellRedirection(
                    descriptor: descriptor,
                    kind: .write(try target(), clobbers: false),
                    offset: start
                )
            }
        default: return nil
        }
    }

    private mutating func target() throws(ShellSyntaxError) -> ShellWord {
        skipBlanks()
        guard let word = try word() else { throw unexpected() }
        return word
    }

    private mutating func documentDelimiter() throws(ShellSyntaxError) -> ([UInt8], Bool) {
        var result: [UInt8] = []
        var isQuoted = false
        let start = position
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                isQuoted = true
                position += 1
                while let inner = peek(), inner != byte {
                    result.append(inner)
                    position += 1
                }
                guard peek() == byte else { throw failure("Unterminated quoted string") }
                position += 1
            case 0x5C:
                isQuoted = true
                position += 1
                if let escaped = peek() {
                    result.append(escaped)
                    position += 1
                }
            case 0x20, 0x09, 0x0A, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"),
                UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"):
                guard position > start else { throw unexpected() }
                return (result, isQuoted)
            default:
                result.append(byte)
                position += 1
            }
        }
        guard position > start else { throw unexpected() }
        return (result, isQuoted)
    }
}
