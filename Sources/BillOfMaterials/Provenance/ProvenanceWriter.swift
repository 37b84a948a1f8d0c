// SPDX-License-Identifier: Apache-2.0

// Source: BuildKit 0.32, solver/llbsolver/provenance/types/types.go and provenance.go.

import JSONValues
public import OCISpec

/// Writes provenance predicates as BuildKit does.
public enum ProvenanceWriter {
    /// BuildKit's build type in version 0.2.
    static let buildTypeV02 = "https://mobyproject.org/buildkit@v1"
    /// BuildKit's build type in version 1.
    static let buildTypeV1 = "https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md"

    /// The predicate as indented JSON; the same provenance gives the same bytes.
    ///
    /// Mode min leaves out build arguments, labels, secrets, SSH ids, the steps, the sources and the layers. The request counts
    /// as incomplete only if a build argument or label was left out, as BuildKit has it.
    public static func predicate(
        of provenance: Provenance,
        version: Provenance.Version = .v1,
        mode: Provenance.Mode = .max
    ) -> [UInt8] {
        switch version {
        case .v02: v02(provenance, mode).bytes()
        case .v1: v1(provenance, mode).bytes()
        }
    }

    /// The statement about an image.
    public static func statement(
        of provenance: Provenance,
        subjects: [InTotoStatement.Subject],
        version: Provenance.Version = .v1,
        mode: Provenance.Mode = .max,
        statementType: String = InTotoStatement.typeV1
    ) -> InTotoStatement {
        InTotoStatement(
            type: statementType,
            subjects: subjects,
            predicateType: version.predicateType,
            predicate: predicate(of: provenance, version: version, mode: mode)
        )
    }

    private static func v1(_ provenance: Provenance, _ mode: Provenance.Mode) -> JSONValue {
        let (arguments, isComplete) = arguments(provenance, mode)
        var source = JSONObject()
        source.append("uri", provenance.configSource.uri.map { .string($0) })
        source.append("digest", strings(provenance.configSource.digest))
        source.append("path", provenance.configSource.path.map { .string($0) })
        var internalParameters = JSONObject()
        if mode == .max { internalParameters.append("buildConfig", buildConfig(provenance)) }
        internalParameters.append("builderPlatform", provenance.builderPlatform.map { .string($0) })
        internalParameters.append("dockerfileVersion", provenance.dockerfileVersion.map { .string($0) })
        var definition = JSONObject()
        definition.append("buildType", .string(buildTypeV1))
        definition.append(
            "externalParameters",
            ["configSource": .object(source), "request": request(provenance, arguments, mode)]
        )
        definition.append("internalParameters", .object(internalParameters))
        definition.append("resolvedDependencies", materials(provenance))

        var metadata = JSONObject()
        metadata.append("invocationID", provenance.invocationID.isEmpty ? nil : .string(provenance.invocationID))
        metadata.append("startedOn", provenance.startedOn.map { .string($0) })
        metadata.append("finishedOn", provenance.finishedOn.map { .string($0) })
        metadata.append("buildkit_metadata", extras(provenance, mode))
        if provenance.isHermetic { metadata.append("buildkit_hermetic", true) }
        metadata.append(
            "buildkit_completeness",
            ["request": .bool(isComplete), "resolvedDependencies": .bool(provenance.areMaterialsComplete)]
        )
        if provenance.isReproducible { metadata.append("buildkit_reproducible", true) }
        return [
            "buildDefinition": .object(definition),
            "runDetails": ["builder": ["id": .string(provenance.builderID)], "metadata": .object(metadata)],
        ]
    }

    private static func v02(_ provenance: Provenance, _ mode: Provenance.Mode) -> JSONValue {
        let (arguments, isComplete) = arguments(provenance, mode)
        var source = JSONObject()
        source.append("uri", provenance.configSource.uri.map { .string($0) })
        source.append("digest", strings(provenance.configSource.digest))
        source.append("entryPoint", provenance.configSource.path.map { .string($0) })
        var environment = JSONObject()
        environment.append("platform", .string(provenance.builderPlatform ?? ""))
        environment.append("dockerfileVersion", provenance.dockerfileVersion.map { .string($0) })

        var metadata = JSONObject()
        metadata.append("buildInvocationID", provenance.invocationID.isEmpty ? nil : .string(provenance.invocationID))
        metadata.append("buildStartedOn", provenance.startedOn.map { .string($0) })
        metadata.append("buildFinishedOn", provenance.finishedOn.map { .string($0) })
        metadata.append(
            "completeness",
            [
                "parameters": .bool(isComplete), "environment": true,
                "materials": .bool(provenance.areMaterialsComplete),
            ]
        )
        metadata.append("reproducible", .bool(provenance.isReproducible))
        if provenance.isHermetic { metadata.append(buildTypeV02 + "#hermetic", true) }
        metadata.append(buildTypeV02 + "#metadata", extras(provenance, mode))

        var value = JSONObject()
        value.append("builder", ["id": .string(provenance.builderID)])
        value.append("buildType", .string(buildTypeV02))
        value.append("materials", materials(provenance))
        value.append(
            "invocation",
            [
                "configSource": .object(source), "parameters": request(provenance, arguments, mode),
                "environment": .object(environment),
            ]
        )
        if mode == .max { value.append("buildConfig", buildConfig(provenance)) }
        value.append("metadata", .object(metadata))
        return .object(value)
    }

