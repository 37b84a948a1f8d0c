// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, test, "Operands".

import ShellMachine

/// The words of `test`: read by their number up to four, as POSIX has it, more of them by grammar.
struct TestExpression {
    /// How deep parentheses are followed.
    private static let maximumDepth = 64

    private let words: [Text]
    /// What is wrong with the words, as the program says it.
    private(set) var message: String?
    private var position = 0
    private var depth = 0
    /// bash's own `test` has questions and messages that the others lack.
    private let isBash: Bool
    /// dash's own `test` knows no `==`, and compares the times of two files only.
    private let isDash: Bool

    init(_ words: [Text], _ call: Invocation) {
        self.words = words
        isBash = call.isBuiltin && call.flavor == .gnu
        isDash = call.isBuiltin && call.flavor == .dashBuiltin
    }

    private static let unary: Set<String> = [
        "-b", "-c", "-d", "-e", "-f", "-g", "-h", "-k", "-L", "-n", "-p", "-r", "-S", "-s", "-t", "-u", "-w", "-x",
        "-z", "-G", "-O", "-N", "-v", "-o",
    ]
    private static let binary: Set<String> = [
        "=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef",
    ]

    /// The answer; nil when it is not known, or when there is a message.
    mutating func evaluate(_ call: inout Invocation) -> Bool? { evaluate(words[...], &call) }

    // MARK: By number

    private mutating func evaluate(_ words: ArraySlice<Text>, _ call: inout Invocation) -> Bool? {
        let first = words.startIndex
        switch words.count {
        case 0: return false
        case 1: return words[first].isUnknown && words[first].bytes.isEmpty ? nil : !words[first].bytes.isEmpty
        case 2: return evaluateTwo(words, &call)
        case 3: return evaluateThree(words, &call)
        case 4:
            if words[first].string == "!" { return evaluate(words.dropFirst(), &call).map { !$0 } }
            if words[first].string == "(", words[first + 3].string == ")" {
                return evaluate(words[(first + 1)...(first + 2)], &call)
            }
        default: break
        }
        position = words.startIndex
        let result = expression(words.endIndex, &call)
        if message == nil, position < words.endIndex {
            message = isBash ? "too many arguments" : "\(self.words[position].string): unexpected operator"
        }
        return result
    }

    private mutating func evaluateTwo(_ words: ArraySlice<Text>, _ call: inout Invocation) -> Bool? {
        let sign = words[words.startIndex].string
        if sign == "!" { return evaluate(words.dropFirst(), &call).map { !$0 } }
        if isUnary(sign) { return unary(sign, words[words.startIndex + 1], &call) }
        message = isBash ? "\(sign): unary operator expected" : "\(sign): unexpected operator"
        return nil
    }

    private mutating func evaluateThree(_ words: ArraySlice<Text>, _ call: inout Invocation) -> Bool? {
        let (one, two, three) = (words[words.startIndex], words[words.startIndex + 1], words[words.startIndex + 2])
        if isBinary(two.string) { return compare(one, two.string, three, &call) }
        if two.string == "-a" { return and(lone(one), lone(three)) }
        if two.string == "-o" { return or(lone(one), lone(three)) }
        if one.string == "!" { return evaluate(words.dropFirst(), &call).map { !$0 } }
        if one.string == "(", three.string == ")" { return lone(two) }
        message =
            isBash
            ? "\(two.string): binary operator expected"
            : "\(isUnary(one.string) ? three.string : two.string): unexpected operator"
        return nil
    }

    // MARK: By grammar

    private mutating func expression(_ end: Int, _ call: inout Invocation) -> Bool? {
        var left = term(end, &call)
        while message == nil, position < end, words[position].string == "-o" {
            position += 1
            left = or(left, term(end, &call))
        }
        return left
    }

