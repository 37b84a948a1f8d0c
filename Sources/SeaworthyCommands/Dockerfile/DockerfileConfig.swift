// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import DockerfileSyntax
import JSONValues
import OCISpec
import SymbolicBuild
import Workbench

/// `seaworthy dockerfile config`: the image configuration and history that a Dockerfile would make.
struct DockerfileConfig: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Predict the image configuration and history of a Dockerfile."
    )

    @Argument(help: "The Dockerfile; `-` reads standard input.")
    var file: String

    @Option(help: "The stage to build; the last one when not given.")
    var target: String?

    @Option(name: .customLong("build-arg"), help: "A build argument, NAME=VALUE. Repeatable.")
    var buildArguments: [String] = []

    @Option(help: "A JSON image configuration that every FROM without a model gets.")
    var base: String?

    @ArgumentParser.Flag(help: "Print one JSON document (this is what is printed anyway).")
    var json = false

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let bytes = try runtime.read(file)
        let assumed = try base.map { try assumedConfiguration(runtime.read($0), path: $0) }
        let bench = runtime.workbench
        var request = BuildRequest(
            dockerfile: bytes,
            dockerfilePath: file,
            context: UnknownContext(),
            target: target,
            buildArguments: try BuildOptions.pairs(buildArguments, environment: runtime.environment),
            epochSeconds: runtime.epochSeconds,
            limits: runtime.limits
        )
        request.assumedConfiguration = assumed
        request.followsCommands = false
        let outcome = try bench.builder().build(request)
        for error in outcome.errors {
            runtime.console.remark(error.located(in: file).harmless)
            runtime.console.remark(outcome.dockerfile.file.excerpt(around: error.range).harmless)
        }
        try runtime.console.print(json: ConfigDocument(outcome))
        if !outcome.errors.isEmpty { return .dataError }
        return outcome.problem == nil ? .success : .notPassed
    }

    private func assumedConfiguration(_ bytes: [UInt8], path: String) throws -> ImageConfiguration {
        do {
            let whole = try JSONReader.decode(ImageConfiguration.self, from: bytes, limits: .own)
            if whole.config != ContainerConfiguration() || !whole.history.isEmpty { return whole }
            return ImageConfiguration(
                config: try JSONReader.decode(ContainerConfiguration.self, from: bytes, limits: .own)
            )
        } catch {
            throw Failure(
                .malformedInput,
                "the base configuration is no image configuration",
                at: .file(path),
                why: error.description,
                fix: "give the JSON of `docker image inspect` or of an OCI configuration blob"
            )
        }
    }
}

/// What `dockerfile config --json` prints.
private struct ConfigDocument: Encodable {
    struct History: Encodable {
        let createdBy: String
        let emptyLayer: Bool
    }

    struct Stage: Encodable {
        let index: Int
        let name: String?
        let base: String
        let config: ContainerConfiguration
        let user: String
        let line: Int
    }

    struct Unknown: Encodable {
        let line: Int?
        let reason: String
    }

    struct Problem: Encodable {
        let line: Int?
        let message: String
    }

    let config: ContainerConfiguration
    let architecture: String
    let os: String
    let author: String?
    let history: [History]
    let stages: [Stage]
    let unknown: [Unknown]
    let problem: Problem?

    init(_ outcome: BuildOutcome) {
        let target = outcome.target
        let configuration = target?.configuration
        config = configuration?.config ?? ContainerConfiguration()
        architecture = configuration?.architecture ?? ""
        os = configuration?.os ?? ""
        author = configuration?.author
        history = (configuration?.history ?? []).map {
            History(createdBy: $0.createdBy ?? "", emptyLayer: $0.emptyLayer ?? false)
        }
        stages = outcome.stages.values.sorted { $0.index < $1.index }.map { stage in
            Stage(
                index: stage.index,
                name: stage.name,
                base: stage.baseReference,
                config: stage.configuration.config,
                user: stage.configuration.config.user ?? "",
                line: stage.range.start.line
            )
        }
        unknown = outcome.unknowns.map { Unknown(line: $0.line, reason: $0.reason) }
        problem = outcome.problem.map { Problem(line: $0.range?.start.line, message: $0.message) }
    }
}
