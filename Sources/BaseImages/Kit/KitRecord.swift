// SPDX-License-Identifier: Apache-2.0

// The kit's own line format: kit/README.md.

/// One line of a kit file: a word that says what it is, fields, and maybe lines of content that belong to it.
///
/// Shape: fields are separated by one tab; a line that begins with a tab is content of the record above it; `#` begins a remark;
/// empty lines mean nothing. Lines end with LF.
struct KitRecord: Sendable {
    /// The word at the beginning.
    let kind: String
    /// What follows it.
    let fields: [String]
    /// The lines below it without their tab, each with its LF; empty when there are none.
    var content: [UInt8]
    /// The line's number, from 1.
    let line: Int

    /// The field at a place; the empty text when the line is shorter.
    subscript(index: Int) -> String {
        index >= 0 && index < fields.count ? fields[index] : ""
    }

    /// The words of a field.
    func words(_ index: Int) -> [String] {
        self[index].split(separator: " ").map(String.init)
    }
}

extension KitRecord {
    /// Reads all records of a file; nothing is an error here.
    static func read(_ bytes: [UInt8]) -> [KitRecord] {
        var records: [KitRecord] = []
        var lineNumber = 0
        var start = bytes.startIndex
        while start < bytes.endIndex {
            lineNumber += 1
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex
            defer { start = end < bytes.endIndex ? end + 1 : end }
            guard start < end, bytes[start] != UInt8(ascii: "#") else { continue }
            if bytes[start] == 0x09 {
                guard let last = records.indices.last else { continue }
                records[last].content += bytes[(start + 1)..<end]
                records[last].content.append(0x0A)
                continue
            }
            let fields = bytes[start..<end].split(separator: 0x09, omittingEmptySubsequences: false)
            guard let kind = fields.first else { continue }
            records.append(
                KitRecord(
                    kind: String(decoding: kind, as: UTF8.self),
                    fields: fields.dropFirst().map { String(decoding: $0, as: UTF8.self) },
                    content: [],
                    line: lineNumber
                )
            )
        }
        return records
    }
}
