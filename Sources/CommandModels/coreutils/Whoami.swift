// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, whoami.

import Diagnostics
import ShellMachine
import SystemFiles

/// `whoami`: the name of the user.
enum Whoami: CommandModel {
    static let names = ["whoami"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        let uid = call.world.user.uid
        guard let name = AccountFiles(call.world.tree).user(numbered: uid)?.name else {
            return call.fail(call.isBusybox ? "unknown uid \(uid)" : "cannot find name for user ID \(uid)")
        }
        call.out(name + "\n")
        return .success
    }
}
