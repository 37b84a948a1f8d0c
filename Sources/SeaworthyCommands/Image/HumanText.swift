// SPDX-License-Identifier: Apache-2.0

// Source: docker/go-units, size.go and duration.go: sizes and ages as `docker images` prints them.

import Foundation

/// Sizes and ages for people.
enum HumanText {
    /// Three digits and a unit of a thousand: `79.1MB`, `1.25GB`, `0B`.
    static func size(_ bytes: Int) -> String {
        var value = Double(max(0, bytes))
        var unit = 0
        let units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"]
        while value >= 999.5, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return String(format: "%.3g", value) + units[unit]
    }

    /// How long ago something was: `3 hours ago`; `N/A` when it is not said.
    ///
    /// - Parameter created: RFC 3339.
    static func age(of created: String?, now: Int) -> String {
        guard let created, let time = seconds(created), time > 0 else { return "N/A" }
        return duration(now - time) + " ago"
    }

    static func duration(_ seconds: Int) -> String {
        let minutes = seconds / 60
        let hours = Int((Double(seconds) / 3600).rounded())
        switch true {
        case seconds < 1: return "Less than a second"
        case seconds == 1: return "1 second"
        case seconds < 60: return "\(seconds) seconds"
        case minutes == 1: return "About a minute"
        case minutes < 60: return "\(minutes) minutes"
        case hours == 1: return "About an hour"
        case hours < 48: return "\(hours) hours"
        case hours < 24 * 7 * 2: return "\(hours / 24) days"
        case hours < 24 * 30 * 2: return "\(hours / 24 / 7) weeks"
        case hours < 24 * 365 * 2: return "\(hours / 24 / 30) months"
        default: return "\(hours / 24 / 365) years"
        }
    }

    /// A time in RFC 3339 as seconds since 1970; nil when it is none.
    static func seconds(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard (20...40).contains(bytes.count), bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t") else {
            return nil
        }
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count, bytes[range].allSatisfy({ (0x30...0x39).contains($0) }) else {
                return nil
            }
            return bytes[range].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
            let minute = number(14..<16), let second = number(17..<19), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var offset = 0
        if let sign = bytes.last, sign != UInt8(ascii: "Z"), sign != UInt8(ascii: "z") {
            let start = bytes.count - 6
            guard start >= 19, bytes[start] == UInt8(ascii: "+") || bytes[start] == UInt8(ascii: "-"),
                let hours = number((start + 1)..<(start + 3)), let minutes = number((start + 4)..<(start + 6))
            else { return nil }
            offset = (hours * 60 + minutes) * 60 * (bytes[start] == UInt8(ascii: "-") ? -1 : 1)
        }
        // Days since 1970 in the proleptic Gregorian calendar, counted from March so that the leap day comes last.
        let years = month <= 2 ? year - 1 : year
        let era = (years >= 0 ? years : years - 399) / 400
        let yearOfEra = years - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return ((days * 24 + hour) * 60 + minute) * 60 + second - offset
    }
}

/// Columns as Docker's command line writes them: at least ten wide, three blanks between.
enum ColumnText {
    static func render(_ header: [String], _ rows: [[String]]) -> String {
        let table = [header] + rows
        let widths = header.indices.map { column in
            max(10, (table.map { $0[column].unicodeScalars.count }.max() ?? 0) + 3)
        }
        return table.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                if column < row.count - 1 {
                    line += String(repeating: " ", count: widths[column] - cell.unicodeScalars.count)
                }
            }
            return line
        }
        .joined(separator: "\n")
    }
}
