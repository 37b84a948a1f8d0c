// SPDX-License-Identifier: Apache-2.0

import Advisories
import ArgumentParser
import Diagnostics
import Reporting
import Workbench

/// `seaworthy advisories`: the vulnerability data.
struct AdvisoriesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "advisories",
        abstract: "Look at the vulnerability data.",
        subcommands: [AdvisoriesStatus.self, AdvisoriesShow.self, AdvisoriesMatch.self]
    )

    /// Opens the data; what was wrong with them is said.
    static func open(_ runtime: Runtime) throws -> AdvisoryDatabase {
        let store = try runtime.workbench.advisories()
        for warning in store.warnings { runtime.console.remark(LessonLintCommand.text(warning).harmless) }
        return store
    }
}

/// `seaworthy advisories status`: what the data are, how old, and what they speak of.
struct AdvisoriesStatus: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what the data are, how old they are, and what they speak of."
    )

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let manifest = try AdvisoriesCommand.open(runtime).manifest
        if printing.json {
            try runtime.console.print(json: manifest)
            return .success
        }
        let records = manifest.files.reduce(0) { $0 + $1.records }
        var lines = [
            "Data set \(manifest.version), facts up to \(manifest.asOf), \(records) records",
            "Digest   \(manifest.digest)", "",
        ]
        lines.append(
            ColumnText.render(
                ["FILE", "RECORDS", "SOURCES"],
                manifest.files.map { file in
                    let sources = file.sources.map { "\($0.name) (\($0.license), \($0.asOf))" }
                    return [file.name, String(file.records), sources.joined(separator: ", ")]
                }
            )
        )
        lines += ["", "What the data speak of; for other packages no finding means no data:"]
        lines.append(
            ColumnText.render(
                ["ECOSYSTEM", "AS OF", "PACKAGES"],
                manifest.coverage.map { coverage in
                    let packages =
                        coverage.packages.map { packages in
                            packages.count > 12
                                ? "\(packages.count) packages" : packages.map(Self.text).joined(separator: ", ")
                        } ?? (coverage.note == nil ? "all" : nil)
                    return [
                        coverage.ecosystem, coverage.asOf,
                        [packages, coverage.note].compactMap(\.self).joined(separator: "; "),
                    ]
                }
            )
        )
        runtime.console.print(lines.joined(separator: "\n").harmless)
        return .success
    }

    private static func text(_ package: DataSetManifest.CoveredPackage) -> String {
        let versions = [package.versions?.joined(separator: " "), package.range].compactMap(\.self).joined(
            separator: " "
        )
        return package.name + (versions.isEmpty ? "" : " (\(versions))")
    }
}
