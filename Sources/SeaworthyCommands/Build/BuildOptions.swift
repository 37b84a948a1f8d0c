// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import OCISpec
import SymbolicBuild

/// The options of `seaworthy build` and `docker build`, and what they come to.
struct BuildOptions: ParsableArguments {
    @Option(name: [.customShort("t"), .customLong("tag")], help: "The image's name. Repeatable.")
    var tags: [String] = []

    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: "The Dockerfile; `CONTEXT/Dockerfile` when not given."
    )
    var file: String?

    @Option(help: "The stage to build; the last one when not given.")
    var target: String?

    @Option(
        name: .customLong("build-arg"),
        help: "A build argument, NAME=VALUE; NAME alone takes it from the environment. Repeatable."
    )
    var buildArguments: [String] = []

    @Option(help: "The platform, such as linux/amd64.")
    var platform: String?

    @Option(name: .customLong("label"), help: "A label, NAME=VALUE. Repeatable.")
    var labels: [String] = []

    @Option(help: "Attach an SBOM: true, false or generator=IMAGE.")
    var sbom: String?

    @Option(help: "Attach provenance: true, false, mode=min or mode=max.")
    var provenance: String?

    @Option(name: .customLong("attest"), help: "An attestation: type=sbom or type=provenance[,mode=…]. Repeatable.")
    var attestations: [String] = []

    @Flag(help: "Load the image into the local store (it is put there anyway).")
    var load = false

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: "type=oci|docker|tar,dest=FILE, type=local,dest=FOLDER, or a folder alone. Repeatable."
    )
    var outputs: [String] = []

    @Option(name: .customLong("metadata-file"), help: "Write the build's metadata to this file, as JSON.")
    var metadataFile: String?

    @Option(name: .customLong("iidfile"), help: "Write the image's digest to this file.")
    var imageIDFile: String?

    @Option(help: "Progress: auto, plain, tty or rawjson.")
    var progress: String = "auto"

    @Flag(name: .customLong("no-cache"), help: "Accepted for compatibility: nothing is cached.")
    var noCache = false

    @Flag(help: "Hold the Dockerfile against the build checks and build nothing.")
    var check = false

    @Flag(
        help:
            "With --registry, ask for base images that the local store has, too. Alone it is noted: no registry is asked."
    )
    var pull = false

    @Flag(help: "Fetch base images from their registries, over the network, where the local store does not have them.")
    var registry = false

    @Flag(help: "There is no registry to push to: answers with an error.")
    var push = false

    @Flag(name: [.short, .long], help: "Print the image's digest only.")
    var quiet = false

    @Option(help: "Which engine builds: auto or symbolic.")
    var engine: String = "auto"

    /// Whether the command line says anything about attestations.
    var asksForAttestations: Bool { sbom != nil || provenance != nil || !attestations.isEmpty }

    /// The attestations asked for.
    ///
    /// - Returns: whether an SBOM is attached, and which provenance; min when nothing was said, as `docker build` has it.
    func attestationRequest(_ environment: [String: String]) throws -> (
        sbom: Bool, provenance: BuildRequest.ProvenanceMode
    ) {
        var hasSBOM = false
        var mode: BuildRequest.ProvenanceMode =
            ["1", "true"].contains(environment["BUILDX_NO_DEFAULT_ATTESTATIONS"] ?? "") ? .none : .min
        for text in attestations {
            let fields = Self.fields(text)
            switch fields["type"] {
            case "sbom": hasSBOM = fields["disabled"] != "true"
            case "provenance": mode = try Self.provenanceMode(text.replacingType)
            default:
                throw Failure(
                    .usage,
                    "unknown attestation",
                    at: .option("--attest \(text)"),
                    fix: "use type=sbom or type=provenance,mode=max"
                )
            }
        }
        if let sbom { hasSBOM = try Self.sbom(sbom) }
        if let provenance { mode = try Self.provenanceMode(provenance) }
        return (hasSBOM, mode)
    }

    private static func sbom(_ text: String) throws -> Bool {
        switch text.lowercased() {
        case "", "true", "1", "t": return true
        case "false", "0", "f": return false
        default:
            guard text.contains("generator=") || text.hasPrefix("type=") else {
                throw Failure(
                    .usage,
                    "invalid value",
                    at: .option("--sbom=\(text)"),
                    fix: "use true, false or generator=IMAGE"
                )
            }
            return true
        }
    }

    private static func provenanceMode(_ text: String) throws -> BuildRequest.ProvenanceMode {
        switch text.lowercased() {
        case "", "true", "1", "t": return .max
        case "false", "0", "f": return .none
        default: break
        }
        let fields = fields(text)
        if fields["disabled"] == "true" { return .none }
        switch fields["mode"] {
        case "max"?, "full"?, nil: return .max
        case "min"?: return .min
        case let other?:
            throw Failure(
                .usage,
                "invalid mode \"\(other)\"",
                at: .option("--provenance=\(text)"),
                fix: "use mode=min or mode=max"
            )
        }
    }

    private static func fields(_ text: String) -> [String: String] {
        var result: [String: String] = [:]
        for part in text.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
            if let name = pair.first { result[name] = pair.count == 2 ? pair[1] : "true" }
        }
        return result
    }

    /// `NAME=VALUE` texts as a dictionary; `NAME` alone takes its value from the environment.
    static func pairs(_ texts: [String], environment: [String: String]) throws -> [String: String] {
        var result: [String: String] = [:]
        for text in texts {
            let pair = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let name = pair.first, !name.isEmpty else {
                throw Failure(.usage, "a name is missing", at: .option(text), fix: "write NAME=VALUE")
            }
            if pair.count == 2 { result[name] = pair[1] } else if let value = environment[name] { result[name] = value }
        }
        return result
    }

    /// The names of `-t`, with `latest` where no tag is written.
    func names() throws -> [ImageReference] {
        try tags.map { text in
            try ImageReference(
                newName: text,
                at: .option("-t \(text)"),
                digestRefused: "a tag cannot have a digest",
                invalid: "invalid tag \"\(text)\": invalid reference format"
            )
        }
    }

    func wantedPlatform() throws -> Platform {
        guard let platform else { return .linuxAMD64 }
        if platform.contains(",") {
            throw Failure(
                .unavailable,
                "several platforms at once are not supported",
                at: .option("--platform \(platform)"),
                fix: "build for one after the other"
            )
        }
        guard let parsed = Platform(specifier: platform, builder: .linuxAMD64) else {
            throw Failure.invalidPlatform(platform)
        }
        return parsed
    }
}

extension String {
    /// `type=provenance,mode=max` without its type.
    fileprivate var replacingType: String {
        split(separator: ",").filter { !$0.hasPrefix("type=") }.joined(separator: ",")
    }
}
