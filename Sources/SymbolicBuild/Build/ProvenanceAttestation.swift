// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit docs/attestations/slsa-provenance.md and slsa-definitions.md; solver/llbsolver/provenance.go.

import Archives
import BaseImages
import BillOfMaterials
import Diagnostics
import DockerfileSyntax
import OCISpec

/// The provenance that a build attaches: what it used, what it was asked for and, in max mode, its steps and the Dockerfile.
struct ProvenanceAttestation {
    private let outcome: BuildOutcome
    private let request: BuildRequest
    private let ownLayers: [Descriptor]

    /// - Parameter ownLayers: the layers above the base image, the lowest first, as the manifest names them.
    init(_ outcome: BuildOutcome, _ request: BuildRequest, ownLayers: [Descriptor]) {
        self.outcome = outcome
        self.request = request
        self.ownLayers = ownLayers
    }

    func statement(_ subjects: [InTotoStatement.Subject]) -> InTotoStatement {
        var provenance = Provenance()
        provenance.builderPlatform = request.platform.description
        provenance.dockerfileVersion = "1.26"
        provenance.materials = materials
        provenance.configSource.path = request.dockerfilePath
        provenance.locals = ["context", "dockerfile"]
        provenance.invocationID = invocationID
        provenance.startedOn = Timestamp.text(request.epochSeconds)
        provenance.finishedOn = Timestamp.text(request.epochSeconds)
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
        for stage in outcome.stages.values {
            switch stage.base {
            case .image(let image):
                let material = Provenance.Material(
                    image: image.reference,
                    digest: image.reference.digest ?? image.manifestDigest,
                    platform: request.platform
                )
                result[material.uri] = material
            case .unknown(let reference?):
                let uri = ImagePURL.text(reference, digest: nil, platform: request.platform)
                result[uri] = Provenance.Material(uri: uri, digest: [:])
            case .scratch, .unknown: continue
            }
        }
        return result.sorted { $0.key < $1.key }.map(\.value)
    }

    /// One step for each base image, for the context, and for each instruction that made a layer.
    private func describeSteps(_ provenance: inout Provenance) {
        provenance.sources = [Provenance.Source(filename: request.dockerfilePath, data: request.dockerfile)]
        var steps: [Provenance.Step] = []
        var outputs: [Int: String] = [:]
        var context: String?
        func add(_ operation: Provenance.Operation, _ inputs: [String], platform: String? = nil) -> String {
            let id = "step\(steps.count)"
            steps.append(Provenance.Step(id: id, operation: operation, inputs: inputs, platform: platform))
            return id
        }
        func contextOutput() -> String {
            if let context { return context }
            let id = add(.source(identifier: "local://context", attributes: [:]), [])
            context = id + ":0"
            return id + ":0"
        }
        for index in outcome.graph.built {
            guard let state = outcome.stages[index],
                let stage = outcome.graph.stages.first(where: { $0.index == index })
            else { continue }
            var current: String?
            var inherited = 0
            switch stage.base {
            case .stage(let below):
                current = outputs[below]
                inherited = outcome.stages[below]?.layers.count ?? 0
            case .image:
                let reference: String
                switch state.base {
                case .image(let image):
                    reference = "\(image.reference.withDefaultTag)@\(image.reference.digest ?? image.manifestDigest)"
                case .unknown(let name): reference = name?.description ?? state.baseReference
                case .scratch: reference = state.baseReference
                }
                let id = add(
                    .source(identifier: "docker-image://" + reference, attributes: [:]),
                    [],
                    platform: request.platform.description
                )
                provenance.locations[id] = [
                    Provenance.Location(lines: [stage.instruction.range.start.line...stage.instruction.range.lastLine])
                ]
                current = id + ":0"
            case .scratch, .context, .unknown: current = nil
            }
            for (offset, layer) in state.layers.enumerated().dropFirst(inherited) {
                var inputs = current.map { [$0] } ?? []
                let operation: Provenance.Operation
                switch layer.operation {
                case .run(let arguments, let environment, let workingDirectory, let user):
                    operation = .execution(
                        Provenance.Execution(
                            arguments: arguments,
                            environment: environment,
                            workingDirectory: workingDirectory,
                            user: user
                        )
                    )
                case .copy(let sources, let destination, let from):
                    if let from,
                        let other = outcome.graph.stage(named: from).flatMap({ outputs[$0.index] })
                            ?? Int(from).flatMap({ outputs[$0] })
                    {
                        inputs.append(other)
                    } else if from == nil {
                        inputs.append(contextOutput())
                    }
                    operation = .files(sources.map { .copy(source: $0, destination: destination) })
                case .makeDirectory(let path): operation = .files([.makeDirectory(path: path, mode: 0o755)])
                }
                let id = add(operation, inputs, platform: request.platform.description)
                provenance.locations[id] = [
                    Provenance.Location(lines: [
                        layer.range.start.line...max(layer.range.start.line, layer.range.lastLine)
                    ])
                ]
                current = id + ":0"
                if index == outcome.graph.target, ownLayers.indices.contains(offset) {
                    provenance.layers[id + ":0"] = [Array(ownLayers[...offset])]
                }
            }
            outputs[index] = current
        }
        if let target = outcome.graph.target, let output = outputs[target] { _ = add(.result, [output]) }
        provenance.steps = steps
    }
}
