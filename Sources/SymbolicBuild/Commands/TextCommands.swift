// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017: cut, tr, uniq. Bytes, as in the POSIX locale.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// Filters of text.
enum TextCommands: CommandFamily {
    static let models: [String: LegacyModel] = [
        "cut": LegacyModel(.output, cut),
        "tr": LegacyModel(.output, tr),
        "uniq": LegacyModel(.files, uniq),
    ]

    private static func cut(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "b,bytes= c,characters= d,delimiter= f,fields= n s,only-delimited complement output-delimiter= z,zero-terminated"
            )
        else { return .code(1) }
        guard let list = options.value("f") ?? options.value("c") ?? options.value("b") else {
            return context.fail(
                "you must specify a list of bytes, characters, or fields\nTry 'cut --help' for more information."
            )
        }
        var ranges: [ClosedRange<Int>] = []
        for part in list.split(whereSeparator: { $0 == "," || $0 == " " }) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
            guard ends.count <= 2, let low = ends[0].isEmpty ? 1 : Int(ends[0]),
                let high = ends.count == 1 ? low : ends[1].isEmpty ? Int.max : Int(ends[1]), low > 0, low <= high
            else { return context.fail("invalid field value '\(part)'") }
            ranges.append(low...high)
        }
        func isChosen(_ number: Int) -> Bool { ranges.contains { $0.contains(number) } != options.has("complement") }
        let delimiter = options.value("d")?.utf8.first ?? 0x09
        let joiner = options.value("output-delimiter").map { Array($0.utf8) } ?? [delimiter]
        let (texts, exit) = ReadingCommands.input(context, options.operands)
        for (_, text) in texts {
            for line in ReadingCommands.lines(text.bytes) {
                if options.has("f") {
                    guard line.contains(delimiter) else {
                        if !options.has("s") { context.out(line + [0x0A], isUnknown: text.isUnknown) }
                        continue
                    }
                    let fields = line.split(separator: delimiter, omittingEmptySubsequences: false)
                    let kept = fields.enumerated().filter { isChosen($0.offset + 1) }.map(\.element)
                    context.out(Array(kept.joined(separator: joiner)) + [0x0A], isUnknown: text.isUnknown)
                } else {
                    let kept = line.enumerated().filter { isChosen($0.offset + 1) }.map(\.element)
                    context.out(kept + [0x0A], isUnknown: text.isUnknown)
                }
            }
            if text.isUnknown { context.out([], isUnknown: true) }
        }
        return .code(exit)
    }

    /// The bytes of a set of `tr`; nil for what is not understood.
    private static func set(_ text: String) -> [UInt8]? {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        func next() -> UInt8 {
            if bytes[index] == 0x5C, index + 1 < bytes.count {
                let (after, value, _) = EscapeSequences.one(bytes, index, style: .format, hexadecimal: false)
                index = after
                return value.count == 1 ? value[0] : value.last ?? 0x5C
            }
            index += 1
            return bytes[index - 1]
        }
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "["), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: ":"),
                let end = bytes[(index + 2)...].firstIndex(of: UInt8(ascii: ":")), end + 1 < bytes.count,
                bytes[end + 1] == UInt8(ascii: "]")
            {
                let ranges = CharacterClass.ranges(named: String(decoding: bytes[(index + 2)..<end], as: UTF8.self))
                for range in ranges { result += Array(range) }
                index = end + 2
                continue
            }
            if bytes[index] == UInt8(ascii: "["), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "=") {
                return nil
            }
            let low = next()
            if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "-") {
                index += 1
                let high = next()
                guard low <= high else { return nil }
                result += Array(low...high)
            } else {
                result.append(low)
            }
        }
        return result
    }

    private static func tr(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "c,C,complement d,delete s,squeeze-repeats t,truncate-set1",
                stopsAtOperand: true
            )
        else {
            return .code(1)
        }
        guard let first = options.operands.first else { return FolderCommands.missingOperand(context) }
        guard var from = set(first), var to = set(options.operands.count > 1 ? options.operands[1] : "") else {
            return context.unknown("the sets of tr are not followed", .output)
        }
        if options.operands.count < 2, !options.has("d"), !options.has("s") {
            return context.fail("missing operand after '\(first)'\nTry 'tr --help' for more information.")
        }
        if options.has("c") {
            let own = Set(from)
            from = (0...255).map { UInt8($0) }.filter { !own.contains($0) }
        }
        let text = context.readInput()
        var table = (0...255).map { UInt8($0) }
        var removed = Set<UInt8>()
        var squeezed = Set<UInt8>()
        if options.has("d") {
            removed = Set(from)
            if options.has("s") { squeezed = Set(to) }
        } else if !to.isEmpty {
            if options.has("t") { from = Array(from.prefix(to.count)) }
            while to.count < from.count, let last = to.last { to.append(last) }
            for (one, other) in zip(from, to) { table[Int(one)] = other }
            if options.has("s") { squeezed = Set(to) }
        } else {
            squeezed = Set(from)
        }
        var output: [UInt8] = []
        output.reserveCapacity(text.bytes.count)
        for byte in text.bytes where !removed.contains(byte) {
            let mapped = table[Int(byte)]
            if squeezed.contains(mapped), output.last == mapped { continue }
            output.append(mapped)
        }
        context.out(output, isUnknown: text.isUnknown)
        return .code(0)
    }

    private static func uniq(_ context: CommandContext) -> Exit {
        guard let options = context.options("c,count d,repeated u,unique i,ignore-case f= s= w= D z") else {
            return .code(1)
        }
        for key in ["f", "s", "w", "D", "z"] where options.has(key) {
            return context.unknown("uniq -\(key) is not followed", .output)
        }
        let (texts, exit) = ReadingCommands.input(context, Array(options.operands.prefix(1)))
        var place: ImagePath?
        if options.operands.count > 1, options.operands[1] != "-" {
            do throws(FileError) {
                place = try context.execution.world.openFile(options.operands[1], truncates: true)
            } catch {
                return context.fail("\(options.operands[1]): \(error.message)")
            }
        }
        func put(_ bytes: [UInt8], isUnknown: Bool) {
            if let place {
                context.execution.world.append(bytes, isUnknown: isUnknown, to: place)
            } else {
                context.out(bytes, isUnknown: isUnknown)
            }
        }
        for (_, text) in texts {
            var groups: [(line: [UInt8], count: Int)] = []
            for line in ReadingCommands.lines(text.bytes) {
                if let last = groups.last,
                    last.line == line
                        || (options.has("i")
                            && last.line.map { Execution.changedCase($0, upper: true) }
                                == line.map { Execution.changedCase($0, upper: true) })
                {
                    groups[groups.count - 1].count += 1
                } else {
                    groups.append((line, 1))
                }
            }
            for (line, count) in groups {
                if options.has("d"), count < 2 { continue }
                if options.has("u"), count > 1 { continue }
                let digits = String(count)
                let prefix =
                    options.has("c") ? String(repeating: " ", count: max(0, 7 - digits.utf8.count)) + digits + " " : ""
                put(Array(prefix.utf8) + line + [0x0A], isUnknown: text.isUnknown)
            }
            if text.isUnknown { put([], isUnknown: true) }
        }
        return .code(exit)
    }
}
