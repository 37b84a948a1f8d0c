// SPDX-License-Identifier: Apache-2.0
//
// Source: groupadd(8) of shadow 4.13 as Debian 12 has it, measured.

import ShellMachine
import SystemFiles

/// `groupadd`: adds a group.
enum Groupadd: AccountProgram {
    static let names = ["groupadd"]
    static let flavors: Set<ProgramFlavor> = [.shadow]
    static let home = ProgramHome.sbin
    static let usageExit = 2
    static let force = CommandOption.flag("f", "force")
    static let gid = CommandOption.value("g", "gid", is: .number)
    static let help = CommandOption.flag("h", "help")
    static let nonUnique = CommandOption.flag("o", "non-unique")
    static let password = CommandOption.value("p", "password")
    static let system = CommandOption.flag("r", "system")
    static let users = CommandOption.value("U", "users")
    static let options: OptionTable? = OptionTable([
        force, gid, help, .value("K", "key").unfollowed, nonUnique, password, system,
        .value("R", "root", is: .path).unfollowed,
        .value("P", "prefix", is: .path).unfollowed, users,
    ])

    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        if call.has(help) { return .success }
        let name = try ShadowProgram.name(&call, "GROUP")
        guard ShadowProgram.isValidName(name) else {
            throw call.ending("'\(name)' is not a valid group name", code: 3)
        }
        var wanted: UInt32?
        if let text = call.value(gid) { wanted = try ShadowProgram.number(text, "group", below: 1 << 32, &call) }
        var files = try ShadowProgram.open(&call, locking: "/etc/group", code: 10)
        if files.group(named: name) != nil {
            if call.has(force) { return .success }
            throw call.ending("group '\(name)' already exists", code: 9, reason: .nameTaken(name))
        }
        if let number = wanted, !call.has(nonUnique), files.group(numbered: number) != nil {
            guard call.has(force) else {
                throw call.ending("GID '\(number)' already exists", code: 4, reason: .numberTaken(Int(number)))
            }
            wanted = nil
        }
        let isSystem = call.has(system)
        guard let number = wanted ?? ShadowProgram.nextGroup(files, isSystem: isSystem, preferred: nil) else {
            throw call.ending("Can't get unique GID (no more available GIDs)", code: 4)
        }
        let members = call.value(users)?.split(separator: ",").map(String.init) ?? []
        files.add(GroupEntry(name: name, gid: number, members: members), password: call.value(password))
        files.write(to: &call.world, keepsBackups: true)
        return .success
    }
}
