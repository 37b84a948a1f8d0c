// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, unlink; GNU coreutils 9.1.

import Diagnostics
import ImageFilesystem
import ShellMachine

/// `unlink`: takes one name away that is no folder's.
enum Unlink: CommandModel {
    static let names = ["unlink"]
    static let scope = Unknown.Scope.files
    static let options: OptionTable? = OptionTable.none

    static func run(_ call: inout Invocation) -> Outcome {
        guard let text = call.operands.first else { return call.missingOperand() }
        if call.operands.count > 1 { return call.extraOperand(call.operands[1]) }
        do throws(FileError) {
            let (path, node) = try call.world.resolve(text, followLast: false)
            guard let node else { throw FileError.missing }
            guard !node.isDirectory else { throw FileError.isFolder }
            try call.world.checkRemovable(path, node)
            call.world.removeTree(path)
            return .success
        } catch {
            let start = call.isBusybox ? "can't remove file" : "cannot unlink"
            return call.fail("\(start) '\(text)': \(error.message)", reason: error.reason(text))
        }
    }
}
