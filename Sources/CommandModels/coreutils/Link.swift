// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, link; GNU coreutils 9.1.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `link`: gives a file one more name.
enum Link: CommandModel {
    static let names = ["link"]
    static let scope = Unknown.Scope.files
    static let options: OptionTable? = OptionTable.none

    static func run(_ call: inout Invocation) -> Outcome {
        guard let source = call.operands.first else { return call.missingOperand() }
        guard call.operands.count > 1 else { return call.missingOperand(after: source) }
        if call.operands.count > 2 { return call.extraOperand(call.operands[2]) }
        let target = call.operands[1]
        do throws(FileError) {
            let (path, node) = try call.world.resolve(source, followLast: false)
            guard let node else { throw FileError.missing }
            guard !node.isDirectory else { throw FileError.notPermitted }
            let (place, existing) = try call.world.resolve(target, followLast: false)
            guard existing == nil else { throw FileError.exists }
            try call.world.checkWritable(folder: place.parent)
            let link = call.world.hardLink(to: path)
            call.world.put(link, at: place)
            call.world.hasHardLinks = true
            return .success
        } catch {
            return call.fail(
                "cannot create link '\(target)' to '\(source)': \(error.message)",
                reason: error.reason(target)
            )
        }
    }
}
