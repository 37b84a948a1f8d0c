// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit util/progress/progressui/printer.go (the plain display), frontend/dockerfile/parser/errors.go (excerpts).

import Diagnostics
public import SymbolicBuild

/// A build's steps as `docker build --progress=plain` prints them.
///
/// A symbolic build takes no time worth telling, so every step says `DONE 0.0s`: the text is the same on every run.
public enum PlainProgress {
    /// The lines of a build, from the builder's name to the last step.
    public static func render(_ steps: [BuildStep]) -> String {
        var blocks = ["#0 building with \"seaworthy\" instance using symbolic driver"]
        for (offset, step) in steps.enumerated() { blocks.append(block(step, number: offset + 1)) }
        return blocks.joined(separator: "\n\n")
    }

    private static func block(_ step: BuildStep, number: Int) -> String {
        var lines = ["#\(number) \(line(step.name))"]
        lines += step.log.map { "#\(number) \(line($0))" }
        switch step.state {
        case .done: lines.append("#\(number) DONE 0.0s")
        case .unknown(let reason):
            lines.append("#\(number) UNKNOWN: \(line(reason))")
            lines.append("#\(number) DONE 0.0s")
        case .failed(let message): lines.append("#\(number) ERROR: \(line(message))")
        }
        return lines.joined(separator: "\n")
    }

    /// A text of one line: nobody's line feed begins a line of the log.
    private static func line(_ text: String) -> String { text.replacing("\n", with: " ").harmless }

    /// What is printed when the build stopped: the step with its last words, the lines of the Dockerfile, the error.
    ///
    /// - Parameter dockerfile: the Dockerfile's lines; its path as the user named it.
    public static func render(_ problem: BuildProblem, dockerfile: [String], path: String) -> String {
        var text = ""
        if !problem.step.isEmpty {
            text += "------\n > \(problem.step.harmless):\n"
            for line in problem.output { text += "\(line.harmless)\n" }
            text += "------\n"
        }
        if let range = problem.range {
            text += excerpt(dockerfile, path: path, lines: range.start.line...range.lastLine) + "\n"
        }
        text += "ERROR: failed to solve: \(problem.message.harmless)"
        if let fix = problem.fix { text += "\n  → \(fix.harmless)" }
        return text
    }

    /// Lines of a file with two or more around them, the marked ones behind `>>>`.
    public static func excerpt(_ lines: [String], path: String, lines marked: ClosedRange<Int>) -> String {
        let first = max(1, marked.lowerBound - 2)
        let last = min(lines.count, marked.upperBound + 2)
        var text = "\(path.harmless):\(marked.lowerBound)\n--------------------\n"
        if first <= last {
            for number in first...last {
                let label = String(repeating: " ", count: max(0, 4 - String(number).count)) + String(number)
                let mark = marked.contains(number) ? ">>>" : "   "
                text += "\(label) | \(mark) \(lines[number - 1].harmless)\n"
            }
        }
        return text + "--------------------"
    }
}
