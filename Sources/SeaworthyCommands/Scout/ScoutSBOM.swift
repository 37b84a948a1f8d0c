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

    @Option(help: "json (Scout's own), list, spdx or cyclonedx.")
    var format: Format = .json

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
        switch json ? .json : format {
        case .list:
            let packages = report.packages.filter { types.isEmpty || types.contains($0.type.rawValue) }
            let lines = packages.map { "\($0.type.rawValue)  \($0.name)  \($0.version)".harmless + "\n" }
            try target.put(lines.joined(), runtime)
        case .json: try put(ScoutBillOfMaterials.document(report, filter: nil), runtime)
        case .spdx: try put(SPDXWriter.write(SBOMDocument(report, format: .spdx("SPDX-2.3"), runtime)), runtime)
        case .cyclonedx:
            try put(CycloneDXWriter.write(SBOMDocument(report, format: .cycloneDX("1.6"), runtime)), runtime)
        }
        return .success
    }

    private func put(_ bytes: [UInt8], _ runtime: Runtime) throws {
        try target.put(String(decoding: bytes, as: UTF8.self) + "\n", runtime)
    }

    /// The forms of a bill of materials.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case json, list, spdx, cyclonedx
    }
}

extension SBOMDocument {
    /// The bill of materials of an analysed image.
    init(_ report: AnalysisReport, format: Format, _ runtime: Runtime) {
        self.init(
            format: format,
            name: report.name,
            created: report.created ?? Runtime.timestamp(runtime.epochSeconds),
            tools: ["seaworthy-\(report.engineVersion)"],
            packages: report.packages,
            distribution: report.distribution
        )
    }
}
