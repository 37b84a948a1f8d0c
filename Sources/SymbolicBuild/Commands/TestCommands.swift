// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, test.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// `test` and `[`.
enum TestCommands: CommandFamily {
    static let models: [String: CommandModel] = [
        "test": CommandModel(.output, takesUnknownWords: true, test),
        "[": CommandModel(.output, takesUnknownWords: true, test),
    ]

    private static func test(_ context: CommandContext) -> Exit {
        var words = Array(context.words.dropFirst())
        if context.name == "[" {
            guard words.last?.bytes == [UInt8(ascii: "]")] else {
                context.execution.shellError(context.execution.dialect == .bash ? "[: missing `]'" : "[: missing ]")
                return .code(2)
            }
            words.removeLast()
        }
        var reader = TestReader(
            words: words,
            execution: context.execution,
            isDash: context.isBuiltin && context.flavor == .dashBuiltin
        )
        let answer = reader.evaluate()
        if let message = reader.message {
            context.execution.shellError("\(context.name): \(message)")
            return .code(2)
        }
        return context.execution.exit(of: answer)
    }
}

/// Evaluates the words of `test`: up to four by their number, as POSIX has it, more by grammar.
private struct TestReader {
    let words: [Text]
    let execution: Execution
    var message: String?
    private var position = 0

    /// dash's own `test` knows no `==`, and compares the times of two files only.
    private let isDash: Bool

    init(words: [Text], execution: Execution, isDash: Bool) {
        self.words = words
        self.execution = execution
        self.isDash = isDash
    }

    private func isBinary(_ text: String) -> Bool { Self.binary.contains(text) && !(isDash && text == "==") }

    private static let unary: Set<String> = [
        "-b", "-c", "-d", "-e", "-f", "-g", "-h", "-k", "-L", "-n", "-p", "-r", "-S", "-s", "-t", "-u", "-w", "-x",
        "-z", "-G", "-O",
        "-N", "-v", "-o",
    ]
    private static let binary: Set<String> = [
        "=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef",
    ]

    mutating func evaluate() -> Bool? { evaluate(words[...]) }

    private mutating func evaluate(_ words: ArraySlice<Text>) -> Bool? {
        let first = words.startIndex
        func word(_ index: Int) -> String { words[first + index].string }
        switch words.count {
        case 0: return false
        case 1: return words[first].isUnknown && words[first].bytes.isEmpty ? nil : !words[first].bytes.isEmpty
        case 2:
            if word(0) == "!" { return evaluate(words.dropFirst()).map { !$0 } }
            if isUnary(word(0)) { return execution.testUnary(word(0), words[first + 1]) }
            message =
                execution.dialect == .bash ? "\(word(0)): unary operator expected" : "\(word(0)): unexpected operator"
            return nil
        case 3:
            if isBinary(word(1)) { return compare(words[first], word(1), words[first + 2]) }
            if word(1) == "-a" { return and(lone(words[first]), lone(words[first + 2])) }
            if word(1) == "-o" { return or(lone(words[first]), lone(words[first + 2])) }
            if word(0) == "!" { return evaluate(words.dropFirst()).map { !$0 } }
            if word(0) == "(", word(2) == ")" { return lone(words[first + 1]) }
            message =
                execution.dialect == .bash
                ? "\(word(1)): binary operator expected"
                : "\(isUnary(word(0)) ? word(2) : word(1)): unexpected operator"
            return nil
        case 4:
            if word(0) == "!" { return evaluate(words.dropFirst()).map { !$0 } }
            if word(0) == "(", word(3) == ")" { return evaluate(words[(first + 1)...(first + 2)]) }
        default: break
        }
        position = words.startIndex
        let end = words.endIndex
        let result = expression(end)
        if message == nil, position < end {
            message =
                execution.dialect == .bash
                ? "too many arguments" : "\(self.words[position].string): unexpected operator"
        }
        return result
    }

    private func isUnary(_ text: String) -> Bool {
        guard Self.unary.contains(text) else { return false }
        return execution.dialect == .bash || (text != "-v" && text != "-o" && text != "-N")
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

    private mutating func expression(_ end: Int) -> Bool? {
        var left = term(end)
        while message == nil, position < end, words[position].string == "-o" {
            position += 1
            left = or(left, term(end))
        }
        return left
    }

    private mutating func term(_ end: Int) -> Bool? {
        var left = factor(end)
        while message == nil, position < end, words[position].string == "-a" {
            position += 1
            left = and(left, factor(end))
        }
        return left
    }

    private mutating func factor(_ end: Int) -> Bool? {
        guard position < end else {
            message = "argument expected"
            return nil
        }
        var negations = 0
        while position < end - 1, words[position].string == "!" {
            negations += 1
            position += 1
        }
        let answer = primary(end)
        return negations % 2 == 1 ? answer.map { !$0 } : answer
    }

    private mutating func primary(_ end: Int) -> Bool? {
        let text = words[position].string
        if position + 2 < end, isBinary(words[position + 1].string) {
            let result = compare(words[position], words[position + 1].string, words[position + 2])
            position += 3
            return result
        }
        if text == "(" {
            guard execution.charge(), let close = closing(end) else {
                message = "closing paren expected"
                return nil
            }
            position += 1
            let result = expression(close)
            guard message == nil else { return nil }
            guard position == close else {
                message = "closing paren expected"
                return nil
            }
            position = close + 1
            return result
        }
        if isUnary(text), position + 1 < end {
            let result = execution.testUnary(text, words[position + 1])
            position += 2
            return result
        }
        position += 1
        return lone(words[position - 1])
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

    private mutating func compare(_ one: Text, _ sign: String, _ two: Text) -> Bool? {
        guard sign.hasPrefix("-"), !["-nt", "-ot", "-ef"].contains(sign) else {
            if isDash, sign == "-nt" || sign == "-ot" {
                let first = (try? execution.node(one.string)) ?? nil
                let second = (try? execution.node(two.string)) ?? nil
                if first == nil || second == nil { return false }
            }
            return execution.testBinary(sign, one, two)
        }
        if one.isUnknown || two.isUnknown { return nil }
        guard let left = integer(one), let right = integer(two) else { return nil }
        return Execution.compare(left, sign, right)
    }

    private mutating func integer(_ text: Text) -> Int? {
        let trimmed = text.string.trimmed
        if let value = Int(trimmed) { return value }
        message =
            execution.dialect == .bash
            ? "\(text.string): integer expression expected" : "Illegal number: \(text.string)"
        return nil
    }
}
