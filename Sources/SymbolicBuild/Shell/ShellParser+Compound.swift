// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.10 "Shell Grammar".

import Diagnostics
import ImageFilesystem
import OCISpec

extension ShellParser {
    mutating func doGroup() throws(ShellSyntaxError) -> [ShellStatement] {
        try skipNewLines()
        try expect("do")
        let body = try nonEmptyStatements()
        try expect("done")
        return body
    }

    mutating func conditional() throws(ShellSyntaxError) -> ShellCommand.Kind {
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

    mutating func forLoop(_ word: String) throws(ShellSyntaxError) -> ShellCommand.Kind {
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

    mutating func caseOf() throws(ShellSyntaxError) -> ShellCommand.Kind {
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
}
