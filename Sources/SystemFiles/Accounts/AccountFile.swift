// SPDX-License-Identifier: Apache-2.0
//
// Source: passwd(5), group(5), shadow(5), gshadow(5), subuid(5).

public import OCISpec

/// One of the files that say which accounts there are, as a value that goes both ways.
///
/// Shape: lines of fields that colons divide, the name first. Comments, odd lines, carriage returns, NUL, bytes that are not
/// UTF-8 and a missing last line feed are kept: `bytes` of what was read are the bytes that were read.
public struct AccountFile: Sendable, Hashable {
    private var content: FileLines

    /// Reads a file; anything can be read.
    public init(_ bytes: [UInt8] = []) { content = FileLines(bytes) }

    /// The file as it is written.
    public var bytes: [UInt8] { content.bytes }

    /// The lines that are not empty, in order. What a line means is for `PasswdEntry` and its kin to say.
    public var rows: [AccountRow] { content.lines.filter { !$0.isEmpty }.map(AccountRow.init(bytes:)) }

    /// The first line of that name.
    public func row(named name: String) -> AccountRow? {
        index(of: name).map { AccountRow(bytes: content.lines[$0]) }
    }

    /// Adds a line at the end.
    public mutating func append(_ row: AccountRow) { content.append(row.bytes) }

    /// Puts another line in the place of the first one of that name; nil takes it away.
    ///
    /// - Returns: false when no line has that name.
    @discardableResult
    public mutating func replace(_ name: String, with row: AccountRow?) -> Bool {
        guard let index = index(of: name) else { return false }
        content.replace(at: index, with: row?.bytes)
        return true
    }

    /// Changes one field, counted from 0, of the first line of that name.
    ///
    /// - Returns: false when no line has that name, or when it has no such field.
    @discardableResult
    public mutating func set(_ field: Int, of name: String, to text: String) -> Bool {
        guard let row = row(named: name)?.replacing(field, with: text) else { return false }
        return replace(name, with: row)
    }

    private func index(of name: String) -> Int? {
        content.lines.firstIndex { !$0.isEmpty && AccountRow(bytes: $0).isNamed(name) }
    }
}

extension AccountFile {
    /// The account files of an image.
    public enum Name: String, Sendable, CaseIterable {
        case passwd, group, shadow, gshadow, subuid, subgid

        /// Where it stands.
        public var path: ImagePath { ImagePath("/etc/" + rawValue) }

        /// Where shadow's programs keep the text before their last change.
        public var backupPath: ImagePath { ImagePath("/etc/\(rawValue)-") }

        /// The mode that a program gives it when it makes it.
        public var usualMode: UInt16 { self == .shadow || self == .gshadow ? 0o640 : 0o644 }
    }
}
