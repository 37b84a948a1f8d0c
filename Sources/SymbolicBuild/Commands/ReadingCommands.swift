// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017 and GNU coreutils 9.1: cat, tee, head, tail, wc, tac, rev.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// Commands that hand text on.
enum ReadingCommands: CommandFamily {
    static let models: [String: CommandModel] = [
        "cat": CommandModel(.output, cat),
        "tac": CommandModel(.output) { mapped($0) { lines in Array(lines.reversed()) } },
        "rev": CommandModel(.output) { mapped($0) { lines in lines.map { Array($0.reversed()) } } },
        "tee": CommandModel(.files, tee),
        "head": CommandModel(.output, head),
        "tail": CommandModel(.output, head),
        "wc": CommandModel(.output, wc),
    ]

    /// The text of the files named, or of standard input for none and `-`; the exit code tells of files that could not be read.
    static func input(_ context: CommandContext, _ files: [String]) -> (texts: [(name: String, text: Text)], exit: Int)
    {
        var result: [(String, Text)] = []
        var exit = 0
        for file in files.isEmpty ? ["-"] : files {
            if file == "-" || file == "/dev/stdin" {
                result.append((file, context.readInput()))
                continue
            }
            if file == "/dev/null" {
                result.append((file, Text([])))
                continue
            }
            do throws(FileError) {
                result.append((file, try context.execution.readFile(file)))
            } catch {
                context.warn(context.isBusybox ? "can't open '\(file)': \(error.message)" : "\(file): \(error.message)")
                exit = 1
            }
        }
        return (result, exit)
    }

