// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, xargs; GNU findutils 4.9.

import Diagnostics
import ShellMachine
import ShellSyntax

/// `xargs`: runs a program with the words that it reads.
enum Xargs: CommandModel {
    static let names = ["xargs"]
    static let scope = Unknown.Scope.filesystem
    static let null = CommandOption.flag("0", "null")
    static let noRunIfEmpty = CommandOption.flag("r", "no-run-if-empty")
    static let count = CommandOption.value("n", "max-args", is: .number)
    static let mark = CommandOption.value("I")
    static let lines = CommandOption.value("L", is: .number)
    static let delimiter = CommandOption.value("d", "delimiter")
    /// Those that are not followed.
    static let others: [CommandOption] = [.value("a", "arg-file", is: .path), .flag("p"), .value("s", is: .number)]
    static let options: OptionTable? = OptionTable(
        [
            null, noRunIfEmpty, count, mark, .optionalValue("i").unfollowed, lines,
            .value("P", "max-procs", is: .number),
            .flag("t", "verbose"), delimiter, .flag("x"),
        ] + others,
        stopsAtOperand: true
    )

    static func refuse(_ problem: ParsedOptions.Problem, _ call: inout Invocation) -> Outcome {
        call.fail(problem.gnuMessage, reason: problem.reason(call))
    }

    static func run(_ call: inout Invocation) -> Outcome {
        if others.contains(where: { call.has($0) }) {
            return call.unknown("this use of xargs is not followed", .filesystem)
        }
        let input = call.world.readInput()
        guard !input.isUnknown else { return call.unknown("what xargs reads is not known", .filesystem) }
        let items = items(input.bytes, call)
        var command = call.operands.map { Text($0) }
        if command.isEmpty { command = [Text("echo")] }
        var outcomes: [Outcome] = []
        if let mark = call.value(mark) {
            let pattern = Array(mark.utf8)
            for item in items {
                guard call.world.charge() else { return .unknown }
                outcomes.append(call.launch(command.map { Text(replace(pattern, with: item, in: $0.bytes)) }))
            }
            return outcome(outcomes)
        }
        // A line counts as one for -L, however many words it has.
        let countsLines = call.has(lines) && !call.has(count) && !call.has(null) && !call.has(delimiter)
        let pieces =
            countsLines ? TextInput.lines(input.bytes).map(quotedWords).filter { !$0.isEmpty } : items.map { [$0] }
        let size = (call.value(count) ?? call.value(lines)).flatMap { Int($0) } ?? max(1, pieces.count)
        guard size > 0 else { return call.fail("value 0 for -n option should be >= 1") }
        if pieces.isEmpty, !call.has(noRunIfEmpty) { outcomes.append(call.launch(command)) }
        for start in stride(from: 0, to: pieces.count, by: size) {
            guard call.world.charge() else { return .unknown }
            let end = start + min(size, pieces.count - start)
            outcomes.append(call.launch(command + pieces[start..<end].joined().map { Text($0) }))
        }
        return outcome(outcomes)
    }

    private static func outcome(_ outcomes: [Outcome]) -> Outcome {
        if outcomes.contains(where: { $0.exit == .unknown }) { return .unknown }
        let failed = outcomes.filter { $0.exit != .code(0) }
        let reason = failed.last?.reason
        let codes = failed.compactMap(\.exit.code)
        if let code = codes.first(where: { $0 == 127 || $0 == 126 }) { return .code(code, reason: reason) }
        return .code(codes.isEmpty ? 0 : 123, reason: reason)
    }

    // MARK: Words

    private static func items(_ bytes: [UInt8], _ call: Invocation) -> [[UInt8]] {
        if call.has(null) { return bytes.split(separator: 0).map(Array.init) }
        if let delimiter = call.value(delimiter) {
            let byte = EscapeSequences.expand(Array(delimiter.utf8), style: .format).bytes.first ?? 0x0A
            return bytes.split(separator: byte).map(Array.init)
        }
        guard call.has(mark) else { return quotedWords(bytes) }
        return TextInput.lines(bytes).map { Array($0.drop { $0 == 0x20 || $0 == 0x09 }) }.filter { !$0.isEmpty }
    }

    private static func replace(_ pattern: [UInt8], with item: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        guard !pattern.isEmpty else { return bytes }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index...].starts(with: pattern) {
                result += item
                index += pattern.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    /// Words as xargs reads them: blanks divide, quotes and backslashes keep together.
    private static func quotedWords(_ bytes: [UInt8]) -> [[UInt8]] {
        var result: [[UInt8]] = []
        var current: [UInt8]?
        var quote: UInt8?
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if let open = quote {
                if byte == open { quote = nil } else { current?.append(byte) }
                continue
            }
            switch byte {
            case 0x20, 0x09, 0x0A:
                if let word = current { result.append(word) }
                current = nil
            case 0x22, 0x27:
                quote = byte
                current = current ?? []
            case 0x5C where index < bytes.count:
                current = (current ?? []) + [bytes[index]]
                index += 1
            default:
                if current == nil { current = [] }
                current?.append(byte)
            }
        }
        if let word = current { result.append(word) }
        return result
    }
}
