// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, sed; GNU sed 4.9 for `-i`, `-E`, `I` and one-line `a`, `i`, `c`.

import ShellMachine

/// Carries the commands of a `sed` script out on the lines of a text.
struct SedRun {
    private var commands: [SedCommand]
    private let isQuiet: Bool
    private var output: [UInt8] = []
    /// The line at hand, counted from 1.
    private var number = 0
    private var isLast = false
    /// The pattern space.
    private var space: [UInt8] = []
    /// What is written behind the line.
    private var behind: [[UInt8]] = []

    /// What a command does with the rest of the script.
    private enum Flow { case next, deleted, quit }

    private init(_ commands: [SedCommand], isQuiet: Bool) {
        self.commands = commands
        self.isQuiet = isQuiet
    }

    /// What the script makes of a text; nil when it takes too long.
    static func run(
        _ commands: [SedCommand],
        _ bytes: [UInt8],
        isQuiet: Bool,
        _ call: inout Invocation
    ) -> [UInt8]? {
        var run = SedRun(commands, isQuiet: isQuiet)
        let lines = TextInput.lines(bytes)
        let endsWithLine = bytes.last == 0x0A
        for (place, line) in lines.enumerated() {
            guard call.world.charge(1) else { return nil }
            run.number = place + 1
            run.isLast = run.number == lines.count
            run.space = line
            run.behind = []
            guard let flow = run.cycle() else { return nil }
            if flow != .deleted, !isQuiet {
                run.output += run.space
                if !run.isLast || endsWithLine || !run.behind.isEmpty { run.output.append(0x0A) }
            }
            for text in run.behind { run.output += text + [0x0A] }
            if flow == .quit { break }
        }
        return run.output
    }

    private mutating func cycle() -> Flow? {
        for index in commands.indices {
            guard let isChosen = isChosen(index) else { return nil }
            guard isChosen != commands[index].isNegated else { continue }
            guard let flow = carryOut(commands[index]) else { return nil }
            if flow != .next { return flow }
        }
        return .next
    }

    // MARK: Addresses

    private func matches(_ address: SedCommand.Address) -> Bool? {
        switch address {
        case .line(let wanted): return wanted == number
        case .last: return isLast
        case .pattern(let expression):
            let found = expression.firstMatch(in: space) != nil
            return expression.gaveUp ? nil : found
        }
    }

    /// Whether a command is for the line at hand; nil where that takes too long.
    private mutating func isChosen(_ index: Int) -> Bool? {
        guard let first = commands[index].first else { return true }
        guard let second = commands[index].second else { return matches(first) }
        if commands[index].isActive {
            if case .line(let end) = second {
                if number >= end { commands[index].isActive = false }
                return number <= end
            }
            guard let ends = matches(second) else { return nil }
            if ends { commands[index].isActive = false }
            return true
        }
        guard let starts = matches(first) else { return nil }
        guard starts else { return false }
        commands[index].isActive = true
        if case .line(let end) = second, end <= number { commands[index].isActive = false }
        if case .last = second, isLast { commands[index].isActive = false }
        return true
    }

    // MARK: Commands

    private mutating func carryOut(_ command: SedCommand) -> Flow? {
        switch command.letter {
        case UInt8(ascii: "d"): return .deleted
        case UInt8(ascii: "p"): output += space + [0x0A]
        case UInt8(ascii: "="): output += Array("\(number)\n".utf8)
        case UInt8(ascii: "q"): return .quit
        case UInt8(ascii: "y"): space = space.map { command.map[$0] ?? $0 }
        case UInt8(ascii: "a"): behind.append(command.text)
        case UInt8(ascii: "i"): output += command.text + [0x0A]
        case UInt8(ascii: "c"):
            if command.second == nil || !command.isActive { output += command.text + [0x0A] }
            return .deleted
        default:
            guard let expression = command.expression,
                let (changed, count) = Self.substitute(expression, command, space)
            else { return nil }
            space = changed
            if command.prints, count > 0 { output += space + [0x0A] }
        }
        return .next
    }

    private static func substitute(
        _ expression: RegularExpression,
        _ command: SedCommand,
        _ line: [UInt8]
    ) -> (line: [UInt8], count: Int)? {
        var result: [UInt8] = []
        var start = 0
        var copied = 0
        var found = 0
        var replaced = 0
        while start <= line.count {
            let match = expression.firstMatch(in: line, from: start)
            if expression.gaveUp { return nil }
            guard let match else { break }
            // An empty match right behind another match does not count.
            if match.range.isEmpty, match.range.lowerBound == copied, replaced > 0, start > 0, copied == start,
                !line.isEmpty, !result.isEmpty
            {
                start += 1
                continue
            }
            found += 1
            if found >= command.number {
                result += line[copied..<match.range.lowerBound]
                result += filled(command.replacement, line, match)
                copied = match.range.upperBound
                replaced += 1
                if !command.isGlobal { break }
            }
            start = match.range.isEmpty ? match.range.upperBound + 1 : match.range.upperBound
        }
        if copied < line.count { result += line[copied...] }
        return (result, replaced)
    }

    /// Letters that `\U`, `\L`, `\u` and `\l` turn, GNU's own: all that follow up to `\E`, or the next one.
    private struct Turning {
        var all: UInt8?
        var next: UInt8?

        mutating func apply(_ bytes: some Sequence<UInt8>) -> [UInt8] {
            bytes.map { byte in
                defer { next = nil }
                switch (next ?? all).map({ $0 | 0x20 }) {
                case UInt8(ascii: "u") where (0x61...0x7A).contains(byte): return byte - 0x20
                case UInt8(ascii: "l") where (0x41...0x5A).contains(byte): return byte + 0x20
                default: return byte
                }
            }
        }
    }

    private static func filled(_ replacement: [UInt8], _ line: [UInt8], _ match: RegularExpression.Match) -> [UInt8] {
        var result: [UInt8] = []
        var turning = Turning()
        var index = 0
        while index < replacement.count {
            let byte = replacement[index]
            if byte == UInt8(ascii: "&") {
                result += turning.apply(line[match.range])
            } else if byte == 0x5C, index + 1 < replacement.count {
                index += 1
                let next = replacement[index]
                switch next {
                case 0x30...0x39:
                    let number = Int(next - 0x30)
                    if number < match.groups.count, let range = match.groups[number] {
                        result += turning.apply(line[range])
                    }
                case UInt8(ascii: "n"): result.append(0x0A)
                case UInt8(ascii: "t"): result.append(0x09)
                case UInt8(ascii: "U"), UInt8(ascii: "L"): turning.all = next
                case UInt8(ascii: "u"), UInt8(ascii: "l"): turning.next = next
                case UInt8(ascii: "E"): turning.all = nil
                default: result += turning.apply([next])
                }
            } else {
                result += turning.apply([byte])
            }
            index += 1
        }
        return result
    }
}
