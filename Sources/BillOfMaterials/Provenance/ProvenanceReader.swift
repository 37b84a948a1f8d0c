// SPDX-License-Identifier: Apache-2.0

// Source: BuildKit docs/attestations; documents of BuildKit 0.11 to 0.32.

public import Diagnostics
import JSONValues
public import OCISpec

/// Reads provenance predicates, version 0.2 and 1, liberally.
public enum ProvenanceReader {
    /// Reads the predicate of a statement.
    ///
    /// - Throws: a `Failure` with code `malformedInput` or `overLimit`.
    public static func read(
        _ statement: InTotoStatement,
        limits: Limits = .standard
    ) throws -> (provenance: Provenance, version: Provenance.Version) {
        try read(statement.predicate, predicateType: statement.predicateType, limits: limits)
    }

    /// Reads a predicate; without a type its shape decides.
    ///
    /// - Throws: a `Failure` with code `malformedInput` or `overLimit`.
    public static func read(
        _ predicate: [UInt8],
        predicateType: String? = nil,
        limits: Limits = .standard
    ) throws -> (provenance: Provenance, version: Provenance.Version) {
        let value = try DocumentReader.value(predicate, what: "read the provenance", limits: limits)
        let version = predicateType.flatMap { type in Provenance.Version.allCases.first { $0.predicateType == type } }
        switch version ?? (value["buildDefinition"] != nil ? .v1 : .v02) {
        case .v1 where value["buildDefinition"]?.object != nil: return (v1(value), .v1)
        case .v02 where value["buildDefinition"] == nil && value["buildType"] != nil: return (v02(value), .v02)
        case .v1, .v02:
            throw Failure(
                .malformedInput,
                "cannot read the provenance",
                why: "it is shaped neither as SLSA v0.2 nor as SLSA v1, or not as its type says"
            )
        }
    }

    private static func v1(_ value: JSONValue) -> Provenance {
        let definition = value["buildDefinition"]
        let external = definition?["externalParameters"]
        let inner = definition?["internalParameters"]
        let metadata = value["runDetails"]?["metadata"]
        var result = Provenance()
        result.builderID = value["runDetails"]?["builder"]?["id"]?.string ?? ""
        result.builderPlatform = inner?["builderPlatform"]?.string
        result.dockerfileVersion = inner?["dockerfileVersion"]?.string
        result.materials = materials(definition?["resolvedDependencies"])
        let source = external?["configSource"]
        result.configSource = .init(
            uri: source?["uri"]?.string,
            digest: source?["digest"]?.strings ?? [:],
            path: source?["path"]?.string
        )
        readRequest(external?["request"], into: &result)
        readBuildConfig(inner?["buildConfig"], into: &result)
        result.invocationID = member(metadata, "invocationid")?.string ?? ""
        result.startedOn = metadata?["startedOn"]?.string
        result.finishedOn = metadata?["finishedOn"]?.string
        result.areMaterialsComplete = metadata?["buildkit_completeness"]?["resolvedDependencies"]?.bool ?? false
        result.isReproducible = metadata?["buildkit_reproducible"]?.bool ?? false
        result.isHermetic = metadata?["buildkit_hermetic"]?.bool ?? false
        readExtras(metadata?["buildkit_metadata"], into: &result)
        return result
    }

    private static func v02(_ value: JSONValue) -> Provenance {
        let invocation = value["invocation"]
        let metadata = value["metadata"]
        var result = Provenance()
        result.builderID = value["builder"]?["id"]?.string ?? ""
        result.builderPlatform = invocation?["environment"]?["platform"]?.string
        result.dockerfileVersion = invocation?["environment"]?["dockerfileVersion"]?.string
        result.materials = materials(value["materials"])
        let source = invocation?["configSource"]
        result.configSource = .init(
            uri: source?["uri"]?.string,
            digest: source?["digest"]?.strings ?? [:],
            path: source?["entryPoint"]?.string
        )
        readRequest(invocation?["parameters"], into: &result)
        readBuildConfig(value["buildConfig"], into: &result)
        result.invocationID = member(metadata, "buildinvocationid")?.string ?? ""
        result.startedOn = metadata?["buildStartedOn"]?.string
        result.finishedOn = metadata?["buildFinishedOn"]?.string
        result.areMaterialsComplete = metadata?["completeness"]?["materials"]?.bool ?? false
        result.isReproducible = metadata?["reproducible"]?.bool ?? false
        result.isHermetic = metadata?[ProvenanceWriter.buildTypeV02 + "#hermetic"]?.bool ?? false
        readExtras(metadata?[ProvenanceWriter.buildTypeV02 + "#metadata"], into: &result)
        return result
    }

    /// A member whose name is compared without case: both spellings of the invocation id occur.
    private static func member(_ value: JSONValue?, _ name: String) -> JSONValue? {
        value?.object?.members.last { $0.name.lowercased() == name }?.value
    }

