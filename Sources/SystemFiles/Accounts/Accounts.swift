// SPDX-License-Identifier: Apache-2.0
//
// Source: passwd(5), group(5); moby/sys/user, which tells Docker, BuildKit, containerd and Podman who a container's user is.

import Diagnostics
public import ImageFilesystem

/// The accounts of an image as a container runtime reads its `/etc/passwd` and `/etc/group`, with what is not known of them.
public struct Accounts: Sendable, Hashable {
    /// The lines of `/etc/passwd` that are not blank, in order.
    public let users: [PasswdEntry]
    /// The lines of `/etc/group` that are not blank, in order.
    public let groups: [GroupEntry]
    /// Why there may be other users than these, in one sentence; nil when they are all.
    public let userDoubt: String?
    /// Why there may be other groups than these, in one sentence; nil when they are all.
    public let groupDoubt: String?

    /// Reads the accounts of a filesystem; a file that is not there is empty, one whose bytes are not at hand is doubted.
    ///
    /// - Parameter doubt: why something that was not understood may have added accounts; nil when nothing can have.
    public init(_ tree: FileTree, doubt: String? = nil) {
        let (passwd, group) = (Self.read(.passwd, of: tree, doubt), Self.read(.group, of: tree, doubt))
        self.init(passwd: passwd.bytes, group: group.bytes, userDoubt: passwd.doubt, groupDoubt: group.doubt)
    }

    /// Reads the bytes of both files; nil where there is none.
    public init(passwd: [UInt8]?, group: [UInt8]?, userDoubt: String? = nil, groupDoubt: String? = nil) {
        users = AccountFile(passwd ?? []).rows.compactMap(PasswdEntry.init(asRuntimeReads:))
        groups = AccountFile(group ?? []).rows.compactMap(GroupEntry.init(asRuntimeReads:))
        self.userDoubt = userDoubt
        self.groupDoubt = groupDoubt
    }

    /// The account of that name: of several the first counts. Names are compared byte for byte.
    public func user(named name: String) -> PasswdEntry? { users.first { $0.name.utf8.elementsEqual(name.utf8) } }

    /// The first account with that number.
    public func user(numbered uid: UInt32) -> PasswdEntry? { users.first { $0.uid == uid } }

    /// The group of that name: of several the first counts.
    public func group(named name: String) -> GroupEntry? { groups.first { $0.name.utf8.elementsEqual(name.utf8) } }

    /// The first group with that number.
    public func group(numbered gid: UInt32) -> GroupEntry? { groups.first { $0.gid == gid } }

    /// The groups that have this name among their members.
    public func groups(of name: String) -> [GroupEntry] {
        groups.filter { $0.members.contains { $0.utf8.elementsEqual(name.utf8) } }
    }

    /// A decimal number as a container runtime takes it: 0 to 2147483647, leading zeros and one sign allowed.
    public static func number(_ text: String) -> UInt32? { RuntimeNumber(Array(text.utf8)).named }

    private static func read(
        _ file: AccountFile.Name,
        of tree: FileTree,
        _ doubt: String?
    ) -> (bytes: [UInt8]?, doubt: String?) {
        switch tree.resolvedNode(at: file.path)?.kind {
        case .file(.bytes(let bytes))?: (bytes, doubt)
        case .file(.unknown(let unknown))?: (nil, unknown.reason)
        case .file?: (nil, doubt ?? "the bytes of \(file.path) are not at hand")
        default: (nil, doubt)
        }
    }
}
