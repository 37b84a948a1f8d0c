// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of shadow 4.13, adduser 3.134 and BusyBox 1.36.1, measured.

import SystemFiles

/// What several account programs do to the files.
extension AccountFiles {
    /// Adds a group, and its line in gshadow where that is there; of members gshadow hears nothing.
    mutating func add(_ group: GroupEntry, password: String? = nil) {
        append(group.row, to: .group)
        if has(.gshadow) {
            append(
                AccountRow(fields: [group.name, password ?? "!", "", ""]),
                to: .gshadow
            )
        }
    }

    /// Adds a user, and its line in shadow where that is there.
    mutating func add(_ user: PasswdEntry, shadow: ShadowEntry) {
        append(user.row, to: .passwd)
        if has(.shadow) { append(shadow.row, to: .shadow) }
    }

    /// Adds a user without a password, with the ages of passwords that Debian and BusyBox give to everybody.
    mutating func addLocked(_ user: PasswdEntry, today: Int) {
        let shadow = ShadowEntry(
            name: user.name,
            password: "!",
            lastChange: String(today),
            minimum: "0",
            maximum: "99999",
            warning: "7"
        )
        add(user, shadow: shadow)
    }

    /// Adds a member to a group and, where there is one, to its line in gshadow.
    mutating func addMember(_ name: String, to group: String) {
        guard let found = self.group(named: group), !found.members.contains(name) else { return }
        setMembers(found.members + [name], of: group)
    }

    mutating func setMembers(_ members: [String], of group: String) {
        guard var found = self.group(named: group) else { return }
        found.members = members
        update(found, named: group)
        set(3, of: group, in: .gshadow) { _ in members.joined(separator: ",") }
    }

    /// Takes a group away.
    mutating func removeGroup(_ name: String) {
        remove(name, from: .group)
        remove(name, from: .gshadow)
    }

    /// Takes a user out of all files, and the group of the same name when nobody else is in it.
    mutating func remove(_ user: PasswdEntry, alsoGroup: Bool) {
        for file in [AccountFile.Name.passwd, .shadow, .subuid, .subgid] { remove(user.name, from: file) }
        for group in groups(of: user.name) {
            setMembers(group.members.filter { $0 != user.name }, of: group.name)
        }
        guard alsoGroup, let group = group(named: user.name), group.members.isEmpty, group.gid == user.gid,
            !users.contains(where: { $0.gid == group.gid })
        else { return }
        removeGroup(group.name)
    }

    /// Gives a user the next block of subordinate numbers, where the files for them are.
    mutating func addSubordinates(_ name: String) {
        for (file, kind) in [(AccountFile.Name.subuid, "SUB_UID"), (.subgid, "SUB_GID")] where has(file) {
            let count = definitions.number("\(kind)_COUNT", 65_536)
            var next = definitions.number("\(kind)_MIN", 100_000)
            for row in rows(of: file) {
                let parts = row.fields.filter { !$0.isEmpty }
                guard parts.count == 3, let start = Int(parts[1]), let length = Int(parts[2]), start < 1 << 40,
                    length < 1 << 40
                else { continue }
                next = max(next, start + length)
            }
            append(AccountRow(fields: [name, String(next), String(count)]), to: file)
        }
    }

    // MARK: Numbers

    /// The next number as shadow's programs choose it: ordinary ones above the highest, system ones below the lowest.
    static func next(used: [UInt32], in range: ClosedRange<UInt32>, isSystem: Bool) -> UInt32? {
        let taken = Set(used)
        let inside = used.filter(range.contains)
        if isSystem {
            let lowest = inside.min() ?? range.upperBound + 1
            if lowest > range.lowerBound { return lowest - 1 }
            return range.reversed().first { !taken.contains($0) }
        }
        let above = inside.max().map { $0 + 1 } ?? range.lowerBound
        if above <= range.upperBound { return above }
        return range.first { !taken.contains($0) }
    }
}
