// SPDX-License-Identifier: Apache-2.0
//
// Source: RFC 4180; spreadsheets also write semicolons and tabs, byte order marks, UTF-16 and code page 1252.

import Archives

/// A table as spreadsheets and course sites write it: rows of cells, whatever the separator and the encoding.
struct DelimitedTable: Sendable, Hashable {
    /// The rows; those without any text are left out.
    let rows: [[String]]

    init(_ bytes: [UInt8]) {
        let text = Self.text(bytes)
        rows = Self.rows(text, separator: Self.separator(text))
    }

    private static func text(_ bytes: [UInt8]) -> String {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return String(decoding: bytes.dropFirst(3), as: UTF8.self) }
        let isLittle = bytes.starts(with: [0xFF, 0xFE])
        if isLittle || bytes.starts(with: [0xFE, 0xFF]) {
            let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
                let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
                return isLittle ? second << 8 | first : first << 8 | second
            }
            return String(decoding: units, as: UTF16.self)
        }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        return bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { ForeignName.text(Array($0)) }
            .joined(separator: "\n")
    }

    /// The one of comma, semicolon and tab that the first line has most of, outside of quotes.
    private static func separator(_ text: String) -> Character {
        var counts: [Character: Int] = [:]
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if !isQuoted, character.isNewline { break }
            if !isQuoted, [",", ";", "\t"].contains(character) { counts[character, default: 0] += 1 }
        }
        return [",", ";", "\t"].max { counts[$0, default: 0] < counts[$1, default: 0] } ?? ","
    }

    private static func rows(_ text: String, separator: Character) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell = ""
        var isQuoted = false
        var wasQuote = false
        func endRow() {
            row.append(trimmed(cell))
            cell = ""
            if row.contains(where: { !$0.isEmpty }) { rows.append(row) }
            row = []
        }
        for character in text {
            if isQuoted {
                if character == "\"" {
                    isQuoted = false
                    wasQuote = true
                } else {
                    cell.append(character)
                }
                continue
            }
            if character == "\"" {
                // Two quotes within a cell stand for one.
                if wasQuote { cell.append(character) }
                isQuoted = true
                wasQuote = false
                continue
            }
            wasQuote = false
            if character == separator {
                row.append(trimmed(cell))
                cell = ""
            } else if character.isNewline {
                endRow()
            } else {
                cell.append(character)
            }
        }
        endRow()
        return rows
    }

    private static func trimmed(_ text: String) -> String {
        let tail = text.drop(while: \.isWhitespace)
        return String(tail.reversed().drop(while: \.isWhitespace).reversed())
    }
}
