// SPDX-License-Identifier: Apache-2.0

// Source of the numbers: shadow's useradd(8) (system accounts down from 999), busybox's and Debian's adduser (up from 100).

import SystemFiles

/// The account files of an image while the changes of the images below it are laid over each other.
///
/// Where no source states a number, it is the one that the tool which made the account would have chosen.
struct KnownAccounts: Sendable {
    private(set) var passwd: AccountFile
    private(set) var group: AccountFile
    private(set) var shadow: AccountFile?
    private(set) var gshadow: AccountFile?

    /// Begins with the bytes of an image's files; nil where it has none.
    init(passwd: [UInt8]?, group: [UInt8]?, shadow: [UInt8]?, gshadow: [UInt8]?) {
        self.passwd = AccountFile(passwd ?? [])
        self.group = AccountFile(group ?? [])
        self.shadow = shadow.map { AccountFile($0) }
        self.gshadow = gshadow.map { AccountFile($0) }
    }

    /// The files that are there.
    var files: [(name: AccountFile.Name, bytes: [UInt8])] {
        var files: [(name: AccountFile.Name, bytes: [UInt8])] = [(.passwd, passwd.bytes), (.group, group.bytes)]
        if let shadow { files.append((.shadow, shadow.bytes)) }
        if let gshadow { files.append((.gshadow, gshadow.bytes)) }
        return files
    }

    private var users: [PasswdEntry] { passwd.rows.compactMap { PasswdEntry($0) } }
    private var groups: [GroupEntry] { group.rows.compactMap { GroupEntry($0) } }

    /// Whether it has an account of that name.
    func hasUser(_ name: String) -> Bool { passwd.row(named: name) != nil }

    /// Whether it has a group of that name.
    func hasGroup(_ name: String) -> Bool { group.row(named: name) != nil }

    /// Carries out a change.
    mutating func apply(_ change: KnownImage.AccountChange) {
        // A remark about whoever has a number: there is no name to go by.
        guard !change.name.hasPrefix("(") else {
            if change.kind == "user removed", let user = users.first(where: { $0.uid == 1000 }) { remove(user.name) }
            return
        }
        switch change.kind {
        case "user": addUser(change)
        case "group": addGroup(change.name, change.gid ?? freeNumber(change.numbering, groups.map(\.gid)), change)
        case "membership": for name in change.groups { join(change.name, name) }
        case "user removed": remove(change.name)
        case "user renamed": rename(change)
        case "group renamed":
            guard let names = Self.names(in: change.name) else { return }
            group.set(0, of: names.old, to: names.new)
            gshadow?.set(0, of: names.old, to: names.new)
        default: return
        }
    }

    private mutating func addUser(_ change: KnownImage.AccountChange) {
        let uid = change.uid ?? freeNumber(change.numbering, users.map(\.uid))
        let gid = change.gid ?? groups.first { $0.name == change.name }?.gid ?? (change.numbering == "b" ? 65533 : uid)
        let entry = PasswdEntry(
            name: change.name,
            uid: uid,
            gid: gid,
            home: change.home.isEmpty ? "/home/" + change.name : change.home,
            shell: change.shell.isEmpty ? "/sbin/nologin" : change.shell
        )
        if !passwd.replace(change.name, with: entry.row) {
            passwd.append(entry.row)
            shadow?.append(AccountRow(fields: [change.name, "!", "", "0", "", "", "", "", ""]))
        }
        for name in change.groups { join(change.name, name) }
    }

    private mutating func addGroup(_ name: String, _ gid: UInt32, _ change: KnownImage.AccountChange) {
        let row = AccountRow(fields: [name, "x", String(gid), change.groups.joined(separator: ",")])
        if !group.replace(name, with: row) {
            group.append(row)
            gshadow?.append(AccountRow(fields: [name, "!", "", ""]))
        }
    }

    /// Makes an account a member of a group, which may be written as a number.
    private mutating func join(_ user: String, _ name: String) {
        guard let entry = groups.first(where: { $0.name == name || String($0.gid) == name }),
            !entry.members.contains(user)
        else { return }
        group.set(3, of: entry.name, to: (entry.members + [user]).joined(separator: ","))
    }

    private mutating func remove(_ name: String) {
        passwd.replace(name, with: nil)
        shadow?.replace(name, with: nil)
        // The group of its own goes as well; others that it is in stay.
        if groups.contains(where: { $0.name == name }) {
            group.replace(name, with: nil)
            gshadow?.replace(name, with: nil)
        }
    }

    private mutating func rename(_ change: KnownImage.AccountChange) {
        guard let names = Self.names(in: change.name) else { return }
        if !change.home.isEmpty { passwd.set(5, of: names.old, to: change.home) }
        passwd.set(0, of: names.old, to: names.new)
        shadow?.set(0, of: names.old, to: names.new)
    }

    /// `ubuntu to gradle`.
    private static func names(in text: String) -> (old: String, new: String)? {
        let words = text.split(separator: " ").map(String.init)
        return words.count == 3 && words[1] == "to" ? (words[0], words[2]) : nil
    }

    private func freeNumber(_ numbering: String, _ taken: [UInt32]) -> UInt32 {
        let taken = Set(taken)
        switch numbering {
        case "s": return (101...999).reversed().first { !taken.contains($0) } ?? 999
        case "b": return (100...999).first { !taken.contains($0) } ?? 100
        default: return (1000...60_000).first { !taken.contains($0) } ?? 1000
        }
    }
}
