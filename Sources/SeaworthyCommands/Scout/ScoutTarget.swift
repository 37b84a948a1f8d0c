// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Diagnostics
import Foundation
import ImageAnalysis
import ImagePolicies
import OCISpec
import Workbench

/// What every scout command takes: the image, and how to find it.
struct ScoutTarget: ParsableArguments {
    @Argument(
        help:
            "The image: a name, or local://, archive://, oci-dir://, fs://, sbom:// and a place. The image built last when not given."
    )
    var image: String?

    @Option(help: "Which image of an archive with several.")
    var ref: String?

    @Option(help: "The platform, such as linux/amd64.")
    var platform: String?

    @Option(name: .customLong("org"), help: "The organization; its policies are the built-in ones.")
    var organization: String?

    @Option(name: [.short, .long], help: "Write the report to this file.")
    var output: String?

    @OptionGroup var day: DayOption

    /// The run at the day that images are judged for: in a lesson that of the data, as its checks and grades have it; elsewhere
    /// that of the clock, and then it is said how old the data are.
    func dated(_ runtime: Runtime) throws -> Runtime {
        if let day = try day.day() { return runtime.at(runtime.workbench.judging(asOf: day)) }
        guard runtime.isInLesson else { return runtime }
        return runtime.at(runtime.workbench.judging(asOf: try runtime.workbench.dataDay()))
    }

    /// Says for which day a report is, where a person may read it.
    func remarkDay(_ runtime: Runtime) throws {
        let (day, data) = (runtime.workbench.day, try runtime.workbench.dataDay())
        let age = Self.days(from: data, to: day)
        let words =
            switch age {
            case 0: ", the day that the data reach."
            case 1: "; the data reach \(data), one day earlier."
            case 2...: "; the data reach \(data), \(age) days earlier."
            default: "; the data reach \(data)."
            }
        runtime.console.remark("  i Judged for \(day)\(words)".harmless)
    }

    private static func days(from first: String, to last: String) -> Int {
        func days(_ day: String) -> Int? { Instant(parsing: day + "T00:00:00Z")?.day.epochDays }
        guard let first = days(first), let last = days(last) else { return 0 }
        return last - first
    }

    /// The image as it was found.
    func find(_ runtime: Runtime) throws -> FoundImage {
        try ImageFinder(runtime.workbench).find(name(runtime), ref: ref, platform: wantedPlatform())
    }

    /// What was typed, else the image built last.
    func name(_ runtime: Runtime) throws -> String {
        if let name = image ?? LastBuild(runtime.workbench).name { return name }
        throw Failure(
            .usage,
            "no image is named, and none has been built yet",
            fix: "name one, or build one with `docker build`"
        )
    }

    private func wantedPlatform() throws -> Platform? {
        try platform.map { text in
            guard let parsed = Platform(parsing: text) else {
                throw Failure.invalidPlatform(text)
            }
            return parsed
        }
    }

    /// The analysis of what was named: an image, a folder (`fs://`) or a list of packages (`sbom://`).
    func analyze(
        _ runtime: Runtime,
        profile: PolicyProfile = .classic,
        vex: VEXRules = VEXRules()
    ) throws -> AnalysisReport {
        try runtime.workbench.analyze(
            name(runtime),
            reference: ref,
            platform: wantedPlatform(),
            profile: profile,
            vex: vex
        )
    }

    /// Prints a report, or writes it to the file that was asked for.
    func put(_ text: String, _ runtime: Runtime) throws {
        guard let output else {
            runtime.console.print(bytes: Array(text.utf8))
            return
        }
        try runtime.write(text, to: output)
    }
}