    static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        if bytes.isEmpty || bytes.last == 0x0A { lines.removeLast() }
        return lines
    }

    private static func cat(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "A,show-all b,number-nonblank e E,show-ends n,number s,squeeze-blank t T,show-tabs u v,show-nonprinting"
            )
        else { return .code(1) }
        let (texts, exit) = input(context, options.operands)
        if !options.given.isEmpty, !options.given.allSatisfy({ $0.key == "u" || $0.key == "n" }) {
            context.out([], isUnknown: true)
            return .code(exit)
        }
        var number = 0
        for (_, text) in texts {
            guard options.has("n") else {
                context.out(text.bytes, isUnknown: text.isUnknown)
                continue
            }
            for line in lines(text.bytes) {
                number += 1
                let digits = String(number)
                let padding = String(repeating: " ", count: max(0, 6 - digits.utf8.count))
                context.out(Array((padding + digits + "\t").utf8) + line + [0x0A], isUnknown: text.isUnknown)
            }
        }
        return .code(exit)
    }

    private static func mapped(_ context: CommandContext, _ change: ([[UInt8]]) -> [[UInt8]]) -> Exit {
        let (texts, exit) = input(context, context.arguments.filter { !$0.hasPrefix("-") || $0 == "-" })
        for (_, text) in texts {
            for line in change(lines(text.bytes)) { context.out(line + [0x0A], isUnknown: text.isUnknown) }
            if text.isUnknown { context.out([], isUnknown: true) }
        }
        return .code(exit)
    }

    private static func tee(_ context: CommandContext) -> Exit {
        guard let options = context.options("a,append i,ignore-interrupts p output-error=?") else { return .code(1) }
        let text = context.readInput()
        context.out(text.bytes, isUnknown: text.isUnknown)
        var exit = 0
        for file in options.operands where file != "/dev/null" {
            if file == "/dev/stderr" {
                context.err(text.string)
                continue
            }
            if file == "/dev/stdout" {
                context.out(text.bytes, isUnknown: text.isUnknown)
                continue
            }
            do throws(FileError) {
                let place = try context.execution.openFile(file, truncates: !options.has("a"))
                if !text.bytes.isEmpty || text.isUnknown {
                    context.execution.append(text.bytes, isUnknown: text.isUnknown, to: place)
                }
            } catch {
                context.warn("\(file): \(error.message)")
                exit = 1
            }
        }
        return .code(exit)
    }

    private static func head(_ context: CommandContext) -> Exit {
        var arguments = context.arguments
        var old: String?
        if let first = arguments.first, first.utf8.count > 1,
            first.hasPrefix("-") || (first.hasPrefix("+") && context.name == "tail"),
            first.utf8.dropFirst().allSatisfy({ ShellParser.isDigit($0) })
        {
            old = first.hasPrefix("+") ? first : String(first.dropFirst())
            arguments.removeFirst()
        }
        let options = CommandOptions(
            arguments,
            "n,lines= c,bytes= q,quiet,silent v,verbose f,follow=? F retry s,sleep-interval= pid= z,zero-terminated"
        )
        if let problem = options.problem { return context.fail(problem.gnu) }
        let isTail = context.name == "tail"
        var countText = options.value("n") ?? options.value("c") ?? old ?? "10"
        let isBytes = options.value("n") == nil && options.value("c") != nil
        let sign = countText.utf8.first
        if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { countText.removeFirst() }
        guard let count = Int(countText) else {
            return context.fail("invalid number of \(isBytes ? "bytes" : "lines"): '\(countText)'")
        }
        let (texts, exit) = input(context, options.operands)
        for (number, (name, text)) in texts.enumerated() {
            if texts.count > 1 || options.has("v"), !options.has("q") {
                context.out((number > 0 ? "\n" : "") + "==> \(name) <==\n")
            }
            var pieces: [[UInt8]]
            if isBytes {
                pieces = []
            } else {
                pieces = lines(text.bytes).map { $0 + [0x0A] }
                if text.bytes.last != 0x0A, var last = pieces.last, !last.isEmpty {
                    last.removeLast()
                    pieces[pieces.count - 1] = last
                }
            }
            func chosen<Element>(_ all: [Element]) -> ArraySlice<Element> {
                if isTail {
                    return sign == UInt8(ascii: "+") ? all.dropFirst(max(0, count - 1)) : all.suffix(count)
                }
                return sign == UInt8(ascii: "-") ? all.dropLast(count) : all.prefix(count)
            }
            let bytes = isBytes ? Array(chosen(text.bytes)) : Array(chosen(pieces).joined())
            context.out(bytes, isUnknown: text.isUnknown)
        }
        return .code(exit)
    }

    private static func wc(_ context: CommandContext) -> Exit {
        guard let options = context.options("c,bytes m,chars l,lines w,words L,max-line-length") else {
            return .code(1)
        }
        let (texts, exit) = input(context, options.operands)
        let all = options.given.isEmpty
        var totals = [0, 0, 0]
        func show(_ counts: [Int], _ name: String, _ isUnknown: Bool) {
            var parts: [String] = []
            if all || options.has("l") { parts.append(String(counts[0])) }
            if all || options.has("w") { parts.append(String(counts[1])) }
            if all || options.has("c") || options.has("m") { parts.append(String(counts[2])) }
            let isLone = parts.count == 1
            let padded = isLone ? parts : parts.map { String(repeating: " ", count: max(0, 7 - $0.utf8.count)) + $0 }
            context.out(
                padded.joined(separator: " ") + (name == "-" ? "" : " " + name) + "\n",
                isUnknown: isUnknown || (!isLone && name != "-")
            )
        }
        for (name, text) in texts {
            var words = 0
            var isInside = false
            for byte in text.bytes {
                let isBlank = byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
                if !isBlank, !isInside { words += 1 }
                isInside = !isBlank
            }
            let counts = [text.bytes.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }, words, text.bytes.count]
            for index in counts.indices { totals[index] += counts[index] }
            show(counts, name, text.isUnknown)
        }
        if texts.count > 1 { show(totals, "total", texts.contains { $0.text.isUnknown }) }
        return .code(exit)
    }
}
