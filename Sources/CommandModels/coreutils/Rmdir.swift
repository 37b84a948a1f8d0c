// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, rmdir; GNU coreutils 9.1; BusyBox 1.36.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `rmdir`: takes empty folders away.
enum Rmdir: CommandModel {
    static let names = ["rmdir"]
    static let scope = Unknown.Scope.files
    static let parents = CommandOption.flag("p", "parents")
    static let ignoresFull = CommandOption.flag("ignore-fail-on-non-empty")
    static let options: OptionTable? = OptionTable([parents, .flag("v", "verbose"), ignoresFull])

    static func run(_ call: inout Invocation) -> Outcome {
        guard !call.operands.isEmpty else { return call.missingOperand() }
        var tally = Tally()
        for text in call.operands {
            do throws(FileError) {
                try remove(text, &call)
            } catch {
                if error == .notEmpty, call.has(ignoresFull) { continue }
                call.warn(
                    call.isBusybox ? "'\(text)': \(error.message)" : "failed to remove '\(text)': \(error.message)"
                )
                tally.fail(error.reason(text))
            }
        }
        return tally.outcome
    }

    private static func remove(_ text: String, _ call: inout Invocation) throws(FileError) {
        let (path, node) = try call.world.resolve(text, followLast: false)
        guard let node else { throw FileError.missing }
        guard node.isDirectory else { throw FileError.notFolder }
        guard call.world.tree.entries(of: path)?.isEmpty == true else { throw FileError.notEmpty }
        try call.world.checkRemovable(path, node)
        call.world.take(path)
        guard call.has(parents) else { return }
        var parent = path.parent
        while !parent.isRoot, call.world.tree.entries(of: parent)?.isEmpty == true,
            path.components.count - parent.components.count < ImagePath(text).components.count
        {
            call.world.take(parent)
            parent = parent.parent
        }
    }
}
