// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, find; GNU findutils 4.9 for `-delete`, `-maxdepth`, `-mindepth`, `-iname`, `-print0`.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// `find`, with the tests and actions that builds use; anything else makes it unknown.
enum FindCommands: CommandFamily {
    static let models: [String: CommandModel] = ["find": CommandModel(.files, find)]

    private indirect enum Expression {
        case name(ShellPattern, ignoresCase: Bool)
        case path(ShellPattern)
        case type(Set<UInt8>)
        case user(UInt32), group(UInt32), noUser, noGroup
        case perm(UInt16, UInt8)
        case empty
        case always
        case not(Expression)
        case and([Expression])
        case or([Expression])
        case print(zero: Bool)
        case delete
        case prune
        case execute([String], many: Bool)
    }

    private struct Parser {
        let words: [String]
        var index = 0
        var minimal = 0
        var maximal = Int.max
        var hasAction = false
        var deletes = false
        var hasDepth = false
        let files: AccountFiles
    }

    private static func find(_ context: CommandContext) -> Exit {
        var words = context.arguments
        var roots: [String] = []
        while let first = words.first, ["-H", "-L", "-P"].contains(first) {
            if first == "-L" { return context.unknown("find -L is not followed", .files) }
            words.removeFirst()
        }
        while let first = words.first, !first.hasPrefix("-"), first != "(", first != "!" {
            roots.append(first)
            words.removeFirst()
        }
        if roots.isEmpty { roots = ["."] }
        var parser = Parser(words: words, files: AccountFiles(context.execution.state.tree))
        var expression = Expression.always
        if !words.isEmpty {
            guard let parsed = or(&parser, 0), parser.index == words.count else {
                let harmful = words.contains { ["-delete", "-exec", "-execdir", "-ok", "-fprint"].contains($0) }
                return context.unknown("this use of find is not followed", harmful ? .files : .output)
            }
            expression = parsed
        }
        if !parser.hasAction { expression = .and([expression, .print(zero: false)]) }
        let execution = context.execution
        var exit = 0
        var batches: [[String]: [String]] = [:]
        var order: [[String]] = []
        var isUnknown = false
        for root in roots {
            guard let (top, node) = try? execution.resolve(root, followLast: false), let node else {
                context.warn("'\(root)': No such file or directory")
                exit = 1
                continue
            }
            if execution.isUncertain(top) { isUnknown = true }
            var entries: [(ImagePath, FileNode, Int)] = []
            let isPostorder = parser.deletes || parser.hasDepth
            func visit(_ path: ImagePath, _ node: FileNode, _ level: Int) {
                guard execution.charge(entries.count % 16 == 0 ? 1 : 0) else { return }
                if !isPostorder { entries.append((path, node, level)) }
                if node.isDirectory, level < parser.maximal,
                    !isPruned(expression, path, node, root, top, execution, parser) || isPostorder
                {
                    for name in execution.state.tree.entries(of: path) ?? [] {
                        let child = path.appending(name)
                        if let childNode = execution.state.tree.node(at: child) { visit(child, childNode, level + 1) }
                    }
                }
                if isPostorder { entries.append((path, node, level)) }
            }
            visit(top, node, 0)
            for (path, node, level) in entries where level >= parser.minimal {
                let rest = path.components.dropFirst(top.components.count).map { String(decoding: $0, as: UTF8.self) }
                let prefix = root.hasSuffix("/") ? root : root + (rest.isEmpty ? "" : "/")
                let text = prefix + rest.joined(separator: "/")
                _ = evaluate(expression, path, node, text, context, parser, &exit, &batches, &order, &isUnknown)
            }
        }
        for command in order {
            let exits = LaunchCommands.launch(context, (command + (batches[command] ?? [])).map { Text($0) })
            if exits == .unknown { isUnknown = true } else if exits != .code(0) { exit = 1 }
        }
        if isUnknown {
            context.out([], isUnknown: true)
            execution.note("what find finds depends on files that are not known", .output)
            return exit == 0 ? .unknown : .unknown
        }
        return .code(exit)
    }

