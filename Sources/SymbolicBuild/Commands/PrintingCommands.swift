// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, echo, printf; dash 0.5.12, bash 5.2 and BusyBox 1.36 where they differ.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// `echo`, `printf` and others that only print or end.
enum PrintingCommands: CommandFamily {
    static let models: [String: LegacyModel] = [
        "echo": LegacyModel(.output, takesUnknownWords: true, echo),
        "printf": LegacyModel(.output, takesUnknownWords: true, printf),
        "true": LegacyModel(.output, takesUnknownWords: true) { _ in .code(0) },
        "false": LegacyModel(.output, takesUnknownWords: true) { _ in .code(1) },
        "yes": LegacyModel(.output, yes),
        "seq": LegacyModel(.output, seq),
        "sleep": LegacyModel(.output, takesUnknownWords: true) { _ in .code(0) },
        "clear": LegacyModel(.output) { _ in .code(0) },
        "reset": LegacyModel(.output) { _ in .code(0) },
        "basename": LegacyModel(.output, basename),
        "dirname": LegacyModel(.output, dirname),
        "expr": LegacyModel(.output, expr),
    ]

    private static func echo(_ context: CommandContext) -> Exit {
        var words = Array(context.words.dropFirst())
        var endsLine = true
        var expands = context.flavor == .dashBuiltin
        if context.flavor == .dashBuiltin {
            if words.first?.bytes == Array("-n".utf8) {
                endsLine = false
                words.removeFirst()
            }
        } else {
            while let bytes = words.first?.bytes, bytes.count > 1, bytes.first == UInt8(ascii: "-"),
                bytes.dropFirst().allSatisfy({ "neE".utf8.contains($0) })
            {
                for letter in bytes.dropFirst() {
                    switch letter {
                    case UInt8(ascii: "n"): endsLine = false
                    case UInt8(ascii: "e"): expands = true
                    default: expands = false
                    }
                }
                words.removeFirst()
            }
        }
        var output = Array(words.map(\.bytes).joined(separator: [0x20]))
        if expands {
            let (bytes, stops) = EscapeSequences.expand(
                output,
                style: context.flavor == .gnu ? .echo : .argument,
                hexadecimal: context.flavor != .dashBuiltin
            )
            output = bytes
            if stops { endsLine = false }
        }
        if endsLine { output.append(0x0A) }
        context.out(output, isUnknown: words.contains(where: \.isUnknown))
        return .code(0)
    }

    // MARK: printf

    private static func printf(_ context: CommandContext) -> Exit {
        var words = Array(context.words.dropFirst())
        var variable: String?
        if let first = words.first?.bytes, first.count > 1, first[0] == UInt8(ascii: "-"), first != Array("--".utf8),
            context.isBuiltin, context.flavor == .dashBuiltin
        {
            context.warn("Illegal option \(words[0].string.prefix(2))")
            return .code(2)
        }
        if words.first?.bytes == Array("-v".utf8), words.count > 1, context.execution.dialect == .bash {
            variable = words[1].string
            words.removeFirst(2)
        }
        if words.first?.bytes == Array("--".utf8) { words.removeFirst() }
        guard let format = words.first else {
            if context.isBuiltin, context.flavor == .dashBuiltin {
                context.execution.shellError("printf: usage: printf format [arg ...]")
            } else {
                context.err("printf: usage: printf [-v var] format [arguments]\n")
            }
            return .code(2)
        }
        let arguments = Array(words.dropFirst())
        var printer = FormatPrinter(
            format: format.bytes,
            arguments: arguments.map(\.bytes),
            isBash: context.flavor != .dashBuiltin
        )
        let isDone = printer.run(limit: min(context.execution.world.limits.entryBytes, 16 << 20))
        for message in printer.messages { context.warn(message) }
        let isUnknown = words.contains(where: \.isUnknown) || printer.usesUnknown
        if printer.usesUnknown { context.execution.world.note("printf of a number like this is not followed", .output) }
        if let variable {
            context.execution.set(variable, Text(printer.output, isUnknown: isUnknown))
        } else {
            context.out(printer.output, isUnknown: isUnknown)
        }
        return .code(isDone ? 0 : printer.isMalformed && context.flavor == .dashBuiltin ? 2 : 1)
    }

    // MARK: Others

