// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit docs/attestations/slsa-provenance.md and slsa-definitions.md; solver/llbsolver/provenance.go.

import Archives
import BaseImages
import BillOfMaterials
import CivilTime
import Diagnostics
import DockerfileSyntax
import OCISpec

/// The provenance that a build attaches: what it used, what it was asked for and, in max mode, its steps and the Dockerfile.
struct ProvenanceAttestation {
    private let outcome: BuildOutcome
    private let request: BuildRequest
    private let layers: [Descriptor]
    private let baseLayerCount: Int

    /// - Parameters:
    ///   - layers: the image's layers, the lowest first, as the manifest names them; empty when they are not written.
    ///   - baseLayerCount: how many of them come with the base image.
    init(_ outcome: BuildOutcome, _ request: BuildRequest, layers: [Descriptor], baseLayerCount: Int) {
        self.outcome = outcome
        self.request = request
        self.layers = layers
        self.baseLayerCount = min(max(0, baseLayerCount), layers.count)
    }

    func statement(_ subjects: [InTotoStatement.Subject]) -> InTotoStatement {
        var provenance = Provenance()
        provenance.builderPlatform = request.platform.description
        provenance.dockerfileVersion = "1.26"
        provenance.materials = materials
        provenance.configSource.path = request.dockerfilePath
        provenance.locals = ["context", "dockerfile"]
        provenance.invocationID = invocationID
        provenance.startedOn = Instant(epochSeconds: request.epochSeconds).rfc3339()
        provenance.finishedOn = Instant(epochSeconds: request.epochSeconds).rfc3339()
        provenance.areMaterialsComplete = outcome.stages.values.allSatisfy { stage in
            if case .unknown = stage.base { false } else { true }
        }
        provenance.isHermetic = true
        provenance.versionControl = request.vcs
        for (name, value) in request.buildArguments { provenance.arguments["build-arg:" + name] = value }
        for (name, value) in request.labels { provenance.arguments["label:" + name] = value }
        if let target = request.target { provenance.arguments["target"] = target }
        let mode: Provenance.Mode = request.provenance == .max ? .max : .min
        if mode == .max { describeSteps(&provenance) }
        return ProvenanceWriter.statement(of: provenance, subjects: subjects, version: .v1, mode: mode)
    }

    /// The same inputs have the same id: a symbolic build has nothing random about it.
    private var invocationID: String {
        var hasher = BlobHasher()
        hasher.update(request.dockerfile)
        hasher.update(Array("\(request.epochSeconds) \(request.names.map(\.description))".utf8))
        return String(hasher.digest().hex.prefix(25))
    }

    /// The images that stages start from or copy from, sorted, each once.
    private var materials: [Provenance.Material] {
        var result: [String: Provenance.Material] = [:]
        for image in outcome.baseImages {
            let material = Provenance.Material(
                image: image.reference,
                digest: image.reference.digest ?? image.manifestDigest,
                platform: Platform(
                    os: image.configuration.os,
                    architecture: image.configuration.architecture,
                    variant: image.configuration.variant
                )
            )
            result[material.uri] = material
        }
        for stage in outcome.stages.values {
            guard case .unknown(let reference?) = stage.base else { continue }
            let uri = ImagePURL.text(reference, digest: nil, platform: request.platform)
            result[uri] = Provenance.Material(uri: uri, digest: [:])
        }
        return result.sorted { $0.key < $1.key }.map(\.value)
    }

