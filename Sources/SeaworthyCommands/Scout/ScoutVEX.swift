// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BillOfMaterials
import Diagnostics
import ImageLayouts
import OCISpec
import Workbench

/// `scout vex`: what is said about vulnerabilities that do not matter.
struct ScoutVEX: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vex",
        abstract: "Show the VEX documents attached to an image.",
        subcommands: [Get.self]
    )

    /// `scout vex get`.
    struct Get: SeaworthyCommand {
        static let configuration = CommandConfiguration(
            commandName: "get",
            abstract: "Print what an image's VEX attestations say, merged into one document."
        )

        @OptionGroup var target: ScoutTarget

        @Flag(help: "Check the signatures; nobody does here, so it is refused.")
        var verify = false

        @Option(help: "The key to check signatures with; only with --verify.")
        var key: String?

        @Flag(name: .customLong("skip-tlog"), help: "Check no transparency log; none is checked here.")
        var skipsLog = false

        @OptionGroup var common: CommonOptions

        func run(_ runtime: Runtime) throws -> ExitStatus {
            guard !verify else {
                throw Failure(
                    .unavailable,
                    "signatures are not checked here",
                    at: .option("--verify"),
                    fix: "leave it out, or check with Docker Scout or cosign"
                )
            }
            let image = try target.find(runtime).image
            let found = image.attestations.filter {
                $0.namesTheImage && OpenVEXReader.isOpenVEX($0.statement.predicateType)
            }
            guard !found.isEmpty else {
                throw Failure(
                    .noInput,
                    "no VEX document is attached",
                    at: .reference(try target.name(runtime)),
                    why: "no attestation about this image has the type \(InTotoStatement.PredicateType.openVEX)",
                    fix: "`scout attestation list` shows what is attached"
                )
            }
            let merged = try OpenVEXReader.merged(found.map(\.statement.predicate), limits: runtime.limits)
            try target.put(String(decoding: merged, as: UTF8.self) + "\n", runtime)
            return .success
        }
    }
}
