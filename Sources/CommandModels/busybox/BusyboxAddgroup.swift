// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of BusyBox 1.36.1 as Alpine has it, measured.

import ShellMachine
import SystemFiles

/// BusyBox's `addgroup`: adds a group, or a user to a group.
enum BusyboxAddgroup: AccountProgram {
    static let names = ["addgroup"]
    static let flavors: Set<ProgramFlavor> = [.busybox]
    static let home = ProgramHome.sbin
    static let gid = CommandOption.value("g", "gid", is: .number)
    static let system = CommandOption.flag("S", "system")
    static let options: OptionTable? = OptionTable([gid, system])

    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        var files = try BusyboxAccounts.open(&call)
        let (name, second) = try BusyboxAccounts.operands(&call)
        if let second {
            guard !call.has(gid), !call.has(system) else { throw BusyboxAccounts.usage(&call) }
            try BusyboxAccounts.addMember(name, second, &files, &call)
            return .success
        }
        try BusyboxAccounts.check(name, &call)
        if files.group(named: name) != nil { throw call.ending("group '\(name)' in use", reason: .nameTaken(name)) }
        let taken = Set(files.groups.map(\.gid))
        let number: UInt32
        if let text = call.value(gid) {
            number = try BusyboxAccounts.number(text, &call)
            if taken.contains(number) { throw call.ending("gid '\(number)' in use", reason: .numberTaken(Int(number))) }
        } else {
            let range = BusyboxAccounts.range(isSystem: call.has(system))
            guard let free = range.first(where: { !taken.contains($0) }) else { throw call.ending("no gids left") }
            number = free
        }
        files.add(GroupEntry(name: name, gid: number))
        files.write(to: &call.world, keepsBackups: false)
        return .success
    }
}
