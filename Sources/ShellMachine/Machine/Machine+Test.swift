// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, test; the bash reference manual, "Conditional Constructs" and "Bash Conditional Expressions".

import ShellSyntax

extension Machine {
    /// Evaluates what stands in `[[ ]]`; nil when it is not known.
    func evaluate(_ expression: ShellCommand.TestExpression) -> Bool? {
        guard charge() else { return nil }
        switch expression {
        case .not(let inner): return evaluate(inner).map { !$0 }
        case .and(let left, let right):
            let first = evaluate(left)
            if first == false { return false }
            let second = evaluate(right)
            return first == nil ? (second == false ? false : nil) : second
        case .or(let left, let right):
            let first = evaluate(left)
            if first == true { return true }
            let second = evaluate(right)
            return first == nil ? (second == true ? true : nil) : second
        case .word(let word):
            guard let text = expandToText(word) else { return false }
            return text.isUnknown ? nil : !text.bytes.isEmpty
        case .unary(let sign, let word):
            guard let text = expandToText(word) else { return false }
            return testUnary(sign, text)
        case .binary(let sign, let left, let right):
            guard let first = expandToText(left) else { return false }
            switch sign {
            case "=", "==", "!=":
                guard let pattern = expandToPattern(right) else { return false }
                if first.isUnknown || pattern.isUnknown { return nil }
                return ShellPattern(pattern.bytes, dialect).matches(first.bytes) == (sign != "!=")
            case "=~":
                guard let pattern = expandToExpression(right) else { return false }
                if first.isUnknown || pattern.isUnknown { return nil }
                guard let expression = RegularExpression(pattern.bytes, isExtended: true) else { return nil }
                guard let match = expression.firstMatch(in: first.bytes) else {
                    return expression.gaveUp ? nil : false
                }
                var elements: [Int: Text] = [:]
                for (index, range) in match.groups.enumerated() {
                    elements[index] = Text(range.map { Array(first.bytes[$0]) } ?? [])
                }
                shell.variables["BASH_REMATCH"] = ShellVariable(elements: elements)
                return true
            case "-eq", "-ne", "-lt", "-le", "-gt", "-ge":
                guard let second = expandToText(right) else { return false }
                if first.isUnknown || second.isUnknown { return nil }
                guard case .value(let one) = arithmetic([.literal(first.bytes, quoted: true)]),
                    case .value(let two) = arithmetic([.literal(second.bytes, quoted: true)])
                else { return false }
                return TestPrimary.integers(one, sign, two)
            default:
                guard let second = expandToText(right) else { return false }
                return TestPrimary.binary(sign, first, second, in: &world)
            }
        }
    }

    /// Expands the right side of `=~`: what is quoted in it stands for itself.
    private func expandToExpression(_ word: ShellWord) -> Text? {
        var result = Text([])
        for part in word.parts {
            guard let text = expandToText(ShellWord(parts: [part], offset: word.offset)) else { return nil }
            result.isUnknown = result.isUnknown || text.isUnknown
            for byte in text.bytes {
                if part.isQuoted, Self.expressionSigns.contains(byte) { result.bytes.append(0x5C) }
                result.bytes.append(byte)
            }
        }
        return result
    }

    private static let expressionSigns = Set(#".[]*^$+?(){}|\"#.utf8)

    /// A test with one operand; nil when the answer is not known.
    func testUnary(_ sign: String, _ operand: Text) -> Bool? {
        if operand.isUnknown { return nil }
        switch sign {
        case "-v": return isVariableSet(operand.string)
        case "-o": return isOptionSet(operand.string)
        default: return TestPrimary.unary(sign, operand, in: &world)
        }
    }

    /// Whether a variable has a value.
    func isVariableSet(_ name: String) -> Bool {
        guard let open = name.firstIndex(of: "["), name.hasSuffix("]") else { return operand(name) != nil }
        let index = Array(name[name.index(after: open)...].dropLast().utf8)
        guard Self.namesAll([.literal(index, quoted: true)]) else { return operand(name) != nil }
        return shell.variables[String(name[..<open])]?.list.isEmpty == false
    }

    /// Gives a variable of the shell a value.
    func setVariable(_ name: String, _ value: Text) { set(name, value) }

    /// Whether an option of `set -o` is on.
    func isOptionSet(_ name: String) -> Bool { ShellOptions.name(name).map { shell.options[keyPath: $0] } ?? false }
}
