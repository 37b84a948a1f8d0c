// SPDX-License-Identifier: Apache-2.0
//
// Source: gshadow(5).

/// A line of `/etc/gshadow`.
public struct GroupShadowEntry: Sendable, Hashable {
    /// The group's name.
    public var name: String
    /// The hash of its password; `!` or `*` lets nobody in by one.
    public var password: String
    /// Who may change it, by name.
    public var administrators: [String]
    /// The members by name.
    public var members: [String]

    /// A group's line.
    public init(name: String, password: String, administrators: [String] = [], members: [String] = []) {
        self.name = name
        self.password = password
        self.administrators = administrators
        self.members = members
    }

    /// Reads a line; fields that are missing are empty.
    ///
    /// - Returns: nil for a line without a password field.
    public init?(_ row: AccountRow) {
        let fields = row.fields
        guard fields.count >= 2 else { return nil }
        func names(_ index: Int) -> [String] {
            index < fields.count ? fields[index].split(separator: ",").map(String.init) : []
        }
        self.init(name: fields[0], password: fields[1], administrators: names(2), members: names(3))
    }

    /// The line.
    public var row: AccountRow {
        AccountRow(
            fields: [name, password, administrators.joined(separator: ","), members.joined(separator: ",")]
        )
    }
}
