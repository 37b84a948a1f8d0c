// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import ImageAnalysis
import ImagePolicies
import JSONValues
import Reporting
import Workbench

/// `scout compare`: two images side by side.
struct ScoutCompare: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare an image with another one.",
        aliases: ["diff"]
    )

    @OptionGroup var target: ScoutTarget

    @Option(help: "The image to compare with.")
    var to: String

    @Option(name: .customLong("to-ref"), help: "Which image of an archive with several to compare with.")
    var toRef: String?

    @OptionGroup var policies: ScoutPolicyOptions

    @OptionGroup var vex: ScoutVEXOptions

    @Option(
        name: [.customShort("x"), .customLong("exit-on")],
        help:
            "Exit with 2 when this got worse, with 3 when that cannot be said: vulnerability, policy, package. Joined by commas."
    )
    var exitOn: String?

    @Flag(name: [.customShort("e"), .customLong("exit-code")], help: "Exit with 2 when the vulnerabilities differ.")
    var exitCode = false

    @Flag(name: .customLong("hide-policies"), help: "Leave the policies out of the text.")
    var hidesPolicies = false

    @Flag(
        name: .customLong("ignore-unchanged"),
        help: "Leave out packages that are the same; they always are left out."
    )
    var ignoresUnchanged = false

    @OptionGroup var printing: TextOrJSON

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let aspects = try (exitOn ?? "").split(separator: ",").map { word in
            guard let aspect = ScoutVerdicts.Aspect(rawValue: String(word)) else {
                throw Failure(
                    .usage,
                    "unknown aspect \"\(word)\"",
                    at: .option("--exit-on"),
                    fix: "use vulnerability, policy or package"
                )
            }
            return aspect
        }
        let runtime = try target.dated(runtime)
        try printing.requireKnown()
        let profile = try policies.profile(runtime)
        let rules = try vex.rules(runtime)
        let report = try target.analyze(runtime, profile: profile, vex: rules)
        let other = try runtime.workbench.analyze(to, reference: toRef, profile: profile, vex: rules)
        if printing.isJSON {
            let document = Document(report, other)
            try target.put(JSONWriter.text(of: document, .indented) + "\n", runtime)
        } else {
            try target.put(ScoutText.compare(report, to: other, showsPolicies: !hidesPolicies), runtime)
        }
        try target.remarkDay(runtime)
        return ExitStatus(gate: ScoutVerdicts.compare(report, to: other, on: aspects, anyVulnerability: exitCode))
    }

    private struct Document: Encodable {
        let analyzed: QuickviewDocument
        let comparison: QuickviewDocument
        let packages: [PackageDifference]
        let sizeDifferenceBytes: Int
        let packageDifference: Int
        /// Whether each aspect is worse, not worse, or unknown.
        let changes: [String: ScoutVerdicts.Change]

        init(_ report: AnalysisReport, _ other: AnalysisReport) {
            analyzed = QuickviewDocument(report)
            comparison = QuickviewDocument(other)
            packages = PackageDifference.list(report.packages, other.packages)
            sizeDifferenceBytes = report.size.bytes - other.size.bytes
            packageDifference = report.packageCount - other.packageCount
            changes = Dictionary(
                uniqueKeysWithValues: ScoutVerdicts.Aspect.allCases.map {
                    ($0.rawValue, ScoutVerdicts.change(of: $0, report, other))
                }
            )
        }
    }
}