    /// Endless in a real shell; here as much as any reader of a build could want.
    private static func yes(_ context: CommandContext) -> Exit {
        let line = (context.arguments.isEmpty ? "y" : context.arguments.joined(separator: " ")) + "\n"
        let bytes = Array(line.utf8)
        var output: [UInt8] = []
        let count = max(1, 8_192 / bytes.count)
        for _ in 0..<count { output += bytes }
        context.out(output)
        return .code(0)
    }

    private static func seq(_ context: CommandContext) -> Exit {
        var words = context.arguments
        var separator = "\n"
        var pads = false
        while let first = words.first, first.hasPrefix("-"), Int(first) == nil {
            words.removeFirst()
            if first == "-s", !words.isEmpty {
                separator = words.removeFirst()
            } else if first == "-w" {
                pads = true
            } else {
                return context.unknown("seq \(first) is not followed", .output)
            }
        }
        let numbers = words.map { Int($0) }
        guard !numbers.isEmpty, numbers.count <= 3 else { return FolderCommands.missingOperand(context) }
        guard !numbers.contains(nil) else {
            if words.contains(where: { Double($0) != nil && Int($0) == nil }) {
                return context.unknown("seq with fractions is not followed", .output)
            }
            return context.fail("invalid floating point argument: '\(words.first { Int($0) == nil } ?? "")'")
        }
        let values = numbers.compactMap { $0 }
        let first = values.count > 1 ? values[0] : 1
        let step = values.count == 3 ? values[1] : 1
        let last = values[values.count - 1]
        guard step != 0 else { return context.fail("invalid Zero increment value: '0'") }
        var output: [String] = []
        let width = pads ? max(String(first).utf8.count, String(last).utf8.count) : 0
        var value = first
        while step > 0 ? value <= last : value >= last {
            guard output.count < 1_000_000, context.execution.world.charge(output.count % 64 == 0 ? 1 : 0) else {
                break
            }
            var text = String(value)
            while text.utf8.count < width { text = "0" + text }
            output.append(text)
            let (next, overflow) = value.addingReportingOverflow(step)
            if overflow { break }
            value = next
        }
        if !output.isEmpty { context.out(output.joined(separator: separator) + "\n") }
        return .code(0)
    }

    static func lastComponent(_ text: String) -> String {
        var view = text[...]
        while view.utf8.count > 1, view.hasSuffix("/") { view = view.dropLast() }
        if view == "/" { return "/" }
        return view.split(separator: "/").last.map(String.init) ?? ""
    }

    private static func basename(_ context: CommandContext) -> Exit {
        guard let options = context.options("a,multiple s,suffix= z,zero", stopsAtOperand: true) else {
            return .code(1)
        }
        guard let first = options.operands.first else { return FolderCommands.missingOperand(context) }
        let isMany = options.has("a") || options.has("s")
        if !isMany, options.operands.count > 2 {
            return context.fail("extra operand '\(options.operands[2])'\nTry 'basename --help' for more information.")
        }
        let suffix = options.value("s") ?? (isMany || options.operands.count < 2 ? "" : options.operands[1])
        for text in isMany ? options.operands : [first] {
            var name = lastComponent(text)
            if !suffix.isEmpty, name.hasSuffix(suffix), name != suffix { name = String(name.dropLast(suffix.count)) }
            context.out(name + "\n")
        }
        return .code(0)
    }

    private static func dirname(_ context: CommandContext) -> Exit {
        guard let options = context.options("z,zero", stopsAtOperand: true) else { return .code(1) }
        guard !options.operands.isEmpty else { return FolderCommands.missingOperand(context) }
        for text in options.operands {
            var view = text[...]
            while view.utf8.count > 1, view.hasSuffix("/") { view = view.dropLast() }
            if let slash = view.lastIndex(of: "/") {
                view = view[..<slash]
                while view.hasSuffix("/") { view = view.dropLast() }
                context.out((view.isEmpty ? "/" : String(view)) + "\n")
            } else {
                context.out(".\n")
            }
        }
        return .code(0)
    }

    private static func expr(_ context: CommandContext) -> Exit {
        var reader = ExpressionReader(words: context.arguments)
        guard let result = reader.read() else {
            if reader.isUnknown { return context.unknown("this use of expr is not followed", .output) }
            context.err("expr: \(reader.message)\n")
            return .code(2)
        }
        context.out(result + "\n")
        return .code(result.isEmpty || result == "0" ? 1 : 0)
    }
}

/// The expressions of `expr`.
private struct ExpressionReader {
    let words: [String]
    var position = 0
    var message = "syntax error"
    var isUnknown = false

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
