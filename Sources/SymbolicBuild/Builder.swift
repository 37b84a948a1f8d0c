// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go.

public import BaseImages
import Diagnostics
import DockerfileSyntax
import OCISpec
public import Packages

/// Builds a Dockerfile without running anything of it.
///
/// A learner's mistake is part of the outcome, never an error; an error means that a base image or file could not be read.
public struct Builder: Sendable {
    private let environment: BuilderEnvironment

    /// Makes a builder.
    ///
    /// - Parameters:
    ///   - provider: finds the images behind FROM and `COPY --from`.
    ///   - repository: finds the packages that `apk add` and `apt-get install` ask for.
    public init(provider: any BaseImageProvider, repository: any PackageRepository) {
        environment = BuilderEnvironment(provider: provider, repository: repository)
    }

    /// Carries out the Dockerfile's instructions up to the target stage.
    ///
    /// A Dockerfile with errors is carried out as far as it can be read, so that a check can judge the rest; its outcome has a
    /// problem all the same.
    /// - Throws: a `Failure` when a base image or a file of the context cannot be read.
    public func build(_ request: BuildRequest) throws -> BuildOutcome {
        let dockerfile = Dockerfile(parsing: request.dockerfile)
        let parameters = BuildParameters(
            arguments: request.buildArguments,
            target: request.target,
            platform: TargetPlatform(request.platform),
            namedContexts: Set(request.namedContexts.keys)
        )
        let graph = StageGraph(dockerfile, parameters)
        // A file without any instruction has no stage either: one error says it.
        let graphErrors = dockerfile.instructions.isEmpty && !dockerfile.errors.isEmpty ? [] : graph.errors
        let errors = (dockerfile.errors + graphErrors).sorted { $0.range.start < $1.range.start }
        var run = BuildRun(request: request, dockerfile: dockerfile, graph: graph, environment: environment)
        run.begin()
        var problem = errors.first.map { error in
            let isSyntax = dockerfile.errors.contains(error) && !dockerfile.instructions.isEmpty
            let place = isSyntax ? "dockerfile parse error on line \(error.range.start.line): " : ""
            return BuildProblem(place + error.message, range: error.range)
        }
        for index in graph.built where graph.stages.indices.contains(index) {
            guard let stop = try run.build(graph.stages[index], isTolerant: problem != nil) else { continue }
            if problem == nil { problem = stop }
            break
        }
        if problem == nil, let target = graph.target { run.applyLabels(to: target) }
        return BuildOutcome(
            dockerfile: dockerfile,
            graph: graph,
            stages: run.stages,
            steps: run.steps,
            problem: problem,
            errors: errors
        )
    }
}

extension TargetPlatform {
    init(_ platform: Platform) {
        self.init(os: platform.os, architecture: platform.architecture, variant: platform.variant ?? "")
    }
}
