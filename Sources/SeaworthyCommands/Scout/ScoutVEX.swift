// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
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
            abstract: "Print an image's VEX documents, one JSON document a line when there are several."
        )

        @OptionGroup var target: ScoutTarget

        @OptionGroup var common: CommonOptions

        func run(_ runtime: Runtime) throws -> ExitStatus {
            let image = try target.find(runtime).image
            let found = image.attestations.filter {
                $0.namesTheImage && $0.statement.predicateType == InTotoStatement.PredicateType.openVEX
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
            let documents = found.map { String(decoding: $0.statement.predicate, as: UTF8.self) + "\n" }
            try target.put(documents.joined(), runtime)
            return .success
        }
    }
}
