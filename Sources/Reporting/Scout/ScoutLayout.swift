// SPDX-License-Identifier: Apache-2.0

// Source: public output of Docker Scout.

import Advisories
import ImagePolicies

/// The two looks that Docker Scout's tables have had.
public enum ScoutLayout: Sendable, Hashable, CaseIterable {
    /// The classic one, as tutorials show it.
    case classic
    /// That of the command line of 2026: one blank less in front, one column narrower, with a health score.
    case current

    /// The layout that belongs to a policy profile.
    public init(profile: String) { self = profile == PolicyProfile.current.name ? .current : .classic }

    /// The blanks in front of a table.
    var indent: String { self == .classic ? "  " : " " }
    /// How wide a column of counts is at least.
    var countWidth: Int { self == .classic ? 30 : 29 }
}

/// The cells of Scout's tables.
enum ScoutCell {
    /// Counts: two blanks, then groups of a number in three places and a letter, three blanks between; `?` only when there are any.
    static func counts(_ counts: SeverityCounts) -> String {
        "  " + groups(counts).joined(separator: "   ")
    }

    /// The groups of a count cell, each at least four characters.
    static func groups(_ counts: SeverityCounts) -> [String] {
        var severities: [VulnerabilitySeverity] = [.critical, .high, .medium, .low]
        if counts.unspecified > 0 { severities.append(.unspecified) }
        return severities.map { pad("\(counts[$0])", left: 3) + $0.letter }
    }

    /// Signed differences under a count cell, blank where there is none.
    static func difference(_ new: SeverityCounts, from old: SeverityCounts) -> String {
        let severities: [VulnerabilitySeverity] = [.critical, .high, .medium, .low, .unspecified]
        let groups = severities.map { severity in
            let change = new[severity] - old[severity]
            return pad(change == 0 ? "" : change > 0 ? "+\(change)" : "\(change)", left: 4)
        }
        return ("  " + groups.joined(separator: "   ")).trimmedRight
    }

    /// Text in a result column.
    static func text(_ text: String) -> String { "    " + text }

    /// Blanks in front, up to a width.
    static func pad(_ text: String, left width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    /// Blanks behind, up to a width.
    static func pad(_ text: String, right width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// Centred, the smaller half of the blanks in front.
    static func center(_ text: String, _ width: Int) -> String {
        let left = max(0, width - text.count) / 2
        return pad(String(repeating: " ", count: left) + text, right: width)
    }
}

/// A table with `│` between its columns, its lines without blanks at the end.
struct ScoutTable {
    /// The cells, each with its blanks in front.
    var rows: [[String]]
    /// The headers, centred over their columns; nil for a table without.
    var headers: [String]?
    /// How wide each column is at least.
    var widths: [Int]

    /// The table as lines.
    func lines() -> [String] {
        let all = rows + (headers.map { [$0] } ?? [])
        let widths = self.widths.enumerated().map { column, least in
            max(least, all.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0)
        }
        var lines: [String] = []
        if let headers {
            lines.append(
                zip(headers, widths).enumerated().map {
                    $0.offset == 0
                        ? ScoutCell.pad($0.element.0, right: $0.element.1)
                        : ScoutCell.center($0.element.0, $0.element.1)
                }
                .joined(separator: "│").trimmedRight
            )
            lines.append(widths.map { String(repeating: "─", count: $0) }.joined(separator: "┼"))
        }
        for row in rows {
            lines.append(zip(row, widths).map { ScoutCell.pad($0, right: $1) }.joined(separator: "│").trimmedRight)
        }
        return lines
    }
}

extension String {
    /// Without blanks at the end.
    var trimmedRight: String {
        var text = Substring(self)
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
