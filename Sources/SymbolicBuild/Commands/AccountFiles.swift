// SPDX-License-Identifier: Apache-2.0
//
// Source: passwd(5), group(5), shadow(5), gshadow(5), subuid(5), login.defs(5).

import Diagnostics
import ImageFilesystem
import OCISpec

/// The account files of an image, line by line, so that what is not touched stays as it was.
struct AccountFiles {
    struct User {
        var name: String
        var password: String
        var uid: Int
        var gid: Int
        var comment: String
        var home: String
        var shell: String

        var line: String { "\(name):\(password):\(uid):\(gid):\(comment):\(home):\(shell)" }
    }

    struct Group {
        var name: String
        var password: String
        var gid: Int
        var members: [String]

        var line: String { "\(name):\(password):\(gid):\(members.joined(separator: ","))" }
    }

    /// The files that are kept.
    enum File: String, CaseIterable {
        case passwd, group, shadow, gshadow, subuid, subgid

        var path: ImagePath { ImagePath("/etc/" + rawValue) }
    }

    /// The lines of each file; a file that is not there has none.
    private(set) var lines: [File: [String]] = [:]
    /// Whether a file is there but what it holds is not known.
    private(set) var isUnknown = false
    private var changed: Set<File> = []
    private let settings: [String: String]

    init(_ tree: FileTree) {
        var settings: [String: String] = [:]
        for line in Self.text(tree, "/etc/login.defs")?.split(separator: "\n") ?? [] {
            let parts = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            if parts.count >= 2, !parts[0].hasPrefix("#") { settings[String(parts[0])] = String(parts[1]) }
        }
        self.settings = settings
        for file in File.allCases {
            guard let node = tree.resolvedNode(at: file.path) else { continue }
            guard case .file(.bytes(let bytes)) = node.kind else {
                isUnknown = true
                continue
            }
            lines[file] = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        }
    }

    static func text(_ tree: FileTree, _ path: ImagePath) -> String? {
        tree.bytes(at: path).map { String(decoding: $0, as: UTF8.self) }
    }

    func has(_ file: File) -> Bool { lines[file] != nil }

    /// A number of login.defs.
    func setting(_ name: String, _ fallback: Int) -> Int { settings[name].flatMap { Int($0) } ?? fallback }

    /// A text of login.defs.
    func setting(_ name: String) -> String? { settings[name] }

    private static func fields(_ line: String) -> [String] {
        line.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    }

    private static func user(_ line: String) -> User? {
        let parts = fields(line)
        guard parts.count >= 7, let uid = Int(parts[2]), let gid = Int(parts[3]) else { return nil }
        return User(
            name: parts[0],
            password: parts[1],
            uid: uid,
            gid: gid,
            comment: parts[4],
            home: parts[5],
            shell: parts[6]
        )
    }

    private static func group(_ line: String) -> Group? {
        let parts = fields(line)
        guard parts.count >= 3, let gid = Int(parts[2]) else { return nil }
        let members = parts.count > 3 ? parts[3].split(separator: ",").map(String.init) : []
        return Group(name: parts[0], password: parts[1], gid: gid, members: members)
    }

    var users: [User] { (lines[.passwd] ?? []).compactMap(Self.user) }
    var groups: [Group] { (lines[.group] ?? []).compactMap(Self.group) }

    /// The fields of an account's line; none when it is not there.
    func fields(of name: String, in file: File) -> [String] {
        (lines[file] ?? []).map(Self.fields).first { $0.first == name } ?? []
    }

    /// What stands for an account's password.
    func password(of name: String) -> String? {
        let fields = fields(of: name, in: has(.shadow) ? .shadow : .passwd)
        return fields.count > 1 ? fields[1] : nil
    }

    func user(named name: String) -> User? { users.first { $0.name == name } }
    func user(numbered uid: Int) -> User? { users.first { $0.uid == uid } }
    func group(named name: String) -> Group? { groups.first { $0.name == name } }
    func group(numbered gid: Int) -> Group? { groups.first { $0.gid == gid } }

    /// The groups that a user belongs to besides the main one.
    func groups(of name: String) -> [Group] { groups.filter { $0.members.contains(name) } }

    // MARK: Changing

    mutating func append(_ line: String, to file: File) {
        lines[file, default: []].append(line)
        changed.insert(file)
    }

    /// Replaces the line that begins with `name:`; nil takes it away.
    mutating func replace(_ name: String, in file: File, with line: String?) {
        guard let index = lines[file]?.firstIndex(where: { $0.hasPrefix(name + ":") }) else { return }
        if let line { lines[file]?[index] = line } else { lines[file]?.remove(at: index) }
        changed.insert(file)
    }

    /// Changes one field of the line that begins with `name:`.
    mutating func set(_ field: Int, of name: String, in file: File, _ change: (String) -> String) {
        guard let index = lines[file]?.firstIndex(where: { $0.hasPrefix(name + ":") }), let line = lines[file]?[index]
        else {
            return
        }
        var parts = Self.fields(line)
        guard field < parts.count else { return }
        parts[field] = change(parts[field])
        lines[file]?[index] = parts.joined(separator: ":")
        changed.insert(file)
    }

