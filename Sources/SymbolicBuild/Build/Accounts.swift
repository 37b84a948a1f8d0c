// SPDX-License-Identifier: Apache-2.0
//
// Source: passwd(5), group(5); moby/sys/user for how a container's user is looked up.

public import ImageFilesystem
import OCISpec

/// The accounts of an image, as its `/etc/passwd` and `/etc/group` have them.
public struct Accounts: Sendable, Hashable {
    /// The lines of `/etc/passwd` that can be read, in order.
    public let users: [User]
    /// The lines of `/etc/group` that can be read, in order.
    public let groups: [Group]

    /// A line of `/etc/passwd`.
    public struct User: Sendable, Hashable {
        /// The login name.
        public let name: String
        /// The number.
        public let uid: UInt32
        /// The number of the main group.
        public let gid: UInt32
        /// The home folder.
        public let home: String
        /// The shell.
        public let shell: String
    }

    /// A line of `/etc/group`.
    public struct Group: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The number.
        public let gid: UInt32
        /// The members by name.
        public let members: [String]
    }

    /// Reads the accounts of a filesystem; files that are not there are empty.
    ///
    /// A field that is missing or no number counts as 0, as the container runtime has it: such an account is root.
    public init(_ tree: FileTree) {
        users = Self.lines(tree, "/etc/passwd").map { fields in
            User(
                name: fields[0],
                uid: Self.lenientNumber(fields, 2),
                gid: Self.lenientNumber(fields, 3),
                home: fields.count > 5 ? fields[5] : "",
                shell: fields.count > 6 ? fields[6] : ""
            )
        }
        groups = Self.lines(tree, "/etc/group").map { fields in
            Group(
                name: fields[0],
                gid: Self.lenientNumber(fields, 2),
                members: fields.count > 3 ? fields[3].split(separator: ",").map(String.init) : []
            )
        }
    }

    /// The account of that name.
    public func user(named name: String) -> User? { users.first { $0.name == name } }

    /// The first account with that number.
    public func user(numbered uid: UInt32) -> User? { users.first { $0.uid == uid } }

    /// The group of that name.
    public func group(named name: String) -> Group? { groups.first { $0.name == name } }

    /// Who runs when a configuration's `User` has this text: a name or number, maybe with `:` and a group.
    ///
    /// An empty text is root. What can be read as a number is one, even where an account has it as its name. A number needs
    /// no account; its group is 0 then.
    public func resolve(_ text: String) -> Resolution {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let userText = parts.first ?? ""
        let account: User?
        var uid: UInt32 = 0
        if userText.isEmpty {
            account = user(numbered: 0)
        } else if let number = Self.number(userText) {
            account = user(numbered: number)
            uid = number
        } else if let named = user(named: userText) {
            account = named
            uid = named.uid
        } else {
            return .noSuchUser(userText)
        }
        var gid = account?.gid ?? 0
        if parts.count > 1, !parts[1].isEmpty {
            if let number = Self.number(parts[1]) {
                gid = number
            } else if let group = group(named: parts[1]) {
                gid = group.gid
            } else {
                return .noSuchGroup(parts[1])
            }
        }
        return .user(uid: uid, gid: gid, account: account)
    }

    /// What a `User` text comes to.
    public enum Resolution: Sendable, Hashable {
        case user(uid: UInt32, gid: UInt32, account: User?)
        case noSuchUser(String)
        case noSuchGroup(String)
    }

    /// A decimal number as the container runtime takes it: 0 to 2147483647, leading zeros and one sign allowed.
    public static func number(_ text: String) -> UInt32? {
        let digits = text.utf8.first == 0x2B || text.utf8.first == 0x2D ? text.utf8.dropFirst() : text.utf8[...]
        guard !digits.isEmpty, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int32(text), number >= 0
        else {
            return nil
        }
        return UInt32(number)
    }

    private static func lenientNumber(_ fields: [String], _ index: Int) -> UInt32 {
        fields.indices.contains(index) ? UInt32(fields[index]) ?? 0 : 0
    }

    private static func lines(_ tree: FileTree, _ path: ImagePath) -> [[String]] {
        guard let bytes = tree.bytes(at: path) else { return [] }
        return bytes.split(separator: 0x0A).compactMap { line in
            let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            let front = line.drop(while: isBlank)
            guard let end = front.lastIndex(where: { !isBlank($0) }) else { return nil }
            return front[...end].split(separator: 0x3A, omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }
}
