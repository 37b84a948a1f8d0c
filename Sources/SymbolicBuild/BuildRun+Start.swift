// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go.

import BaseImages
import CivilTime
import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec
import ShellMachine

/// What a stage begins with.
extension BuildRun {
    /// The state right behind FROM.
    func start(_ stage: Stage) throws -> StageState {
        let range = stage.instruction.range
        switch stage.base {
        case .stage(let index):
            guard let below = stages[index] else {
                throw BuildStop("stage \(index) was not built", range: range)
            }
            return try withTriggers(StageState(continuing: below, as: stage), stage)
        case .scratch:
            let configuration = ImageConfiguration(platform: try platform(of: stage))
            return fresh(stage, .scratch, "scratch", configuration, FileTree(), [])
        case .context(let name): return try start(stage, onContext: name)
        case .unknown: return try unknownBase(stage, nil, stage.from.image.text)
        case .image(let text):
            let reference: ImageReference
            do {
                reference = try ImageReference(parsing: text)
            } catch {
                var complaint = "invalid reference format"
                if case .upperCase(let repository) = error {
                    let full = text.contains("/") ? repository : "library/" + repository
                    complaint += ": repository name (\(full)) must be lowercase"
                }
                throw BuildStop(
                    "failed to parse stage name \(GoQuote.quote(text)): \(complaint)",
                    range: range,
                    fix: "write the image as `name:tag`, in small letters"
                )
            }
            return try start(stage, onImage: reference.withDefaultTag, text)
        }
    }

    private func start(_ stage: Stage, onImage reference: ImageReference, _ text: String) throws -> StageState {
        let platform = try platform(of: stage)
        guard let image = try environment.provider.baseImage(reference, platform: platform) else {
            return try unknownBase(stage, reference, text)
        }
        // What an image says of itself is said again by what stands on it, in one label.
        var configuration = image.configuration
        configuration.config.labels?[UnknownLabel.name] = nil
        let unknowns = image.unknowns(named: text).map { $0.placed(at: stage.instruction.range) }
        var state = fresh(stage, .image(image), text, configuration, image.tree, unknowns)
        for unknown in unknowns { state.uncertain.insert(unknown, except: image.knowledge.absentPaths) }
        return try withTriggers(state, stage)
    }

    /// A context by name stands in the place of an image.
    private func start(_ stage: Stage, onContext name: String) throws -> StageState {
        switch request.namedContexts[name.lowercased()] {
        case .image(let reference)?: return try start(stage, onImage: reference, reference.familiar)
        case .files(let context)?:
            let configuration = ImageConfiguration(platform: try platform(of: stage))
            var tree = FileTree()
            try context.tree.walk { path, node in
                var copy = node
                if case .file(.modelled(let size, _)) = node.kind, size <= request.limits.entryBytes {
                    copy.kind = .file(.bytes(try context.load(path)))
                }
                tree.insert(copy, at: path)
                return true
            }
            return fresh(stage, .scratch, name, configuration, tree, [])
        case .unknown?, nil: return try unknownBase(stage, nil, name)
        }
    }

    /// The platform of `FROM --platform`, or that of the build.
    private func platform(of stage: Stage) throws -> Platform {
        guard let text = stage.platform else { return request.platform }
        guard let platform = Platform(specifier: text, builder: request.platform) else {
            throw BuildStop(
                "failed to parse platform \(text): \(GoQuote.quote(text)): cannot parse platform specifier",
                range: stage.instruction.range,
                fix: "write the platform as `linux/amd64`"
            )
        }
        return platform
    }

    private func unknownBase(_ stage: Stage, _ reference: ImageReference?, _ text: String) throws -> StageState {
        var reason = "nothing is known of the base image \(text): no model of it is in the kit and it was not imported"
        let near = reference.map { environment.provider.knownNear($0).map(\.familiar) } ?? []
        if !near.isEmpty { reason += "; known near it: " + near.joined(separator: ", ") }
        let platform = try platform(of: stage)
        var state = fresh(
            stage,
            .unknown(reference),
            text,
            request.assumedConfiguration ?? ImageConfiguration(platform: platform),
            FileTree(),
            [Unknown(reason: reason, range: stage.instruction.range, scope: .baseImage)]
        )
        state.uncertain.insert(.root)
        return try withTriggers(state, stage)
    }

    private func fresh(
        _ stage: Stage,
        _ base: StageState.Base,
        _ text: String,
        _ configuration: ImageConfiguration,
        _ tree: FileTree,
        _ unknowns: [Unknown]
    ) -> StageState {
        var configuration = configuration
        configuration.created = Instant(epochSeconds: request.epochSeconds).rfc3339()
        var env = configuration.config.env ?? []
        if !env.contains(where: { $0.hasPrefix("PATH=") }) { env.append("PATH=" + StageBuilder.defaultPath) }
        configuration.config.env = env
        if case .scratch = base { configuration.config.workingDir = "/" }
        let scope = StageScope(
            environment: EnvironmentList(entries: env),
            global: graph.global,
            expander: dockerfile.expander
        )
        return StageState(
            stage: stage,
            base: base,
            text: text,
            configuration: configuration,
            tree: tree,
            scope: scope,
            unknowns: unknowns
        )
    }

    /// Carries out the ONBUILD instructions of the base image, which are gone afterwards.
    private func withTriggers(_ state: StageState, _ stage: Stage) throws -> StageState {
        guard let triggers = state.configuration.config.onBuild, !triggers.isEmpty else { return state }
        var state = state
        state.configuration.config.onBuild = nil
        for trigger in triggers {
            // The parser wants a FROM in front of anything else.
            let parsed = Dockerfile(parsing: "FROM scratch\n" + trigger)
            guard parsed.errors.isEmpty else {
                throw BuildStop(
                    "the ONBUILD trigger \(GoQuote.quote(trigger)) cannot be parsed",
                    range: stage.instruction.range
                )
            }
            for instruction in parsed.instructions.dropFirst() {
                let built = stages
                let graph = self.graph
                var builder = StageBuilder(
                    request: request,
                    escape: parsed.escape,
                    environment: environment,
                    globalValues: graph.global.values,
                    stage: { try Self.stage($0, in: graph, built: built) },
                    state: state
                )
                do {
                    try builder.execute(instruction)
                } catch let stop as BuildStop {
                    throw BuildStop(stop.problem.inStep("ONBUILD \(trigger)", at: stage.instruction.range))
                }
                state = builder.state
            }
        }
        return state
    }
}
