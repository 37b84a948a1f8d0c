// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, sed; GNU sed 4.9 for `-i`, `-E`, `I` and one-line `a`, `i`, `c`.

import ShellMachine
import ShellSyntax

/// Reads a script of `sed`.
struct SedParser {
    private let source: [UInt8]
    private let isExtended: Bool
    private var index = 0

    private init(_ source: [UInt8], isExtended: Bool) {
        self.source = source
        self.isExtended = isExtended
    }

    /// The commands of a script; nil for what is not understood.
    static func parse(_ source: [UInt8], isExtended: Bool) -> [SedCommand]? {
        var parser = SedParser(source, isExtended: isExtended)
        var commands: [SedCommand] = []
        while parser.skipToCommand() {
            guard let command = parser.command() else { return nil }
            commands.append(command)
        }
        return commands
    }

    private var byte: UInt8? { index < source.count ? source[index] : nil }

    private mutating func skip() { while byte == 0x20 || byte == 0x09 { index += 1 } }

    /// Passes over what stands between commands; false at the end.
    private mutating func skipToCommand() -> Bool {
        while let byte {
            if byte == UInt8(ascii: "#") {
                while let byte = self.byte, byte != 0x0A { index += 1 }
            } else if [0x20, 0x09, 0x0A, UInt8(ascii: ";")].contains(byte) {
                index += 1
            } else {
                return true
            }
        }
        return false
    }

    private mutating func command() -> SedCommand? {
        var command = SedCommand()
        guard let first = address() else { return nil }
        command.first = first
        skip()
        if first != nil, byte == UInt8(ascii: ",") {
            index += 1
            skip()
            guard let second = address(), let second else { return nil }
            command.second = second
            skip()
        }
        while byte == UInt8(ascii: "!") {
            command.isNegated = true
            index += 1
            skip()
        }
        guard let letter = byte else { return nil }
        command.letter = letter
        index += 1
        guard readRest(&command) else { return nil }
        skip()
        if let byte, byte != UInt8(ascii: ";"), byte != 0x0A { return nil }
        return command
    }

    /// Reads what stands behind a command's letter; false for what is not understood.
    private mutating func readRest(_ command: inout SedCommand) -> Bool {
        switch command.letter {
        case UInt8(ascii: "d"), UInt8(ascii: "p"), UInt8(ascii: "="), UInt8(ascii: "q"): return true
        case UInt8(ascii: "s"): return readSubstitution(&command)
        case UInt8(ascii: "y"): return readMap(&command)
        case UInt8(ascii: "a"), UInt8(ascii: "i"), UInt8(ascii: "c"):
            command.text = text()
            return true
        default: return false
        }
    }

    // MARK: Addresses

    /// An address; `.some(nil)` where there is none, nil where it is wrong.
    private mutating func address() -> SedCommand.Address?? {
        guard let byte else { return .some(nil) }
        if ShellParser.isDigit(byte) {
            var value = 0
            while let byte = self.byte, ShellParser.isDigit(byte) {
                value = min(1 << 40, value * 10 + Int(byte - 0x30))
                index += 1
            }
            return .some(.line(value))
        }
        if byte == UInt8(ascii: "$") {
            index += 1
            return .some(.last)
        }
        guard byte == 0x2F || byte == 0x5C else { return .some(nil) }
        if byte == 0x5C { index += 1 }
        guard let mark = self.byte else { return nil }
        index += 1
        guard let text = delimited(mark), !text.isEmpty else { return nil }
        index += 1
        var ignoresCase = false
        if self.byte == UInt8(ascii: "I") {
            ignoresCase = true
            index += 1
        }
        guard let expression = RegularExpression(text, isExtended: isExtended, ignoresCase: ignoresCase) else {
            return nil
        }
        return .some(.pattern(expression))
    }

    /// The text up to a mark, which stays; nil where the line ends first.
    private mutating func delimited(_ mark: UInt8) -> [UInt8]? {
        var result: [UInt8] = []
        while let byte {
            if byte == 0x5C, index + 1 < source.count {
                let next = source[index + 1]
                if next != mark || ".*[]^$+?(){}|".utf8.contains(mark) { result.append(byte) }
                result.append(next)
                index += 2
                continue
            }
            if byte == mark { return result }
            if byte == 0x0A { return nil }
            result.append(byte)
            index += 1
        }
        return nil
    }

    // MARK: Commands

    private mutating func readSubstitution(_ command: inout SedCommand) -> Bool {
        guard let mark = byte, mark != 0x0A, mark != 0x5C else { return false }
        index += 1
        guard let pattern = delimited(mark), !pattern.isEmpty else { return false }
        index += 1
        guard let replacement = replacement(mark) else { return false }
        command.replacement = replacement
        var ignoresCase = false
        flags: while let byte {
            switch byte {
            case UInt8(ascii: "g"): command.isGlobal = true
            case UInt8(ascii: "p"): command.prints = true
            case UInt8(ascii: "I"), UInt8(ascii: "i"): ignoresCase = true
            case 0x31...0x39: command.number = Int(byte - 0x30)
            case UInt8(ascii: ";"), 0x0A, 0x20, UInt8(ascii: "}"): break flags
            default: return false
            }
            index += 1
        }
        command.expression = RegularExpression(pattern, isExtended: isExtended, ignoresCase: ignoresCase)
        return command.expression != nil
    }

    /// The replacement as written, up to its delimiter.
    private mutating func replacement(_ mark: UInt8) -> [UInt8]? {
        var result: [UInt8] = []
        while let byte {
            if byte == 0x5C, index + 1 < source.count {
                let next = source[index + 1]
                // A delimiter behind a backslash is itself; `&` stays escaped.
                if next == mark, next != UInt8(ascii: "&") { result.append(next) } else { result += [byte, next] }
                index += 2
                continue
            }
            index += 1
            if byte == mark { return result }
            result.append(byte)
        }
        return nil
    }

    private mutating func readMap(_ command: inout SedCommand) -> Bool {
        guard let mark = byte else { return false }
        index += 1
        guard let from = delimited(mark) else { return false }
        index += 1
        guard let to = delimited(mark), from.count == to.count else { return false }
        index += 1
        for (one, other) in zip(from, to) { command.map[one] = other }
        return true
    }

    /// The text of `a`, `i` and `c`: the rest of the line.
    private mutating func text() -> [UInt8] {
        skip()
        if byte == 0x5C {
            index += 1
            if byte == 0x0A { index += 1 } else { skip() }
        }
        var text: [UInt8] = []
        while var byte = self.byte, byte != 0x0A {
            if byte == 0x5C, index + 1 < source.count {
                index += 1
                byte = source[index]
            }
            text.append(byte)
            index += 1
        }
        return text
    }
}
