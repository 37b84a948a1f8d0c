// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, grep; GNU grep 3.8.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// A `grep` at work.
struct GrepSearch {
    private typealias Option = GrepOptions

    private let pattern: GrepPattern
    private let maximum: Int
    private let before: Int
    private let after: Int
    private let showsNames: Bool
    private let showsNumbers: Bool
    /// Whether the lines themselves are shown.
    private let showsLines: Bool
    private let showsContext: Bool
    private let showsMatches: Bool
    private let isInverted: Bool
    /// Whether something was found.
    private var found = false
    private var isUnknown = false
    /// Whether a group of lines was shown before.
    private var isLaterGroup = false

    static func run(_ kind: GrepPattern.Kind, _ call: inout Invocation) -> Outcome {
        if let other = Option.others.first(where: { call.has($0) }) {
            return call.unknown("grep -\(other.spellings[0]) is not followed", .output)
        }
        var operands = call.operands
        var patterns = call.values(Option.expression)
        if !call.has(Option.expression) {
            guard !operands.isEmpty else {
                call.err("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n")
                return .code(2)
            }
            patterns = [operands.removeFirst()]
        }
        patterns = patterns.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
        guard let pattern = GrepPattern(patterns, kind, call) else {
            return call.unknown("the pattern of grep is not followed", .output)
        }
        let isRecursive = call.has(Option.recursive) || call.has(Option.recursiveThroughLinks)
        var tally = Tally()
        let files =
            isRecursive ? files(below: operands, &tally, &call) : operands.isEmpty ? ["-"] : operands
        var search = GrepSearch(pattern, severalFiles: files.count > 1 || isRecursive, call)
        if search.showsContext, search.maximum != Int.max {
            return call.unknown("grep -m with lines around is not followed", .output)
        }
        for file in files {
            guard call.world.charge() else { return .unknown }
            guard let text = search.read(file, &tally, &call) else { continue }
            guard search.search(text, file, &call) else { return .unknown }
            if search.found, call.has(Option.quiet) { break }
        }
        return search.outcome(tally, &call)
    }

    private init(_ pattern: GrepPattern, severalFiles: Bool, _ call: Invocation) {
        func number(_ option: CommandOption) -> Int? { call.value(option).flatMap { Int($0) } }
        func lines(_ option: CommandOption) -> Int {
            (call.value(option) ?? call.value(Option.around)).flatMap { Int($0) } ?? 0
        }
        self.pattern = pattern
        maximum = number(Option.maximum) ?? Int.max
        before = lines(Option.before)
        after = lines(Option.after)
        showsNames = call.has(Option.names) || (!call.has(Option.noNames) && severalFiles)
        showsNumbers = call.has(Option.numbers)
        showsLines = ![Option.quiet, Option.count, Option.filesWith, Option.filesWithout].contains { call.has($0) }
        showsMatches = call.has(Option.onlyMatching)
        isInverted = call.has(Option.inverted)
        showsContext = (before > 0 || after > 0) && !showsMatches
    }

    private static func files(below operands: [String], _ tally: inout Tally, _ call: inout Invocation) -> [String] {
        var files: [String] = []
        for operand in operands.isEmpty ? ["."] : operands {
            guard let (path, node) = try? call.world.resolve(operand), let node else {
                call.warn("\(operand): No such file or directory")
                tally.fail(.fileMissing(operand))
                continue
            }
            guard node.isDirectory else {
                files.append(operand)
                continue
            }
            call.world.tree.walk(from: path) { child, node in
                guard case .file = node.kind else { return true }
                let rest = child.components.dropFirst(path.components.count).map { String(decoding: $0, as: UTF8.self) }
                files.append((operands.isEmpty ? rest : [operand] + rest).joined(separator: "/"))
                return true
            }
        }
        return files
    }

    /// The text of a file; nil where it is missing or not known.
    private mutating func read(_ file: String, _ tally: inout Tally, _ call: inout Invocation) -> Text? {
        do throws(FileError) {
            let text = file == "-" ? call.world.readInput() : try call.world.readFile(file)
            guard text.isUnknown else { return text }
            isUnknown = true
            call.out([], isUnknown: true)
        } catch {
            if !call.has(Option.noMessages) { call.warn("\(file): \(error.message)") }
            tally.fail(error.reason(file))
        }
        return nil
    }

    /// Looks through a text; false when the limit was reached.
    private mutating func search(_ text: Text, _ file: String, _ call: inout Invocation) -> Bool {
        let lines = TextInput.lines(text.bytes)
        var page = Page(name: file == "-" ? "(standard input)" : file, lines: lines)
        var count = 0
        for (index, line) in lines.enumerated() where count < maximum {
            guard call.world.charge(index % 64 == 0 ? 1 : 0) else { return false }
            let (isTaken, matches) = pattern.takes(line, &isUnknown)
            if isTaken { count += 1 }
            if isTaken, showsLines {
                show(index, matches, &page, &call)
            } else if !isTaken, showsContext, page.stillAfter > 0 {
                page.stillAfter -= 1
                put(index, "-", &page, &call)
            }
        }
        if count > 0 { found = true }
        if found, call.has(Option.quiet) { return true }
        if call.has(Option.count) { call.out((showsNames ? page.name + ":" : "") + "\(count)\n") }
        if call.has(Option.filesWith), count > 0 { call.out(page.name + "\n") }
        if call.has(Option.filesWithout), count == 0 { call.out(page.name + "\n") }
        return true
    }

    /// A text that is shown in part.
    private struct Page {
        let name: String
        let lines: [[UInt8]]
        var lastShown = -1
        /// How many lines behind a match are still to be shown.
        var stillAfter = 0
    }

    private mutating func show(_ index: Int, _ matches: [Range<Int>], _ page: inout Page, _ call: inout Invocation) {
        guard showsContext else {
            if !showsMatches {
                put(index, ":", &page, &call)
            } else if !isInverted {
                let start = start(index, ":", page)
                for range in matches { call.out(start + page.lines[index][range] + [0x0A]) }
            }
            return
        }
        let first = max(index - min(before, index), page.lastShown + 1)
        if isLaterGroup, first > page.lastShown + 1 || page.lastShown < 0 { call.out("--\n") }
        for earlier in first..<max(first, index) { put(earlier, "-", &page, &call) }
        put(index, ":", &page, &call)
        page.stillAfter = after
        isLaterGroup = true
    }

    private func start(_ index: Int, _ mark: String, _ page: Page) -> [UInt8] {
        Array(((showsNames ? page.name + mark : "") + (showsNumbers ? "\(index + 1)\(mark)" : "")).utf8)
    }

    private func put(_ index: Int, _ mark: String, _ page: inout Page, _ call: inout Invocation) {
        call.out(start(index, mark, page) + page.lines[index] + [0x0A])
        page.lastShown = index
    }

    private func outcome(_ tally: Tally, _ call: inout Invocation) -> Outcome {
        if found, call.has(Option.quiet) || tally.exit == 0 { return .success }
        if isUnknown {
            return call.unknown("whether grep finds something depends on text that is not known", .output)
        }
        return tally.exit != 0 ? .code(2, reason: tally.reason) : .code(found ? 0 : 1)
    }
}
