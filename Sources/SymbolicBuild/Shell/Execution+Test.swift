// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, test; the bash reference manual, "Conditional Constructs" and "Bash Conditional Expressions".

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

extension Execution {
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
                guard let pattern = expandToText(right) else { return false }
                if first.isUnknown || pattern.isUnknown { return nil }
                guard let expression = RegularExpression(pattern.bytes, isExtended: true) else { return nil }
                guard let match = expression.firstMatch(in: first.bytes) else {
                    return expression.gaveUp ? nil : false
                }
                var elements: [Int: Text] = [:]
                for (index, range) in match.groups.enumerated() {
                    elements[index] = Text(range.map { Array(first.bytes[$0]) } ?? [])
                }
                variables["BASH_REMATCH"] = ShellVariable(elements: elements)
                return true
            case "-eq", "-ne", "-lt", "-le", "-gt", "-ge":
                guard let second = expandToText(right) else { return false }
                if first.isUnknown || second.isUnknown { return nil }
                guard case .value(let one) = arithmetic([.literal(first.bytes, quoted: true)]),
                    case .value(let two) = arithmetic([.literal(second.bytes, quoted: true)])
                else { return false }
                return Self.compare(one, sign, two)
            default:
                guard let second = expandToText(right) else { return false }
                return testBinary(sign, first, second)
            }
        }
    }

    static func compare(_ one: Int, _ sign: String, _ two: Int) -> Bool {
        switch sign {
        case "-eq": one == two
        case "-ne": one != two
        case "-lt": one < two
        case "-le": one <= two
        case "-gt": one > two
        default: one >= two
        }
    }

    /// A test with one operand; nil when the answer is not known.
    func testUnary(_ sign: String, _ operand: Text) -> Bool? {
        if operand.isUnknown { return nil }
        switch sign {
        case "-n": return !operand.bytes.isEmpty
        case "-z": return operand.bytes.isEmpty
        case "-t": return false
        case "-v": return variables[operand.string]?.scalar != nil
        case "-o": return ShellOptions.name(operand.string).map { options[keyPath: $0] } ?? false
        default: break
        }
        flushAll()
        let text = operand.string
        if text == "/dev/null" || text == "/dev/stdout" || text == "/dev/stderr" || text == "/dev/stdin" {
            return ["-e", "-r", "-w", "-c"].contains(sign)
        }
        let kept = missedUncertainly
        missedUncertainly = false
        defer { missedUncertainly = kept }
        let found: FileNode?
        do throws(FileError) {
            found = try node(text, followLast: sign != "-L" && sign != "-h")
        } catch {
            return missedUncertainly ? nil : false
        }
        guard let found else {
            return missedUncertainly || isUncertain(path(text)) ? nil : false
        }
        switch sign {
        case "-e", "-a": return true
        case "-f": if case .file = found.kind { return true } else { return false }
        case "-d": return found.isDirectory
        case "-L", "-h": if case .symlink = found.kind { return true } else { return false }
        case "-s":
            if found.isDirectory { return true }
            guard case .file(let content) = found.kind else { return false }
            return content.sizeBytes.map { $0 > 0 }
        case "-r": return isAllowed(4, found)
        case "-w": return isAllowed(2, found)
        case "-x": return isAllowed(1, found)
        case "-u": return found.mode & 0o4000 != 0
        case "-g": return found.mode & 0o2000 != 0
        case "-k": return found.mode & 0o1000 != 0
        case "-O": return found.uid == state.user.uid
        case "-G": return found.gid == state.user.gid
        case "-p": return found.kind == .fifo
        case "-b": if case .block = found.kind { return true } else { return false }
        case "-c": if case .character = found.kind { return true } else { return false }
        case "-S", "-N": return false
        default: return nil
        }
    }

    /// A test with two operands; nil when the answer is not known.
    func testBinary(_ sign: String, _ one: Text, _ two: Text) -> Bool? {
        if one.isUnknown || two.isUnknown { return nil }
        switch sign {
        case "=", "==": return one.bytes == two.bytes
        case "!=": return one.bytes != two.bytes
        case "<": return one.bytes.lexicographicallyPrecedes(two.bytes)
        case ">": return two.bytes.lexicographicallyPrecedes(one.bytes)
        case "-nt", "-ot", "-ef":
            flushAll()
            let first = (try? node(one.string)) ?? nil
            let second = (try? node(two.string)) ?? nil
            if sign == "-ef" {
                guard let first = try? resolve(one.string), let second = try? resolve(two.string), first.node != nil
                else {
                    return false
                }
                return writablePlace(first.path) == writablePlace(second.path)
            }
            let times = (first?.modificationTime, second?.modificationTime)
            switch (sign, times.0, times.1) {
            case ("-nt", let one?, let two?): return one > two
            case ("-nt", .some, nil): return true
            case ("-ot", let one?, let two?): return one < two
            case ("-ot", nil, .some): return true
            default: return false
            }
        default: return nil
        }
    }
}
