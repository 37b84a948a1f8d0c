// SPDX-License-Identifier: Apache-2.0
//
// Source: gpasswd(1) of shadow 4.13 as Debian 12 has it, measured.

import ShellMachine
import SystemFiles

/// `gpasswd`: changes who is in a group.
enum Gpasswd: AccountProgram {
    static let names = ["gpasswd"]
    static let flavors: Set<ProgramFlavor> = [.shadow]
    static let usageExit = 2
    static let add = CommandOption.value("a", "add", is: .account)
    static let delete = CommandOption.value("d", "delete", is: .account)
    static let members = CommandOption.value("M", "members")
    static let options: OptionTable? = OptionTable([
        add, delete, .flag("r", "delete-password").unfollowed, .flag("R", "restrict").unfollowed,
        .value("A", "administrators").unfollowed, members,
        .value("Q", "root", is: .path).unfollowed,
    ])

    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        guard let name = call.operands.first else { throw ShadowProgram.usage(&call, "GROUP") }
        var files = try ShadowProgram.open(&call, locking: "/etc/group", code: 1)
        guard let group = files.group(named: name) else {
            throw call.ending("group '\(name)' does not exist in /etc/group", code: 3, reason: .groupMissing(name))
        }
        if let user = call.value(add) {
            guard files.user(named: user) != nil else {
                throw call.ending("user '\(user)' does not exist", code: 3, reason: .userMissing(user))
            }
            call.out("Adding user \(user) to group \(name)\n")
            files.addMember(user, to: name)
        }
        if let user = call.value(delete) {
            call.out("Removing user \(user) from group \(name)\n")
            guard group.members.contains(user) else {
                throw call.ending("user '\(user)' is not a member of '\(name)'", code: 3)
            }
            files.setMembers(group.members.filter { $0 != user }, of: name)
        }
        if let list = call.value(members) { files.setMembers(list.split(separator: ",").map(String.init), of: name) }
        files.write(to: &call.world, keepsBackups: true)
        return .success
    }
}
