// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go.

import BaseImages
import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec

/// One run of a builder: the stages made so far and what was said.
struct BuildRun {
    let request: BuildRequest
    let dockerfile: Dockerfile
    let graph: StageGraph
    let environment: BuilderEnvironment
    var stages: [Int: StageState] = [:]
    var steps: [BuildStep] = []
    /// The history lines of all stages so far.
    private var historyCount = 0
    /// Stages that each build on the one before grow with the square of their number.
    private static let maximumHistory = 500_000

    init(request: BuildRequest, dockerfile: Dockerfile, graph: StageGraph, environment: BuilderEnvironment) {
        self.request = request
        self.dockerfile = dockerfile
        self.graph = graph
        self.environment = environment
    }

    /// The builder's own first steps.
    mutating func begin() {
        let size = request.dockerfile.count
        steps.append(
            BuildStep(
                name: "[internal] load build definition from \(request.dockerfilePath)",
                log: ["transferring dockerfile: \(ByteCount.text(size)) done"]
            )
        )
        var seen: Set<String> = []
        for index in graph.built where graph.stages.indices.contains(index) {
            guard case .image(let text) = graph.stages[index].base, seen.insert(text).inserted else { continue }
            let name = (try? ImageReference(parsing: text).withDefaultTag.description) ?? text
            steps.append(BuildStep(name: "[internal] load metadata for \(name)"))
        }
        steps.append(BuildStep(name: "[internal] load .dockerignore"))
        guard needsContext else { return }
        var bytes = 0
        request.context.tree.walk { _, node in
            if case .file(let content) = node.kind { bytes &+= content.sizeBytes ?? 0 }
            return true
        }
        steps.append(
            BuildStep(
                name: "[internal] load build context",
                log: ["transferring context: \(ByteCount.text(bytes)) done"]
            )
        )
    }

    /// Whether a stage that is built takes files of the context.
    private var needsContext: Bool {
        graph.built.contains { index in
            guard graph.stages.indices.contains(index) else { return false }
            return graph.stages[index].instructions.contains { instruction in
                switch instruction.content {
                case .copy(let copy), .add(let copy):
                    copy.from == nil && copy.paths.contains { !CopyInstruction.isRemote($0.text) }
                default: false
                }
            }
        }
    }

    /// Builds one stage.
    ///
    /// - Parameter isTolerant: whether an instruction with an error is passed over, which leaves the stage not fully known.
    /// - Returns: why the build stops there; nil when the stage is whole.
    mutating func build(_ stage: Stage, isTolerant: Bool) throws -> BuildProblem? {
        let label = label(of: stage)
        let vertices = 1 + stage.instructions.filter { $0.makesVertex }.count
        let state: StageState
        do {
            state = try start(stage)
        } catch let stop as BuildStop {
            steps.append(
                BuildStep(
                    name: "[\(label)1/\(vertices)] \(stage.instruction.original)",
                    state: .failed(stop.problem.message),
                    range: stage.instruction.range
                )
            )
            return stop.problem
        }
        steps.append(fromStep(stage, state, label: label, count: vertices))
        var vertex = 1
        let others = stages
        let graph = self.graph
        // One for the whole stage: with a second holder of the state each instruction would copy all that is in it.
        var builder = StageBuilder(
            request: request,
            escape: dockerfile.escape,
            environment: environment,
            globalValues: graph.global.values,
            stage: { try Self.stage($0, in: graph, built: others) },
            state: state
        )
        for instruction in stage.instructions {
            var name = ""
            if instruction.makesVertex {
                vertex += 1
                name = "[\(label)\(vertex)/\(vertices)] \(instruction.progressText)"
            }
            if let problem = try carryOut(instruction, named: name, by: &builder, isTolerant: isTolerant) {
                stages[stage.index] = builder.state
                return problem
            }
        }
        stages[stage.index] = builder.state
        historyCount += builder.state.configuration.history.count
        guard historyCount <= Self.maximumHistory else {
            throw Failure(
                .overLimit,
                "the stages have too much history between them",
                at: .file(request.dockerfilePath, line: stage.instruction.startLine),
                why: "each stage carries that of the stage below, and at most \(Self.maximumHistory) lines are kept"
            )
        }
        return nil
    }

    /// Carries one instruction out, and says so as a step where it makes one.
    ///
    /// - Returns: why the build stops there; nil when it goes on.
    private mutating func carryOut(
        _ instruction: Instruction,
        named name: String,
        by builder: inout StageBuilder,
        isTolerant: Bool
    ) throws -> BuildProblem? {
        builder.log = []
        let unknownCount = builder.state.unknowns.count
        do {
            if isTolerant, case .invalid = instruction.content {
                builder.note("the line cannot be parsed", instruction.range, instruction.scopeWhenUnread)
            } else {
                try builder.execute(instruction)
            }
        } catch let stop as BuildStop {
            let problem = stop.problem.inStep(name, fallback: instruction.range)
            steps.append(
                BuildStep(
                    name: name.isEmpty ? instruction.original : name,
                    log: builder.log,
                    state: .failed(problem.message),
                    range: instruction.range
                )
            )
            return problem
        }
        guard instruction.makesVertex else { return nil }
        let newUnknown = builder.state.unknowns.dropFirst(unknownCount).first
        steps.append(
            BuildStep(
                name: name,
                log: builder.log,
                state: newUnknown.map { .unknown($0.reason) } ?? .done,
                range: instruction.range
            )
        )
        return nil
    }

    /// Puts `--label` on the image.
    mutating func applyLabels(to target: Int) {
        guard !request.labels.isEmpty, var state = stages[target] else { return }
        state.configuration.config.labels = (state.configuration.config.labels ?? [:]).merging(request.labels) { $1 }
        stages[target] = state
    }

    /// `builder `, `stage-1 ` or nothing when there is one stage only, as BuildKit names steps.
    private func label(of stage: Stage) -> String {
        if let name = stage.name { return name + " " }
        return graph.stages.count > 1 ? "stage-\(stage.index) " : ""
    }

    private func fromStep(_ stage: Stage, _ state: StageState, label: String, count: Int) -> BuildStep {
        let name: String
        var status = BuildStep.State.done
        switch state.base {
        case .scratch: name = "FROM scratch"
        case .unknown(let reference):
            name = "FROM \(reference?.description ?? state.baseReference)"
            status = .unknown("nothing is known of this image; the build goes on without its files")
        case .image(let image):
            if case .stage = stage.base {
                name = "FROM \(state.baseReference)"
            } else {
                let reference = image.reference
                name = "FROM \(reference.withDefaultTag)" + (reference.digest == nil ? "@\(image.manifestDigest)" : "")
            }
        }
        return BuildStep(name: "[\(label)1/\(count)] \(name)", state: status, range: stage.instruction.range)
    }

    /// The stage behind a name or number of `--from`; nil when it is no stage's.
    static func stage(_ reference: String, in graph: StageGraph, built: [Int: StageState]) throws -> StageState? {
        if let index = Int(reference), graph.stages.indices.contains(index) { return built[index] }
        return graph.stage(named: reference).flatMap { built[$0.index] }
    }
}

extension BuildProblem {
    func inStep(_ step: String, fallback: SourceRange) -> BuildProblem {
        inStep(step, at: range ?? fallback)
    }

    func inStep(_ step: String, at place: SourceRange) -> BuildProblem {
        BuildProblem(
            message,
            range: place,
            exitCode: exitCode,
            output: output,
            reason: reason,
            step: step,
            fix: fix
        )
    }
}
