// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, sed; GNU sed 4.9 for `-i`, `-E`, `I` and one-line `a`, `i`, `c`.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// `sed`, as far as builds use it: addresses, `s y d p q = a i c`; anything else makes its output unknown.
enum StreamEditor: CommandFamily {
    static let models: [String: LegacyModel] = ["sed": LegacyModel(.files, sed)]

    private enum Address {
        case line(Int)
        case last
        case pattern(RegularExpression)
    }

    private struct Command {
        var first: Address?
        var second: Address?
        var isNegated = false
        var letter: UInt8 = 0
        var expression: RegularExpression?
        var replacement: [UInt8] = []
        var isGlobal = false
        var prints = false
        var number = 1
        var text: [UInt8] = []
        var map: [UInt8: UInt8] = [:]
        var isActive = false
        var endLine = 0
    }

    private static func sed(_ context: CommandContext) -> Exit {
        let options = CommandOptions(
            context.arguments,
            "n,quiet,silent e,expression= f,file= i,in-place=? E,r,regexp-extended s,separate u z,null-data l= posix debug"
        )
        if let problem = options.problem {
            context.err("sed: \(problem.gnu)\n")
            return .code(1)
        }
        var operands = options.operands
        var script = options.values("e").joined(separator: "\n")
        if !options.has("e"), !options.has("f") {
            guard !operands.isEmpty else {
                context.err("Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n")
                return .code(1)
            }
            script = operands.removeFirst()
        }
        let inPlace = options.has("i")
        let execution = context.execution
        func giveUp(_ why: String) -> Exit {
            guard inPlace else {
                _ = context.readInput()
                return context.unknown("sed: \(why)", .output)
            }
            for file in operands {
                guard let (path, node) = try? execution.world.resolve(file), node != nil else { continue }
                let unknown = Unknown(
                    reason: "sed changed this file in a way that is not followed",
                    scope: Unknown.Scope(ofFileAt: path)
                )
                execution.world.note("sed -i changes \(path): \(why)", unknown.scope)
                execution.world.tree.update(at: execution.world.writablePlace(path)) {
                    if !$0.isDirectory { $0.kind = .file(.unknown(unknown)) }
                }
            }
            return .code(0)
        }
        if options.has("f") || options.has("z") || options.has("s") { return giveUp("this use is not followed") }
        guard let commands = parse(Array(script.utf8), isExtended: options.has("E")) else {
            return giveUp("its script is not followed")
        }
        if inPlace {
            var exit = 0
            for file in operands {
                do throws(FileError) {
                    let text = try execution.world.readFile(file)
                    let (path, _) = try execution.world.resolve(file)
                    try execution.world.checkWritable(folder: path.parent)
                    if text.isUnknown {
                        let unknown = Unknown(
                            reason: "sed changed a file that is not known",
                            scope: Unknown.Scope(ofFileAt: path)
                        )
                        execution.world.note("sed -i changes \(path), which is not known", unknown.scope)
                        execution.world.tree.update(at: path) { $0.kind = .file(.unknown(unknown)) }
                        continue
                    }
                    guard let (output, _) = run(commands, text.bytes, isQuiet: options.has("n"), execution) else {
                        return giveUp("its pattern takes too long")
                    }
                    if let suffix = options.value("i"), !suffix.isEmpty, let node = execution.world.tree.node(at: path)
                    {
                        let name = path.name.map { String(decoding: $0, as: UTF8.self) } ?? ""
                        let backup =
                            suffix.contains("*")
                            ? suffix.split(separator: "*", omittingEmptySubsequences: false)
                                .joined(separator: name) : name + suffix
                        execution.world.put(node, at: ImagePath(backup, relativeTo: path.parent))
                    }
                    let time = context.now
                    execution.world.tree.update(at: execution.world.writablePlace(path)) {
                        $0.kind = .file(.bytes(output))
                        $0.modificationTime = time
                        $0.layerIndex = nil
                    }
                } catch {
                    context.warn(
                        error == .missing
                            ? "can't read \(file): \(error.message)" : "couldn't open temporary file: \(error.message)"
                    )
                    exit = error == .missing ? 2 : 4
                }
            }
            return .code(exit)
        }
        var exit = 0
        var bytes: [UInt8] = []
        var isUnknown = false
        for file in operands.isEmpty ? ["-"] : operands {
            do throws(FileError) {
                let text = file == "-" ? context.readInput() : try execution.world.readFile(file)
                bytes += text.bytes
                if text.isUnknown { isUnknown = true }
            } catch {
                context.warn("can't read \(file): \(error.message)")
                exit = 2
            }
        }
        guard !isUnknown else {
            context.out([], isUnknown: true)
            return .code(exit)
        }
        guard let (output, code) = run(commands, bytes, isQuiet: options.has("n"), execution) else {
            return giveUp("its pattern takes too long")
        }
        context.out(output)
        return .code(code != 0 ? code : exit)
    }

    // MARK: Reading