    private static func materials(_ value: JSONValue?) -> [Provenance.Material] {
        (value?.array ?? []).compactMap { entry in
            guard let uri = entry["uri"]?.string else { return nil }
            return Provenance.Material(uri: uri, digest: entry["digest"]?.strings ?? [:])
        }
    }

    private static func readRequest(_ value: JSONValue?, into result: inout Provenance) {
        func credentials(_ name: String) -> [Provenance.Credential] {
            (value?[name]?.array ?? []).compactMap { entry in
                entry["id"]?.string.map { .init(id: $0, isOptional: entry["optional"]?.bool ?? false) }
            }
        }
        result.frontend = value?["frontend"]?.string ?? ""
        result.arguments = value?["args"]?.strings ?? [:]
        result.locals = (value?["locals"]?.array ?? []).compactMap { $0["name"]?.string }
        result.secrets = credentials("secrets")
        result.ssh = credentials("ssh")
    }

    private static func readBuildConfig(_ value: JSONValue?, into result: inout Provenance) {
        result.digestMapping = value?["digestMapping"]?.strings ?? [:]
        result.steps = (value?["llbDefinition"]?.array ?? []).compactMap(step)
    }

    private static func step(_ value: JSONValue) -> Provenance.Step? {
        guard let id = value["id"]?.string else { return nil }
        let platform = value["op"]?["platform"]
        let words = ["OS", "Architecture", "Variant"].compactMap { platform?[$0]?.string }.filter { !$0.isEmpty }
        return Provenance.Step(
            id: id,
            operation: operation(value["op"]?["Op"]),
            inputs: (value["inputs"]?.array ?? []).compactMap(\.string),
            platform: words.isEmpty ? nil : words.joined(separator: "/")
        )
    }

    private static func operation(_ value: JSONValue?) -> Provenance.Operation {
        guard let member = value?.object?.members.first else { return .result }
        // BuildKit's own marshalling also writes the Go names in upper case.
        switch member.name.lowercased() {
        case "source":
            return .source(
                identifier: member.value["identifier"]?.string ?? "",
                attributes: member.value["attrs"]?.strings ?? [:]
            )
        case "exec":
            let meta = member.value["meta"]
            return .execution(
                .init(
                    arguments: (meta?["args"]?.array ?? []).compactMap(\.string),
                    environment: (meta?["env"]?.array ?? []).compactMap(\.string),
                    workingDirectory: meta?["cwd"]?.string ?? "/",
                    user: meta?["user"]?.string,
                    mounts: (member.value["mounts"]?.array ?? []).compactMap { $0["dest"]?.string }
                )
            )
        case "file": return .files((member.value["actions"]?.array ?? []).compactMap { action($0["Action"]) })
        default: return .other(member.name)
        }
    }

    private static func action(_ value: JSONValue?) -> Provenance.FileAction? {
        guard let member = value?.object?.members.first else { return nil }
        let path = member.value["path"]?.string ?? ""
        let mode = member.value["mode"]?.int ?? 0
        switch member.name {
        case "mkdir": return .makeDirectory(path: path, mode: mode)
        case "mkfile":
            return .makeFile(path: path, mode: mode, data: member.value["data"]?.string.flatMap(Base64.decode) ?? [])
        case "copy":
            return .copy(source: member.value["src"]?.string ?? "", destination: member.value["dest"]?.string ?? "")
        case "rm": return .remove(path: path)
        default: return nil
        }
    }

    private static func readExtras(_ value: JSONValue?, into result: inout Provenance) {
        result.versionControl = value?["vcs"]?.strings ?? [:]
        result.sources = (value?["source"]?["infos"]?.array ?? []).map { info in
            Provenance.Source(
                filename: info["filename"]?.string ?? "",
                language: info["language"]?.string ?? "",
                data: info["data"]?.string.flatMap(Base64.decode) ?? []
            )
        }
        for member in value?["source"]?["locations"]?.object?.members ?? [] {
            result.locations[member.name] = (member.value["locations"]?.array ?? []).map { place in
                Provenance.Location(
                    sourceIndex: place["sourceIndex"]?.int ?? 0,
                    lines: (place["ranges"]?.array ?? []).compactMap(lines)
                )
            }
        }
        for member in value?["layers"]?.object?.members ?? [] {
            result.layers[member.name] = (member.value.array ?? []).map { ($0.array ?? []).compactMap(descriptor) }
        }
    }

    private static func lines(_ value: JSONValue) -> ClosedRange<Int>? {
        guard let first = value["start"]?["line"]?.int, first > 0 else { return nil }
        let last = value["end"]?["line"]?.int ?? first
        return first...Swift.max(first, last)
    }

    private static func descriptor(_ value: JSONValue) -> Descriptor? {
        guard let digest = value["digest"]?.string.flatMap({ try? Digest(parsing: $0) }) else { return nil }
        return Descriptor(mediaType: value["mediaType"]?.string ?? "", digest: digest, size: value["size"]?.int ?? 0)
    }
}
