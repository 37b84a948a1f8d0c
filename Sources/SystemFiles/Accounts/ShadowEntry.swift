// SPDX-License-Identifier: Apache-2.0
//
// Source: shadow(5).

/// A line of `/etc/shadow`.
///
/// **Units**: the numbers are days, `lastChange` and `expiry` since 1970; empty means that nothing is set.
public struct ShadowEntry: Sendable, Hashable {
    /// The login name.
    public var name: String
    /// The hash of the password; `!` or `*` lets nobody in by one.
    public var password: String
    /// When the password was changed.
    public var lastChange: String
    /// How long it must stay.
    public var minimum: String
    /// How long it may stay.
    public var maximum: String
    /// How long before its end a warning begins.
    public var warning: String
    /// How long after its end it is taken once more.
    public var inactive: String
    /// When the account ends.
    public var expiry: String

    /// An account's line; what is not given is empty.
    public init(
        name: String,
        password: String,
        lastChange: String = "",
        minimum: String = "",
        maximum: String = "",
        warning: String = "",
        inactive: String = "",
        expiry: String = ""
    ) {
        self.name = name
        self.password = password
        self.lastChange = lastChange
        self.minimum = minimum
        self.maximum = maximum
        self.warning = warning
        self.inactive = inactive
        self.expiry = expiry
    }

    /// Reads a line; fields that are missing are empty.
    ///
    /// - Returns: nil for a line without a password field.
    public init?(_ row: AccountRow) {
        let fields = row.fields
        guard fields.count >= 2 else { return nil }
        func text(_ index: Int) -> String { index < fields.count ? fields[index] : "" }
        self.init(
            name: fields[0],
            password: fields[1],
            lastChange: text(2),
            minimum: text(3),
            maximum: text(4),
            warning: text(5),
            inactive: text(6),
            expiry: text(7)
        )
    }

    /// The line, with its ninth field, which is reserved and empty.
    public var row: AccountRow {
        AccountRow(fields: [name, password, lastChange, minimum, maximum, warning, inactive, expiry, ""])
    }
}
