// SPDX-License-Identifier: Apache-2.0
//
// Source: passwd(5); glibc's fgetpwent(3); moby/sys/user, ParsePasswd.

/// A line of `/etc/passwd`.
public struct PasswdEntry: Sendable, Hashable {
    /// The login name.
    public var name: String
    /// The password, or `x` where it stands in `/etc/shadow`.
    public var password: String
    /// The number.
    public var uid: UInt32
    /// The number of the main group.
    public var gid: UInt32
    /// The comment, which is often a full name.
    public var comment: String
    /// The home folder.
    public var home: String
    /// The shell.
    public var shell: String

    /// An account; its password stands in `/etc/shadow` unless said otherwise.
    public init(
        name: String,
        password: String = "x",
        uid: UInt32,
        gid: UInt32,
        comment: String = "",
        home: String = "",
        shell: String = ""
    ) {
        self.name = name
        self.password = password
        self.uid = uid
        self.gid = gid
        self.comment = comment
        self.home = home
        self.shell = shell
    }

    /// Reads a line as the programs of the image do.
    ///
    /// - Returns: nil for a line without all seven fields or with a number that is none; programs pass it over.
    public init?(_ row: AccountRow) {
        let fields = row.fields
        guard fields.count >= 7, let uid = UInt32(fields[2]), let gid = UInt32(fields[3]) else { return nil }
        self.init(
            name: fields[0],
            password: fields[1],
            uid: uid,
            gid: gid,
            comment: fields[4],
            home: fields[5],
            shell: fields[6]
        )
    }

    /// Reads a line as a container runtime does: blanks at both ends are nothing, a field that is missing is empty, and a number
    /// that is missing or none is 0, so that such an account is root.
    ///
    /// - Returns: nil for a blank line.
    public init?(asRuntimeReads row: AccountRow) {
        guard let parts = row.runtimeParts else { return nil }
        func text(_ index: Int) -> String { index < parts.count ? String(decoding: parts[index], as: UTF8.self) : "" }
        func number(_ index: Int) -> UInt32 { index < parts.count ? RuntimeNumber(parts[index]).lenient : 0 }
        self.init(
            name: text(0),
            password: text(1),
            uid: number(2),
            gid: number(3),
            comment: text(4),
            home: text(5),
            shell: text(6)
        )
    }

    /// The line.
    public var row: AccountRow { AccountRow(fields: [name, password, String(uid), String(gid), comment, home, shell]) }
}

extension AccountRow {
    /// The fields as moby/sys/user splits them; nil for a blank line.
    var runtimeParts: [ArraySlice<UInt8>]? {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let front = bytes.drop(while: isBlank)
        guard let end = front.lastIndex(where: { !isBlank($0) }) else { return nil }
        return front[...end].split(separator: 0x3A, omittingEmptySubsequences: false)
    }
}
