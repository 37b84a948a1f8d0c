// SPDX-License-Identifier: Apache-2.0

/// A line of an account file: fields that colons divide.
///
/// The line is kept as it stands, also where its bytes are not UTF-8; a field is decoded when it is asked for.
public struct AccountRow: Sendable, Hashable {
    /// The line without its line feed.
    public let bytes: [UInt8]

    /// Takes a line.
    public init(bytes: [UInt8]) { self.bytes = bytes.filter { $0 != 0x0A } }

    /// Writes a line. A colon or a line feed would be the end of a field or of the line, so they are left out.
    public init(fields: [String]) {
        bytes = Array(fields.map { $0.utf8.filter { $0 != 0x0A && $0 != 0x3A } }.joined(separator: [0x3A]))
    }

    /// The fields; bytes that are not UTF-8 become U+FFFD.
    public var fields: [String] { parts.map { String(decoding: $0, as: UTF8.self) } }

    /// The first field.
    public var name: String { String(decoding: bytes.prefix { $0 != 0x3A }, as: UTF8.self) }

    /// Whether the first field is this name, byte for byte.
    public func isNamed(_ name: String) -> Bool { bytes.prefix { $0 != 0x3A }.elementsEqual(name.utf8) }

    /// The row with another text in a field, counted from 0; nil when it has no such field.
    public func replacing(_ field: Int, with text: String) -> AccountRow? {
        var parts = parts
        guard parts.indices.contains(field) else { return nil }
        parts[field] = text.utf8.filter { $0 != 0x0A && $0 != 0x3A }[...]
        return AccountRow(bytes: Array(parts.joined(separator: [0x3A])))
    }

    /// The fields as bytes.
    var parts: [ArraySlice<UInt8>] { bytes.split(separator: 0x3A, omittingEmptySubsequences: false) }
}
