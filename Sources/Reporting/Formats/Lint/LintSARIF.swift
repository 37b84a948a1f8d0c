// SPDX-License-Identifier: Apache-2.0
//
// Source: SARIF 2.1.0 (OASIS).

import Diagnostics
import DockerfileRules

/// `lint --format sarif`: a rule for each that is broken, a result for each place.
public struct LintSARIF: ReportFormat {
    /// `sarif`.
    public var name: String { "sarif" }

    /// Makes the form.
    public init() {}

    /// The document.
    public func render(_ listing: LintListing) -> String {
        let rows = listing.reports.flatMap(\.rows)
        var rules: [String: SARIFDocument.Rule] = [:]
        for row in rows where rules[row.rule] == nil {
            let summary = LintRule(rawValue: row.rule)?.claim ?? "The Dockerfile cannot be parsed"
            rules[row.rule] = SARIFDocument.Rule(id: row.rule, summary: summary, page: row.url)
        }
        let results = rows.map { row in
            SARIFDocument.Result(
                rule: row.rule,
                level: row.severity == .error ? .error : .warning,
                message: row.message,
                location: SARIFDocument.Location(
                    file: row.file,
                    startLine: row.line,
                    startColumn: row.column,
                    endLine: row.endLine
                )
            )
        }
        let document = SARIFDocument(
            tool: SARIFDocument.Tool(name: "seaworthy", version: listing.programVersion),
            rules: rules.sorted { $0.key < $1.key }.map(\.value),
            results: results
        )
        return text(document.bytes)
    }
}
