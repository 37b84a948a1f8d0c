// SPDX-License-Identifier: Apache-2.0
//
// Source: groupmod(8) of shadow 4.13 as Debian 12 has it, measured.

import ShellMachine
import SystemFiles

/// `groupmod`: changes a group.
enum Groupmod: AccountProgram {
    static let names = ["groupmod"]
    static let flavors: Set<ProgramFlavor> = [.shadow]
    static let home = ProgramHome.sbin
    static let usageExit = 2
    static let gid = CommandOption.value("g", "gid", is: .number)
    static let newName = CommandOption.value("n", "new-name")
    static let nonUnique = CommandOption.flag("o", "non-unique")
    static let users = CommandOption.value("U", "users")
    static let options: OptionTable? = OptionTable([
        .flag("a", "append").unfollowed, gid, newName, nonUnique, .value("p", "password").unfollowed,
        .value("R", "root", is: .path).unfollowed,
        .value("P", "prefix", is: .path).unfollowed, users, .flag("h", "help"),
    ])

    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        let name = try ShadowProgram.name(&call, "GROUP")
        var files = try ShadowProgram.open(&call, locking: "/etc/group", code: 10)
        guard var group = files.group(named: name) else {
            throw call.ending("group '\(name)' does not exist", code: 6, reason: .groupMissing(name))
        }
        if let text = call.value(gid) {
            let number = try ShadowProgram.number(text, "group", below: 1 << 32, &call)
            if number != group.gid, !call.has(nonUnique), files.group(numbered: number) != nil {
                throw call.ending("GID '\(number)' already exists", code: 4, reason: .numberTaken(Int(number)))
            }
            for user in files.users where user.gid == group.gid {
                var user = user
                user.gid = number
                files.update(user, named: user.name)
            }
            group.gid = number
        }
        if let other = call.value(newName), other != name {
            guard ShadowProgram.isValidName(other) else { throw call.ending("invalid group name '\(other)'", code: 3) }
            if files.group(named: other) != nil {
                throw call.ending("group '\(other)' already exists", code: 9, reason: .nameTaken(other))
            }
            group.name = other
            files.set(0, of: name, in: .gshadow) { _ in other }
        }
        if let list = call.value(users) { group.members = list.split(separator: ",").map(String.init) }
        files.update(group, named: name)
        files.write(to: &call.world, keepsBackups: true)
        return .success
    }
}
