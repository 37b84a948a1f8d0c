// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of adduser 3.134 (Debian 12), measured.

import ImageFilesystem
import OCISpec
import ShellMachine
import SystemFiles

extension Adduser {
    /// `--system`: adds a user for a service.
    static func addSystemUser(
        _ name: String,
        _ files: inout AccountFiles,
        _ configuration: AdduserConfiguration,
        _ call: inout Invocation
    ) throws(Ending) -> Outcome {
        let wanted = try number(uid, "user", &call)
        let range = configuration.range("SYSTEM_UID", first: call.value(firstUID), last: call.value(lastUID))
        if let existing = files.user(named: name) {
            if let wanted, wanted != existing.uid {
                throw call.ending(
                    "The user `\(name)' already exists with a different UID. Exiting.",
                    reason: .nameTaken(name)
                )
            }
            guard range.contains(existing.uid) else {
                throw call.ending(
                    "The user `\(name)' already exists, but is not a system user. Exiting.",
                    reason: .nameTaken(name)
                )
            }
            DebianAccounts.say("The system user `\(name)' already exists. Exiting.", &call)
            return .success
        }
        try checkFree(wanted, files, &call)
        var group = try systemGroup(of: name, files, configuration, &call)
        let used = Set(files.users.map(\.uid))
        guard let number = wanted ?? range.first(where: { !used.contains($0) }) else {
            throw call.ending("The user `\(name)' was not created.")
        }
        DebianAccounts.say("Adding system user `\(name)' (UID \(number)) ...", &call)
        if call.has(DebianAccounts.group), files.group(named: name) == nil {
            group = try newGroup(name, wanted, files, configuration, &call)
            files.add(group)
        }
        DebianAccounts.say("Adding new user `\(name)' (UID \(number)) with group `\(group.name)' ...", &call)
        let user = PasswdEntry(
            name: name,
            uid: number,
            gid: group.gid,
            comment: comment(call.value(comment)),
            home: call.value(homeFolder) ?? "/nonexistent",
            shell: call.value(shell) ?? "/usr/sbin/nologin"
        )
        let highest = files.definitions.systemRange("UID").upperBound
        if number > highest {
            call.err("useradd warning: \(name)'s uid \(number) is greater than SYS_UID_MAX \(highest)\n")
        }
        files.add(user, shadow: ShadowEntry(name: name, password: "!", lastChange: String(call.world.today)))
        files.write(to: &call.world, keepsBackups: true)
        makeHome(of: user, configuration.text("SYS_DIR_MODE"), skeleton: nil, configuration, &call)
        return .success
    }

    /// The end where a number that is asked for has a user.
    static func checkFree(_ wanted: UInt32?, _ files: AccountFiles, _ call: inout Invocation) throws(Ending) {
        guard let wanted, files.user(numbered: wanted) != nil else { return }
        throw call.ending("The UID \(wanted) is already in use.", reason: .numberTaken(Int(wanted)))
    }

    /// The group of a new system user, as far as it is there already.
    private static func systemGroup(
        of name: String,
        _ files: AccountFiles,
        _ configuration: AdduserConfiguration,
        _ call: inout Invocation
    ) throws(Ending) -> GroupEntry {
        if let named = try namedGroup(files, &call) { return named }
        guard call.has(DebianAccounts.group), let existing = files.group(named: name) else {
            return files.group(named: "nogroup") ?? GroupEntry(name: "nogroup", gid: 65534)
        }
        let range = configuration.range("SYSTEM_GID", first: call.value(firstGID), last: call.value(lastGID))
        guard range.contains(existing.gid) else {
            throw call.ending("The group `\(name)' already exists.", reason: .nameTaken(name))
        }
        return existing
    }

    /// The group of the user's own name that `--group` asks for.
    private static func newGroup(
        _ name: String,
        _ wanted: UInt32?,
        _ files: AccountFiles,
        _ configuration: AdduserConfiguration,
        _ call: inout Invocation
    ) throws(Ending) -> GroupEntry {
        let used = Set(files.groups.map(\.gid))
        let range = configuration.range("SYSTEM_GID", first: call.value(firstGID), last: call.value(lastGID))
        guard let number = wanted ?? range.first(where: { !used.contains($0) }) else {
            throw call.ending("The user `\(name)' was not created.")
        }
        DebianAccounts.say("Adding new group `\(name)' (GID \(number)) ...", &call)
        return GroupEntry(name: name, gid: number)
    }

    /// The comment as chfn writes it: name, room, two phones.
    static func comment(_ text: String?) -> String {
        guard let text else { return "" }
        var parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        while parts.count < 4 { parts.append("") }
        return parts.joined(separator: ",")
    }

    /// Makes the home folder, unless there is to be none or one is there.
    static func makeHome(
        of user: PasswdEntry,
        _ mode: String,
        skeleton: String?,
        _ configuration: AdduserConfiguration,
        _ call: inout Invocation
    ) {
        let home = user.home
        if ImagePath(home).components.first == Array("nonexistent".utf8) {
            return DebianAccounts.say("Not creating `\(home)'.", &call)
        }
        if call.has(noCreateHome) { return DebianAccounts.say("Not creating home directory `\(home)'.", &call) }
        if let node = call.world.tree.resolvedNode(at: ImagePath(home)) {
            DebianAccounts.warn("The home directory `\(home)' already exists.  Not touching this directory.", &call)
            if node.uid != user.uid || node.gid != user.gid {
                call.warn(
                    "Warning: The home directory `\(home)' does not belong to the user you are currently creating."
                )
            }
            return
        }
        DebianAccounts.say("Creating home directory `\(home)' ...", &call)
        var bits = UInt16(mode, radix: 8) ?? 0o700
        if configuration.isOn("SETGID_HOME") { bits |= 0o2000 }
        if let skeleton { DebianAccounts.say("Copying files from `\(skeleton)' ...", &call) }
        HomeFolder(of: user).make(mode: bits, skeleton: skeleton, in: &call.world)
    }
}
