// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of BusyBox 1.36.1 as Alpine has it, measured.

import ImageFilesystem
import OCISpec
import ShellMachine
import SystemFiles

/// BusyBox's `adduser`: adds a user, or a user to a group.
enum BusyboxAdduser: AccountProgram {
    static let names = ["adduser"]
    static let flavors: Set<ProgramFlavor> = [.busybox]
    static let home = ProgramHome.sbin
    static let homeFolder = CommandOption.value("h", "home", is: .path)
    static let comment = CommandOption.value("g", "gecos")
    static let shell = CommandOption.value("s", "shell", is: .path)
    static let group = CommandOption.value("G", "ingroup", is: .account)
    static let system = CommandOption.flag("S", "system")
    static let emptyPassword = CommandOption.flag("D", "empty-password")
    static let disabledPassword = CommandOption.flag("disabled-password")
    static let noCreateHome = CommandOption.flag("H", "no-create-home")
    static let uid = CommandOption.value("u", "uid", is: .number)
    static let skeleton = CommandOption.value("k", "skel", is: .path)
    static let options: OptionTable? = OptionTable([
        homeFolder, comment, shell, group, system, emptyPassword, disabledPassword, noCreateHome, uid, skeleton,
    ])

    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        var files = try BusyboxAccounts.open(&call)
        let (name, second) = try BusyboxAccounts.operands(&call)
        if let second {
            try BusyboxAccounts.addMember(name, second, &files, &call)
            return .success
        }
        try BusyboxAccounts.check(name, &call)
        let isSystem = call.has(system)
        let groupName = call.value(group) ?? (isSystem ? "nogroup" : nil)
        let user = try account(name, in: groupName, files, &call)
        files.addLocked(user, today: call.world.today)
        if let groupName {
            files.addMember(name, to: groupName)
        } else {
            files.add(GroupEntry(name: name, gid: user.gid))
        }
        files.write(to: &call.world, keepsBackups: false)
        if !call.has(noCreateHome) { makeHome(of: user, &call) }
        guard !call.has(emptyPassword), !call.has(disabledPassword), !isSystem else { return .success }
        call.out("Changing password for \(name)\nNew password: ")
        call.err("\npasswd: password for \(name) is unchanged\n")
        return .code(1)
    }

    /// The account with its numbers; the end where something is missing or taken.
    private static func account(
        _ name: String,
        in groupName: String?,
        _ files: AccountFiles,
        _ call: inout Invocation
    ) throws(Ending) -> PasswdEntry {
        let isSystem = call.has(system)
        var wanted: UInt32?
        if let text = call.value(uid) { wanted = try BusyboxAccounts.number(text, &call) }
        var gid: UInt32?
        if let groupName { gid = try BusyboxAccounts.group(groupName, files, &call).gid }
        if files.user(named: name) != nil { throw call.ending("user '\(name)' in use", reason: .nameTaken(name)) }
        let users = Set(files.users.map(\.uid))
        let groups = Set(files.groups.map(\.gid))
        if let wanted, users.contains(wanted) {
            throw call.ending("uid '\(wanted)' in use", reason: .numberTaken(Int(wanted)))
        }
        let range = BusyboxAccounts.range(isSystem: isSystem)
        let free = range.first { !users.contains($0) && (gid != nil || !groups.contains($0)) }
        guard let uid = wanted ?? free else { throw call.ending("no uids left") }
        if gid == nil {
            if files.group(named: name) != nil { throw call.ending("group '\(name)' in use", reason: .nameTaken(name)) }
            if groups.contains(uid) { throw call.ending("gid '\(uid)' in use", reason: .numberTaken(Int(uid))) }
        }
        let comment = call.value(comment) ?? "Linux User,,,"
        if comment.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == 0x0A }) {
            throw call.ending("illegal character in GECOS")
        }
        let usualShell = isSystem ? "/sbin/nologin" : call.environment["SHELL"]?.string ?? "/bin/sh"
        return PasswdEntry(
            name: name,
            uid: uid,
            gid: gid ?? uid,
            comment: comment,
            home: call.value(homeFolder) ?? "/home/\(name)",
            shell: call.value(shell) ?? usualShell
        )
    }

    /// A home folder that is there already is taken over as it is, but for its owner.
    private static func makeHome(of user: PasswdEntry, _ call: inout Invocation) {
        let home = HomeFolder(of: user)
        let skeleton = call.value(skeleton) ?? "/etc/skel"
        guard !home.make(mode: 0o2755, skeleton: skeleton, in: &call.world),
            let (path, _) = call.world.tree.resolve(ImagePath(home.text)), !path.isRoot
        else { return }
        call.world.tree.update(at: path) {
            $0.uid = home.uid
            $0.gid = home.gid
            $0.mode |= 0o2000
        }
    }
}
