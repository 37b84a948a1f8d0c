// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BaseImages
import Diagnostics
import DockerfileRules
import DockerfileSyntax
import Foundation
import HostFiles
import ImageLayouts
import JSONValues
import OCISpec
import Reporting
import SymbolicBuild
import Workbench

/// `seaworthy build`, and `docker build` in the lesson's shell: builds an image without running anything of it.
struct BuildCommand: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build an image from a Dockerfile without running anything of it.",
        discussion:
            "RUN lines are interpreted against a model of the image. What is not understood is said, never guessed."
    )

    @OptionGroup var options: BuildOptions

    @OptionGroup var docker: DockerBuildOptions

    @Argument(help: "The folder that COPY takes files from; `-` reads the Dockerfile from standard input.")
    var context: String

    @ArgumentParser.Flag(help: "Print the build's metadata as one JSON document.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        try options.refuseWhatIsNotThere()
        let call = try docker.wantedCall()
        let remarks = try docker.remarks(noCache: options.noCache)
        let exports = try options.outputs.map { try BuildExport(parsing: $0) }
        let bench = runtime.workbench
        let request = try self.request(runtime)
        let console = runtime.console
        let bases = try BuildBases(options, runtime)
        let lint = try lintReport(request, bases.provider, runtime)
        if options.check || call == .check { return showChecks(lint, runtime) }
        if call == .targets { return try showTargets(request, runtime) }
        let outcome = try bench.builder(bases.provider).build(request)
        let notes = remarks + bases.finish()
        let dockerfile = outcome.dockerfile
        for error in outcome.errors {
            console.remark(error.located(in: request.dockerfilePath).harmless)
            console.remark(dockerfile.file.excerpt(around: error.range).harmless)
        }
        if !outcome.errors.isEmpty {
            console.remark(
                "ERROR: failed to solve: \(outcome.problem?.message.harmless ?? "the Dockerfile cannot be parsed")"
            )
            return .dataError
        }
        if let error = lint.linter.errors.first {
            console.remark(lint.text)
            console.remark("ERROR: failed to solve: \(error.message.harmless)")
            return .dataError
        }
        if lint.hasError {
            console.remark(lint.text)
            let rules = lint.brokenRules.joined(separator: ", ")
            console.remark("ERROR: failed to solve: lint violation found for rules: \(rules)")
            return .notPassed
        }
        if let problem = outcome.problem {
            try show(outcome.steps, runtime)
            let lines = (1...max(1, dockerfile.file.lineCount)).map { dockerfile.file.line($0) }
            console.remark(PlainProgress.render(problem, dockerfile: lines, path: request.dockerfilePath))
            return .notPassed
        }
        let assembler = try bench.assembler()
        let image = try assembler.assemble(outcome, request)
        let digest = try bench.store().put(image.bundle, names: request.names)
        let output = ByteOutput(isTerminal: console.isTerminal) { console.print(bytes: $0) }
        let wasAsked = options.asksForAttestations
        let exported = try exports.flatMap {
            try $0.write(image, outcome, request, assembler, to: output, on: bench, wasAsked: wasAsked)
        }
        try show(outcome.steps + exportSteps(image, request), runtime)
        try LastBuild(bench).remember(request.names.first?.description ?? digest.description)
        let metadata = BuildMetadata(image, request, digest)
        if json { try console.print(json: metadata) } else if options.quiet { console.print(digest.description) }
        try writeFiles(image, metadata, runtime)
        if !options.quiet, !["none", "rawjson"].contains(options.progress), let summary = lint.summary {
            console.remark(summary)
        }
        for remark in notes + exported { console.remark("note: " + remark.harmless) }
        for unknown in outcome.unknowns {
            let place = unknown.line.map { "\(request.dockerfilePath):\($0): " } ?? ""
            console.remark("note: \(place.harmless)\(unknown.reason.harmless)")
        }
        return .success
    }

    /// `--iidfile` and `--metadata-file`.
    private func writeFiles(_ image: AssembledImage, _ metadata: BuildMetadata, _ runtime: Runtime) throws {
        if let file = options.imageIDFile {
            try HostFile.writeAtomically(Array(image.configurationDigest.description.utf8), to: runtime.resolve(file))
        }
        if let file = options.metadataFile {
            try HostFile.writeAtomically(
                try JSONWriter.bytes(of: metadata, .indented) + [0x0A],
                to: runtime.resolve(file)
            )
        }
    }

    /// `--call=targets`: the stages that can be built.
    private func showTargets(_ request: BuildRequest, _ runtime: Runtime) throws -> ExitStatus {
        let dockerfile = Dockerfile(parsing: request.dockerfile)
        let graph = StageGraph(dockerfile, BuildParameters(arguments: request.buildArguments))
        runtime.console.print("TARGET")
        for stage in graph.stages {
            let isLast = stage.index == graph.stages.count - 1
            runtime.console.print((stage.name ?? String(stage.index)).harmless + (isLast ? " (default)" : ""))
        }
        return .success
    }

    private func lintReport(
        _ request: BuildRequest,
        _ bases: any BaseImageProvider,
        _ runtime: Runtime
    ) throws -> LintReport {
        let folder = runtime.resolve(context)
        let file = options.file.map { $0 == "-" ? "-" : runtime.resolve($0) } ?? folder + "/" + request.dockerfilePath
        let ignore =
            context == "-"
            ? nil : try FolderContext.ignoreFile(dockerfile: file, folder: folder, limits: runtime.limits)
        return LintReport(
            request.dockerfile,
            path: request.dockerfilePath,
            parameters: BuildParameters(
                arguments: request.buildArguments,
                target: request.target,
                platform: TargetPlatform(
                    os: request.platform.os,
                    architecture: request.platform.architecture,
                    variant: request.platform.variant ?? ""
                ),
                namedContexts: Set(request.namedContexts.keys)
            ),
            ignore: ignore,
            isWhole: false,
            provider: bases,
            platform: request.platform
        )
    }

    /// `--check`: what BuildKit's checks find, and 1 when they find anything.
    private func showChecks(_ lint: LintReport, _ runtime: Runtime) -> ExitStatus {
        let count = lint.linter.findings.count
        switch count {
        case 0 where lint.errors.isEmpty: runtime.console.print("Check complete, no warnings found.")
        case 0: break
        case 1: runtime.console.print("Check complete, 1 warning has been found!")
        default: runtime.console.print("Check complete, \(count) warnings have been found!")
        }
        if !lint.text.isEmpty { runtime.console.print(bytes: Array(lint.text.utf8)) }
        if !lint.errors.isEmpty { return .dataError }
        return count == 0 ? .success : .notPassed
    }

    private func request(_ runtime: Runtime) throws -> BuildRequest {
        let (hasSBOM, provenance) = try options.attestationRequest(runtime.environment)
        let input = try context == "-" ? standardInput(runtime) : folder(runtime)
        var request = BuildRequest(
            dockerfile: input.dockerfile,
            dockerfilePath: input.path,
            context: input.files,
            target: options.target,
            buildArguments: try BuildOptions.pairs(options.buildArguments, environment: runtime.environment),
            platform: try options.wantedPlatform(),
            labels: try BuildOptions.pairs(options.labels, environment: [:]),
            names: try options.names(),
            attachesSBOM: hasSBOM,
            provenance: provenance,
            epochSeconds: runtime.epochSeconds,
            limits: runtime.limits
        )
        request.namedContexts = try docker.namedContexts(limits: runtime.limits, resolve: runtime.resolve)
        request.secrets = try docker.secretNames(environment: runtime.environment, resolve: runtime.resolve)
        (request.annotations, request.indexAnnotations) = try docker.wantedAnnotations()
        try SourceDate.set(on: &request)
        return request
    }

    /// What a build reads.
    private struct Input {
        let dockerfile: [UInt8]
        /// The Dockerfile as messages name it.
        let path: String
        let files: any BuildContext
    }

    /// `-`: a Dockerfile without files, or an archive with both.
    private func standardInput(_ runtime: Runtime) throws -> Input {
        let input = try runtime.read("-")
        let path = options.file ?? "Dockerfile"
        guard ArchiveContext.isArchive(input) else {
            return Input(dockerfile: input, path: path, files: EmptyContext())
        }
        let archive = try ArchiveContext(input, dockerfile: path, limits: runtime.limits)
        guard let dockerfile = archive.dockerfile(path) else {
            throw Failure(
                .noInput,
                "failed to read dockerfile: open \(path): no such file or directory",
                at: .stream("standard input"),
                fix: "put it into the archive, or name it with -f"
            )
        }
        return Input(dockerfile: dockerfile, path: path, files: archive)
    }

    private func folder(_ runtime: Runtime) throws -> Input {
        let folder = runtime.resolve(context)
        if HostFile.kind(of: folder) == .file {
            throw Failure(
                .malformedInput,
                "unable to prepare context: it is a file, not a folder",
                at: .file(context),
                fix: "give the folder to build from, such as `.`, and name a Dockerfile with -f"
            )
        }
        guard HostFile.kind(of: folder) == .directory else {
            throw Failure(
                .noInput,
                "unable to prepare context: path \"\(context)\" not found",
                at: .file(context),
                fix: "give the folder to build from, such as `.`"
            )
        }
        let name = Self.dockerfileName(in: folder)
        let file = options.file.map { $0 == "-" ? "-" : runtime.resolve($0) } ?? folder + "/" + name
        let path = options.file.map { $0 == "-" ? "Dockerfile" : $0 } ?? name
        let bytes: [UInt8]
        do {
            bytes = try file == "-" ? runtime.read("-") : HostFile.read(file, limit: 4 << 20)
        } catch let failure as Failure where failure.code == .noInput {
            throw Failure(
                .noInput,
                "failed to read dockerfile: open \(path): no such file or directory",
                at: .file(file),
                fix: "go to the folder that holds it, or name it with -f"
            )
        }
        let files = try FolderContext(dockerfile: file, folder: folder, limits: runtime.limits)
        return Input(dockerfile: bytes, path: path, files: files)
    }

    /// `Dockerfile`; where only `dockerfile` is there, that one, as the builder has it.
    private static func dockerfileName(in folder: String) -> String {
        let isLower =
            HostFile.kind(of: folder + "/Dockerfile") == nil && HostFile.kind(of: folder + "/dockerfile") == .file
        return isLower ? "dockerfile" : "Dockerfile"
    }

    private func show(_ steps: [BuildStep], _ runtime: Runtime) throws {
        guard !options.quiet, options.progress != "none" else { return }
        if options.progress == "rawjson" {
            let lines = try RawProgress.render(steps, epochSeconds: runtime.epochSeconds)
            return runtime.console.prompt(String(decoding: lines, as: UTF8.self))
        }
        runtime.console.remark(PlainProgress.render(steps))
    }

    private func exportSteps(_ image: AssembledImage, _ request: BuildRequest) -> [BuildStep] {
        var steps: [BuildStep] = []
        if request.attachesSBOM {
            steps.append(BuildStep(name: "[\(request.platform)] generating sbom using seaworthy"))
        }
        var log = [
            "exporting layers done", "exporting manifest \(image.manifestDigest) done",
            "exporting config \(image.configurationDigest) done",
        ]
        if image.bundle.root.digest != image.manifestDigest {
            log.append("exporting attestation manifest done")
            log.append("exporting manifest list \(image.bundle.root.digest) done")
        }
        log += request.names.map { "naming to \($0) done" }
        steps.append(BuildStep(name: "exporting to image", log: log))
        return steps
    }
}

