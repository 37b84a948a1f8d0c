// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, groups.

import Diagnostics
import ShellMachine
import SystemFiles

/// `groups`: the groups of a user.
enum Groups: CommandModel {
    static let names = ["groups"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        let files = AccountFiles(call.world.tree)
        let uid = call.world.user.uid
        let wanted = call.arguments.first
        guard let account = wanted.map({ files.user(named: $0) }) ?? files.user(numbered: uid) else {
            let who = wanted ?? String(uid)
            return call.fail("'\(who)': no such user", reason: .userMissing(who))
        }
        let main = files.group(numbered: account.gid)?.name ?? String(account.gid)
        let names = [main] + files.groups(of: account.name).map(\.name).filter { $0 != main }
        call.out((wanted == nil ? "" : "\(account.name) : ") + names.joined(separator: " ") + "\n")
        return .success
    }
}
