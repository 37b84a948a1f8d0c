// SPDX-License-Identifier: Apache-2.0

// Source: BuildKit docs/attestations/slsa-provenance.md, slsa-definitions.md; SLSA provenance 0.2 and 1.

import DockerfileSyntax
import Foundation
import ImagePolicies
import OCISpec
import Packages

/// What BuildKit's provenance says, in either version of SLSA.
struct BuildKitProvenance {
    let predicateType: String
    /// Max when the build's steps are recorded; completeness and arguments are no sure sign.
    let mode: AttestationSummary.ProvenanceMode
    /// The images among the materials, the frontend and the SBOM generator left out.
    let images: [Material]
    /// The Dockerfile; nil in min mode.
    let dockerfile: [UInt8]?
    let buildArguments: [String: String]
    let target: String?
    let source: String?
    let revision: String?

    struct Material {
        let reference: ImageReference
        let digest: Digest?
    }

    /// Reads the predicate; nil when the statement is no provenance or its predicate is no object.
    init?(_ statement: InTotoStatement) {
        guard let predicate = try? JSONValue(parsing: statement.predicate, depth: 128), predicate.object != nil else {
            return nil
        }
        predicateType = statement.predicateType
        let request: JSONValue?
        let config: JSONValue?
        let metadata: JSONValue?
        let materials: JSONValue?
        switch statement.predicateType {
        case InTotoStatement.PredicateType.provenanceV02:
            request = predicate["invocation"]?["parameters"]
            config = predicate["buildConfig"]
            metadata = predicate["metadata"]?["https://mobyproject.org/buildkit@v1#metadata"]
            materials = predicate["materials"]
        case InTotoStatement.PredicateType.provenanceV1:
            let definition = predicate["buildDefinition"]
            request = definition?["externalParameters"]?["request"]
            config = definition?["internalParameters"]?["buildConfig"]
            metadata = predicate["runDetails"]?["metadata"]?["buildkit_metadata"]
            materials = definition?["resolvedDependencies"]
        default: return nil
        }
        mode = config?["llbDefinition"]?.array?.isEmpty == false ? .max : .min
        let arguments = request?["args"]?.object
        let frontend = arguments?["source"]?.string.flatMap { try? ImageReference(parsing: $0) }
        images = (materials?.array ?? []).compactMap(Self.material).filter { material in
            let name = material.reference.name
            return name != frontend?.name && name != "docker.io/docker/dockerfile"
                && !name.hasPrefix("docker.io/docker/buildkit-")
        }
        dockerfile = metadata?["source"]?["infos"]?.array?.first?["data"]?.string
            .flatMap { Data(base64Encoded: $0, options: .ignoreUnknownCharacters) }.map(Array.init)
        var build: [String: String] = [:]
        for member in arguments?.members ?? [] where member.name.hasPrefix("build-arg:") {
            build[String(member.name.dropFirst(10))] = member.value.string
        }
        buildArguments = build
        target = arguments?["target"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        source = metadata?["vcs"]?["source"]?.string
        revision = metadata?["vcs"]?["revision"]?.string
    }

    private static func material(_ value: JSONValue) -> Material? {
        guard let uri = value["uri"]?.string, uri.hasPrefix("pkg:docker/"),
            let purl = try? PackageURL(parsing: uri)
        else { return nil }
        let name = (purl.namespace.map { $0 + "/" } ?? "") + purl.name
        let hex = value["digest"]?["sha256"]?.string
        let digest =
            hex.flatMap { try? Digest(parsing: "sha256:" + $0) }
            ?? purl.qualifiers["digest"].flatMap { try? Digest(parsing: $0) }
        let text = name + (purl.version.map { ":" + $0 } ?? "")
        guard let reference = try? ImageReference(parsing: text) else { return nil }
        let isByDigest = purl.version == nil && purl.qualifiers["digest"] != nil
        return Material(reference: isByDigest ? reference : reference.withDefaultTag, digest: digest)
    }

    /// What the final stage stands on, by the Dockerfile where it is recorded, else by the only image among the materials.
    var base: BaseImageUse? {
        if let dockerfile {
            let parameters = BuildParameters(arguments: buildArguments, target: target)
            let graph = StageGraph(Dockerfile(parsing: dockerfile), parameters)
            var next = graph.target
            var steps = 0
            while let index = next, graph.stages.indices.contains(index), steps <= graph.stages.count {
                steps += 1
                switch graph.stages[index].base {
                case .scratch: return .scratch
                case .stage(let below): next = below
                case .image(let text):
                    guard let reference = try? ImageReference(parsing: text) else { return nil }
                    return .image(found(reference))
                default: return nil
                }
            }
            return nil
        }
        guard images.count == 1, let only = images.first else { return nil }
        return .image(FoundBaseImage(reference: only.reference, digest: only.digest, source: .provenance))
    }

    private func found(_ reference: ImageReference) -> FoundBaseImage {
        let wanted = reference.withDefaultTag
        let material =
            images.first {
                $0.reference.name == wanted.name && (reference.tag != nil || reference.digest == nil)
                    && $0.reference.tag == wanted.tag
            }
            ?? images.first { $0.reference.name == wanted.name && $0.digest != nil && $0.digest == reference.digest }
        return FoundBaseImage(reference: wanted, digest: reference.digest ?? material?.digest, source: .provenance)
    }
}