extension BuildOptions {
    /// Says what cannot be had here before anything is done.
    func refuseWhatIsNotThere() throws {
        guard ["auto", "symbolic"].contains(engine) else {
            throw Failure(
                .unavailable,
                "the engine \(engine) is not supported yet",
                at: .option("--engine"),
                fix: "use auto or symbolic"
            )
        }
        guard ["auto", "plain", "tty", "rawjson", "quiet", "none"].contains(progress) else {
            throw Failure(
                .usage,
                "invalid progress mode",
                at: .option("--progress \(progress)"),
                fix: "use auto, plain or tty"
            )
        }
        if push {
            throw Failure(
                .unavailable,
                "there is no registry to push to",
                at: .option("--push"),
                fix: "use --load; the image stays on this machine"
            )
        }
    }
}

/// What `--metadata-file` gets.
private struct BuildMetadata: Encodable {
    let containerimageConfigDigest: String
    let containerimageDescriptor: Descriptor
    let containerimageDigest: String
    let imageName: String

    enum CodingKeys: String, CodingKey {
        case containerimageConfigDigest = "containerimage.config.digest"
        case containerimageDescriptor = "containerimage.descriptor"
        case containerimageDigest = "containerimage.digest"
        case imageName = "image.name"
    }

    init(_ image: AssembledImage, _ request: BuildRequest, _ digest: Digest) {
        containerimageConfigDigest = image.configurationDigest.description
        containerimageDescriptor = image.bundle.root
        containerimageDigest = digest.description
        imageName = request.names.map(\.description).joined(separator: ",")
    }
}
