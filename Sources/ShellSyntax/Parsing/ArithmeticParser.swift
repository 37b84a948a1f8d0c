// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.6.4; ISO C for the operators; the bash reference manual, "Shell Arithmetic".

/// Reads an arithmetic expression whose expansions have been made; recursion is bounded.
package struct ArithmeticParser: Sendable {
    private static let deepest = 64
    private static let expectingPrimary = "arithmetic expression: expecting primary"
    private static let tooDeep = "arithmetic expression: too deep"

    private let source: [UInt8]
    private let dialect: ShellDialect
    private var position = 0
    private var depth: Int

    /// - Parameter depth: how deep the text already stands, when it is that of a variable in an expression.
    package init(_ source: [UInt8], dialect: ShellDialect, depth: Int = 0) {
        self.source = source
        self.dialect = dialect
        self.depth = depth
    }

    /// Reads the whole text; where it is wrong, the expression says so.
    package mutating func expression() -> ArithmeticExpression {
        skipBlanks()
        if position >= source.count {
            // dash alone wants an expression.
            return dialect == .dash ? .problem(Self.expectingPrimary) : .number(0)
        }
        let result = comma()
        skipBlanks()
        guard position < source.count else { return result }
        return .sequence([result, .problem("arithmetic expression: expecting EOF")])
    }

    // MARK: Text

    private var hasBashSyntax: Bool { dialect != .dash }

    private mutating func skipBlanks() {
        while position < source.count, [0x20, 0x09, 0x0A, 0x0D].contains(source[position]) { position += 1 }
    }

    private func at(_ distance: Int = 0) -> UInt8? {
        position + distance < source.count ? source[position + distance] : nil
    }

    private func stands(_ text: String) -> Bool { source[position...].starts(with: text.utf8) }

    /// Takes an operator when it stands here and none of `unless` follows.
    private mutating func take(_ text: String, unless: String = "") -> Bool {
        skipBlanks()
        guard stands(text) else { return false }
        if let next = at(text.utf8.count), unless.utf8.contains(next) { return false }
        position += text.utf8.count
        return true
    }

    /// Ends the reading: nothing behind a problem counts.
    private mutating func problem(_ message: String) -> ArithmeticExpression {
        position = source.count
        return .problem(message)
    }

    private mutating func name() -> ArithmeticExpression.Name? {
        guard let byte = at(), ShellParser.isNameByte(byte, first: true) else { return nil }
        let start = position
        while let next = at(), ShellParser.isNameByte(next, first: false) { position += 1 }
        if dialect == .bash, at() == UInt8(ascii: "[") {
            var open = 0
            var index = position
            while index < source.count {
                if source[index] == UInt8(ascii: "[") { open += 1 }
                if source[index] == UInt8(ascii: "]") { open -= 1 }
                index += 1
                if open == 0 { break }
            }
            if open == 0 { position = index }
        }
        return ArithmeticExpression.Name(
            text: String(decoding: source[start..<position], as: UTF8.self),
            depth: depth
        )
    }

    // MARK: Operators, from the weakest to the strongest

    private mutating func comma() -> ArithmeticExpression {
        var items = [assignment()]
        while hasBashSyntax, take(",") { items.append(assignment()) }
        return items.count == 1 ? items[0] : .sequence(items)
    }

    private mutating func assignment() -> ArithmeticExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else { return problem(Self.tooDeep) }
        skipBlanks()
        let start = position
        if let name = name() {
            skipBlanks()
            for sign in ["=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "|=", "^="] where stands(sign) {
                if sign == "=", at(1) == UInt8(ascii: "=") { continue }
                position += sign.utf8.count
                return .assignment(name, sign: sign == "=" ? nil : String(sign.dropLast()), value: assignment())
            }
        }
        position = start
        return conditional()
    }

    private mutating func conditional() -> ArithmeticExpression {
        let condition = logicalOr()
        guard take("?") else { return condition }
        let first = comma()
        guard take(":") else {
            return .conditional(condition, then: first, otherwise: problem("arithmetic expression: expecting ':'"))
        }
        return .conditional(condition, then: first, otherwise: assignment())
    }

    private mutating func logicalOr() -> ArithmeticExpression {
        var operands = [logicalAnd()]
        while take("||") { operands.append(logicalAnd()) }
        return operands.count == 1 ? operands[0] : .any(operands)
    }

    private mutating func logicalAnd() -> ArithmeticExpression {
        var operands = [binary(0)]
        while take("&&") { operands.append(binary(0)) }
        return operands.count == 1 ? operands[0] : .all(operands)
    }

    private mutating func operation(_ level: Int) -> String? {
        switch level {
        case 0: return take("|", unless: "|=") ? "|" : nil
        case 1: return take("^", unless: "=") ? "^" : nil
        case 2: return take("&", unless: "&=") ? "&" : nil
        case 3: return take("==") ? "==" : take("!=") ? "!=" : nil
        case 4:
            if take("<=") { return "<=" }
            if take(">=") { return ">=" }
            if take("<", unless: "<") { return "<" }
            return take(">", unless: ">") ? ">" : nil
        case 5: return take("<<", unless: "=") ? "<<" : take(">>", unless: "=") ? ">>" : nil
        case 6: return take("+", unless: "=") ? "+" : take("-", unless: "=") ? "-" : nil
        default:
            if hasBashSyntax, take("**") { return "**" }
            return take("*", unless: "=*") ? "*" : take("/", unless: "=") ? "/" : take("%", unless: "=") ? "%" : nil
        }
    }

    private mutating func binary(_ level: Int) -> ArithmeticExpression {
        guard level <= 7 else { return unary() }
        let first = binary(level + 1)
        var rest: [(sign: String, operand: ArithmeticExpression)] = []
        while let sign = operation(level) { rest.append((sign, binary(level + 1))) }
        return rest.isEmpty ? first : .chain(first, rest)
    }

    private mutating func unary() -> ArithmeticExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else { return problem(Self.tooDeep) }
        skipBlanks()
        switch at() {
        case UInt8(ascii: "!")?, UInt8(ascii: "~")?:
            let sign = source[position]
            position += 1
            return .prefix(sign, unary())
        case UInt8(ascii: "+")?, UInt8(ascii: "-")?:
            let sign = source[position]
            if hasBashSyntax, at(1) == sign {
                position += 2
                skipBlanks()
                guard let name = name() else { return problem(Self.expectingPrimary) }
                return .step(name, by: sign == UInt8(ascii: "+") ? 1 : -1, isBefore: true)
            }
            position += 1
            let operand = unary()
            return sign == UInt8(ascii: "+") ? operand : .prefix(sign, operand)
        default: return primary()
        }
    }

    private mutating func primary() -> ArithmeticExpression {
        skipBlanks()
        guard let byte = at() else { return problem(Self.expectingPrimary) }
        if byte == UInt8(ascii: "(") {
            position += 1
            let result = comma()
            if take(")") { return result }
            return .sequence([result, problem("arithmetic expression: expecting ')'")])
        }
        if ShellParser.isDigit(byte) {
            let start = position
            while let next = at(),
                ShellParser.isNameByte(next, first: false) || (hasBashSyntax && next == UInt8(ascii: "#"))
            {
                position += 1
            }
            switch Self.number(source[start..<position], dialect: dialect) {
            case .success(let value): return .number(value)
            case .failure(let error): return problem(error.message)
            }
        }
        guard let name = name() else { return problem(Self.expectingPrimary) }
        if hasBashSyntax {
            skipBlanks()
            if let sign = at(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), at(1) == sign {
                position += 2
                return .step(name, by: sign == UInt8(ascii: "+") ? 1 : -1, isBefore: false)
            }
        }
        return .variable(name)
    }
}
