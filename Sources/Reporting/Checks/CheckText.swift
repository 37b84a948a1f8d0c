// SPDX-License-Identifier: Apache-2.0

import Diagnostics
public import LessonChecks

/// A step's judgement as a person reads it: each check with its state in words, what is wrong, where, and the smallest mend.
public enum CheckText {
    /// The text, without a line feed at its end.
    public static func render(_ report: StepReport, usesColour: Bool, isAscii: Bool) -> String {
        let paint = Paint(isOn: usesColour)
        var lines: [String] = []
        for check in report.checks {
            lines.append("\(mark(check, isAscii, paint)) \(check.title.harmless)\(points(check))")
            if check.state != .passed || check.isAdvisory {
                lines += details(check, paint)
            } else if !check.message.isEmpty {
                lines.append("    \(check.message.harmless)")
            }
        }
        if !lines.isEmpty { lines.append("") }
        lines.append(summary(report, paint))
        return lines.joined(separator: "\n")
    }

    private static func mark(_ check: CheckResult, _ isAscii: Bool, _ paint: Paint) -> String {
        switch check.state {
        case .passed: paint.green(isAscii ? "[passed]" : "✓ passed ")
        case .failed where check.isAdvisory: paint.yellow(isAscii ? "[advice]" : "! advice ")
        case .failed: paint.red(isAscii ? "[failed]" : "✗ failed ")
        case .unknown: paint.yellow(isAscii ? "[unknown]" : "? unknown")
        case .skipped: paint.dim(isAscii ? "[skipped]" : "- skipped")
        }
    }

    private static func points(_ check: CheckResult) -> String {
        check.maxPoints > 0 ? "  (\(check.points)/\(check.maxPoints))" : ""
    }

    private static func details(_ check: CheckResult, _ paint: Paint) -> [String] {
        var lines: [String] = []
        if !check.message.isEmpty { lines.append("    \(check.message.harmless)") }
        if check.state == .passed { return lines }
        for evidence in check.evidence.prefix(4) {
            guard let line = evidence.line else { continue }
            let file = evidence.file.map { "\($0.harmless):" } ?? ""
            lines.append("    at \(file)\(line): \(evidence.detail.harmless)")
        }
        if let expected = check.expected { lines.append("    Expected: \(expected.harmless)") }
        if let found = check.found { lines.append("    Found:    \(found.harmless)") }
        if let fix = check.fix { lines.append("    Fix:      \(fix.harmless)") }
        if let diff = check.diff {
            for line in diff.split(separator: "\n", omittingEmptySubsequences: false) where !line.isEmpty {
                let text = "      " + String(line).harmless
                lines.append(line.hasPrefix("+") ? paint.green(text) : line.hasPrefix("-") ? paint.red(text) : text)
            }
        }
        return lines
    }

    private static func summary(_ report: StepReport, _ paint: Paint) -> String {
        let points = report.maxPoints > 0 ? " \(report.points) of \(report.maxPoints) points." : ""
        switch report.state {
        case .passed: return paint.green("\(report.step): passed.") + points
        case .failed: return paint.red("\(report.step): not passed yet.") + points
        case .unknown: return paint.yellow("\(report.step): could not be judged in full.") + points
        }
    }
}

/// Colours on or off, in one place.
struct Paint {
    let isOn: Bool

    func green(_ text: String) -> String { wrap(text, "32") }
    func red(_ text: String) -> String { wrap(text, "31") }
    func yellow(_ text: String) -> String { wrap(text, "33") }
    func dim(_ text: String) -> String { wrap(text, "2") }

    private func wrap(_ text: String, _ code: String) -> String { isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}
