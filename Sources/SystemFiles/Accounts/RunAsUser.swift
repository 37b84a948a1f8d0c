// SPDX-License-Identifier: Apache-2.0
//
// Source: moby/sys/user, GetExecUser.

/// Who a container runs as when a configuration's `User` has a text: the one place that says so.
///
/// Shape of the text: `user`, `user:group`; each a name or a number; what stands behind a second colon is not looked at. What can
/// be read as a number is one, even where an account has it as its name. A number needs no account; its group is 0 then. An empty
/// user is 0. Nothing is trimmed, for no runtime does.
public enum RunAsUser: Sendable, Hashable {
    /// A container runs as this user.
    case user(Identity)
    /// The image has no account of that name: a container does not start.
    case noSuchUser(String)
    /// The image has no group of that name: a container does not start. The number is that of the user before the colon.
    case noSuchGroup(String, uid: UInt32)
    /// A number that no runtime takes, below 0 or above 2147483647: a container does not start.
    case invalid(Part, number: String)
    /// The image may or may not have an account or group of that name: why, in one sentence. Where it is the group, the number is
    /// that of the user before the colon.
    case unknown(Part, name: String, reason: String, uid: UInt32?)

    /// A user that a container runs as.
    public struct Identity: Sendable, Hashable {
        /// The user's number.
        public let uid: UInt32
        /// The number of the main group.
        public let gid: UInt32
        /// The numbers of the other groups; none where the text names a group.
        public let groups: [UInt32]
        /// The account; nil where a number has none.
        public let account: PasswdEntry?
    }

    /// A part of the text.
    public enum Part: String, Sendable, Hashable, CaseIterable {
        case user, group
    }

    /// Says who a text is in an image.
    public init(_ text: String, in accounts: Accounts) {
        let parts = text.utf8.split(separator: 0x3A, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        let (name, groupName) = (parts.first ?? "", parts.count > 1 ? parts[1] : "")
        let account: PasswdEntry?
        var uid: UInt32 = 0
        switch name.isEmpty ? RuntimeNumber.number(0) : RuntimeNumber(name.utf8) {
        case .number(let number):
            account = UInt32(exactly: number).flatMap(accounts.user(numbered:))
            guard let found = account?.uid ?? RuntimeNumber.number(number).named else {
                self = .invalid(.user, number: name)
                return
            }
            uid = found
        case .overflow:
            self = .invalid(.user, number: name)
            return
        case .none:
            account = accounts.user(named: name)
            guard let found = account else {
                self = accounts.userDoubt.map { .unknown(.user, name: name, reason: $0, uid: nil) } ?? .noSuchUser(name)
                return
            }
            uid = found.uid
        }
        // 4294967295 means "leave it as it is" to the kernel, which therefore takes it from nobody.
        guard uid != .max else {
            self = .invalid(.user, number: String(uid))
            return
        }
        self = Self.withGroup(groupName, uid: uid, account: account, accounts)
    }

    private static func withGroup(_ name: String, uid: UInt32, account: PasswdEntry?, _ accounts: Accounts) -> RunAsUser
    {
        guard !name.isEmpty else {
            let others = account.map { accounts.groups(of: $0.name).map(\.gid) } ?? []
            return .user(Identity(uid: uid, gid: account?.gid ?? 0, groups: others, account: account))
        }
        let gid: UInt32
        switch RuntimeNumber(name.utf8) {
        case .number(let number):
            let group = UInt32(exactly: number).flatMap(accounts.group(numbered:))
            guard let found = group?.gid ?? RuntimeNumber.number(number).named else {
                return .invalid(.group, number: name)
            }
            gid = found
        case .overflow: return .invalid(.group, number: name)
        case .none:
            guard let group = accounts.group(named: name) else {
                return accounts.groupDoubt.map { .unknown(.group, name: name, reason: $0, uid: uid) }
                    ?? .noSuchGroup(name, uid: uid)
            }
            gid = group.gid
        }
        return .user(Identity(uid: uid, gid: gid, groups: [], account: account))
    }

    /// Whether root is meant: number 0 in every spelling, an account whose number is 0, and the name `root` where the image has
    /// no such account or may have it.
    public var isRoot: Bool {
        switch self {
        case .user(let identity): identity.uid == 0
        case .noSuchGroup(_, let uid): uid == 0
        case .noSuchUser(let name): name == "root"
        case .unknown(_, let name, _, let uid): uid.map { $0 == 0 } ?? (name == "root")
        case .invalid: false
        }
    }
}
