// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of adduser 3.134 (Debian 12), measured.

import ShellMachine
import SystemFiles

extension Adduser {
    /// Adds an ordinary user.
    static func addUser(
        _ name: String,
        _ files: inout AccountFiles,
        _ configuration: AdduserConfiguration,
        _ call: inout Invocation
    ) throws(Ending) -> Outcome {
        let wanted = try number(uid, "user", &call)
        if files.user(named: name) != nil {
            throw call.ending("The user `\(name)' already exists.", reason: .nameTaken(name))
        }
        try checkFree(wanted, files, &call)
        var group = try namedGroup(files, &call)
        if group == nil, !configuration.isOn("USERGROUPS") { group = files.group(named: "users") }
        if group == nil { try checkOwnGroup(name, wanted, files, &call) }
        let range = configuration.range("UID", first: call.value(firstUID), last: call.value(lastUID))
        DebianAccounts.say("Adding user `\(name)' ...", &call)
        let usedUsers = Set(files.users.map(\.uid))
        let usedGroups = call.has(ingroup) ? [] : Set(files.groups.map(\.gid))
        let free = range.first { !usedUsers.contains($0) && !usedGroups.contains($0) }
        guard let number = wanted ?? free else { throw call.ending("The user `\(name)' was not created.") }
        if group == nil {
            DebianAccounts.say("Adding new group `\(name)' (\(number)) ...", &call)
            files.add(GroupEntry(name: name, gid: number))
            files.commit(to: &call.world)
        }
        let gid = group?.gid ?? number
        DebianAccounts.say(
            "Adding new user `\(name)' (\(number)) with group `\(group?.name ?? name) (\(gid))' ...",
            &call
        )
        let usualShell = call.has(disabledLogin) ? "/usr/sbin/nologin" : configuration.text("DSHELL")
        let user = PasswdEntry(
            name: name,
            uid: number,
            gid: gid,
            home: call.value(homeFolder) ?? configuration.text("DHOME") + "/" + name,
            shell: call.value(shell) ?? usualShell
        )
        add(user, to: &files, &call)
        files.commit(to: &call.world)
        makeHome(
            of: user,
            configuration.text("DIR_MODE"),
            skeleton: configuration.text("SKEL"),
            configuration,
            &call
        )
        ask(name, &call)
        // Without a terminal the questions for a password and a comment end at once and leave both empty.
        var commented = user
        commented.comment = comment(call.value(comment) ?? "")
        files.update(commented, named: name)
        files.commit(to: &call.world)
        if configuration.isOn("USERGROUPS") { addToUsers(user, &files, &call) }
        files.commit(to: &call.world)
        return .success
    }

    /// The end where the group of the user's own name, or its number, is taken.
    private static func checkOwnGroup(
        _ name: String,
        _ wanted: UInt32?,
        _ files: AccountFiles,
        _ call: inout Invocation
    ) throws(Ending) {
        if files.group(named: name) != nil {
            throw call.ending("The group `\(name)' already exists.", reason: .nameTaken(name))
        }
        if let wanted, files.group(numbered: wanted) != nil {
            throw call.ending("The GID \(wanted) is already in use.", reason: .numberTaken(Int(wanted)))
        }
    }

    private static func add(_ user: PasswdEntry, to files: inout AccountFiles, _ call: inout Invocation) {
        files.addLocked(user, today: call.world.today)
        if files.definitions.ordinaryRange("UID").contains(user.uid) { files.addSubordinates(user.name) }
    }

    /// What passwd and chfn ask, and nobody answers.
    private static func ask(_ name: String, _ call: inout Invocation) {
        if !call.has(disabledPassword), !call.has(disabledLogin) {
            call.err(
                "New password: Password change has been aborted.\npasswd: Authentication token manipulation error\n"
                    + "passwd: password unchanged\n"
            )
            call.out("Try again? [y/N] ")
        }
        if call.value(comment) == nil {
            call.out(
                "Changing the user information for \(name)\nEnter the new value, or press ENTER for the default\n"
                    + "\tFull Name []: \tRoom Number []: \tWork Phone []: \tHome Phone []: \tOther []: "
                    + "Is the information correct? [Y/n] "
            )
        }
    }

    private static func addToUsers(_ user: PasswdEntry, _ files: inout AccountFiles, _ call: inout Invocation) {
        guard let users = files.group(named: "users") else { return }
        DebianAccounts.say("Adding new user `\(user.name)' to supplemental / extra groups `users' ...", &call)
        guard users.gid != user.gid || !users.members.contains(user.name) else { return }
        DebianAccounts.say("Adding user `\(user.name)' to group `users' ...", &call)
        files.addMember(user.name, to: "users")
    }
}