    /// One step for each base image, for the context, and for each instruction that made a layer.
    private func describeSteps(_ provenance: inout Provenance) {
        provenance.sources = [Provenance.Source(filename: request.dockerfilePath, data: request.dockerfile)]
        var steps = Steps(platform: request.platform.description)
        var outputs: [Int: String] = [:]
        let chain = targetChain
        for index in outcome.graph.built {
            guard let state = outcome.stages[index], outcome.graph.stages.indices.contains(index) else { continue }
            let stage = outcome.graph.stages[index]
            var current: String?
            var inherited = 0
            switch stage.base {
            case .stage(let below):
                current = outputs[below]
                inherited = outcome.stages[below]?.layers.count ?? 0
            case .image:
                current = steps.add(
                    .source(identifier: "docker-image://" + Self.pinned(state), attributes: [:]),
                    [],
                    lines: stage.instruction.range
                )
                if chain.contains(index), let output = current, baseLayerCount > 0 {
                    provenance.layers[output] = [Array(layers.prefix(baseLayerCount))]
                }
            case .scratch, .context, .unknown: current = nil
            }
            for (offset, layer) in state.layers.enumerated().dropFirst(inherited) {
                let (operation, source) = describe(layer.operation, outputs, &steps)
                let output = steps.add(operation, [current, source].compactMap { $0 }, lines: layer.range)
                current = output
                if chain.contains(index), layers.indices.contains(baseLayerCount + offset) {
                    provenance.layers[output] = [Array(layers[...(baseLayerCount + offset)])]
                }
            }
            outputs[index] = current
        }
        if let target = outcome.graph.target, let output = outputs[target] {
            _ = steps.add(.result, [output], lines: nil)
        }
        provenance.steps = steps.steps
        provenance.locations = steps.locations
    }

    /// The target stage and the stages that it stands on: their layers are the image's own.
    private var targetChain: Set<Int> {
        var chain: Set<Int> = []
        var next = outcome.graph.target
        while let index = next, outcome.graph.stages.indices.contains(index), chain.insert(index).inserted {
            if case .stage(let below) = outcome.graph.stages[index].base { next = below } else { next = nil }
        }
        return chain
    }

    /// The base image of a stage with its digest.
    private static func pinned(_ state: StageState) -> String {
        switch state.base {
        case .image(let image):
            let name = image.reference.withDefaultTag.description
            return image.reference.digest == nil ? "\(name)@\(image.manifestDigest)" : name
        case .unknown(let name): return name?.description ?? state.baseReference
        case .scratch: return state.baseReference
        }
    }

    /// An instruction as a step, and the step that it takes files from.
    private func describe(
        _ operation: LayerOperation,
        _ outputs: [Int: String],
        _ steps: inout Steps
    ) -> (Provenance.Operation, source: String?) {
        switch operation {
        case .run(let arguments, let environment, let workingDirectory, let user):
            let execution = Provenance.Execution(
                arguments: arguments,
                environment: environment,
                workingDirectory: workingDirectory,
                user: user
            )
            return (.execution(execution), nil)
        case .copy(let sources, let destination, let from):
            let files = Provenance.Operation.files(sources.map { .copy(source: $0, destination: destination) })
            guard let from else { return (files, steps.context()) }
            return (
                files,
                Int(from).flatMap { outputs[$0] } ?? outcome.graph.stage(named: from).flatMap { outputs[$0.index] }
            )
        case .makeDirectory(let path): return (.files([.makeDirectory(path: path, mode: 0o755)]), nil)
        }
    }
}

/// Steps as they are added, with the lines that each comes from.
private struct Steps {
    let platform: String
    private(set) var steps: [Provenance.Step] = []
    private(set) var locations: [String: [Provenance.Location]] = [:]
    private var contextOutput: String?

    init(platform: String) { self.platform = platform }

    /// Adds a step and answers the name of its output.
    mutating func add(_ operation: Provenance.Operation, _ inputs: [String], lines: SourceRange?) -> String {
        let id = "step\(steps.count)"
        steps.append(
            Provenance.Step(id: id, operation: operation, inputs: inputs, platform: lines == nil ? nil : platform)
        )
        if let lines {
            let first = lines.start.line
            locations[id] = [Provenance.Location(lines: [first...max(first, lines.lastLine)])]
        }
        return id + ":0"
    }

    /// The output of the step that brings the build context, made when first needed.
    mutating func context() -> String {
        if let contextOutput { return contextOutput }
        let output = add(.source(identifier: "local://context", attributes: [:]), [], lines: nil)
        contextOutput = output
        return output
    }
}
