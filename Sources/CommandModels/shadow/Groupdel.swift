// SPDX-License-Identifier: Apache-2.0
//
// Source: groupdel(8) of shadow 4.13 as Debian 12 has it, measured.

import ShellMachine
import SystemFiles

/// `groupdel`: removes a group.
enum Groupdel: AccountProgram {
    static let names = ["groupdel"]
    static let flavors: Set<ProgramFlavor> = [.shadow]
    static let home = ProgramHome.sbin
    static let usageExit = 2
    static let force = CommandOption.flag("f", "force")
    static let options: OptionTable? = OptionTable([
        force, .flag("h", "help"), .value("R", "root", is: .path).unfollowed,
        .value("P", "prefix", is: .path).unfollowed,
    ])

    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        let name = try ShadowProgram.name(&call, "GROUP")
        var files = try ShadowProgram.open(&call, locking: "/etc/group", code: 10)
        guard let group = files.group(named: name) else {
            throw call.ending("group '\(name)' does not exist", code: 6, reason: .groupMissing(name))
        }
        if let user = files.users.first(where: { $0.gid == group.gid }), !call.has(force) {
            throw call.ending("cannot remove the primary group of user '\(user.name)'", code: 8)
        }
        files.removeGroup(name)
        files.write(to: &call.world, keepsBackups: true)
        return .success
    }
}
