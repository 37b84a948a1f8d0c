// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Reporting

/// `scout sbom`: the list of packages.
struct ScoutSBOM: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "sbom",
        abstract: "Show an image's packages as a bill of materials."
    )

    @OptionGroup var target: ScoutTarget

    @Option(help: "json (Scout's own), list, spdx or cyclonedx.")
    var format = FormatOption<PackageListing>()

    @Option(
        name: .customLong("only-package-type"),
        help: "With --format list: package types, joined by commas, such as npm,deb."
    )
    var packageTypes: String?

    @Flag(help: "The same as --format json.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let types = (packageTypes ?? "").split(separator: ",").map(String.init)
        let report = try target.analyze(runtime)
        let listing = PackageListing(report, types: types, now: Runtime.timestamp(runtime.epochSeconds))
        try target.put(format.orJSON(json).render(listing), runtime)
        return .success
    }
}
