// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of BusyBox 1.36.1 as Alpine has it, measured.

import ShellMachine
import SystemFiles

/// BusyBox's `delgroup`: removes a group, or a user from a group.
enum BusyboxDelgroup: AccountProgram {
    static let names = ["delgroup"]
    static let flavors: Set<ProgramFlavor> = [.busybox]
    static let home = ProgramHome.sbin
    /// All its words are names.
    static let options: OptionTable? = nil

    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        var files = try BusyboxAccounts.open(&call)
        let names = call.arguments
        guard let name = names.first, names.count <= 2 else { throw BusyboxAccounts.usage(&call) }
        if names.count == 2 {
            _ = try BusyboxAccounts.user(name, files, &call)
            try BusyboxAccounts.removeMember(name, names[1], &files, &call)
            return .success
        }
        let group = try BusyboxAccounts.group(name, files, &call)
        if let user = files.users.first(where: { $0.gid == group.gid }) {
            throw call.ending("'\(user.name)' still has '\(name)' as their primary group!")
        }
        files.removeGroup(name)
        files.write(to: &call.world, keepsBackups: false)
        return .success
    }
}