    /// The arguments that the mode keeps, and whether that is all of them.
    private static func arguments(_ provenance: Provenance, _ mode: Provenance.Mode) -> ([String: String], Bool) {
        guard mode == .min else { return (provenance.arguments, true) }
        let kept = provenance.arguments.filter { !$0.key.hasPrefix("build-arg:") && !$0.key.hasPrefix("label:") }
        return (kept, kept.count == provenance.arguments.count)
    }

    private static func request(_ provenance: Provenance, _ arguments: [String: String], _ mode: Provenance.Mode)
        -> JSONValue
    {
        func credentials(_ list: [Provenance.Credential]) -> JSONValue? {
            guard mode == .max, !list.isEmpty else { return nil }
            return .array(
                list.map { credential in
                    var value = JSONObject()
                    value.append("id", .string(credential.id))
                    if credential.isOptional { value.append("optional", true) }
                    return .object(value)
                }
            )
        }
        var value = JSONObject()
        value.append("frontend", .string(provenance.frontend))
        value.append("args", strings(arguments))
        value.append("secrets", credentials(provenance.secrets))
        value.append("ssh", credentials(provenance.ssh))
        if !provenance.locals.isEmpty {
            value.append("locals", .array(provenance.locals.sorted().map { ["name": .string($0)] }))
        }
        return .object(value)
    }

    private static func materials(_ provenance: Provenance) -> JSONValue {
        .array(
            provenance.materials.map { material in
                var value = JSONObject()
                value.append("uri", .string(material.uri))
                value.append("digest", strings(material.digest))
                return .object(value)
            }
        )
    }

    /// An object of texts sorted by key; nil when it is empty.
    private static func strings(_ values: [String: String]) -> JSONValue? {
        guard !values.isEmpty else { return nil }
        var object = JSONObject()
        for (key, value) in values.sorted(by: { $0.key < $1.key }) { object.append(key, .string(value)) }
        return .object(object)
    }

    private static func buildConfig(_ provenance: Provenance) -> JSONValue {
        var value = JSONObject()
        value.append("llbDefinition", .array(provenance.steps.map(step)))
        value.append("digestMapping", strings(provenance.digestMapping))
        return .object(value)
    }

    private static func extras(_ provenance: Provenance, _ mode: Provenance.Mode) -> JSONValue? {
        var value = JSONObject()
        value.append("vcs", strings(provenance.versionControl))
        if mode == .max, !provenance.sources.isEmpty { value.append("source", sourceMap(provenance)) }
        if mode == .max, !provenance.layers.isEmpty {
            var layers = JSONObject()
            for (output, chains) in provenance.layers.sorted(by: { order($0.key, $1.key) }) {
                layers.append(output, .array(chains.map { .array($0.map(descriptor)) }))
            }
            value.append("layers", .object(layers))
        }
        return value.members.isEmpty ? nil : .object(value)
    }

    private static func sourceMap(_ provenance: Provenance) -> JSONValue {
        var locations = JSONObject()
        for (step, places) in provenance.locations.sorted(by: { order($0.key, $1.key) }) {
            let list: [JSONValue] = places.map { place in
                var value = JSONObject()
                // Zero values are left out, as Go leaves them out.
                if place.sourceIndex != 0 { value.append("sourceIndex", .number(String(place.sourceIndex))) }
                let ranges: [JSONValue] = place.lines.map { lines in
                    let (first, last) = (String(lines.lowerBound), String(lines.upperBound))
                    return ["start": ["line": .number(first)], "end": ["line": .number(last)]]
                }
                value.append("ranges", .array(ranges))
                return .object(value)
            }
            locations.append(step, ["locations": .array(list)])
        }
        let infos: [JSONValue] = provenance.sources.map { source in
            [
                "filename": .string(source.filename), "language": .string(source.language),
                "data": .string(Base64.encode(source.data)),
            ]
        }
        return ["locations": .object(locations), "infos": .array(infos)]
    }

    private static func descriptor(_ descriptor: Descriptor) -> JSONValue {
        [
            "mediaType": .string(descriptor.mediaType), "digest": .string(descriptor.digest.description),
            "size": .number(String(descriptor.size)),
        ]
    }

    /// `step10` behind `step9`.
    private static func order(_ left: String, _ right: String) -> Bool {
        (left.utf8.count, left) < (right.utf8.count, right)
    }
}
