// SPDX-License-Identifier: Apache-2.0

import Advisories
import ArgumentParser
import Diagnostics
import ImageAnalysis
import ImagePolicies
import JSONValues
import Packages
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
        let aspects = (exitOn ?? "").split(separator: ",").map(String.init)
        if let stranger = aspects.first(where: { !["vulnerability", "policy", "package"].contains($0) }) {
            throw Failure(
                .usage,
                "unknown aspect \"\(stranger)\"",
                at: .option("--exit-on"),
                fix: "use vulnerability, policy or package"
            )
        }
        try printing.requireKnown()
        let profile = try policies.profile()
        let report = try target.analyze(runtime, profile: profile)
        let other = try runtime.workbench.analyze(to, reference: toRef, profile: profile)
        if printing.isJSON {
            let document = Document(report, other)
            try target.put(JSONWriter.text(of: document, .indented) + "\n", runtime)
        } else {
            try target.put(ScoutText.compare(report, to: other, showsPolicies: !hidesPolicies), runtime)
        }
        if exitCode {
            if Self.vulnerabilities(report) != Self.vulnerabilities(other) { return .conditionMet }
            if report.vulnerabilityDoubt != nil || other.vulnerabilityDoubt != nil { return .unknown }
        }
        if aspects.contains(where: { Self.isWorse($0, report, other) }) { return .conditionMet }
        return aspects.contains { Self.isUnknown($0, report, other) } ? .unknown : .success
    }

    /// Whether it cannot be said that one aspect did not get worse.
    private static func isUnknown(_ aspect: String, _ report: AnalysisReport, _ other: AnalysisReport) -> Bool {
        switch aspect {
        case "vulnerability": report.vulnerabilityDoubt != nil
        case "policy":
            report.policies.results.contains { result in
                result.state == .unknown && other.policies.result(result.id)?.state != .failed
            }
        default: report.packageDoubt != nil
        }
    }

    /// What tells the vulnerabilities of two images apart.
    private static func vulnerabilities(_ report: AnalysisReport) -> Set<String> {
        Set(report.vulnerabilities.matches.map { "\($0.id) \($0.package.purl)" })
    }

    /// Whether one aspect is worse than in the image compared with.
    private static func isWorse(_ aspect: String, _ report: AnalysisReport, _ other: AnalysisReport) -> Bool {
        switch aspect {
        case "vulnerability":
            VulnerabilitySeverity.allCases.contains {
                report.vulnerabilities.counts[$0] > other.vulnerabilities.counts[$0]
            }
        case "policy":
            report.policies.results.contains { result in
                result.state == .failed && other.policies.result(result.id)?.state == .passed
            }
        default: PackageDifference.list(report.packages, other.packages).contains { $0.old == nil }
        }
    }

    private struct Document: Encodable {
        let analyzed: QuickviewDocument
        let comparison: QuickviewDocument
        let packages: [PackageDifference]
        let sizeDifferenceBytes: Int
        let packageDifference: Int

        init(_ report: AnalysisReport, _ other: AnalysisReport) {
            analyzed = QuickviewDocument(report)
            comparison = QuickviewDocument(other)
            packages = PackageDifference.list(report.packages, other.packages)
            sizeDifferenceBytes = report.size.bytes - other.size.bytes
            packageDifference = report.packageCount - other.packageCount
        }
    }
}
