// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/subrequests/lint.

public import Diagnostics
public import DockerfileRules
public import DockerfileSyntax

/// One Dockerfile as the linter saw it.
public struct LintReport: Sendable {
    /// The file as the user named it.
    public let path: String
    /// The file.
    public let dockerfile: Dockerfile
    /// What the linter says.
    public let linter: DockerfileLinter
    /// What BuildKit refuses, in the order of the lines.
    public let errors: [SyntaxError]

    /// Puts together what parser, stage graph and linter say of a file.
    public init(path: String, _ dockerfile: Dockerfile, _ graph: StageGraph, _ linter: DockerfileLinter) {
        self.path = path
        self.dockerfile = dockerfile
        self.linter = linter
        let graphErrors = dockerfile.instructions.isEmpty ? [] : graph.errors
        errors = (dockerfile.errors + linter.errors + graphErrors).sorted { $0.range.start < $1.range.start }
    }

    /// Whether something in it counts as an error.
    public var hasError: Bool { !errors.isEmpty || linter.control.isError && !linter.findings.isEmpty }

    /// The findings as BuildKit prints them.
    public var text: String {
        var text = ""
        for finding in linter.findings {
            text += "\nWARNING: \(finding.rule.rawValue) - \(finding.rule.url)\n\(finding.detail.harmless)\n"
            text += "\(path.harmless):\(finding.range.start.line)\n"
            text += dockerfile.file.excerpt(around: finding.range).harmless
        }
        for error in errors {
            text += "\nERROR: \(error.located(in: path).harmless)\n"
            text += dockerfile.file.excerpt(around: error.range).harmless
        }
        return text
    }

    /// The names of the broken rules, each once, as the builder lists them when they stop a build.
    public var brokenRules: [String] { Set(linter.findings.map(\.rule.rawValue)).sorted() }

    /// What an ordinary build says of the findings.
    public var summary: String? {
        let count = linter.findings.count
        guard count > 0 else { return nil }
        let lines = linter.findings.map { finding in
            " - \(finding.rule.rawValue): \(finding.detail.harmless) (line \(finding.range.start.line))"
        }
        return "\n \(count) warning\(count == 1 ? "" : "s") found (use --check to expand):\n"
            + lines.joined(separator: "\n")
    }

    /// A line of the JSON output.
    public struct Row: Encodable, Sendable {
        /// The rule's name, or `ParseError`.
        public let rule: String
        /// Whether it stops a build.
        public let severity: Severity
        /// What is wrong.
        public let message: String
        /// The file as the user named it.
        public let file: String
        /// The first line, from 1.
        public let line: Int
        /// The last line, from 1.
        public let endLine: Int
        /// The first column in UTF-8 bytes, from 1.
        public let column: Int
        /// A page that explains the rule; nil for what cannot be parsed.
        public let url: String?
    }

    /// Findings and errors, in the order of the lines.
    public var rows: [Row] {
        let severity = linter.control.isError ? Severity.error : .warning
        let findings = linter.findings.map { finding in
            Row(
                rule: finding.rule.rawValue,
                severity: severity,
                message: finding.detail,
                file: path,
                line: finding.range.start.line,
                endLine: finding.range.lastLine,
                column: finding.range.start.column,
                url: finding.rule.url
            )
        }
        let errors = errors.map { error in
            Row(
                rule: "ParseError",
                severity: .error,
                message: error.message,
                file: path,
                line: error.range.start.line,
                endLine: error.range.lastLine,
                column: error.range.start.column,
                url: nil
            )
        }
        return (findings + errors).enumerated()
            .sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
    }
}
