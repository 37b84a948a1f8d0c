// SPDX-License-Identifier: Apache-2.0

// Source: RFC 9110 §5.

/// One header field.
public struct HTTPField: Sendable, Hashable {
    /// The name, as written.
    public let name: String
    /// The value without white space around it.
    public let value: String

    /// A field whose value is one line.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Reads a line of a head; nil when it has no colon.
    init?(line: String) {
        guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else { return nil }
        name = String(line[..<colon])
        value = Self.trimmed(line[line.index(after: colon)...])
    }

    /// Whether it can be sent: a value with a line feed in it would be two fields.
    var isWhole: Bool {
        (name + value).utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 } && !name.isEmpty
    }

    static func trimmed(_ text: Substring) -> String {
        func isBlank(_ character: Character) -> Bool { [" ", "\t", "\r", "\n", "\r\n"].contains(character) }
        guard let first = text.firstIndex(where: { !isBlank($0) }),
            let last = text.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(text[first...last])
    }
}
