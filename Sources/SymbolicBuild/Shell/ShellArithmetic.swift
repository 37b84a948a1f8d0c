// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.6.4; ISO C for the operators. 64 bits, wrapping as the shells do.

import Diagnostics
import ImageFilesystem
import OCISpec

/// Evaluates an arithmetic expression whose expansions have been made.
struct ShellArithmetic {
    /// Why there is no value.
    struct Problem: Error {
        var message: String
        /// Whether a number is what is wrong, so that dash does not show the expression.
        var isNumber = false
    }

    private let source: [UInt8]
    private var position = 0
    private var depth = 0
    private let isBash: Bool
    private let isDash: Bool
    private let value: (String) -> [UInt8]?
    private var assign: (String, Int) throws(Problem) -> Void
    /// Above 0 while a branch is read that does not count.
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
        self.isBash = isBash
        self.isDash = isDash
        self.depth = depth
        self.value = value
        self.assign = assign
    }

    mutating func evaluate() throws(Problem) -> Int {
        skipBlanks()
        if position >= source.count {
            // dash alone wants an expression.
            if isDash { throw Problem(message: "arithmetic expression: expecting primary") }
            return 0
        }
        let result = try comma()
        skipBlanks()
        guard position >= source.count else { throw Problem(message: "arithmetic expression: expecting EOF") }
        return result
    }

    private mutating func skipBlanks() {
        while position < source.count, [0x20, 0x09, 0x0A, 0x0D].contains(source[position]) { position += 1 }
    }

    private func at(_ distance: Int = 0) -> UInt8? {
        position + distance < source.count ? source[position + distance] : nil
    }

    /// Takes an operator when it stands here and none of `unless` follows.
    private mutating func take(_ text: StaticString, unless: String = "") -> Bool {
        skipBlanks()
        let bytes = Array(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        guard position + bytes.count <= source.count, source[position..<(position + bytes.count)].elementsEqual(bytes)
        else {
            return false
        }
        if let next = at(bytes.count), unless.utf8.contains(next) { return false }
        position += bytes.count
        return true
    }

    private mutating func comma() throws(Problem) -> Int {
        var result = try assignment()
        while isBash, take(",") { result = try assignment() }
        return result
    }

    private mutating func assignment() throws(Problem) -> Int {
        depth += 1
        defer { depth -= 1 }
        guard depth < 64 else { throw Problem(message: "arithmetic expression: too deep") }
        skipBlanks()
        let start = position
        if let name = name() {
            skipBlanks()
            for sign in ["=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "|=", "^="] {
                let bytes = Array(sign.utf8)
                guard position + bytes.count <= source.count,
                    source[position..<(position + bytes.count)].elementsEqual(bytes)
                else { continue }
                if sign == "=", at(1) == UInt8(ascii: "=") { continue }
                position += bytes.count
                var result = try assignment()
                if sign != "=" {
                    let operation = String(sign.dropLast())
                    result = try apply(operation, try number(of: name), result)
                }
                if skipping == 0 { try assign(name, result) }
                return result
            }
        }
        position = start
        return try conditional()
    }

    private mutating func conditional() throws(Problem) -> Int {
        let condition = try logicalOr()
        guard take("?") else { return condition }
        if condition == 0 { skipping += 1 }
        let first = try comma()
        if condition == 0 { skipping -= 1 }
        guard take(":") else { throw Problem(message: "arithmetic expression: expecting ':'") }
        if condition != 0 { skipping += 1 }
        let second = try assignment()
        if condition != 0 { skipping -= 1 }
        return condition != 0 ? first : second
    }

    private mutating func logicalOr() throws(Problem) -> Int {
        var left = try logicalAnd()
        while take("||") {
            if left != 0 { skipping += 1 }
            let right = try logicalAnd()
            if left != 0 { skipping -= 1 }
            left = left != 0 || right != 0 ? 1 : 0
        }
        return left
    }

    private mutating func logicalAnd() throws(Problem) -> Int {
        var left = try binary(0)
        while take("&&") {
            if left == 0 { skipping += 1 }
            let right = try binary(0)
            if left == 0 { skipping -= 1 }
            left = left != 0 && right != 0 ? 1 : 0
        }
        return left
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
            if isBash, take("**") { return "**" }
            return take("*", unless: "=*") ? "*" : take("/", unless: "=") ? "/" : take("%", unless: "=") ? "%" : nil
        }
    }

    private mutating func binary(_ level: Int) throws(Problem) -> Int {
        guard level <= 7 else { return try unary() }
        var left = try binary(level + 1)
        while let sign = operation(level) {
            let right = try binary(level + 1)
            left = try apply(sign, left, right)
        }
        return left
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

    private mutating func unary() throws(Problem) -> Int {
        depth += 1
        defer { depth -= 1 }
        guard depth < 64 else { throw Problem(message: "arithmetic expression: too deep") }
        skipBlanks()
        switch at() {
        case UInt8(ascii: "!"):
            position += 1
            return try unary() == 0 ? 1 : 0
        case UInt8(ascii: "~"):
            position += 1
            return ~(try unary())
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            let sign = source[position]
            if isBash, at(1) == sign {
                position += 2
                skipBlanks()
                guard let name = name() else { throw Problem(message: "arithmetic expression: expecting primary") }
                let result = try number(of: name) &+ (sign == UInt8(ascii: "+") ? 1 : -1)
                if skipping == 0 { try assign(name, result) }
                return result
            }
            position += 1
            let operand = try unary()
            return sign == UInt8(ascii: "+") ? operand : 0 &- operand
        default: return try primary()
        }
    }

    private mutating func primary() throws(Problem) -> Int {
        skipBlanks()
        guard let byte = at() else { throw Problem(message: "arithmetic expression: expecting primary") }
        if byte == UInt8(ascii: "(") {
            position += 1
            let result = try comma()
            guard take(")") else { throw Problem(message: "arithmetic expression: expecting ')'") }
            return result
        }
        if ShellParser.isDigit(byte) {
            let start = position
            while let next = at(), ShellParser.isNameByte(next, first: false) || (isBash && next == UInt8(ascii: "#")) {
                position += 1
            }
            return try literal(source[start..<position])
        }
        guard let name = name() else { throw Problem(message: "arithmetic expression: expecting primary") }
        if isBash {
            skipBlanks()
            if let sign = at(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), at(1) == sign {
                position += 2
                let old = try number(of: name)
                if skipping == 0 { try assign(name, old &+ (sign == UInt8(ascii: "+") ? 1 : -1)) }
                return old
            }
        }
        return try number(of: name)
    }

    private mutating func name() -> String? {
        guard let byte = at(), ShellParser.isNameByte(byte, first: true) else { return nil }
        let start = position
        while let next = at(), ShellParser.isNameByte(next, first: false) { position += 1 }
        return String(decoding: source[start..<position], as: UTF8.self)
    }

    /// The number that a variable holds; bash reads its text as an expression.
    private func number(of name: String) throws(Problem) -> Int {
        if skipping > 0 { return 0 }
        guard let bytes = value(name) else { return 0 }
        var trimmed = bytes[...]
        while let first = trimmed.first, [0x20, 0x09, 0x0A].contains(first) { trimmed = trimmed.dropFirst() }
        while let last = trimmed.last, [0x20, 0x09, 0x0A].contains(last) { trimmed = trimmed.dropLast() }
        if trimmed.isEmpty { return 0 }
        if isBash {
            var inner = ShellArithmetic(Array(trimmed), isBash: true, depth: depth + 1, value: value, assign: assign)
            return try inner.evaluate()
        }
        var isNegative = false
        if let first = trimmed.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            trimmed = trimmed.dropFirst()
        }
        guard let first = trimmed.first, ShellParser.isDigit(first), let magnitude = try? literal(trimmed) else {
            throw Problem(message: "Illegal number: " + String(decoding: bytes, as: UTF8.self), isNumber: true)
        }
        return isNegative ? 0 &- magnitude : magnitude
    }

    /// A constant: decimal, `0` octal, `0x` hexadecimal, in bash `base#digits`.
    private func literal(_ bytes: ArraySlice<UInt8>) throws(Problem) -> Int {
        var base = 10
        var digits = bytes
        if let hash = bytes.firstIndex(of: UInt8(ascii: "#")) {
            guard let named = Int(String(decoding: bytes[..<hash], as: UTF8.self)), (2...64).contains(named) else {
                throw Problem(message: "invalid arithmetic base")
            }
            base = named
            digits = bytes[(hash + 1)...]
        } else if bytes.count > 1, bytes.first == 0x30 {
            let second = bytes[bytes.startIndex + 1]
            if second == UInt8(ascii: "x") || second == UInt8(ascii: "X") {
                base = 16
                digits = bytes.dropFirst(2)
            } else {
                base = 8
                digits = bytes.dropFirst()
            }
        }
        if digits.isEmpty, base == 16, !isBash { throw Problem(message: "arithmetic expression: expecting EOF") }
        var result = 0
        var overflowed = false
        for byte in digits {
            let digit: Int
            switch byte {
            case 0x30...0x39: digit = Int(byte) - 0x30
            case 0x61...0x7A: digit = Int(byte) - 0x57
            case 0x41...0x5A: digit = base <= 36 ? Int(byte) - 0x37 : Int(byte) - 0x1D
            default: digit = Int.max
            }
            guard digit < base else {
                throw Problem(
                    message: isBash
                        ? "value too great for base (error token is \"\(String(decoding: bytes, as: UTF8.self))\")"
                        : "arithmetic expression: expecting EOF"
                )
            }
            let (product, first) = result.multipliedReportingOverflow(by: base)
            let (sum, second) = product.addingReportingOverflow(digit)
            if first || second { overflowed = true }
            result = isBash ? result &* base &+ digit : sum
        }
        return overflowed && !isBash ? Int.max : result
    }
}
