// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.9.2 "Pipelines", 2.9.3 "Lists".

extension ShellParser {
    package static let reserved: Set<String> = [
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
