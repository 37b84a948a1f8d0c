// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, find; GNU findutils 4.9 for `-delete`, `-maxdepth`, `-mindepth`, `-iname`, `-print0`.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `find`, with the questions and actions that builds use; anything else makes it unknown.
enum Find: CommandModel {
    static let names = ["find"]
    static let scope = Unknown.Scope.files
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        var words = call.arguments[...]
        while let first = words.first, ["-H", "-L", "-P"].contains(first) {
            if first == "-L" { return call.unknown("find -L is not followed", .files) }
            words.removeFirst()
        }
        let roots = words.prefix { !$0.hasPrefix("-") && $0 != "(" && $0 != "!" }
        words = words.dropFirst(roots.count)
        let accounts = AccountFiles(call.world.tree)
        let parser = FindParser(Array(words), accounts)
        guard let expression = parser.expression else {
            let harmful = words.contains { ["-delete", "-exec", "-execdir", "-ok", "-fprint"].contains($0) }
            return call.unknown("this use of find is not followed", harmful ? .files : .output)
        }
        var search = FindSearch(parser, expression, accounts)
        for root in roots.isEmpty ? ["."] : Array(roots) { search.look(from: root, &call) }
        return search.finish(&call)
    }
}

/// A search at work.
private struct FindSearch {
    private let parser: FindParser
    private let expression: FindExpression
    private let accounts: AccountFiles
    private var tally = Tally()
    private var isUnknown = false
    /// The files for each command that takes many, and the commands in order.
    private var batches: [[String]: [String]] = [:]
    private var order: [[String]] = []

    init(_ parser: FindParser, _ expression: FindExpression, _ accounts: AccountFiles) {
        self.parser = parser
        self.expression = expression
        self.accounts = accounts
    }

    mutating func look(from root: String, _ call: inout Invocation) {
        guard let (top, node) = try? call.world.resolve(root, followLast: false), let node else {
            call.warn("'\(root)': No such file or directory")
            tally.fail(.fileMissing(root))
            return
        }
        if call.world.isUncertain(top) { isUnknown = true }
        var entries: [FindEntry] = []
        collect(FindEntry(path: top, node: node, level: 0, text: root), root, &entries, &call)
        for entry in entries where entry.level >= parser.minimal { _ = evaluate(expression, entry, &call) }
    }

    /// Ends the search: runs the commands that take many files.
    mutating func finish(_ call: inout Invocation) -> Outcome {
        for command in order {
            let outcome = call.launch((command + (batches[command] ?? [])).map { Text($0) })
            switch outcome.exit {
            case .unknown: isUnknown = true
            case .code(0): continue
            case .code: tally.fail(outcome.reason)
            }
        }
        guard isUnknown else { return tally.outcome }
        call.out([], isUnknown: true)
        call.world.note("what find finds depends on files that are not known", .output)
        return .unknown
    }

    // MARK: The walk

    private func collect(
        _ entry: FindEntry,
        _ root: String,
        _ entries: inout [FindEntry],
        _ call: inout Invocation
    ) {
        guard call.world.charge(entries.count % 16 == 0 ? 1 : 0) else { return }
        if !parser.isPostorder { entries.append(entry) }
        if entry.node.isDirectory, entry.level < parser.maximal,
            parser.isPostorder || !isPruned(expression, entry, call.world.tree)
        {
            // The starting point `/` has a slash of its own.
            let prefix = entry.level == 0 && root.hasSuffix("/") ? root : entry.text + "/"
            for name in call.world.tree.entries(of: entry.path) ?? [] {
                let path = entry.path.appending(name)
                guard let node = call.world.tree.node(at: path) else { continue }
                let text = prefix + String(decoding: name, as: UTF8.self)
                collect(FindEntry(path: path, node: node, level: entry.level + 1, text: text), root, &entries, &call)
            }
        }
        if parser.isPostorder { entries.append(entry) }
    }

    /// Whether a folder is not to be entered; only `-prune` says so.
    private func isPruned(_ expression: FindExpression, _ entry: FindEntry, _ tree: FileTree) -> Bool {
        switch expression {
        case .or(let all): return all.contains { isPruned($0, entry, tree) }
        case .and(let all):
            guard case .prune? = all.last else { return all.contains { isPruned($0, entry, tree) } }
            return all.dropLast().allSatisfy { entry.answers($0, accounts, in: tree) == true }
        default: return false
        }
    }

    // MARK: Questions and actions

    private mutating func evaluate(_ expression: FindExpression, _ entry: FindEntry, _ call: inout Invocation) -> Bool {
        switch expression {
        case .not(let inner): return !evaluate(inner, entry, &call)
        case .and(let all):
            for one in all {
                guard evaluate(one, entry, &call) else { return false }
            }
            return true
        case .or(let all):
            for one in all {
                if evaluate(one, entry, &call) { return true }
            }
            return false
        case .print(let zero):
            call.out(Array(entry.text.utf8) + [zero ? 0 : 0x0A])
            return true
        case .delete: return delete(entry, &call)
        case .execute(let command, let many): return execute(command, many: many, entry, &call)
        default:
            guard let answer = entry.answers(expression, accounts, in: call.world.tree) else {
                isUnknown = true
                return false
            }
            return answer
        }
    }

    private mutating func delete(_ entry: FindEntry, _ call: inout Invocation) -> Bool {
        guard entry.text != "." else { return true }
        do throws(FileError) {
            if entry.node.isDirectory, call.world.tree.entries(of: entry.path)?.isEmpty == false { throw .notEmpty }
            try call.world.checkRemovable(entry.path, entry.node)
            call.world.removeTree(entry.path)
            return true
        } catch {
            call.warn("cannot delete '\(entry.text)': \(error.message)")
            tally.fail(error.reason(entry.text))
            return false
        }
    }

    private mutating func execute(
        _ command: [String],
        many: Bool,
        _ entry: FindEntry,
        _ call: inout Invocation
    ) -> Bool {
        if many {
            if batches[command] == nil { order.append(command) }
            batches[command, default: []].append(entry.text)
            return true
        }
        guard call.world.charge() else { return false }
        let outcome = call.launch(command.map { Text(Self.filled($0, entry.text)) })
        if outcome.exit == .unknown { isUnknown = true }
        return outcome.exit == .code(0)
    }

    /// A word with a file's path for each `{}`.
    private static func filled(_ word: String, _ text: String) -> String {
        var result = ""
        var rest = word[...]
        while let range = rest.firstRange(of: "{}") {
            result += rest[..<range.lowerBound]
            result += text
            rest = rest[range.upperBound...]
        }
        return result + rest
    }
}
