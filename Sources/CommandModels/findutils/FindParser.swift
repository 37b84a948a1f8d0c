// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, find; GNU findutils 4.9 for `-delete`, `-maxdepth`, `-mindepth`, `-iname`, `-print0`.

import ShellMachine
import ShellSyntax
import SystemFiles

/// Reads the words of `find` behind its starting points.
struct FindParser {
    /// How deep parentheses and negations are followed.
    private static let maximumDepth = 32

    private let words: [String]
    private let accounts: AccountFiles
    private var index = 0
    /// How far below the starting points is looked from, and to.
    private(set) var minimal = 0
    private(set) var maximal = Int.max
    private(set) var hasAction = false
    /// Whether what is in a folder comes before the folder.
    private(set) var isPostorder = false
    /// The whole expression; nil where it is not understood.
    private(set) var expression: FindExpression?

    init(_ words: [String], _ accounts: AccountFiles) {
        self.words = words
        self.accounts = accounts
        guard !words.isEmpty else {
            expression = .and([.always, .print(zero: false)])
            return
        }
        guard let parsed = or(0), index == words.count else { return }
        expression = hasAction ? parsed : .and([parsed, .print(zero: false)])
    }

    private mutating func or(_ depth: Int) -> FindExpression? {
        guard depth < Self.maximumDepth, let first = and(depth) else { return nil }
        var all = [first]
        while index < words.count, ["-o", "-or"].contains(words[index]) {
            index += 1
            guard let next = and(depth) else { return nil }
            all.append(next)
        }
        return all.count == 1 ? first : .or(all)
    }

    private mutating func and(_ depth: Int) -> FindExpression? {
        var all: [FindExpression] = []
        while index < words.count {
            let word = words[index]
            if word == ")" || word == "-o" || word == "-or" { break }
            if word == "-a" || word == "-and" {
                index += 1
                continue
            }
            guard let next = primary(depth) else { return nil }
            all.append(next)
        }
        return all.isEmpty ? nil : all.count == 1 ? all[0] : .and(all)
    }

    private mutating func value() -> String? {
        guard index < words.count else { return nil }
        index += 1
        return words[index - 1]
    }

    private mutating func primary(_ depth: Int) -> FindExpression? {
        guard let word = value() else { return nil }
        switch word {
        case "(", "\\(":
            guard let inner = or(depth + 1), value() == ")" else { return nil }
            return inner
        case "!", "-not":
            guard depth < Self.maximumDepth, index < words.count else { return nil }
            return primary(depth + 1).map { .not($0) }
        case "-true", "-xdev", "-mount", "-noleaf", "-nowarn": return .always
        case "-depth", "-d":
            isPostorder = true
            return .always
        case "-maxdepth", "-mindepth":
            guard let number = value().flatMap({ Int($0) }), number >= 0 else { return nil }
            if word == "-maxdepth" { maximal = number } else { minimal = number }
            return .always
        default: return question(word) ?? action(word)
        }
    }

    private mutating func question(_ word: String) -> FindExpression? {
        switch word {
        case "-name": return value().map { .name(ShellPattern(Array($0.utf8)), ignoresCase: false) }
        case "-iname":
            return value().map {
                let bytes = $0.utf8.map { $0.cased(upper: false) }
                return .name(ShellPattern(bytes), ignoresCase: true)
            }
        case "-path", "-wholename": return value().map { .path(ShellPattern(Array($0.utf8))) }
        case "-type": return value().map { .type(Set($0.utf8.filter { $0 != UInt8(ascii: ",") })) }
        case "-empty": return .empty
        case "-user", "-uid":
            guard let text = value(), let uid = accounts.user(named: text)?.uid ?? Self.number(text) else { return nil }
            return .user(uid)
        case "-group", "-gid":
            guard let text = value(), let gid = accounts.group(named: text)?.gid ?? Self.number(text) else {
                return nil
            }
            return .group(gid)
        case "-nouser": return .noUser
        case "-nogroup": return .noGroup
        case "-perm": return value().flatMap(Self.permissions)
        default: return nil
        }
    }

    private static func number(_ text: String) -> UInt32? { Int(text).map { UInt32(clamping: $0) } }

    private static func permissions(_ text: String) -> FindExpression? {
        guard let sign = text.utf8.first else { return nil }
        let isSigned = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "/") || sign == UInt8(ascii: "+")
        let mode = isSigned ? String(text.dropFirst()) : text
        if let bits = UInt16(mode, radix: 8), bits <= 0o7777 { return .permissions(bits, sign: sign) }
        guard let change = ModeChange(mode, umask: 0) else { return nil }
        return .permissions(change.applied(to: 0, isDirectory: false), sign: sign)
    }

    private mutating func action(_ word: String) -> FindExpression? {
        switch word {
        case "-print", "-print0":
            hasAction = true
            return .print(zero: word == "-print0")
        case "-delete":
            hasAction = true
            isPostorder = true
            return .delete
        case "-prune": return .prune
        case "-exec":
            hasAction = true
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
}