    /// Whether a folder is not to be entered; only `-prune` says so.
    private static func isPruned(
        _ expression: Expression,
        _ path: ImagePath,
        _ node: FileNode,
        _ root: String,
        _ top: ImagePath,
        _ execution: Execution,
        _ parser: Parser
    ) -> Bool {
        switch expression {
        case .or(let all): all.contains { isPruned($0, path, node, root, top, execution, parser) }
        case .and(let all):
            if case .prune? = all.last {
                all.dropLast().allSatisfy {
                    let rest = path.components.dropFirst(top.components.count).map {
                        String(decoding: $0, as: UTF8.self)
                    }
                    return test($0, path, node, ([root] + rest).joined(separator: "/"), execution, parser) == true
                }
            } else {
                all.contains { isPruned($0, path, node, root, top, execution, parser) }
            }
        default: false
        }
    }

    private static func or(_ parser: inout Parser, _ depth: Int) -> Expression? {
        guard depth < 32, let first = and(&parser, depth) else { return nil }
        var all = [first]
        while parser.index < parser.words.count, ["-o", "-or"].contains(parser.words[parser.index]) {
            parser.index += 1
            guard let next = and(&parser, depth) else { return nil }
            all.append(next)
        }
        return all.count == 1 ? first : .or(all)
    }

    private static func and(_ parser: inout Parser, _ depth: Int) -> Expression? {
        var all: [Expression] = []
        while parser.index < parser.words.count {
            let word = parser.words[parser.index]
            if word == ")" || word == "-o" || word == "-or" { break }
            if word == "-a" || word == "-and" {
                parser.index += 1
                continue
            }
            guard let next = primary(&parser, depth) else { return nil }
            all.append(next)
        }
        return all.isEmpty ? nil : all.count == 1 ? all[0] : .and(all)
    }

