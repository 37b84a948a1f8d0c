// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/subrequests/lint; SARIF 2.1.0.

import BaseImages
import Diagnostics
import DockerfileRules
import DockerfileSyntax
import OCISpec
import SymbolicBuild

/// One Dockerfile as the linter saw it.
struct LintReport {
    let path: String
    let dockerfile: Dockerfile
    let linter: DockerfileLinter
    /// What BuildKit refuses.
    let errors: [SyntaxError]

    /// Looks through a Dockerfile.
    ///
    /// - Parameter folder: the build context, for the rule that asks its ignore file; nil for none.
    init(
        _ bytes: [UInt8],
        path: String,
        parameters: BuildParameters,
        ignore: IgnoreFile?,
        isWhole: Bool,
        provider: any BaseImageProvider,
        platform: Platform
    ) {
        self.path = path
        dockerfile = Dockerfile(parsing: bytes)
        let graph = StageGraph(dockerfile, parameters)
        linter = DockerfileLinter(dockerfile, graph, ignore: ignore, isWhole: isWhole) { name in
            guard let reference = try? ImageReference(parsing: name).withDefaultTag,
                let image = try? provider.baseImage(reference, platform: platform)
            else { return nil }
            let config = image.configuration.config
            return DockerfileLinter.Base(environment: config.env ?? [], hasShell: config.shell?.isEmpty == false)
        }
        let graphErrors = dockerfile.instructions.isEmpty ? [] : graph.errors
        errors = (dockerfile.errors + linter.errors + graphErrors).sorted { $0.range.start < $1.range.start }
    }

    /// Whether something in it counts as an error.
    var hasError: Bool { !errors.isEmpty || linter.control.isError && !linter.findings.isEmpty }

    /// The findings as BuildKit prints them.
    var text: String {
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
    var brokenRules: [String] { Set(linter.findings.map(\.rule.rawValue)).sorted() }

    /// What an ordinary build says of the findings.
    var summary: String? {
        let count = linter.findings.count
        guard count > 0 else { return nil }
        let lines = linter.findings.map { finding in
            " - \(finding.rule.rawValue): \(finding.detail.harmless) (line \(finding.range.start.line))"
        }
        return "\n \(count) warning\(count == 1 ? "" : "s") found (use --check to expand):\n"
            + lines.joined(separator: "\n")
    }

    /// A line of the JSON output.
    struct Row: Encodable {
        let rule: String
        let severity: Severity
        let message: String
        let file: String
        let line: Int
        let endLine: Int
        let column: Int
        let url: String?
    }

    /// Findings and errors, in the order of the lines.
    var rows: [Row] {
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

/// Rows as a SARIF document.
struct LintSARIF: Encodable {
    struct Text: Encodable { let text: String }
    struct Rule: Encodable {
        let id: String
        let helpUri: String?
        let shortDescription: Text
    }
    struct Driver: Encodable {
        let name = "seaworthy"
        let version: String
        let rules: [Rule]
    }
    struct Tool: Encodable { let driver: Driver }
    struct Region: Encodable {
        let startLine: Int
        let startColumn: Int
        let endLine: Int
    }
    struct Artifact: Encodable { let uri: String }
    struct PhysicalLocation: Encodable {
        let artifactLocation: Artifact
        let region: Region
    }
    struct Location: Encodable { let physicalLocation: PhysicalLocation }
    struct Result: Encodable {
        let ruleId: String
        let level: String
        let message: Text
        let locations: [Location]
    }
    struct Run: Encodable {
        let tool: Tool
        let results: [Result]
    }
    enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version, runs
    }

    let schema = "https://json.schemastore.org/sarif-2.1.0.json"
    let version = "2.1.0"
    let runs: [Run]

    init(_ rows: [LintReport.Row], programVersion: String) {
        var rules: [String: Rule] = [:]
        for row in rows {
            let summary = LintRule(rawValue: row.rule)?.summary ?? "The Dockerfile cannot be parsed"
            rules[row.rule] = Rule(id: row.rule, helpUri: row.url, shortDescription: Text(text: summary))
        }
        let results = rows.map { row in
            let region = Region(startLine: row.line, startColumn: row.column, endLine: row.endLine)
            let place = PhysicalLocation(artifactLocation: Artifact(uri: row.file), region: region)
            return Result(
                ruleId: row.rule,
                level: row.severity == .error ? "error" : "warning",
                message: Text(text: row.message),
                locations: [Location(physicalLocation: place)]
            )
        }
        let driver = Driver(version: programVersion, rules: rules.sorted { $0.key < $1.key }.map(\.value))
        runs = [Run(tool: Tool(driver: driver), results: results)]
    }
}
