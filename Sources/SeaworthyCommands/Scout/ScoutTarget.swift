// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
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
