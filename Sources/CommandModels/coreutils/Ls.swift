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
    static let inodes = CommandOption.flag("i")
    static let sizes = CommandOption.flag("s")
    static let classify = CommandOption.flag("F", "classify")
    static let slashes = CommandOption.flag("p")
    static let fullTime = CommandOption.flag("full-time")
    static let options: OptionTable? = OptionTable(
        [
            all, almostAll, long, folderItself, recursive, reverse, numbers, inodes, sizes, classify, slashes, fullTime,
            .flag("h", "human-readable"), .flag("group-directories-first"), .optionalValue("color"),
            .value("time-style"),
        ] + "1tSLHgoqQxCmUcuZkbBGN".map { .flag(String($0)) }
    )

    static func run(_ call: inout Invocation) -> Outcome {
        var tally = Tally()
        var exit = 0
        let operands = call.operands.isEmpty ? ["."] : call.operands
        for (number, text) in operands.enumerated() {
            let heading = operands.count > 1 ? (number > 0 ? "\n" : "") + text + ":\n" : ""
            exit = max(exit, list(text, heading, &tally, &call))
        }
        return .code(exit, reason: tally.reason)
    }

    /// Lists an operand; answers the exit code that it asks for.
    private static func list(_ text: String, _ heading: String, _ tally: inout Tally, _ call: inout Invocation) -> Int {
        let isLong = call.has(long) || call.has(numbers) || call.has(fullTime)
        let missing = call.isBusybox ? 1 : 2
        var found: (path: ImagePath, node: FileNode?)?
        do throws(FileError) {
            found = try call.world.resolve(text, followLast: !isLong)
        } catch {
            tally.fail(error.reason(text))
            if error != .missing {
                call.warn("cannot access '\(text)': \(error.message)")
                return missing
            }
        }
        if found?.node == nil { found = try? call.world.resolve(text, followLast: false) }
        guard let (path, node) = found, let node else {
            tally.fail(.fileMissing(text))
            let what = call.isBusybox ? text : "cannot access '\(text)'"
            call.warn("\(what): No such file or directory")
            return missing
        }
        if isLong || call.has(recursive) || call.has(inodes) || call.has(sizes) {
            // Sizes of folders and link counts belong to the real disk.
            call.out("", isUnknown: true)
            return 0
        }
        guard node.isDirectory, !call.has(folderItself) else {
            call.out(text + "\n")
            return 0
        }
        guard call.world.isAllowed(4, node) else {
            tally.fail(.notPermitted(text))
            call.warn("cannot open directory '\(text)': Permission denied")
            return 2
        }
        call.out(heading)
        show(path, &call)
        return 0
    }

    private static func show(_ folder: ImagePath, _ call: inout Invocation) {
        var names = call.world.tree.entries(of: folder) ?? []
        if !call.has(all), !call.has(almostAll) { names.removeAll { $0.first == 0x2E } }
        if call.has(all) { names = [[0x2E], [0x2E, 0x2E]] + names }
        if call.has(reverse) { names.reverse() }
        let marks = call.has(classify) || call.has(slashes)
        for name in names {
            let isFolder = marks && call.world.tree.node(at: folder.appending(name))?.isDirectory == true
            call.out(name + (isFolder ? [0x2F] : []) + [0x0A])
        }
        if call.world.isUncertain(folder) { call.out("", isUnknown: true) }
    }
}
