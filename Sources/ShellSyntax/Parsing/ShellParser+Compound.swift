// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.10 "Shell Grammar".

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
            return try arithmeticLoop()
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

    /// `((start; condition; step))` and what is repeated.
    private mutating func arithmeticLoop() throws(ShellSyntaxError) -> ShellCommand.Kind {
        position += 2
        let start = try parts(.arithmetic(stopsAtSemicolon: true))
        guard peek() == UInt8(ascii: ";") else { throw unexpected(expecting: ";") }
        position += 1
        let condition = try parts(.arithmetic(stopsAtSemicolon: true))
        guard peek() == UInt8(ascii: ";") else { throw unexpected(expecting: ";") }
        position += 1
        let step = try parts(.arithmetic(stopsAtSemicolon: false))
        guard peek() == UInt8(ascii: ")"), peek(1) == UInt8(ascii: ")") else { throw unexpected(expecting: "))") }
        position += 2
        skipBlanks()
        if peek() == UInt8(ascii: ";") { position += 1 }
        return .forArithmetic(start: start, condition: condition, step: step, body: try doGroup())
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
            items.append(try caseItem())
        }
        try expect("esac")
        return .caseOf(word: subject, items: items)
    }

    private mutating func caseItem() throws(ShellSyntaxError) -> ShellCommand.CaseItem {
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
        return ShellCommand.CaseItem(patterns: patterns, body: body, ending: ending)
    }
}

// MARK: - Commands

extension ShellParser {
    mutating func command() throws(ShellSyntaxError) -> ShellCommand {
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

    mutating func compound(_ word: String) throws(ShellSyntaxError) -> ShellCommand.Kind? {
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
        case "for": return try forLoop(word)
        case "select" where dialect == .bash: return try forLoop(word)
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
        case "!" where dialect != .bash: throw unexpected()
        default: return try functionDefinition(word)
        }
    }

    static func text(_ parts: [WordPart]) -> String {
        guard case .literal(let bytes, _)? = parts.first else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    mutating func functionDefinition(_ word: String) throws(ShellSyntaxError) -> ShellCommand.Kind? {
        // In bash `name=()` is an empty array.
        if dialect == .bash, word.utf8.last == UInt8(ascii: "=") { return nil }
        guard var index = plainWordEnd() else { return nil }
        func skip(_ index: inout Int) {
            while index < source.count, source[index] == 0x20 || source[index] == 0x09 { index += 1 }
        }
        skip(&index)
        guard index < source.count, source[index] == UInt8(ascii: "(") else { return nil }
        index += 1
        skip(&index)
        guard index < source.count, source[index] == UInt8(ascii: ")") else { return nil }
        guard dialect != .dash || Self.isName(word.utf8) else {
            position = index + 1
            throw failure("Bad function name")
        }
        position = index + 1
        return .function(name: word, body: try functionBody())
    }

    mutating func functionBody() throws(ShellSyntaxError) -> ShellCommand {
        try skipNewLines()
        let body = try command()
        if dialect == .bash, case .simple = body.kind { throw failure("a function needs a compound command") }
        return body
    }

    mutating func nonEmptyStatements() throws(ShellSyntaxError) -> [ShellStatement] {
        let body = try statements(stopsAtLineEnd: false)
        guard !body.isEmpty else { throw unexpected() }
        return body
    }

    mutating func expect(_ word: String) throws(ShellSyntaxError) {
        skipBlanks()
        guard peekPlainWord() == word else { throw unexpected(expecting: word) }
        position += word.utf8.count
    }
}
