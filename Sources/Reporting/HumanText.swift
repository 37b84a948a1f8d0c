// SPDX-License-Identifier: Apache-2.0

// Source: docker/go-units, size.go and duration.go: sizes and ages as `docker images` prints them.

import CivilTime
import Foundation

/// Sizes and ages for people.
public enum HumanText {
    /// Three digits and a unit of a thousand: `79.1MB`, `1.25GB`, `0B`.
    public static func size(_ bytes: Int) -> String {
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
    public static func age(of created: String?, now: Int) -> String {
        guard let created, let time = Instant(parsing: created)?.epochSeconds, time > 0 else { return "N/A" }
        return duration(now - time) + " ago"
    }

    /// As Docker says a length of time: `3 hours`, `About a minute`.
    public static func duration(_ seconds: Int) -> String {
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
}

/// Columns as Docker's command line writes them: at least ten wide, three blanks between.
public enum ColumnText {
    /// The table, without a line feed at its end.
    public static func render(_ header: [String], _ rows: [[String]]) -> String {
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
