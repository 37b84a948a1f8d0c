// SPDX-License-Identifier: Apache-2.0
//
// Source: passwd(5), group(5), shadow(5), gshadow(5), subuid(5).

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine
import SystemFiles

/// The account files of an image as programs read and change them; what is not touched stays as it was.
struct AccountFiles {
    /// The files that are kept.
    enum File: String, CaseIterable {
        case passwd, group, shadow, gshadow, subuid, subgid

        /// The file as the room of system files names it.
        fileprivate var name: AccountFile.Name? { AccountFile.Name(rawValue: rawValue) }
    }

    /// A user; numbers count further here than in the file, for programs do so before they refuse one.
    struct User {
        var name: String
        var uid: Int
        var gid: Int
        var comment: String
        var home: String
        var shell: String
        var password = "x"
    }

    /// A group.
    struct Group {
        var name: String
        var gid: Int
        var members: [String] = []
        var password = "x"
    }

    /// What login.defs says.
    let definitions: LoginDefinitions
    /// Whether a file is there but what it holds is not known.
    private(set) var isUnknown = false
    private var files: [File: AccountFile] = [:]
    private var changed: Set<File> = []

    init(_ tree: FileTree) {
        definitions = LoginDefinitions(tree)
        for file in File.allCases {
            guard let name = file.name, let node = tree.resolvedNode(at: name.path) else { continue }
            if case .file(.bytes(let bytes)) = node.kind {
                files[file] = AccountFile(bytes)
            } else {
                isUnknown = true
            }
        }
    }

    /// Whether a file is there.
    func has(_ file: File) -> Bool { files[file] != nil }

    /// The lines of each file that is there.
    var lines: [File: [String]] { files.mapValues { $0.rows.map { String(decoding: $0.bytes, as: UTF8.self) } } }

    /// The lines of a file as fields.
    func rows(of file: File) -> [AccountRow] { files[file]?.rows ?? [] }

    var users: [User] { rows(of: .passwd).compactMap { PasswdEntry($0).map(User.init) } }
    var groups: [Group] { rows(of: .group).compactMap { GroupEntry($0).map(Group.init) } }

    /// The fields of an account's line; none when it is not there.
    func fields(of name: String, in file: File) -> [String] { files[file]?.row(named: name)?.fields ?? [] }

    /// Where passwords stand.
    var passwordFile: File { has(.shadow) ? .shadow : .passwd }

    /// What stands for an account's password.
    func password(of name: String) -> String? {
        let fields = fields(of: name, in: passwordFile)
        return fields.count > 1 ? fields[1] : nil
    }

    func user(named name: String) -> User? { users.first { $0.name == name } }
    func user(numbered uid: Int) -> User? { users.first { $0.uid == uid } }
    func group(named name: String) -> Group? { groups.first { $0.name == name } }
    func group(numbered gid: Int) -> Group? { groups.first { $0.gid == gid } }

    /// The groups that a user belongs to besides the main one.
    func groups(of name: String) -> [Group] { groups.filter { $0.members.contains(name) } }

    // MARK: Changing

    /// Adds a line at the end of a file.
    mutating func append(_ fields: [String], to file: File) {
        files[file, default: AccountFile()].append(AccountRow(fields: fields))
        changed.insert(file)
    }

    /// Takes the line of that name away.
    mutating func remove(_ name: String, from file: File) {
        if files[file]?.replace(name, with: nil) == true { changed.insert(file) }
    }

    /// Changes one field of the line of that name.
    mutating func set(_ field: Int, of name: String, in file: File, _ change: (String) -> String) {
        let old = fields(of: name, in: file)
        guard field < old.count else { return }
        if files[file]?.set(field, of: name, to: change(old[field])) == true { changed.insert(file) }
    }

    mutating func update(_ user: User, named name: String) { replace(name, in: .passwd, with: user.fields) }

    mutating func update(_ group: Group, named name: String) { replace(name, in: .group, with: group.fields) }

    private mutating func replace(_ name: String, in file: File, with fields: [String]) {
        if files[file]?.replace(name, with: AccountRow(fields: fields)) == true { changed.insert(file) }
    }

    /// Writes what was changed back into the image.
    ///
    /// - Parameter keepsBackups: whether the old text goes to `passwd-` and its kin, as shadow's programs have it.
    func write(to world: inout World, keepsBackups: Bool) {
        for file in File.allCases where changed.contains(file) {
            guard let name = file.name else { continue }
            let place = world.tree.resolve(name.path)?.path ?? name.path
            let old = world.tree.node(at: place)
            var node = old ?? FileNode(kind: .file(.bytes([])), mode: name.usualMode)
            node.modificationTime = world.epochSeconds
            if keepsBackups, let old { world.put(old, at: name.backupPath) }
            node.kind = .file(.bytes(files[file]?.bytes ?? []))
            world.put(node, at: place)
        }
    }
}

extension AccountFiles.User {
    fileprivate init(_ entry: PasswdEntry) {
        self.init(
            name: entry.name,
            uid: Int(entry.uid),
            gid: Int(entry.gid),
            comment: entry.comment,
            home: entry.home,
            shell: entry.shell,
            password: entry.password
        )
    }

    /// The fields of its line.
    var fields: [String] { [name, password, String(uid), String(gid), comment, home, shell] }
}

extension AccountFiles.Group {
    fileprivate init(_ entry: GroupEntry) {
        self.init(name: entry.name, gid: Int(entry.gid), members: entry.members, password: entry.password)
    }

    /// The fields of its line.
    var fields: [String] { [name, password, String(gid), members.joined(separator: ",")] }
}
