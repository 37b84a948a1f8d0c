// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, realpath; BusyBox 1.36.

import Diagnostics
import OCISpec
import ShellMachine

/// `realpath`: a path without links.
enum Realpath: CommandModel {
    static let names = ["realpath"]
    static let scope = Unknown.Scope.output
    static let existing = CommandOption.flag("e", "canonicalize-existing")
    static let missing = CommandOption.flag("m", "canonicalize-missing")
    static let quiet = CommandOption.flag("q", "quiet")
    static let relativeTo = CommandOption.value("relative-to", is: .path)
    static let options: OptionTable? = OptionTable([
        existing, missing, .flag("L", "logical").unfollowed, .flag("P", "physical"), quiet, relativeTo,
        .value("relative-base", is: .path).unfollowed, .flag("s", "strip", "no-symlinks").unfollowed,
        .flag("z", "zero").unfollowed,
    ])

    static func run(_ call: inout Invocation) -> Outcome {
        guard !call.operands.isEmpty else { return call.missingOperand() }
        var tally = Tally()
        for text in call.operands {
            guard let (path, node) = try? call.world.resolve(text), node != nil || !call.has(existing) else {
                if call.has(missing) {
                    call.out(call.world.path(text).description + "\n")
                } else {
                    if !call.has(quiet) { call.warn("\(text): No such file or directory") }
                    tally.fail(.fileMissing(text))
                }
                continue
            }
            if let base = call.value(relativeTo) {
                call.out(path.relative(to: call.world.path(base)) + "\n")
            } else {
                call.out(path.bytes + [0x0A])
            }
        }
        return tally.outcome
    }
}