    private mutating func term(_ end: Int, _ call: inout Invocation) -> Bool? {
        var left = factor(end, &call)
        while message == nil, position < end, words[position].string == "-a" {
            position += 1
            left = and(left, factor(end, &call))
        }
        return left
    }

    private mutating func factor(_ end: Int, _ call: inout Invocation) -> Bool? {
        guard position < end else {
            message = "argument expected"
            return nil
        }
        var negations = 0
        while position < end - 1, words[position].string == "!" {
            negations += 1
            position += 1
        }
        let answer = primary(end, &call)
        return negations % 2 == 1 ? answer.map { !$0 } : answer
    }

    private mutating func primary(_ end: Int, _ call: inout Invocation) -> Bool? {
        let text = words[position].string
        if position + 2 < end, isBinary(words[position + 1].string) {
            let result = compare(words[position], words[position + 1].string, words[position + 2], &call)
            position += 3
            return result
        }
        if text == "(" { return group(end, &call) }
        if isUnary(text), position + 1 < end {
            let result = unary(text, words[position + 1], &call)
            position += 2
            return result
        }
        position += 1
        return lone(words[position - 1])
    }

    private mutating func group(_ end: Int, _ call: inout Invocation) -> Bool? {
        guard call.world.charge(), depth < Self.maximumDepth, let close = closing(end) else {
            message = "closing paren expected"
            return nil
        }
        position += 1
        depth += 1
        let result = expression(close, &call)
        depth -= 1
        guard message == nil else { return nil }
        guard position == close else {
            message = "closing paren expected"
            return nil
        }
        position = close + 1
        return result
    }

    private func closing(_ end: Int) -> Int? {
        var level = 0
        for index in position..<end {
            if words[index].bytes == [UInt8(ascii: "(")] { level += 1 }
            if words[index].bytes == [UInt8(ascii: ")")] {
                level -= 1
                if level == 0 { return index }
            }
        }
        return nil
    }

    // MARK: Questions

    private func isBinary(_ text: String) -> Bool { Self.binary.contains(text) && !(isDash && text == "==") }

    private func isUnary(_ text: String) -> Bool {
        guard Self.unary.contains(text) else { return false }
        return isBash || (text != "-v" && text != "-o" && text != "-N")
    }

    private func lone(_ text: Text) -> Bool? { text.isUnknown ? nil : !text.bytes.isEmpty }

    private func and(_ one: Bool?, _ two: Bool?) -> Bool? {
        if one == false || two == false { return false }
        return one == nil || two == nil ? nil : true
    }

    private func or(_ one: Bool?, _ two: Bool?) -> Bool? {
        if one == true || two == true { return true }
        return one == nil || two == nil ? nil : false
    }

    private func unary(_ sign: String, _ operand: Text, _ call: inout Invocation) -> Bool? {
        if operand.isUnknown { return nil }
        switch sign {
        case "-v": return call.shellHasVariable(operand.string)
        case "-o": return call.shellHasOption(operand.string)
        default: return TestPrimary.unary(sign, operand, in: &call.world)
        }
    }

    private mutating func compare(_ one: Text, _ sign: String, _ two: Text, _ call: inout Invocation) -> Bool? {
        guard sign.hasPrefix("-"), !["-nt", "-ot", "-ef"].contains(sign) else {
            if isDash, sign == "-nt" || sign == "-ot" {
                let first = (try? call.world.node(one.string)) ?? nil
                let second = (try? call.world.node(two.string)) ?? nil
                if first == nil || second == nil { return false }
            }
            return TestPrimary.binary(sign, one, two, in: &call.world)
        }
        if one.isUnknown || two.isUnknown { return nil }
        guard let left = integer(one), let right = integer(two) else { return nil }
        return TestPrimary.integers(left, sign, right)
    }

    private mutating func integer(_ text: Text) -> Int? {
        if let value = Int(text.string.trimmed) { return value }
        message = isBash ? "\(text.string): integer expression expected" : "Illegal number: \(text.string)"
        return nil
    }
}