    private static func primary(_ parser: inout Parser, _ depth: Int) -> Expression? {
        let word = parser.words[parser.index]
        parser.index += 1
        func value() -> String? {
            guard parser.index < parser.words.count else { return nil }
            parser.index += 1
            return parser.words[parser.index - 1]
        }
        switch word {
        case "(", "\\(":
            guard let inner = or(&parser, depth + 1), value() == ")" else { return nil }
            return inner
        case "!", "-not":
            guard depth < 32, parser.index < parser.words.count else { return nil }
            return primary(&parser, depth + 1).map { .not($0) }
        case "-name", "-iname":
            return value().map {
                let bytes =
                    word == "-iname" ? Array($0.utf8).map { Execution.changedCase($0, upper: false) } : Array($0.utf8)
                return .name(ShellPattern(bytes), ignoresCase: word == "-iname")
            }
        case "-path", "-wholename": return value().map { .path(ShellPattern(Array($0.utf8))) }
        case "-type": return value().map { .type(Set($0.utf8.filter { $0 != UInt8(ascii: ",") })) }
        case "-empty": return .empty
        case "-true", "-xdev", "-mount", "-noleaf", "-nowarn": return .always
        case "-depth", "-d":
            parser.hasDepth = true
            return .always
        case "-maxdepth", "-mindepth":
            guard let number = value().flatMap({ Int($0) }), number >= 0 else { return nil }
            if word == "-maxdepth" { parser.maximal = number } else { parser.minimal = number }
            return .always
        case "-user", "-uid":
            guard let text = value(), let uid = parser.files.user(named: text)?.uid ?? Int(text) else { return nil }
            return .user(UInt32(clamping: uid))
        case "-group", "-gid":
            guard let text = value(), let gid = parser.files.group(named: text)?.gid ?? Int(text) else { return nil }
            return .group(UInt32(clamping: gid))
        case "-nouser": return .noUser
        case "-nogroup": return .noGroup
        case "-perm":
            guard var text = value(), let sign = text.utf8.first else { return nil }
            if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "/") || sign == UInt8(ascii: "+") {
                text.removeFirst()
            }
            if let mode = UInt16(text, radix: 8), mode <= 0o7777 { return .perm(mode, sign) }
            guard let change = ModeChange(text, umask: 0) else { return nil }
            return .perm(change.applied(to: 0, isDirectory: false), sign)
        case "-print", "-print0":
            parser.hasAction = true
            return .print(zero: word == "-print0")
        case "-delete":
            parser.hasAction = true
            parser.deletes = true
            return .delete
        case "-prune": return .prune
        case "-exec":
            parser.hasAction = true
            var command: [String] = []
            while let word = value() {
                if word == ";" { return .execute(command, many: false) }
                if word == "+", command.last == "{}" { return .execute(Array(command.dropLast()), many: true) }
                command.append(word)
            }
            return nil
        default: return nil
        }
    }

    private static func test(
        _ expression: Expression,
        _ path: ImagePath,
        _ node: FileNode,
        _ text: String,
        _ execution: Execution,
        _ parser: Parser
    ) -> Bool? {
        switch expression {
        case .name(let pattern, let ignoresCase):
            let name = path.name ?? Array(text.utf8)
            return pattern.matches(ignoresCase ? name.map { Execution.changedCase($0, upper: false) } : name)
        case .path(let pattern): return pattern.matches(Array(text.utf8))
        case .type(let letters):
            let letter: UInt8
            switch node.kind {
            case .directory: letter = UInt8(ascii: "d")
            case .file, .hardLink: letter = UInt8(ascii: "f")
            case .symlink: letter = UInt8(ascii: "l")
            case .character: letter = UInt8(ascii: "c")
            case .block: letter = UInt8(ascii: "b")
            case .fifo: letter = UInt8(ascii: "p")
            }
            return letters.contains(letter)
        case .user(let uid): return node.uid == uid
        case .group(let gid): return node.gid == gid
        case .noUser: return parser.files.user(numbered: Int(node.uid)) == nil
        case .noGroup: return parser.files.group(numbered: Int(node.gid)) == nil
        case .perm(let mode, let sign):
            switch sign {
            case UInt8(ascii: "-"): return node.mode & mode == mode
            case UInt8(ascii: "/"), UInt8(ascii: "+"): return mode == 0 || node.mode & mode != 0
            default: return node.mode == mode
            }
        case .empty:
            if node.isDirectory { return execution.state.tree.entries(of: path)?.isEmpty == true }
            guard case .file(let content) = node.kind else { return false }
            return content.sizeBytes.map { $0 == 0 }
        case .always, .prune: return true
        default: return nil
        }
    }

    private static func evaluate(
        _ expression: Expression,
        _ path: ImagePath,
        _ node: FileNode,
        _ text: String,
        _ context: CommandContext,
        _ parser: Parser,
        _ exit: inout Int,
        _ batches: inout [[String]: [String]],
        _ order: inout [[String]],
        _ isUnknown: inout Bool
    ) -> Bool {
        let execution = context.execution
        switch expression {
        case .not(let inner):
            return !evaluate(inner, path, node, text, context, parser, &exit, &batches, &order, &isUnknown)
        case .and(let all):
            for one in all {
                guard evaluate(one, path, node, text, context, parser, &exit, &batches, &order, &isUnknown) else {
                    return false
                }
            }
            return true
        case .or(let all):
            for one in all where evaluate(one, path, node, text, context, parser, &exit, &batches, &order, &isUnknown) {
                return true
            }
            return false
        case .print(let zero):
            context.out(Array(text.utf8) + [zero ? 0 : 0x0A])
            return true
        case .delete:
            guard text != "." else { return true }
            do throws(FileError) {
                if node.isDirectory, execution.state.tree.entries(of: path)?.isEmpty == false { throw .notEmpty }
                try execution.checkRemovable(path, node)
                FileWork.remove(execution, path)
                return true
            } catch {
                context.warn("cannot delete '\(text)': \(error.message)")
                exit = 1
                return false
            }
        case .execute(let command, let many):
            if many {
                if batches[command] == nil { order.append(command) }
                batches[command, default: []].append(text)
                return true
            }
            guard execution.charge() else { return false }
            let words = command.map { word in Text(word.contains("{}") ? replaced(word, text) : word) }
            let result = LaunchCommands.launch(context, words)
            if result == .unknown { isUnknown = true }
            return result == .code(0)
        default:
            guard let answer = test(expression, path, node, text, execution, parser) else {
                isUnknown = true
                return false
            }
            return answer
        }
    }

    private static func replaced(_ word: String, _ text: String) -> String {
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
