// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import ImageAnalysis
import JSONValues
import Reporting

/// `scout quickview`: the image, its base, its vulnerabilities and the policies at a glance.
struct ScoutQuickview: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "quickview",
        abstract: "Show an image's vulnerabilities and policies at a glance.",
        aliases: ["qv"]
    )

    @OptionGroup var target: ScoutTarget

    @OptionGroup var policies: ScoutPolicyOptions

    @Option(help: "text or json.")
    var format: String = "text"

    @Flag(help: "The same as --format json.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        guard ["text", "json"].contains(format) else {
            throw Failure(.usage, "unknown format", at: .option("--format \(format)"), fix: "use text or json")
        }
        let report = try target.analyze(runtime, profile: policies.profile())
        if json || format == "json" {
            try target.put(JSONWriter.text(of: QuickviewDocument(report), .indented) + "\n", runtime)
            return .success
        }
        try target.put(ScoutText.quickview(report), runtime)
        let notes = ScoutText.notes(report)
        if !notes.isEmpty { runtime.console.prompt(notes) }
        if runtime.console.isTerminal { runtime.console.prompt("\n" + ScoutText.whatsNext(report.name)) }
        return .success
    }
}
