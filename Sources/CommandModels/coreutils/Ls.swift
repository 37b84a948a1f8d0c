// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, ls; GNU coreutils 9.1.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `ls`: what a folder holds.
enum Ls: CommandModel {
    static let names = ["ls"]
    static let scope = Unknown.Scope.output
    static let usageExit = 2
    static let all = CommandOption.flag("a", "all")
    static let almostAll = CommandOption.flag("A", "almost-all")
    static let long = CommandOption.flag("l")
    static let folderItself = CommandOption.flag("d", "directory")
    static let recursive = CommandOption.flag("R", "recursive")
    static let reverse = CommandOption.flag("r", "reverse")
    static let numbers = CommandOption.flag("n", "numeric-uid-gid")
    static let classify = CommandOption.flag("F", "classify")
    static let slashes = CommandOption.flag("p")
    static let backups = CommandOption.flag("B", "ignore-backups")
    static let colour = CommandOption.optionalValue("color")
    /// Those after which the lines are not known: sizes, times and the order on a disk belong to the real one.
    static let others: [CommandOption] =
        [.flag("full-time"), .flag("group-directories-first")]
        + "isgotScuQbmxCZUf".map { CommandOption.flag(String($0)) }
    static let options: OptionTable? = OptionTable(
        [
            all, almostAll, long, folderItself, recursive, reverse, numbers, classify, slashes, backups, colour,
            .flag("h", "human-readable"), .value("time-style"),
        ] + others + "1LHqkGN".map { .flag(String($0)) }
    )

    /// What an operand names.
    private struct Listed {
        let text: String
        let path: ImagePath
        let node: FileNode
    }

    static func run(_ call: inout Invocation) -> Outcome {
        var tally = Tally()
        var exit = 0
        let operands = call.operands.isEmpty ? ["."] : call.operands
        var found: [Listed] = []
        for text in operands {
            if let listed = look(text, &tally, &call) { found.append(listed) } else { exit = call.isBusybox ? 1 : 2 }
        }
        found.sort { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
        if call.has(reverse) { found.reverse() }
        let isKnown =
            !call.has(long) && !call.has(numbers) && !call.has(recursive) && !others.contains { call.has($0) }
            && !(call.has(colour) && call.value(colour) != "auto" && call.value(colour) != "never")
        guard isKnown else {
            call.out("", isUnknown: true)
            return .code(exit, reason: tally.reason)
        }
        let files = found.filter { !$0.node.isDirectory || call.has(folderItself) }
        let folders = call.has(folderItself) ? [] : found.filter(\.node.isDirectory)
        for file in files { call.out(Array(file.text.utf8) + mark(file.node, call) + [0x0A]) }
        let isHeaded = operands.count > 1 || !files.isEmpty
        for (number, folder) in folders.enumerated() {
            guard call.world.isAllowed(4, folder.node) else {
                tally.fail(.notPermitted(folder.text))
                call.warn("cannot open directory '\(folder.text)': Permission denied")
                exit = 2
                continue
            }
            if isHeaded { call.out((number > 0 || !files.isEmpty ? "\n" : "") + folder.text + ":\n") }
            show(folder.path, &call)
        }
        return .code(exit, reason: tally.reason)
    }

    /// What stands at an operand; nil after a message. A link is followed unless its own line is asked for.
    private static func look(_ text: String, _ tally: inout Tally, _ call: inout Invocation) -> Listed? {
        let isItself = call.has(long) || call.has(numbers) || call.has(folderItself) || call.has(classify)
        var found: (path: ImagePath, node: FileNode?)?
        do throws(FileError) {
            found = try call.world.resolve(text, followLast: !isItself)
        } catch {
            tally.fail(error.reason(text))
            if error != .missing {
                call.warn("cannot access '\(text)': \(error.message)")
                return nil
            }
        }
        if found?.node == nil { found = try? call.world.resolve(text, followLast: false) }
        guard let (path, node) = found, let node else {
            tally.fail(.fileMissing(text))
            let what = call.isBusybox ? text : "cannot access '\(text)'"
            call.warn("\(what): No such file or directory")
            return nil
        }
        return Listed(text: text, path: path, node: node)
    }

    private static func show(_ folder: ImagePath, _ call: inout Invocation) {
        var names = call.world.tree.entries(of: folder) ?? []
        if !call.has(all), !call.has(almostAll) { names.removeAll { $0.first == 0x2E } }
        if call.has(backups) { names.removeAll { $0.last == UInt8(ascii: "~") } }
        if call.has(all) { names = [[0x2E], [0x2E, 0x2E]] + names }
        if call.has(reverse) { names.reverse() }
        for name in names {
            let isDot = name == [0x2E] || name == [0x2E, 0x2E]
            let node = isDot ? FileNode.directory() : call.world.tree.node(at: folder.appending(name))
            call.out(name + (node.map { mark($0, call) } ?? []) + [0x0A])
        }
        if call.world.isUncertain(folder) { call.out("", isUnknown: true) }
    }

    /// The sign of its kind that stands behind a name, where signs are asked for.
    private static func mark(_ node: FileNode, _ call: Invocation) -> [UInt8] {
        guard call.has(classify) || call.has(slashes) else { return [] }
        if node.isDirectory { return [0x2F] }
        guard call.has(classify) else { return [] }
        switch node.kind {
        case .symlink: return [UInt8(ascii: "@")]
        case .fifo: return [UInt8(ascii: "|")]
        case .character, .block, .directory: return []
        case .file, .hardLink: return node.mode & 0o111 != 0 ? [UInt8(ascii: "*")] : []
        }
    }
}
