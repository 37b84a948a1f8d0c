// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
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

    @OptionGroup var vex: ScoutVEXOptions

    @OptionGroup var printing: TextOrJSON

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let runtime = try target.dated(runtime)
        try printing.requireKnown()
        let report = try target.analyze(runtime, profile: policies.profile(runtime), vex: vex.rules(runtime))
        if printing.isJSON {
            try target.put(JSONWriter.text(of: QuickviewDocument(report), .indented) + "\n", runtime)
            try target.remarkDay(runtime)
            return .success
        }
        try target.put(ScoutText.quickview(report), runtime)
        let notes = ScoutText.notes(report)
        if !notes.isEmpty { runtime.console.prompt(notes) }
        try target.remarkDay(runtime)
        if runtime.console.isTerminal { runtime.console.prompt("\n" + ScoutText.whatsNext(report.name)) }
        return .success
    }
}
