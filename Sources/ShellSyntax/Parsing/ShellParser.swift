// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.10 "Shell Grammar".

package import Diagnostics

/// Reads a script into complete commands, one at a time, as the shells do; recursion is bounded.
package struct ShellParser: Sendable {
    /// How deep a script may nest whatever the limits say: each level takes some of the stack.
    static let deepest = 64

    let source: [UInt8]
    let dialect: ShellDialect
    let maximalDepth: Int
    let origin: TextOrigin
    var position = 0
    var depth = 0
    var lineCount: LineCount
    var pendingDocuments: [PendingDocument] = []
    var readDocuments: [Int: [WordPart]] = [:]
    /// Positions of brackets that were tried as arithmetic, and of words that were tried as assignments, in vain. To try them
    /// again in each reading of what is around them would double the work at every level.
    var failedAttempts: Set<Int> = []

    /// The line is counted on from the place that was counted last, so that the whole stays linear.
    struct LineCount: Sendable {
        var position = 0
        var line: Int
        var nextCut = 1
    }

    struct PendingDocument: Sendable {
        let id: Int
        let delimiter: [UInt8]
        let isQuoted: Bool
        let stripsTabs: Bool
    }

    package init(_ source: [UInt8], dialect: ShellDialect, limits: Limits) {
        self.source = source
        self.dialect = dialect
        maximalDepth = min(limits.depth, Self.deepest)
        origin = TextOrigin()
        lineCount = LineCount(line: 1)
    }

    /// For a text that stands within the one of `outer`.
    init(_ text: CopiedText, in outer: ShellParser, depth: Int) {
        source = text.bytes
        dialect = outer.dialect
        maximalDepth = outer.maximalDepth
        origin = text.origin
        self.depth = depth
        lineCount = LineCount(line: text.origin.cuts[0].line)
    }

    /// Reads the next complete command; nil at the end.
    package mutating func nextCommand() throws(ShellSyntaxError) -> ShellCompleteCommand? {
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

    /// Reads what is left.
    package mutating func allCommands() throws(ShellSyntaxError) -> [ShellCompleteCommand] {
        var result: [ShellCompleteCommand] = []
        while let command = try nextCommand() { result.append(command) }
        return result
    }
}

// MARK: - Places and errors

extension ShellParser {
    var isAtEnd: Bool { position >= source.count }
    var offset: Int { origin.offset(of: position) }

    func peek(_ distance: Int = 0) -> UInt8? {
        let index = position + distance
        return index < source.count ? source[index] : nil
    }

    mutating func line() -> Int { line(at: position) }

    /// The line of a place that is not before the one counted last.
    mutating func line(at place: Int) -> Int {
        while lineCount.position < place {
            if lineCount.position < source.count, source[lineCount.position] == 0x0A { lineCount.line += 1 }
            lineCount.position += 1
            if lineCount.nextCut < origin.cuts.count {
                let cut = origin.cuts[lineCount.nextCut]
                if cut.position == lineCount.position {
                    lineCount.line = cut.line
                    lineCount.nextCut += 1
                }
            }
        }
        return lineCount.line
    }

    /// Copies bytes of the source to a text that will be read for itself.
    mutating func copy(_ range: Range<Int>, to text: inout CopiedText) {
        for index in range {
            text.add(source[index], offset: origin.offset(of: index)) { line(at: index) }
        }
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
        } else if let word = peekPlainWord(), Self.reserved.contains(word) {
            token = "\"\(word)\""
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

// MARK: - Attempts

extension ShellParser {
    /// What an attempt that fails must leave as it was.
    struct Mark {
        let position: Int
        let lineCount: LineCount
        let pendingDocuments: [PendingDocument]
        let readDocuments: [Int: [WordPart]]
    }

    var mark: Mark {
        Mark(
            position: position,
            lineCount: lineCount,
            pendingDocuments: pendingDocuments,
            readDocuments: readDocuments
        )
    }

    /// Goes back to where an attempt began and remembers that it failed.
    mutating func giveUp(_ mark: Mark) {
        position = mark.position
        lineCount = mark.lineCount
        pendingDocuments = mark.pendingDocuments
        readDocuments = mark.readDocuments
        failedAttempts.insert(mark.position)
    }
}
