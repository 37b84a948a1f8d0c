// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of adduser 3.134 (Debian 12), measured.

import ShellMachine
import SystemFiles

extension Adduser {
    /// Adds a user to a group.
    static func addMember(
        _ user: String,
        _ group: String,
        _ files: inout AccountFiles,
        _ call: inout Invocation
    ) throws(Ending) -> Outcome {
        guard let account = files.user(named: user) else {
            throw call.ending("The user `\(user)' does not exist.", reason: .userMissing(user))
        }
        let found = try self.group(named: group, files, &call)
        if found.members.contains(user) || account.gid == found.gid {
            DebianAccounts.warn("The user `\(user)' is already a member of `\(group)'.", &call)
            return .success
        }
        DebianAccounts.say("Adding user `\(user)' to group `\(group)' ...", &call)
        DebianAccounts.lock(&call)
        files.addMember(user, to: group)
        return DebianAccounts.finish(files, &call)
    }

    /// Adds a group.
    static func addGroup(
        _ name: String,
        isSystem: Bool,
        _ files: inout AccountFiles,
        _ configuration: AdduserConfiguration,
        _ call: inout Invocation
    ) throws(Ending) -> Outcome {
        let wanted = try number(gid, "group", &call)
        let kind = isSystem ? "SYSTEM_GID" : "GID"
        if let existing = files.group(named: name) {
            guard isSystem else {
                throw call.ending("The group `\(name)' already exists.", reason: .nameTaken(name))
            }
            if configuration.range(kind).contains(existing.gid) {
                DebianAccounts.warn("The group `\(name)' already exists as a system group. Exiting.", &call)
                return .success
            }
            throw call.ending(
                wanted == nil || wanted == existing.gid
                    ? "The group `\(name)' already exists and is not a system group. Exiting."
                    : "The group `\(name)' already exists, but has a different GID. Exiting.",
                reason: .nameTaken(name)
            )
        }
        if let wanted, files.group(numbered: wanted) != nil {
            throw call.ending("The GID `\(wanted)' is already in use.", reason: .numberTaken(Int(wanted)))
        }
        let range = configuration.range(kind, first: call.value(firstGID), last: call.value(lastGID))
        let used = Set(files.groups.map(\.gid))
        guard let number = wanted ?? range.first(where: { !used.contains($0) }) else {
            throw call.ending("The group `\(name)' was not created.")
        }
        DebianAccounts.say("Adding group `\(name)' (GID \(number)) ...", &call)
        files.add(GroupEntry(name: name, gid: number))
        return DebianAccounts.finish(files, &call)
    }

    /// A group by name; the end where it is missing.
    static func group(
        named name: String,
        _ files: AccountFiles,
        _ call: inout Invocation
    ) throws(Ending) -> GroupEntry {
        guard let found = files.group(named: name) else {
            throw call.ending("The group `\(name)' does not exist.", reason: .groupMissing(name))
        }
        return found
    }

    /// The group that `--ingroup` or `--gid` names; nil where neither is given.
    static func namedGroup(_ files: AccountFiles, _ call: inout Invocation) throws(Ending) -> GroupEntry? {
        if let name = call.value(ingroup) { return try group(named: name, files, &call) }
        guard let number = try number(gid, "group", &call) else { return nil }
        guard let found = files.group(numbered: number) else {
            throw call.ending("The GID \(number) does not exist.", reason: .groupMissing(String(number)))
        }
        return found
    }
}