    mutating func update(_ user: User, named name: String) { replace(name, in: .passwd, with: user.line) }

    mutating func update(_ group: Group, named name: String) { replace(name, in: .group, with: group.line) }

    /// Adds a member to a group and, where there is one, to its line in gshadow.
    mutating func addMember(_ name: String, to group: String) {
        guard var found = self.group(named: group), !found.members.contains(name) else { return }
        found.members.append(name)
        update(found, named: group)
        setShadowMembers(found.members, of: group)
    }

    mutating func setMembers(_ members: [String], of group: String) {
        guard var found = self.group(named: group) else { return }
        found.members = members
        update(found, named: group)
        setShadowMembers(members, of: group)
    }

    private mutating func setShadowMembers(_ members: [String], of group: String) {
        set(3, of: group, in: .gshadow) { _ in members.joined(separator: ",") }
    }

    /// Writes what was changed back into the image.
    ///
    /// - Parameter keepsBackups: whether the old text goes to `passwd-` and its kin, as shadow's programs have it.
    func write(_ execution: Execution, keepsBackups: Bool) {
        for file in File.allCases where changed.contains(file) {
            let place = execution.world.tree.resolve(file.path)?.path ?? file.path
            let old = execution.world.tree.node(at: place)
            let isSecret = file == .shadow || file == .gshadow
            var node = old ?? FileNode(kind: .file(.bytes([])), mode: isSecret ? 0o640 : 0o644)
            node.modificationTime = execution.world.epochSeconds
            if keepsBackups, let old {
                execution.world.put(old, at: ImagePath("/etc/\(file.rawValue)-"))
            }
            node.kind = .file(.bytes(Array(((lines[file] ?? []).map { $0 + "\n" }).joined().utf8)))
            execution.world.put(node, at: place)
        }
    }

    // MARK: Numbers

    /// The next number as shadow's programs choose it: ordinary ones above the highest, system ones below the lowest.
    static func next(used: [Int], in range: ClosedRange<Int>, isSystem: Bool) -> Int? {
        let taken = Set(used)
        let inside = used.filter(range.contains)
        if isSystem {
            let below = (inside.min() ?? range.upperBound + 1) - 1
            if below >= range.lowerBound { return below }
            return range.reversed().first { !taken.contains($0) }
        }
        let above = (inside.max() ?? range.lowerBound - 1) + 1
        if above <= range.upperBound { return above }
        return range.first { !taken.contains($0) }
    }

    /// The next number counting up from the range's start.
    static func firstFree(in range: ClosedRange<Int>, _ isTaken: (Int) -> Bool) -> Int? { range.first { !isTaken($0) } }

    func systemRange(_ kind: String) -> ClosedRange<Int> {
        let low = setting("SYS_\(kind)_MIN", 101)
        let high = setting("SYS_\(kind)_MAX", setting("\(kind)_MIN", 1000) - 1)
        return low <= high && high < 1 << 31 ? low...high : 101...999
    }

    func ordinaryRange(_ kind: String) -> ClosedRange<Int> {
        let low = setting("\(kind)_MIN", 1000)
        let high = setting("\(kind)_MAX", 60000)
        return low <= high && high < 1 << 31 ? low...high : 1000...60000
    }
}

extension CommandContext {
    /// Makes a home folder with the files of the skeleton.
    ///
    /// - Returns: false when the folder was there already.
    @discardableResult
    func makeHome(_ home: String, mode: UInt16, uid: Int, gid: Int, skeleton: String?) -> Bool {
        let execution = execution
        let path = execution.world.tree.resolve(ImagePath(home))?.path ?? ImagePath(home)
        if execution.world.tree.resolvedNode(at: path) != nil { return false }
        let time = execution.world.epochSeconds
        var current = ImagePath.root
        for name in path.components.dropLast() {
            current = current.appending(name)
            if execution.world.tree.node(at: current) == nil {
                execution.world.put(FileNode(kind: .directory, mode: 0o755, modificationTime: time), at: current)
            }
        }
        let owner = UInt32(clamping: uid)
        let group = UInt32(clamping: gid)
        execution.world.put(
            FileNode(kind: .directory, mode: mode, uid: owner, gid: group, modificationTime: time),
            at: path
        )
        guard let skeleton, let source = execution.world.tree.resolve(ImagePath(skeleton)),
            source.node?.isDirectory == true
        else {
            return true
        }
        var nodes: [(ImagePath, FileNode)] = []
        execution.world.tree.walk(from: source.path) { child, node in
            if child != source.path { nodes.append((child, node)) }
            return true
        }
        for (child, node) in nodes {
            var copy = node
            copy.uid = owner
            copy.gid = group
            copy.modificationTime = time
            let relative = child.components.dropFirst(source.path.components.count)
            execution.world.put(copy, at: relative.reduce(path) { $0.appending($1) })
        }
        return true
    }

    /// Days since 1970, for shadow's third field.
    var today: Int { now / 86_400 }
}
