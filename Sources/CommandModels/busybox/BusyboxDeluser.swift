// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of BusyBox 1.36.1 as Alpine has it, measured.

import ShellMachine
import SystemFiles

/// BusyBox's `deluser`: removes a user, or a user from a group.
enum BusyboxDeluser: AccountProgram {
    static let names = ["deluser"]
    static let flavors: Set<ProgramFlavor> = [.busybox]
    static let home = ProgramHome.sbin
    static let removeHome = CommandOption.flag("r", "remove-home")
    static let options: OptionTable? = OptionTable([removeHome])

    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        var files = try BusyboxAccounts.open(&call)
        let (name, group) = try BusyboxAccounts.operands(&call)
        let user = try BusyboxAccounts.user(name, files, &call)
        if let group {
            try BusyboxAccounts.removeMember(name, group, &files, &call)
            return .success
        }
        files.remove(user, alsoGroup: true)
        files.write(to: &call.world, keepsBackups: false)
        if call.has(removeHome) { HomeFolder(of: user).remove(from: &call.world) }
        return .success
    }
}
