// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BillOfMaterials
import Diagnostics
import ImageAnalysis
import Packages
import Reporting

/// `scout sbom`: the list of packages.
struct ScoutSBOM: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "sbom",
        abstract: "Show an image's packages as a bill of materials."
    )

    @OptionGroup var target: ScoutTarget

    @Option(help: "list, spdx or cyclonedx.")
    var format: String = "spdx"

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let report = try target.analyze(runtime)
        switch format {
        case "list":
            for package in report.packages {
                runtime.console.print("\(package.type.rawValue)  \(package.name)  \(package.version)".harmless)
            }
        case "spdx", "json", "cyclonedx":
            let isSPDX = format != "cyclonedx"
            let document = SBOMDocument(
                format: isSPDX ? .spdx("SPDX-2.3") : .cycloneDX("1.6"),
                name: report.name,
                created: report.created ?? Runtime.timestamp(runtime.epochSeconds),
                tools: ["seaworthy-\(EngineVersion.current)"],
                packages: report.packages,
                distribution: report.distribution
            )
            let bytes = isSPDX ? SPDXWriter.write(document) : CycloneDXWriter.write(document)
            try target.put(String(decoding: bytes, as: UTF8.self) + "\n", runtime)
        default:
            throw Failure(.usage, "unknown format", at: "--format \(format)", fix: "use list, spdx or cyclonedx")
        }
        return .success
    }
}