    private static func parse(_ source: [UInt8], isExtended: Bool) -> [Command]? {
        var commands: [Command] = []
        var index = 0
        func skip() { while index < source.count, [0x20, 0x09].contains(source[index]) { index += 1 } }
        func delimited(_ mark: UInt8) -> [UInt8]? {
            var result: [UInt8] = []
            var isInSet = false
            while index < source.count {
                let byte = source[index]
                if byte == 0x5C, index + 1 < source.count {
                    if source[index + 1] == mark, mark != UInt8(ascii: "|") || true {
                        result.append(mark)
                        if ".*[]^$+?(){}|".utf8.contains(mark) { result.insert(0x5C, at: result.count - 1) }
                    } else {
                        result += [byte, source[index + 1]]
                    }
                    index += 2
                    continue
                }
                if byte == UInt8(ascii: "["), !isInSet {
                    isInSet = true
                } else if byte == UInt8(ascii: "]") {
                    isInSet = false
                }
                if byte == mark { return result }
                if byte == 0x0A { return nil }
                result.append(byte)
                index += 1
            }
            return nil
        }
        func address() -> Address?? {
            guard index < source.count else { return .some(nil) }
            let byte = source[index]
            if ShellParser.isDigit(byte) {
                var value = 0
                while index < source.count, ShellParser.isDigit(source[index]) {
                    value = min(1 << 40, value * 10 + Int(source[index] - 0x30))
                    index += 1
                }
                return .some(.line(value))
            }
            if byte == UInt8(ascii: "$") {
                index += 1
                return .some(.last)
            }
            guard byte == 0x2F || byte == 0x5C else { return .some(nil) }
            var mark: UInt8 = 0x2F
            if byte == 0x5C {
                index += 1
                guard index < source.count else { return nil }
                mark = source[index]
            }
            index += 1
            guard let text = delimited(mark), !text.isEmpty else { return nil }
            index += 1
            var ignores = false
            if index < source.count, source[index] == UInt8(ascii: "I") {
                ignores = true
                index += 1
            }
            guard let expression = RegularExpression(text, isExtended: isExtended, ignoresCase: ignores) else {
                return nil
            }
            return .some(.pattern(expression))
        }
        while index < source.count {
            while index < source.count, [0x20, 0x09, 0x0A, UInt8(ascii: ";")].contains(source[index]) { index += 1 }
            guard index < source.count else { break }
            if source[index] == UInt8(ascii: "#") {
                while index < source.count, source[index] != 0x0A { index += 1 }
                continue
            }
            var command = Command()
            guard let first = address() else { return nil }
            command.first = first
            skip()
            if first != nil, index < source.count, source[index] == UInt8(ascii: ",") {
                index += 1
                skip()
                guard let second = address(), let second else { return nil }
                command.second = second
                skip()
            }
            while index < source.count, source[index] == UInt8(ascii: "!") {
                command.isNegated = true
                index += 1
                skip()
            }
            guard index < source.count else { return nil }
            command.letter = source[index]
            index += 1
            switch command.letter {
            case UInt8(ascii: "d"), UInt8(ascii: "p"), UInt8(ascii: "="), UInt8(ascii: "q"): break
            case UInt8(ascii: "s"):
                guard index < source.count else { return nil }
                let mark = source[index]
                guard mark != 0x0A, mark != 0x5C else { return nil }
                index += 1
                guard let pattern = delimited(mark), !pattern.isEmpty else { return nil }
                index += 1
                guard let replacement = replacementText(source, &index, mark) else { return nil }
                command.replacement = replacement
                var ignores = false
                flags: while index < source.count {
                    switch source[index] {
                    case UInt8(ascii: "g"): command.isGlobal = true
                    case UInt8(ascii: "p"): command.prints = true
                    case UInt8(ascii: "I"), UInt8(ascii: "i"): ignores = true
                    case 0x31...0x39: command.number = Int(source[index] - 0x30)
                    case UInt8(ascii: ";"), 0x0A, 0x20, UInt8(ascii: "}"): break flags
                    default: return nil
                    }
                    index += 1
                }
                guard let expression = RegularExpression(pattern, isExtended: isExtended, ignoresCase: ignores) else {
                    return nil
                }
                command.expression = expression
            case UInt8(ascii: "y"):
                guard index < source.count else { return nil }
                let mark = source[index]
                index += 1
                guard let from = delimited(mark) else { return nil }
                index += 1
                guard let to = delimited(mark), from.count == to.count else { return nil }
                index += 1
                for (one, other) in zip(from, to) { command.map[one] = other }
            case UInt8(ascii: "a"), UInt8(ascii: "i"), UInt8(ascii: "c"):
                skip()
                if index < source.count, source[index] == 0x5C {
                    index += 1
                    if index < source.count, source[index] == 0x0A { index += 1 } else { skip() }
                }
                var text: [UInt8] = []
                while index < source.count, source[index] != 0x0A {
                    if source[index] == 0x5C, index + 1 < source.count {
                        index += 1
                    }
                    text.append(source[index])
                    index += 1
                }
                command.text = text
            default: return nil
            }
            skip()
            if index < source.count, ![UInt8(ascii: ";"), 0x0A].contains(source[index]) { return nil }
            commands.append(command)
        }
        return commands
    }

