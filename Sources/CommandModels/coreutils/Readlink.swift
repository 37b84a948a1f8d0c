// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, readlink; BusyBox 1.36.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `readlink`: where a link points to.
enum Readlink: CommandModel {
    static let names = ["readlink"]
    static let scope = Unknown.Scope.output
    static let canonical = CommandOption.flag("f", "canonicalize")
    static let existing = CommandOption.flag("e", "canonicalize-existing")
    static let missing = CommandOption.flag("m", "canonicalize-missing")
    static let noNewline = CommandOption.flag("n", "no-newline")
    static let zero = CommandOption.flag("z", "zero")
    static let options: OptionTable? = OptionTable([
        canonical, existing, missing, noNewline, .flag("q", "quiet"), .flag("s", "silent"), .flag("v", "verbose"), zero,
    ])

    static func run(_ call: inout Invocation) -> Outcome {
        guard !call.operands.isEmpty else { return call.missingOperand() }
        let end = Array((call.has(noNewline) ? "" : call.has(zero) ? "\0" : "\n").utf8)
        let isCanonical = call.has(canonical) || call.has(existing) || call.has(missing)
        var tally = Tally()
        for text in call.operands {
            if let bytes = isCanonical ? canonicalPath(text, &call) : target(text, &call) {
                call.out(bytes + end)
            } else {
                tally.fail()
            }
        }
        return tally.outcome
    }

    private static func canonicalPath(_ text: String, _ call: inout Invocation) -> [UInt8]? {
        if let (path, node) = try? call.world.resolve(text), node != nil || !call.has(existing) { return path.bytes }
        return call.has(missing) ? Array(call.world.path(text).description.utf8) : nil
    }

    private static func target(_ text: String, _ call: inout Invocation) -> [UInt8]? {
        let node = (try? call.world.node(text, followLast: false)) ?? nil
        guard case .symlink(let target)? = node?.kind else { return nil }
        return target
    }
}
