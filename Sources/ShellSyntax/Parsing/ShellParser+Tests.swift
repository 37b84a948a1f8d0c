// SPDX-License-Identifier: Apache-2.0
//
// Source: the bash reference manual, "Conditional Constructs".

extension ShellParser {
    mutating func skipTestBlanks() {
        skipBlanks()
        while peek() == 0x0A {
            position += 1
            skipBlanks()
        }
    }

    mutating func testExpression() throws(ShellSyntaxError) -> ShellCommand.TestExpression {
        var terms = [try testTerm()]
        skipTestBlanks()
        while peek() == UInt8(ascii: "|"), peek(1) == UInt8(ascii: "|") {
            position += 2
            terms.append(try testTerm())
            skipTestBlanks()
        }
        return Self.balanced(terms[...]) { .or($0, $1) }
    }

    mutating func testTerm() throws(ShellSyntaxError) -> ShellCommand.TestExpression {
        var factors = [try testFactor()]
        skipTestBlanks()
        while peek() == UInt8(ascii: "&"), peek(1) == UInt8(ascii: "&") {
            position += 2
            factors.append(try testFactor())
            skipTestBlanks()
        }
        return Self.balanced(factors[...]) { .and($0, $1) }
    }

    /// Joins expressions in their order. A script may have a hundred thousand of them in a row; joined one by one they would
    /// nest as deep, and whoever follows such a tree, or only lets go of it, runs out of stack.
    private static func balanced(
        _ expressions: ArraySlice<ShellCommand.TestExpression>,
        join: (ShellCommand.TestExpression, ShellCommand.TestExpression) -> ShellCommand.TestExpression
    ) -> ShellCommand.TestExpression {
        if expressions.count == 1, let only = expressions.first { return only }
        let middle = (expressions.startIndex + expressions.endIndex) / 2
        return join(balanced(expressions[..<middle], join: join), balanced(expressions[middle...], join: join))
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
        return try testBinary(first)
    }

    private mutating func testBinary(_ first: ShellWord) throws(ShellSyntaxError) -> ShellCommand.TestExpression {
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
