// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.6.4; ISO C for the operators. 64 bits, wrapping as the shells do.

import ShellSyntax

/// Evaluates an arithmetic expression whose expansions have been made.
struct ShellArithmetic {
    /// Why there is no value.
    struct Problem: Error {
        var message: String
        /// Whether a number is what is wrong, so that dash does not show the expression.
        var isNumber = false
    }

    private let source: [UInt8]
    private let depth: Int
    private let dialect: ShellDialect
    private let value: (String) -> [UInt8]?
    private let assign: (String, Int) throws(Problem) -> Void
    /// Above 0 while a branch is followed that does not count.
    private var skipping = 0

    init(
        _ source: [UInt8],
        isBash: Bool,
        isDash: Bool = false,
        depth: Int = 0,
        value: @escaping (String) -> [UInt8]?,
        assign: @escaping (String, Int) throws(Problem) -> Void
    ) {
        self.source = source
        self.depth = depth
        dialect = isBash ? .bash : .dash
        self.value = value
        self.assign = assign
    }

    private var isBash: Bool { dialect != .dash }

    mutating func evaluate() throws(Problem) -> Int {
        var parser = ArithmeticParser(source, dialect: dialect, depth: depth)
        return try evaluate(parser.expression())
    }

    private mutating func evaluate(_ expression: ArithmeticExpression) throws(Problem) -> Int {
        switch expression {
        case .number(let number): return number
        case .variable(let name): return try number(of: name)
        case .assignment(let name, let sign, let value):
            var result = try evaluate(value)
            if let sign { result = try apply(sign, try number(of: name), result) }
            if skipping == 0 { try assign(name.text, result) }
            return result
        case .step(let name, let distance, let isBefore):
            let old = try number(of: name)
            if skipping == 0 { try assign(name.text, old &+ distance) }
            return isBefore ? old &+ distance : old
        case .prefix(let sign, let operand):
            let result = try evaluate(operand)
            switch sign {
            case UInt8(ascii: "!"): return result == 0 ? 1 : 0
            case UInt8(ascii: "~"): return ~result
            default: return 0 &- result
            }
        case .chain(let first, let rest):
            var result = try evaluate(first)
            for (sign, operand) in rest { result = try apply(sign, result, try evaluate(operand)) }
            return result
        case .all(let operands): return try evaluate(operands, until: false)
        case .any(let operands): return try evaluate(operands, until: true)
        case .conditional(let condition, let then, let otherwise):
            let isTrue = try evaluate(condition) != 0
            let first = try evaluate(then, counts: isTrue)
            let second = try evaluate(otherwise, counts: !isTrue)
            return isTrue ? first : second
        case .sequence(let items):
            var result = 0
            for item in items { result = try evaluate(item) }
            return result
        case .problem(let message): throw Problem(message: message)
        }
    }

    /// Joins by `||` or `&&`: what follows the operand that decides is read and does not count.
    private mutating func evaluate(_ operands: [ArithmeticExpression], until end: Bool) throws(Problem) -> Int {
        var result = !end
        for operand in operands {
            let isTrue = try evaluate(operand, counts: result != end) != 0
            if result != end { result = isTrue }
        }
        return result ? 1 : 0
    }

    private mutating func evaluate(_ expression: ArithmeticExpression, counts: Bool) throws(Problem) -> Int {
        if counts { return try evaluate(expression) }
        skipping += 1
        defer { skipping -= 1 }
        return try evaluate(expression)
    }

    private func apply(_ sign: String, _ left: Int, _ right: Int) throws(Problem) -> Int {
        switch sign {
        case "+": return left &+ right
        case "-": return left &- right
        case "*": return left &* right
        case "/", "%":
            guard right != 0 else {
                if skipping > 0 { return 0 }
                throw Problem(message: isBash ? "division by 0" : "arithmetic expression: division by zero")
            }
            if right == -1 { return sign == "/" ? 0 &- left : 0 }
            return sign == "/" ? left / right : left % right
        case "**":
            guard right >= 0 else { throw Problem(message: "exponent less than 0") }
            var result = 1
            var base = left
            var exponent = right
            while exponent > 0 {
                if exponent & 1 == 1 { result = result &* base }
                base = base &* base
                exponent >>= 1
            }
            return result
        case "<<": return left &<< right
        case ">>": return left &>> right
        case "&": return left & right
        case "|": return left | right
        case "^": return left ^ right
        case "==": return left == right ? 1 : 0
        case "!=": return left != right ? 1 : 0
        case "<": return left < right ? 1 : 0
        case ">": return left > right ? 1 : 0
        case "<=": return left <= right ? 1 : 0
        case ">=": return left >= right ? 1 : 0
        default: throw Problem(message: "arithmetic expression: unknown operator")
        }
    }

    /// The number that a variable holds; bash reads its text as an expression.
    private func number(of name: ArithmeticExpression.Name) throws(Problem) -> Int {
        if skipping > 0 { return 0 }
        guard let bytes = value(name.text) else { return 0 }
        var trimmed = bytes[...]
        while let first = trimmed.first, [0x20, 0x09, 0x0A].contains(first) { trimmed = trimmed.dropFirst() }
        while let last = trimmed.last, [0x20, 0x09, 0x0A].contains(last) { trimmed = trimmed.dropLast() }
        if trimmed.isEmpty { return 0 }
        if isBash {
            var inner = ShellArithmetic(
                Array(trimmed),
                isBash: true,
                depth: name.depth + 1,
                value: value,
                assign: assign
            )
            return try inner.evaluate()
        }
        var isNegative = false
        if let first = trimmed.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            trimmed = trimmed.dropFirst()
        }
        guard let first = trimmed.first, ShellParser.isDigit(first),
            case .success(let magnitude) = ArithmeticParser.number(trimmed, dialect: dialect)
        else {
            throw Problem(message: "Illegal number: " + String(decoding: bytes, as: UTF8.self), isNumber: true)
        }
        return isNegative ? 0 &- magnitude : magnitude
    }
}
