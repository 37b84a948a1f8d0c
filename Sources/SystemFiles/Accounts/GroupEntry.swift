// SPDX-License-Identifier: Apache-2.0
//
// Source: group(5); glibc's fgetgrent(3); moby/sys/user, ParseGroup.

/// A line of `/etc/group`.
public struct GroupEntry: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The password, or `x` where it stands in `/etc/gshadow`.
    public var password: String
    /// The number.
    public var gid: UInt32
    /// The members by name, without those whose main group it is.
    public var members: [String]

    /// A group; its password stands in `/etc/gshadow` unless said otherwise.
    public init(name: String, password: String = "x", gid: UInt32, members: [String] = []) {
        self.name = name
        self.password = password
        self.gid = gid
        self.members = members
    }

    /// Reads a line as the programs of the image do.
    ///
    /// - Returns: nil for a line without three fields or with a number that is none; programs pass it over.
    public init?(_ row: AccountRow) {
        let fields = row.fields
        guard fields.count >= 3, let gid = UInt32(fields[2]) else { return nil }
        self.init(
            name: fields[0],
            password: fields[1],
            gid: gid,
            members: fields.count > 3 ? fields[3].split(separator: ",").map(String.init) : []
        )
    }

    /// Reads a line as a container runtime does: see `PasswdEntry.init(asRuntimeReads:)`.
    ///
    /// - Returns: nil for a blank line.
    public init?(asRuntimeReads row: AccountRow) {
        guard let parts = row.runtimeParts else { return nil }
        self.init(
            name: String(decoding: parts[0], as: UTF8.self),
            password: parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : "",
            gid: parts.count > 2 ? RuntimeNumber(parts[2]).lenient : 0,
            members: parts.count > 3
                ? parts[3].split(separator: 0x2C).map { String(decoding: $0, as: UTF8.self) } : []
        )
    }

    /// The line.
    public var row: AccountRow {
        AccountRow(fields: [name, password, String(gid), members.joined(separator: ",")])
    }
}
