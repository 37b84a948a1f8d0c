// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Whose a file is: the numbers of a user and a group.
public struct FileOwner: Sendable, Hashable, Codable {
    /// The user's number.
    public let user: UInt32
    /// The group's number.
    public let group: UInt32

    /// Makes an owner from its parts.
    public init(user: UInt32, group: UInt32) {
        self.user = user
        self.group = group
    }

    init(_ status: stat) { self.init(user: UInt32(status.st_uid), group: UInt32(status.st_gid)) }

    /// Whether this process may give a file of its own to that owner: root may to anybody, others to a group that they are in.
    package var canBeGiven: Bool {
        if Self.isPrivileged { return true }
        guard user == UInt32(geteuid()) else { return false }
        if group == UInt32(getegid()) { return true }
        var groups = [gid_t](repeating: 0, count: 1_024)
        let count = getgroups(Int32(groups.count), &groups)
        return count > 0 && groups[..<Int(count)].contains(gid_t(group))
    }

    /// Whether files of others can be made, changed and given away.
    package static var isPrivileged: Bool { geteuid() == 0 }
}

/// Whoever helps as root makes files in other people's folders: they belong to the owner of the folder, so that the person can go on.
///
/// Nothing happens without root's rights. Where the system refuses, the file stays as it was made.
package enum InheritedOwner {
    /// Gives an open file that was made in an open folder to the folder's owner.
    package static func give(_ file: Int32, from folder: Int32) {
        var status = stat()
        guard FileOwner.isPrivileged, fstat(folder, &status) == 0 else { return }
        give(file, to: FileOwner(status))
    }

    /// Gives an open file that was made in the folder of a path to the folder's owner.
    package static func give(_ file: Int32, fromFolder path: String) {
        var status = stat()
        guard FileOwner.isPrivileged, stat(path, &status) == 0 else { return }
        give(file, to: FileOwner(status))
    }

    /// Gives what stands at a path to the owner of the folder that holds it; a link itself, not what it leads to.
    package static func give(path: String) {
        var (folder, file) = (stat(), stat())
        guard FileOwner.isPrivileged, stat(HostFile.folder(of: path), &folder) == 0, lstat(path, &file) == 0,
            FileOwner(folder) != FileOwner(file)
        else { return }
        _ = lchown(path, folder.st_uid, folder.st_gid)
    }

    static func give(_ file: Int32, to owner: FileOwner) {
        var status = stat()
        guard fstat(file, &status) == 0, FileOwner(status) != owner else { return }
        _ = fchown(file, uid_t(owner.user), gid_t(owner.group))
    }
}

/// When a file was changed last.
package struct FileTime: Sendable, Hashable {
    package let seconds: Int
    package let nanoseconds: Int

    package init(seconds: Int, nanoseconds: Int) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }
}