    /// The replacement as written, up to its delimiter.
    private static func replacementText(_ source: [UInt8], _ index: inout Int, _ mark: UInt8) -> [UInt8]? {
        var result: [UInt8] = []
        while index < source.count {
            let byte = source[index]
            if byte == 0x5C, index + 1 < source.count {
                let next = source[index + 1]
                // A delimiter behind a backslash is itself; `&` stays escaped.
                if next == mark, next != UInt8(ascii: "&") { result.append(next) } else { result += [byte, next] }
                index += 2
                continue
            }
            if byte == mark {
                index += 1
                return result
            }
            result.append(byte)
            index += 1
        }
        return nil
    }

    // MARK: Running

    private static func run(
        _ original: [Command],
        _ bytes: [UInt8],
        isQuiet: Bool,
        _ execution: Execution
    ) -> (output: [UInt8], code: Int)? {
        var commands = original
        let lines = ReadingCommands.lines(bytes)
        let endsWithLine = bytes.last == 0x0A
        var output: [UInt8] = []
        for (place, line) in lines.enumerated() {
            guard execution.world.charge(1) else { return nil }
            let number = place + 1
            let isLast = number == lines.count
            var space = line
            var isDeleted = false
            var behind: [[UInt8]] = []
            var quits = false
            func matches(_ address: Address) -> Bool? {
                switch address {
                case .line(let wanted): return wanted == number
                case .last: return isLast
                case .pattern(let expression):
                    let found = expression.firstMatch(in: space) != nil
                    return expression.gaveUp ? nil : found
                }
            }
            loop: for index in commands.indices {
                var isChosen: Bool
                if let first = commands[index].first {
                    if let second = commands[index].second {
                        if commands[index].isActive {
                            isChosen = true
                            if case .line(let end) = second {
                                if number >= end { commands[index].isActive = false }
                                if number > end { isChosen = false }
                            } else {
                                guard let ends = matches(second) else { return nil }
                                if ends { commands[index].isActive = false }
                            }
                        } else {
                            guard let starts = matches(first) else { return nil }
                            isChosen = starts
                            if starts {
                                commands[index].isActive = true
                                if case .line(let end) = second, end <= number { commands[index].isActive = false }
                                if case .last = second, isLast { commands[index].isActive = false }
                            }
                        }
                    } else {
                        guard let found = matches(first) else { return nil }
                        isChosen = found
                    }
                } else {
                    isChosen = true
                }
                let command = commands[index]
                guard isChosen != command.isNegated else { continue }
                switch command.letter {
                case UInt8(ascii: "d"):
                    isDeleted = true
                    break loop
                case UInt8(ascii: "p"): output += space + [0x0A]
                case UInt8(ascii: "="): output += Array("\(number)\n".utf8)
                case UInt8(ascii: "q"):
                    quits = true
                    break loop
                case UInt8(ascii: "y"): space = space.map { command.map[$0] ?? $0 }
                case UInt8(ascii: "a"): behind.append(command.text)
                case UInt8(ascii: "i"): output += command.text + [0x0A]
                case UInt8(ascii: "c"):
                    if command.second == nil || !command.isActive { output += command.text + [0x0A] }
                    isDeleted = true
                    break loop
                default:
                    guard let expression = command.expression,
                        let (changed, count) = substitute(expression, command, space)
                    else { return nil }
                    space = changed
                    if command.prints, count > 0 { output += space + [0x0A] }
                }
            }
            if !isDeleted, !isQuiet {
                output += space
                if !isLast || endsWithLine || !behind.isEmpty { output.append(0x0A) }
            }
            for text in behind { output += text + [0x0A] }
            if quits { break }
        }
        return (output, 0)
    }

    private static func substitute(
        _ expression: RegularExpression,
        _ command: Command,
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
            if match.range.isEmpty, match.range.lowerBound == copied, found > 0, replaced > 0,
                match.range.lowerBound == start, start > 0,
                copied == start, line.count > 0, result.count > 0, start != 0, lastWasNonEmpty(result, replaced)
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

    private static func lastWasNonEmpty(_ result: [UInt8], _ replaced: Int) -> Bool { replaced > 0 }

    private static func filled(_ replacement: [UInt8], _ line: [UInt8], _ match: RegularExpression.Match) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < replacement.count {
            let byte = replacement[index]
            if byte == UInt8(ascii: "&") {
                result += line[match.range]
            } else if byte == 0x5C, index + 1 < replacement.count {
                index += 1
                let next = replacement[index]
                switch next {
                case 0x30...0x39:
                    let number = Int(next - 0x30)
                    if number < match.groups.count, let range = match.groups[number] { result += line[range] }
                case UInt8(ascii: "n"): result.append(0x0A)
                case UInt8(ascii: "t"): result.append(0x09)
                default: result.append(next)
                }
            } else {
                result.append(byte)
            }
            index += 1
        }
        return result
    }
}
