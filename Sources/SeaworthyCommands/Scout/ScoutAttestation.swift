// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import ImageLayouts
import OCISpec
import Workbench

/// `scout attestation`: what is attached to an image.
struct ScoutAttestation: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attestation",
        abstract: "Show what is attached to an image.",
        subcommands: [List.self, Get.self],
        aliases: ["attest"]
    )

    /// `scout attestation list`.
    struct List: SeaworthyCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the attestations of an image."
        )

        @OptionGroup var target: ScoutTarget

        @Option(help: "list or json.")
        var format: String = "list"

        @Flag(help: "The same as --format json.")
        var json = false

        @OptionGroup var common: CommonOptions

        func run(_ runtime: Runtime) throws -> ExitStatus {
            let image = try target.find(runtime).image
            let rows = image.attestations.map {
                Row(
                    predicateType: $0.statement.predicateType,
                    digest: $0.blobDigest.description,
                    subjectMatches: $0.namesTheImage,
                    name: Self.name($0.statement.predicateType)
                )
            }
            if json || format == "json" {
                try runtime.console.print(json: rows)
            } else {
                for row in rows {
                    runtime.console.print(
                        "\(row.name)  \(row.predicateType)\(row.subjectMatches ? "" : "  (speaks of another image)")"
                            .harmless
                    )
                }
                if rows.isEmpty { runtime.console.remark("Nothing is attached to this image.") }
            }
            return .success
        }

        private struct Row: Encodable {
            let predicateType: String
            let digest: String
            let subjectMatches: Bool
            let name: String
        }

        private static func name(_ predicateType: String) -> String {
            switch predicateType {
            case InTotoStatement.PredicateType.spdx: "SPDX SBOM"
            case InTotoStatement.PredicateType.provenanceV02, InTotoStatement.PredicateType.provenanceV1:
                "SLSA provenance"
            case InTotoStatement.PredicateType.openVEX: "OpenVEX"
            case "https://slsa.dev/verification_summary/v1": "SLSA verification summary"
            case "https://in-toto.io/attestation/vulns/v0.1": "in-toto vulnerabilities"
            case "https://scout.docker.com/health/v0.1": "Scout health"
            case "https://scout.docker.com/provenance/v0.1": "Scout provenance"
            case "https://scout.docker.com/sbom/v0.1": "Scout SBOM"
            case "https://scout.docker.com/secrets/v0.1": "Scout secret scan"
            case "https://scout.docker.com/tests/v0.1": "Scout test report"
            case "https://scout.docker.com/vulnerabilities/v0.1": "Scout vulnerabilities"
            case let other where other.hasPrefix(InTotoStatement.PredicateType.cycloneDXPrefix): "CycloneDX SBOM"
            default: "in-toto statement"
            }
        }
    }

    /// `scout attestation get`.
    struct Get: SeaworthyCommand {
        static let configuration = CommandConfiguration(
            commandName: "get",
            abstract: "Print an attestation of an image."
        )

        @OptionGroup var target: ScoutTarget

        @Option(name: .customLong("predicate-type"), help: "Which one.")
        var predicateType: String

        @Flag(help: "Only the predicate, not the whole statement.")
        var predicate = false

        @OptionGroup var common: CommonOptions

        func run(_ runtime: Runtime) throws -> ExitStatus {
            let image = try target.find(runtime).image
            guard let found = image.attestations.first(where: { $0.statement.predicateType == predicateType }) else {
                let known = image.attestations.map(\.statement.predicateType).joined(separator: ", ")
                throw Failure(
                    .noInput,
                    "no attestation of that type is attached",
                    at: .name(predicateType),
                    fix: known.isEmpty
                        ? "build the image with --sbom=true --provenance=mode=max" : "the types are: \(known)"
                )
            }
            let bytes = predicate ? found.statement.predicate : found.statement.encoded()
            try target.put(String(decoding: bytes, as: UTF8.self) + "\n", runtime)
            return .success
        }
    }
}
