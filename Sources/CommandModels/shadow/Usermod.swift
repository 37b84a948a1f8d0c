// SPDX-License-Identifier: Apache-2.0
//
// Source: usermod(8) of shadow 4.13 as Debian 12 has it, measured.

import ImageFilesystem
import OCISpec
import ShellMachine
import SystemFiles

/// `usermod`: changes a user.
enum Usermod: AccountProgram {
    static let names = ["usermod"]
    static let flavors: Set<ProgramFlavor> = [.shadow]
    static let home = ProgramHome.sbin
    static let usageExit = 2
    static let append = CommandOption.flag("a", "append")
    static let comment = CommandOption.value("c", "comment")
    static let homeFolder = CommandOption.value("d", "home", is: .path)
    static let expiry = CommandOption.value("e", "expiredate")
    static let inactive = CommandOption.value("f", "inactive", is: .number)
    static let group = CommandOption.value("g", "gid", is: .account)
    static let groups = CommandOption.value("G", "groups")
    static let login = CommandOption.value("l", "login")
    static let lock = CommandOption.flag("L", "lock")
    static let moveHome = CommandOption.flag("m", "move-home")
    static let nonUnique = CommandOption.flag("o", "non-unique")
    static let password = CommandOption.value("p", "password")
    static let remove = CommandOption.flag("r", "remove")
    static let shell = CommandOption.value("s", "shell", is: .path)
    static let uid = CommandOption.value("u", "uid", is: .number)
    static let unlock = CommandOption.flag("U", "unlock")
    static let options: OptionTable? = OptionTable([
        append, .flag("b", "badname"), comment, homeFolder, expiry, inactive, group, groups, login, lock, moveHome,
        nonUnique, password, remove, .value("R", "root", is: .path).unfollowed,
        .value("P", "prefix", is: .path).unfollowed, shell, uid,
        unlock, .value("v", "add-subuids").unfollowed, .value("w", "add-subgids").unfollowed, .flag("h", "help"),
    ])

    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        let name = try ShadowProgram.name(&call, "LOGIN")
        var files = try call.accountFiles()
        guard let old = files.user(named: name) else {
            throw call.ending("user '\(name)' does not exist", code: 6, reason: .userMissing(name))
        }
        guard call.world.isRoot else { throw ShadowProgram.denied(&call, locking: "/etc/passwd", code: 1) }
        var user = old
        if let text = call.value(group) { user.gid = try ShadowProgram.group(text, files, &call).gid }
        var further: [String]?
        if let list = call.value(groups) { further = try ShadowProgram.groups(list, files, &call) }
        try changeIdentity(&user, files, &call)
        files.update(user, named: name)
        try changePassword(of: name, &files, &call)
        if let further { changeMembership(of: name, to: further, &files, call) }
        if user.name != name { rename(name, to: user.name, &files) }
        files.write(to: &call.world, keepsBackups: true)
        changeHome(from: old, to: user, &call)
        return .success
    }

    private static func changeIdentity(
        _ user: inout PasswdEntry,
        _ files: AccountFiles,
        _ call: inout Invocation
    ) throws(Ending) {
        if let text = call.value(uid) {
            let number = try ShadowProgram.number(text, "user", below: (1 << 32) - 1, &call)
            if number != user.uid, !call.has(nonUnique), files.user(numbered: number) != nil {
                throw call.ending("UID '\(number)' already exists", code: 4, reason: .numberTaken(Int(number)))
            }
            user.uid = number
        }
        if let name = call.value(login), name != user.name {
            guard ShadowProgram.isValidName(name) else {
                throw call.ending("invalid user name '\(name)': use --badname to ignore", code: 3)
            }
            if files.user(named: name) != nil {
                throw call.ending("user '\(name)' already exists", code: 9, reason: .nameTaken(name))
            }
            user.name = name
        }
        if let text = call.value(comment) { user.comment = text }
        if let text = call.value(homeFolder) { user.home = text }
        if let text = call.value(shell) {
            user.shell = text
            if !text.isEmpty, call.world.tree.resolvedNode(at: ImagePath(text)) == nil {
                call.err("usermod: Warning: missing or non-executable shell '\(text)'\n")
            }
        }
    }

    private static func changePassword(
        of name: String,
        _ files: inout AccountFiles,
        _ call: inout Invocation
    ) throws(Ending) {
        if let text = call.value(password) { files.set(1, of: name, in: .shadow) { _ in text } }
        if call.has(lock) { files.set(1, of: name, in: .shadow) { $0.hasPrefix("!") ? $0 : "!" + $0 } }
        if let text = call.value(inactive), let days = Int(text) {
            files.set(6, of: name, in: .shadow) { _ in days < 0 ? "" : String(days) }
        }
        if call.has(expiry) {
            let day = try ShadowProgram.expiry(call.value(expiry), &call)
            files.set(7, of: name, in: .shadow) { _ in day }
        }
        guard call.has(unlock) else { return }
        if files.password(of: name) == "!" {
            call.err(
                "usermod: unlocking the user's password would result in a passwordless account.\nYou should set a "
                    + "password with usermod -p to unlock this user's password.\n"
            )
        }
        files.set(1, of: name, in: .shadow) { $0.hasPrefix("!") && $0.utf8.count > 1 ? String($0.dropFirst()) : $0 }
    }

    private static func changeMembership(
        of name: String,
        to further: [String],
        _ files: inout AccountFiles,
        _ call: Invocation
    ) {
        for group in files.groups {
            let isMember = group.members.contains(name)
            let isNamed = further.contains(group.name)
            if isNamed, !isMember, !call.has(remove) {
                files.addMember(name, to: group.name)
            } else if isMember, call.has(remove) ? isNamed : !isNamed && !call.has(append) {
                files.setMembers(group.members.filter { $0 != name }, of: group.name)
            }
        }
    }

    private static func rename(_ name: String, to other: String, _ files: inout AccountFiles) {
        files.set(0, of: name, in: .shadow) { _ in other }
        for group in files.groups(of: name) {
            files.setMembers(group.members.map { $0 == name ? other : $0 }, of: group.name)
        }
    }

    /// Gives the files of the home folder to the new number and the new main group, and moves it where that is asked for.
    ///
    /// Only what the old number or the old group had changes hands; nothing does where the home folder is somebody else's.
    private static func changeHome(
        from old: PasswdEntry,
        to user: PasswdEntry,
        _ call: inout Invocation
    ) {
        let found = call.world.tree.resolve(ImagePath(old.home))
        let moves = call.has(moveHome) && call.has(homeFolder) && old.home != user.home
        let home = call.has(homeFolder) && !moves ? call.world.tree.resolve(ImagePath(user.home)) : found
        let (uid, newUID, gid, newGID) = (old.uid, user.uid, old.gid, user.gid)
        if uid != newUID || gid != newGID, let home, let folder = home.node, folder.isDirectory,
            folder.uid == uid || folder.uid == newUID
        {
            for (path, node) in call.world.tree.everything(from: home.path) where node.uid == uid || node.gid == gid {
                call.world.tree.update(at: path) {
                    if node.uid == uid { $0.uid = newUID }
                    if node.gid == gid { $0.gid = newGID }
                }
            }
        }
        if moves, let found, found.node != nil {
            call.world.moveTree(from: found.path, to: ImagePath(user.home))
        }
    }
}
