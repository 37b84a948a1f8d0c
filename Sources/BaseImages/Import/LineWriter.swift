// SPDX-License-Identifier: Apache-2.0

/// Writes lines of the kit.
struct LineWriter {
    private(set) var bytes: [UInt8] = []

    /// A record with its fields. A text that a field cannot hold goes below it, each of its lines behind a tab.
    mutating func record(_ kind: String, _ fields: [String], content: String = "") {
        var fields = fields
        if !content.isEmpty, Self.fits(content), fields.last?.isEmpty == true {
            fields[fields.count - 1] = content
            write(kind, fields)
            return
        }
        write(kind, fields)
        if !content.isEmpty { self.content(Array(content.utf8)) }
    }

    /// Lines that belong to the record above.
    mutating func content(_ text: [UInt8]) {
        var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for line in lines {
            bytes.append(0x09)
            bytes += line
            bytes.append(0x0A)
        }
    }

    /// The lines of another one.
    mutating func append(_ other: LineWriter) { bytes += other.bytes }

    /// Whether a text can stand in a field.
    static func fits(_ text: String) -> Bool { !text.utf8.contains { $0 == 0x09 || $0 == 0x0A } }

    private mutating func write(_ kind: String, _ fields: [String]) {
        bytes += Array(kind.utf8)
        for field in fields {
            bytes.append(0x09)
            bytes += field.utf8.map { $0 == 0x09 || $0 == 0x0A ? 0x20 : $0 }
        }
        while bytes.last == 0x09 { bytes.removeLast() }
        bytes.append(0x0A)
    }
}
