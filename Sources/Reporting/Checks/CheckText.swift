// SPDX-License-Identifier: Apache-2.0

import Diagnostics
public import Judgements

/// A step's judgement as a person reads it: each check with its state in words, what is wrong, where, and the smallest mend.
public enum CheckText {
    /// The text, without a line feed at its end.
    ///
    /// - Parameter width: the columns that sentences are wrapped to; nil leaves each on one line. Diffs are never wrapped.
    public static func render(_ report: StepReport, usesColour: Bool, isAscii: Bool, width: Int? = nil) -> String {
        let paint = Paint(isOn: usesColour)
        var lines: [String] = []
        for check in report.checks {
            lines.append("\(mark(check, isAscii, paint)) \(check.title.harmless)\(points(check))")
            if check.state != .passed || check.isAdvisory {
                lines += details(check, paint, width)
            } else if !check.message.isEmpty {
                lines += wrap("    ", check.message.harmless, width)
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
        case .skipped where check.blockedBy == nil: paint.dim(isAscii ? "[open]   " : "- open   ")
        case .skipped: paint.dim(isAscii ? "[skipped]" : "- skipped")
        }
    }

    private static func points(_ check: CheckResult) -> String {
        check.maxPoints > 0 ? "  (\(check.points)/\(check.maxPoints))" : ""
    }

    private static func details(_ check: CheckResult, _ paint: Paint, _ width: Int?) -> [String] {
        var lines: [String] = []
        if !check.message.isEmpty { lines += wrap("    ", check.message.harmless, width) }
        if check.state == .passed { return lines }
        for evidence in check.evidence.prefix(4) {
            guard let line = evidence.line else { continue }
            let file = evidence.file.map { "\($0.harmless):" } ?? ""
            lines += wrap("    at ", "\(file)\(line): \(evidence.detail.harmless)", width)
        }
        if let expected = check.expected { lines += wrap("    Expected: ", expected.harmless, width) }
        if let found = check.found { lines += wrap("    Found:    ", found.harmless, width) }
        if let fix = check.fix { lines += wrap("    Fix:      ", fix.harmless, width) }
        if let diff = check.diff {
            for line in diff.split(separator: "\n", omittingEmptySubsequences: false) where !line.isEmpty {
                let text = "      " + String(line).harmless
                lines.append(line.hasPrefix("+") ? paint.green(text) : line.hasPrefix("-") ? paint.red(text) : text)
            }
        }
        return lines
    }

    /// A sentence behind its label, its further lines below its first one. A word that is too long stays whole.
    private static func wrap(_ label: String, _ text: String, _ width: Int?) -> [String] {
        guard let width, label.count + text.count > width else { return [label + text] }
        let indent = String(repeating: " ", count: label.count)
        var lines: [String] = []
        var line = ""
        for word in words(of: text) {
            if line.isEmpty {
                line = String(word)
            } else if label.count + line.count + 1 + word.count <= width {
                line += " " + word
            } else {
                lines.append((lines.isEmpty ? label : indent) + line)
                line = String(word)
            }
        }
        if !line.isEmpty { lines.append((lines.isEmpty ? label : indent) + line) }
        return lines
    }

    /// The words of a sentence. What stands between backticks is one: a command that is broken in the middle runs as two when it
    /// is pasted.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var open = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            open += open.isEmpty ? String(word) : " " + word
            if open.count(where: { $0 == "`" }).isMultiple(of: 2) {
                words.append(open)
                open = ""
            }
        }
        // A backtick without its partner is none.
        if !open.isEmpty { words += open.split(separator: " ", omittingEmptySubsequences: false).map(String.init) }
        return words
    }

    private static func summary(_ report: StepReport, _ paint: Paint) -> String {
        let points = report.maxPoints > 0 ? " \(report.points) of \(report.maxPoints) points." : ""
        switch report.state {
        case .passed: return paint.green("\(report.step): passed.") + points
        case .failed: return paint.red("\(report.step): not passed yet.") + points
        case .unknown:
            let open = report.checks.filter { $0.state == .skipped && $0.blockedBy == nil && !$0.isAdvisory }.count
            let isOnlyOpen = open > 0 && !report.checks.contains { $0.state == .unknown && !$0.isAdvisory }
            guard isOnlyOpen else { return paint.yellow("\(report.step): could not be judged in full.") + points }
            return paint.yellow("\(report.step): \(open) of \(report.checks.count) still open.") + points
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
