// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, expr; GNU coreutils 9.1.

import ShellMachine

/// The expressions of `expr`.
struct ExprReader {
    let words: [String]
    /// Why it is no expression.
    private(set) var message = "syntax error"
    /// Whether it may be one, which is not followed.
    private(set) var isUnknown = false
    private var position = 0
    private var depth = 0

    init(words: [String]) { self.words = words }

    mutating func read() -> String? {
        guard let result = or(), position == words.count else { return nil }
        return result
    }

    private mutating func take(_ signs: [String]) -> String? {
        guard position < words.count, signs.contains(words[position]) else { return nil }
        position += 1
        return words[position - 1]
    }

    private mutating func or() -> String? {
        depth += 1
        defer { depth -= 1 }
        guard depth < 64 else {
            isUnknown = true
            return nil
        }
        guard var left = and() else { return nil }
        while take(["|"]) != nil {
            guard let right = and() else { return nil }
            if left.isEmpty || left == "0" { left = right.isEmpty ? "0" : right }
        }
        return left
    }

    private mutating func and() -> String? {
        guard var left = compare() else { return nil }
        while take(["&"]) != nil {
            guard let right = compare() else { return nil }
            if left.isEmpty || left == "0" || right.isEmpty || right == "0" { left = "0" }
        }
        return left
    }

    private mutating func compare() -> String? {
        guard var left = sum() else { return nil }
        while let sign = take(["=", "==", "!=", "<", "<=", ">", ">="]) {
            guard let right = sum() else { return nil }
            let answer: Bool
            if let one = Int(left), let two = Int(right) {
                answer = Self.holds(one, sign, two)
            } else {
                answer = Self.holds(left, sign, right)
            }
            left = answer ? "1" : "0"
        }
        return left
    }

    private static func holds<Value: Comparable>(_ one: Value, _ sign: String, _ two: Value) -> Bool {
        switch sign {
        case "=", "==": one == two
        case "!=": one != two
        case "<": one < two
        case "<=": one <= two
        case ">": one > two
        default: one >= two
        }
    }

    private mutating func sum() -> String? {
        guard var left = product() else { return nil }
        while let sign = take(["+", "-"]) {
            guard let right = product(), let one = Int(left), let two = Int(right) else {
                message = "non-integer argument"
                return nil
            }
            left = String(sign == "+" ? one &+ two : one &- two)
        }
        return left
    }

    private mutating func product() -> String? {
        guard var left = match() else { return nil }
        while let sign = take(["*", "/", "%"]) {
            guard let right = match(), let one = Int(left), let two = Int(right) else {
                message = "non-integer argument"
                return nil
            }
            if sign == "*" {
                left = String(one &* two)
            } else {
                guard two != 0 else {
                    message = "division by zero"
                    return nil
                }
                left = String(two == -1 ? (sign == "/" ? 0 &- one : 0) : sign == "/" ? one / two : one % two)
            }
        }
        return left
    }

    private mutating func match() -> String? {
        guard let left = primary() else { return nil }
        guard take([":"]) != nil else { return left }
        guard let pattern = primary() else { return nil }
        return Self.matched(left, pattern, &isUnknown)
    }

    private static func matched(_ text: String, _ pattern: String, _ isUnknown: inout Bool) -> String? {
        guard let expression = RegularExpression(Array(pattern.utf8), isExtended: false) else {
            isUnknown = true
            return nil
        }
        let bytes = Array(text.utf8)
        guard let match = expression.firstMatch(in: bytes, anchored: true) else {
            if expression.gaveUp { isUnknown = true; return nil }
            return expression.groupCount > 0 ? "" : "0"
        }
        if expression.groupCount > 0 {
            return match.groups.count > 1
                ? match.groups[1].map { String(decoding: bytes[$0], as: UTF8.self) } ?? "" : ""
        }
        return String(match.range.count)
    }

    private mutating func primary() -> String? {
        depth += 1
        defer { depth -= 1 }
        guard depth < 128 else {
            isUnknown = true
            return nil
        }
        guard position < words.count else {
            message =
                words.isEmpty ? "missing operand" : "syntax error: missing argument after '\(words[words.count - 1])'"
            return nil
        }
        let word = words[position]
        position += 1
        switch word {
        case "(":
            guard let inner = or(), take([")"]) != nil else { return nil }
            return inner
        case "length" where position < words.count: return primary().map { String($0.utf8.count) }
        case "match" where position + 1 < words.count:
            guard let text = primary(), let pattern = primary() else { return nil }
            return Self.matched(text, pattern, &isUnknown)
        case "substr" where position + 2 < words.count:
            guard let text = primary(), let first = primary().flatMap({ Int($0) }),
                let count = primary().flatMap({ Int($0) })
            else { return nil }
            let bytes = Array(text.utf8)
            guard first > 0, count > 0, first <= bytes.count else { return "" }
            let end = count > bytes.count - first + 1 ? bytes.count : first - 1 + count
            return String(decoding: bytes[(first - 1)..<end], as: UTF8.self)
        case "index" where position + 1 < words.count:
            guard let text = primary(), let set = primary() else { return nil }
            return String((text.utf8.enumerated().first { set.utf8.contains($0.element) }?.offset ?? -1) + 1)
        case "+" where position < words.count:
            position += 1
            return words[position - 1]
        default: return word
        }
    }
}
