// SPDX-License-Identifier: Apache-2.0
//
// Source: passwd(5), group(5), shadow(5), gshadow(5), subuid(5).

import ImageFilesystem
import OCISpec
import ShellMachine
import SystemFiles

/// The account files of an image as programs read and change them; what is not touched stays as it was.
struct AccountFiles {
    /// What login.defs says.
    let definitions: LoginDefinitions
    /// Whether a file is there but what it holds is not known.
    private(set) var isUnknown = false
    private var files: [AccountFile.Name: AccountFile] = [:]
    private var changed: Set<AccountFile.Name> = []

    init(_ tree: FileTree) {
        definitions = LoginDefinitions(tree)
        for file in AccountFile.Name.allCases {
            guard let node = tree.resolvedNode(at: file.path) else { continue }
            if case .file(.bytes(let bytes)) = node.kind {
                files[file] = AccountFile(bytes)
            } else {
                isUnknown = true
            }
        }
    }

    /// Whether a file is there.
    func has(_ file: AccountFile.Name) -> Bool { files[file] != nil }

    /// The lines of each file that is there.
    var lines: [AccountFile.Name: [String]] {
        files.mapValues { $0.rows.map { String(decoding: $0.bytes, as: UTF8.self) } }
    }

    /// The lines of a file as fields.
    func rows(of file: AccountFile.Name) -> [AccountRow] { files[file]?.rows ?? [] }

    /// The users that the image's own programs see.
    var users: [PasswdEntry] { rows(of: .passwd).compactMap { PasswdEntry($0) } }
    /// The groups that they see.
    var groups: [GroupEntry] { rows(of: .group).compactMap { GroupEntry($0) } }

    /// The fields of an account's line; none when it is not there.
    func fields(of name: String, in file: AccountFile.Name) -> [String] { files[file]?.row(named: name)?.fields ?? [] }

    /// Where passwords stand.
    var passwordFile: AccountFile.Name { has(.shadow) ? .shadow : .passwd }

    /// What stands for an account's password.
    func password(of name: String) -> String? {
        let fields = fields(of: name, in: passwordFile)
        return fields.count > 1 ? fields[1] : nil
    }

    func user(named name: String) -> PasswdEntry? { users.first { $0.name == name } }
    func user(numbered uid: UInt32) -> PasswdEntry? { users.first { $0.uid == uid } }
    func group(named name: String) -> GroupEntry? { groups.first { $0.name == name } }
    func group(numbered gid: UInt32) -> GroupEntry? { groups.first { $0.gid == gid } }

    /// The groups that a user belongs to besides the main one.
    func groups(of name: String) -> [GroupEntry] { groups.filter { $0.members.contains(name) } }

    // MARK: Changing

    /// Adds a line at the end of a file.
    mutating func append(_ row: AccountRow, to file: AccountFile.Name) {
        files[file, default: AccountFile()].append(row)
        changed.insert(file)
    }

    /// Takes the line of that name away.
    mutating func remove(_ name: String, from file: AccountFile.Name) {
        if files[file]?.replace(name, with: nil) == true { changed.insert(file) }
    }

    /// Changes one field of the line of that name.
    mutating func set(_ field: Int, of name: String, in file: AccountFile.Name, _ change: (String) -> String) {
        let old = fields(of: name, in: file)
        guard field < old.count else { return }
        if files[file]?.set(field, of: name, to: change(old[field])) == true { changed.insert(file) }
    }

    mutating func update(_ user: PasswdEntry, named name: String) { replace(name, in: .passwd, with: user.row) }

    mutating func update(_ group: GroupEntry, named name: String) { replace(name, in: .group, with: group.row) }

    private mutating func replace(_ name: String, in file: AccountFile.Name, with row: AccountRow) {
        if files[file]?.replace(name, with: row) == true { changed.insert(file) }
    }

    /// Writes what was changed since the last time, as one program of several that are run: its copies are of what it found.
    mutating func commit(to world: inout World) {
        write(to: &world, keepsBackups: true)
        changed = []
    }

    /// Writes what was changed back into the image.
    ///
    /// - Parameter keepsBackups: whether the old text goes to `passwd-` and its kin, as shadow's programs have it.
    func write(to world: inout World, keepsBackups: Bool) {
        for file in AccountFile.Name.allCases where changed.contains(file) {
            let place = world.tree.resolve(file.path)?.path ?? file.path
            let old = world.tree.node(at: place)
            var node = old ?? FileNode(kind: .file(.bytes([])), mode: file.usualMode)
            node.modificationTime = world.epochSeconds
            if keepsBackups, let old { world.put(old, at: file.backupPath) }
            node.kind = .file(.bytes(files[file]?.bytes ?? []))
            world.put(node, at: place)
        }
    }
}
