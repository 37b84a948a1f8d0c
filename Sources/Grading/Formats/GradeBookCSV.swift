// SPDX-License-Identifier: Apache-2.0
//
// Source: RFC 4180; OWASP, "CSV Injection", for the characters that make a spreadsheet compute.

import Judgements

/// A grade book as a table: a row a submission, a column a step and a check.
///
/// Shape: `id,state,points,maxPoints,percent`, then `<step> points` for each step, then each check's id with its state. Lines
/// end in CR LF. Cells without a meaning, such as the points of what was not judged, are empty and not 0.
public struct GradeBookCSV: GradeBookDocument {
    /// `csv`.
    public var name: String { "csv" }

    /// A table.
    public var isTable: Bool { true }

    /// Makes the form.
    public init() {}

    /// The table, UTF-8 without a mark in front.
    public func bytes(_ book: GradeBook) -> [UInt8] {
        var steps: [String] = []
        var checks: [String] = []
        var seenSteps: Set<String> = []
        var seenChecks: Set<String> = []
        for report in book.grades.flatMap(\.steps) {
            if seenSteps.insert(report.step).inserted { steps.append(report.step) }
            for check in report.checks where seenChecks.insert(check.id).inserted { checks.append(check.id) }
        }
        var lines = [
            (["id", "state", "points", "maxPoints", "percent"] + steps.map { $0 + " points" } + checks).map(Self.text)
        ]
        for grade in book.grades {
            let points = Dictionary(grade.steps.map { ($0.step, $0.points) }) { first, _ in first }
            let states = Dictionary(grade.steps.flatMap(\.checks).map { ($0.id, $0.state.rawValue) }) { first, _ in
                first
            }
            var cells = [Self.text(grade.id), grade.state.rawValue]
            if let points = grade.points, let most = grade.maxPoints {
                cells += [String(points), String(most), Self.percent(points, of: most)]
            } else {
                cells += ["", "", ""]
            }
            cells += steps.map { points[$0].map(String.init) ?? "" }
            cells += checks.map { states[$0] ?? "" }
            lines.append(cells)
        }
        return Array(lines.map { $0.joined(separator: ",") + "\r\n" }.joined().utf8)
    }

    /// A cell of text: harmless to a spreadsheet, quoted where the format asks for it.
    static func text(_ text: String) -> String {
        var text = text
        // A cell that begins like this is computed, whatever the quotes say; the apostrophe makes it text.
        if let first = text.unicodeScalars.first, ["=", "+", "-", "@", "\t", "\r", "\n"].contains(first) {
            text = "'" + text
        }
        guard
            text.unicodeScalars.contains(where: { [",", "\"", "\r", "\n", ";"].contains($0) })
                || text.hasPrefix(" ") || text.hasSuffix(" ")
        else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// Percent with at most two decimals, halves up; empty when there is nothing to have.
    static func percent(_ points: Int, of maxPoints: Int) -> String {
        guard maxPoints > 0 else { return "" }
        let (scaled, overflow) = abs(points.clamped).multipliedReportingOverflow(by: 20_000)
        guard !overflow else { return "" }
        let (doubled, overflows) = maxPoints.multipliedReportingOverflow(by: 2)
        let (sum, tooLarge) = scaled.addingReportingOverflow(maxPoints)
        guard !overflows, !tooLarge else { return "" }
        let hundredths = sum / doubled
        let decimals = hundredths % 100
        var text = (points < 0 && hundredths > 0 ? "-" : "") + String(hundredths / 100)
        if decimals > 0 {
            text += decimals % 10 == 0 ? ".\(decimals / 10)" : "." + (decimals < 10 ? "0" : "") + String(decimals)
        }
        return text
    }
}

extension GradeBookFormat where Self == GradeBookCSV {
    /// The table.
    public static var csv: Self { GradeBookCSV() }
}

extension Int {
    /// The number, or its neighbour where it has no positive twin.
    fileprivate var clamped: Int { self == .min ? .min + 1 : self }
}
