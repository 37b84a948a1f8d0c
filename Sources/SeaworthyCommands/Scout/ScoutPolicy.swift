// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ImageAnalysis
import JSONValues
import Reporting
import Workbench

/// `scout policy`: the policies with every violation.
struct ScoutPolicy: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Judge an image by the policies, with every violation."
    )

    @OptionGroup var target: ScoutTarget

    @Flag(
        name: [.customShort("e"), .customLong("exit-code")],
        help: "Exit with 2 when a policy is not met, with 3 when none fails but one has no data."
    )
    var exitCode = false

    @OptionGroup var policies: ScoutPolicyOptions

    @OptionGroup var vex: ScoutVEXOptions

    @Option(name: .customLong("result-file"), help: "Write the results by policy id to this file, as JSON.")
    var resultFile: String?

    @OptionGroup var printing: TextOrJSON

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let runtime = try target.dated(runtime)
        try printing.requireKnown()
        let report = try target.analyze(runtime, profile: policies.profile(runtime), vex: vex.rules(runtime))
        if let resultFile {
            let bytes = try JSONWriter.bytes(of: PolicyResultsDocument(report.policies), .indented)
            try runtime.write(String(decoding: bytes, as: UTF8.self) + "\n", to: resultFile)
        }
        if printing.isJSON {
            try target.put(JSONWriter.text(of: QuickviewDocument(report), .indented) + "\n", runtime)
        } else {
            try target.put(ScoutText.policy(report), runtime)
        }
        try target.remarkDay(runtime)
        let findings = ScoutText.findings(report)
        if !findings.isEmpty { runtime.console.prompt(findings) }
        return exitCode ? ExitStatus(gate: ScoutVerdicts.policy(report)) : .success
    }
}
