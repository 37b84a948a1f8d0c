// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, grep; GNU grep 3.8.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// `grep` and its kin.
enum SearchCommands: CommandFamily {
    static let models: [String: LegacyModel] = [
        "grep": LegacyModel(.output, grep),
        "egrep": LegacyModel(.output, grep),
        "fgrep": LegacyModel(.output, grep),
    ]

    private static func grep(_ context: CommandContext) -> Exit {
        let options = CommandOptions(
            context.arguments,
            "E,extended-regexp F,fixed-strings G,basic-regexp P,perl-regexp e,regexp= f,file= i,y,ignore-case v,invert-match "
                + "w,word-regexp x,line-regexp c,count l,files-with-matches L,files-without-match n,line-number o,only-matching "
                + "q,quiet,silent s,no-messages h,no-filename H,with-filename r,recursive R,dereference-recursive m,max-count= "
                + "A,after-context= B,before-context= C,context= a,text I U color=? include= exclude= exclude-dir= z,null-data b Z,null"
        )
        if let problem = options.problem {
            context.err("grep: \(problem.gnu)\nUsage: grep [OPTION]... PATTERNS [FILE]...\n")
            return .code(2)
        }
        for key in ["P", "f", "z", "Z", "b", "include", "exclude", "exclude-dir"] where options.has(key) {
            return context.unknown("grep -\(key) is not followed", .output)
        }
        var operands = options.operands
        var patterns = options.values("e").flatMap {
            $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
        if !options.has("e") {
            guard !operands.isEmpty else {
                context.err("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n")
                return .code(2)
            }
            patterns = operands.removeFirst().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
        let isFixed = options.has("F") || context.name == "fgrep"
        var expressions: [RegularExpression] = []
        let fixed = patterns.map {
            Array($0.utf8).map { options.has("i") ? Execution.changedCase($0, upper: false) : $0 }
        }
        if !isFixed || options.has("w") || options.has("o") {
            for pattern in patterns {
                let source = isFixed ? escaped(pattern) : Array(pattern.utf8)
                guard
                    let expression = RegularExpression(
                        source,
                        isExtended: !isFixed && (options.has("E") || context.name == "egrep"),
                        ignoresCase: options.has("i")
                    )
                else { return context.unknown("the pattern of grep is not followed", .output) }
                expressions.append(expression)
            }
        }
        let execution = context.execution
        var files: [String] = []
        var exit = 0
        let isRecursive = options.has("r") || options.has("R")
        if isRecursive {
            for operand in operands.isEmpty ? ["."] : operands {
                guard let (path, node) = try? execution.world.resolve(operand), let node else {
                    context.warn("\(operand): No such file or directory")
                    exit = 2
                    continue
                }
                guard node.isDirectory else {
                    files.append(operand)
                    continue
                }
                execution.world.tree.walk(from: path) { child, node in
                    if case .file = node.kind {
                        let rest = child.components.dropFirst(path.components.count).map {
                            String(decoding: $0, as: UTF8.self)
                        }
                        files.append(
                            operands.isEmpty ? rest.joined(separator: "/") : ([operand] + rest).joined(separator: "/")
                        )
                    }
                    return true
                }
            }
        } else {
            files = operands.isEmpty ? ["-"] : operands
        }
        let showsNames = options.has("H") || (!options.has("h") && (files.count > 1 || isRecursive))
        let maximum = options.value("m").flatMap { Int($0) } ?? Int.max
        func contextLines(_ key: String) -> Int { (options.value(key) ?? options.value("C")).flatMap { Int($0) } ?? 0 }
        let (before, after) = (contextLines("B"), contextLines("A"))
        let showsContext = (before > 0 || after > 0) && !options.has("o")
        if showsContext, maximum != Int.max {
            return context.unknown("grep -m with lines around is not followed", .output)
        }
        var isLaterGroup = false
        var found = false
        var isUnknown = false
        for file in files {
            guard execution.world.charge() else { return .unknown }
            let text: Text
            if file == "-" {
                text = context.readInput()
            } else {
                do throws(FileError) {
                    text = try execution.world.readFile(file)
                } catch {
                    if !options.has("s") { context.warn("\(file): \(error.message)") }
                    exit = 2
                    continue
                }
            }
            if text.isUnknown {
                isUnknown = true
                context.out([], isUnknown: true)
                continue
            }
            let prefix = showsNames ? Array(((file == "-" ? "(standard input)" : file) + ":").utf8) : []
            var count = 0
            var lastShown = -1
            let lines = ReadingCommands.lines(text.bytes)
            func show(_ index: Int, _ mark: String) {
                let name = showsNames ? Array(((file == "-" ? "(standard input)" : file) + mark).utf8) : []
                let number = options.has("n") ? Array("\(index + 1)\(mark)".utf8) : []
                context.out(name + number + lines[index] + [0x0A])
                lastShown = index
            }
            var stillAfter = 0
            for (index, line) in lines.enumerated() where count < maximum {
                guard execution.world.charge(index % 64 == 0 ? 1 : 0) else { return .unknown }
                var matches: [Range<Int>] = []
                let isMatch = Self.matches(line, fixed, expressions, options, isFixed, &matches, &isUnknown)
                guard isMatch != options.has("v") else {
                    if showsContext, stillAfter > 0 {
                        stillAfter -= 1
                        show(index, "-")
                    }
                    continue
                }
                count += 1
                if options.has("q") || options.has("c") || options.has("l") || options.has("L") { continue }
                if showsContext {
                    let first = max(index - min(before, index), lastShown + 1)
                    if isLaterGroup, first > lastShown + 1 || lastShown < 0 { context.out("--\n") }
                    for earlier in first..<index { show(earlier, "-") }
                    show(index, ":")
                    stillAfter = after
                    isLaterGroup = true
                    continue
                }
                let number = options.has("n") ? Array("\(index + 1):".utf8) : []
                if options.has("o") {
                    if !options.has("v") {
                        for range in matches { context.out(prefix + number + line[range] + [0x0A]) }
                    }
                } else {
                    context.out(prefix + number + line + [0x0A])
                }
            }
            if count > 0 { found = true }
            if options.has("q"), found { break }
            if options.has("c") { context.out(prefix + Array("\(count)\n".utf8)) }
            if options.has("l"), count > 0 { context.out(file + "\n") }
            if options.has("L"), count == 0 { context.out(file + "\n") }
        }
        if found, options.has("q") || exit == 0 { return .code(0) }
        if isUnknown {
            return context.unknown("whether grep finds something depends on text that is not known", .output)
        }
        return .code(exit == 2 ? 2 : found ? 0 : 1)
    }

    private static func escaped(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        for byte in text.utf8 {
            if ".[]*^$\\".utf8.contains(byte) { result.append(0x5C) }
            result.append(byte)
        }
        return result
    }

    private static func matches(
        _ line: [UInt8],
        _ fixed: [[UInt8]],
        _ expressions: [RegularExpression],
        _ options: CommandOptions,
        _ isFixed: Bool,
        _ ranges: inout [Range<Int>],
        _ isUnknown: inout Bool
    ) -> Bool {
        if expressions.isEmpty {
            let text = options.has("i") ? line.map { Execution.changedCase($0, upper: false) } : line
            return fixed.contains { options.has("x") ? text == $0 : contains(text, $0) }
        }
        var isMatch = false
        for expression in expressions {
            var start = 0
            while start <= line.count {
                let match = expression.firstMatch(in: line, from: start)
                if expression.gaveUp { isUnknown = true }
                guard let match else { break }
                let range = match.range
                var isGood = !options.has("x") || (range.lowerBound == 0 && range.upperBound == line.count)
                if options.has("w") {
                    func isWord(_ index: Int) -> Bool {
                        index >= 0 && index < line.count && ShellParser.isNameByte(line[index], first: false)
                    }
                    if isWord(range.lowerBound - 1) || isWord(range.upperBound) { isGood = false }
                }
                if isGood {
                    isMatch = true
                    if !options.has("o") { return true }
                    if !range.isEmpty { ranges.append(range) }
                }
                start = isGood && !range.isEmpty ? range.upperBound : range.lowerBound + 1
                if options.has("x") { break }
            }
        }
        return isMatch
    }

    /// Whether bytes hold others; a text without the first byte is passed over quickly.
    static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard let first = part.first else { return true }
        guard part.count <= text.count else { return false }
        var index = 0
        while index <= text.count - part.count {
            if text[index] == first, text[index...].starts(with: part) { return true }
            index += 1
        }
        return false
    }
}
