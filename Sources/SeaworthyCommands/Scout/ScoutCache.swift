// SPDX-License-Identifier: Apache-2.0

import Advisories
import ArgumentParser
import Diagnostics
import HostFiles
import Reporting

/// `scout cache`: what analyses leave on the disk.
///
/// Images and lists of packages are never kept: archives are read as they stand. What is kept is the advisory data as tables,
/// which are made again when they are asked for.
struct ScoutCache: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache",
        abstract: "Show or clear what is kept between analyses.",
        subcommands: [Usage.self, Prune.self]
    )

    /// `scout cache df`.
    struct Usage: SeaworthyCommand {
        static let configuration = CommandConfiguration(commandName: "df", abstract: "Show what is kept, and its size.")

        @OptionGroup var printing: OutputOptions

        @OptionGroup var common: CommonOptions

        func run(_ runtime: Runtime) throws -> ExitStatus {
            let path = runtime.home + "/" + AdvisoryDatabase.cacheName
            let size = (try? HostFile.walk(runtime.home, limits: runtime.limits, goesIn: { _ in false }))?
                .first { $0.path == AdvisoryDatabase.cacheName }?.sizeBytes
            if printing.json {
                try runtime.console.print(json: ["advisoryBytes": size ?? 0, "imageBytes": 0, "sbomBytes": 0])
                return .success
            }
            for header in ["Size", "Size of SBOM"] {
                runtime.console.print("  Image Digest │ \(header)")
                runtime.console.print("───────────────┼" + String(repeating: "─", count: header.count + 2))
                runtime.console.print("\nTotal: 0 B\n")
            }
            runtime.console.print("Advisory data: \(HumanText.size(size ?? 0)) in \(path.harmless)")
            return .success
        }
    }

    /// `scout cache prune`.
    struct Prune: SeaworthyCommand {
        static let configuration = CommandConfiguration(commandName: "prune", abstract: "Remove what is kept.")

        @Flag(name: [.short, .long], help: "Do not ask; nothing is asked anyway, for all can be made again.")
        var force = false

        @Flag(help: "Also remove lists of packages; none are kept.")
        var sboms = false

        @OptionGroup var printing: OutputOptions

        @OptionGroup var common: CommonOptions

        func run(_ runtime: Runtime) throws -> ExitStatus {
            let path = runtime.home + "/" + AdvisoryDatabase.cacheName
            guard HostFile.kindOfLink(path) != nil else {
                if printing.json {
                    try runtime.console.print(json: ["isRemoved": false])
                } else {
                    runtime.console.print("    ✓ Nothing was kept")
                }
                return .success
            }
            guard HostFile.remove(path) else {
                throw Failure(.inputOutput, "the advisory tables cannot be removed", at: .file(path))
            }
            if printing.json {
                try runtime.console.print(json: ["isRemoved": true])
            } else {
                runtime.console.print("    ✓ The advisory tables are removed")
            }
            return .success
        }
    }
}
