// SPDX-License-Identifier: Apache-2.0

import BaseImages
public import Diagnostics
import DockerfileSyntax
import OCISpec
import Submissions
public import SymbolicBuild
import SystemFiles

/// A learner's Dockerfile and what a symbolic build made of it: what most checks look at.
public struct WorkEvidence: Sendable {
    /// The Dockerfile's path as the learner knows it.
    public let path: WorkPath
    /// What the build came to.
    public let outcome: BuildOutcome
    /// The Dockerfile's bytes as they were handed in.
    public let source: [UInt8]
    /// The files that it could copy.
    public let context: any BuildContext
    /// The same files with those that the ignore file leaves out: the application as it is.
    let whole: any BuildContext
    /// The lesson's own files; nil when the lesson has none.
    let starter: StarterFiles?
    /// The Dockerfile's lines without their line ends.
    public let lines: [String]

    /// Makes the evidence.
    init(
        path: WorkPath,
        outcome: BuildOutcome,
        source: [UInt8],
        context: any BuildContext,
        whole: any BuildContext,
        starter: StarterFiles?
    ) {
        self.path = path
        self.outcome = outcome
        self.source = source
        self.context = context
        self.whole = whole
        self.starter = starter
        let file = outcome.dockerfile.file
        lines = file.bytes.isEmpty ? [] : (1...file.lineCount).map { file.line($0) }
    }

    /// A line of the Dockerfile by its number from 1, without its end; empty when there is none.
    func line(_ number: Int) -> String { lines.indices.contains(number - 1) ? lines[number - 1] : "" }

    /// The final stage as far as it was built.
    var finalState: StageState? { outcome.target }

    /// Evidence that points at lines of the Dockerfile.
    func evidence(_ range: SourceRange, _ detail: String) -> Evidence {
        Evidence(kind: .dockerfile, in: path, line: range.start.line, endLine: range.lastLine, detail: detail)
    }

    /// Evidence of something that is not known.
    func evidence(_ unknown: Unknown) -> Evidence {
        Evidence(
            kind: .unknown,
            file: unknown.range == nil ? nil : path.description,
            line: unknown.line,
            endLine: unknown.range?.lastLine,
            detail: unknown.reason
        )
    }

    /// A failed judgement when the build stopped before the image was done; nil when it did not, or only because a line cannot
    /// be parsed.
    var buildStopped: Judgement? {
        guard let problem = outcome.problem, outcome.errors.isEmpty else { return nil }
        let line = problem.range?.start.line
        let words = problem.output.last(where: { !$0.isEmpty })
        return Judgement(
            .failed,
            "The image does not build: \(line.map { "line \($0): " } ?? "")\(words.map { "\($0) — " } ?? "")\(problem.message).",
            found: "A build that stops\(line.map { " on line \($0)" } ?? "")",
            fix: problem.fix?.sentence ?? BuildAdvice.fix(problem, self)
                ?? "Mend the line that is named; then the image can be judged.",
            evidence: problem.range.map { [evidence($0, problem.message)] } ?? []
        )
    }

    /// A failed judgement where there is no image: the build stops, or a line cannot be parsed; nil where there is one.
    var absentImage: Judgement? { buildStopped ?? (outcome.errors.isEmpty ? nil : notBuilt) }

    /// What there is to say when there is no image to look at, although no process failed.
    var notBuilt: Judgement {
        guard let error = outcome.errors.first else { return noFinalStage }
        return Judgement(
            .failed,
            "There is no image to judge: the Dockerfile cannot be built (line \(error.range.start.line): \(error.message)).",
            found: error.message,
            fix: "Mend line \(error.range.start.line).",
            evidence: [evidence(error.range, error.message)]
        )
    }

    /// What there is to say without a final stage.
    var noFinalStage: Judgement {
        if let stopped = buildStopped { return stopped }
        if let error = outcome.errors.first {
            return Judgement(
                .failed,
                "There is no final stage to judge: \(error.message) (line \(error.range.start.line)).",
                found: error.message,
                fix: "Mend line \(error.range.start.line).",
                evidence: [evidence(error.range, error.message)]
            )
        }
        return Judgement(
            .failed,
            "The Dockerfile has no stage.",
            found: "No FROM",
            fix: "Begin the Dockerfile with `FROM`."
        )
    }

    /// The stage as a person would name it.
    func stageName(_ state: StageState) -> String { stageName(state.index) }

    /// The stage as a person would name it.
    func stageName(_ index: Int) -> String {
        guard let stage = outcome.graph.stages.first(where: { $0.index == index }) else { return "stage \(index)" }
        if let name = stage.name { return "stage \(name)" }
        if outcome.graph.stages.count == 1 { return "the only stage" }
        return index == outcome.graph.target ? "the last stage" : "stage \(index)"
    }

    /// The built stages that something holds for, in order.
    func stages(where predicate: (StageState) -> Bool) -> [StageState] {
        outcome.stages.values.filter(predicate).sorted { $0.index < $1.index }
    }

    /// The number of the stage that a `--from` names in another one: only stages above it can be copied from.
    func stageIndex(_ reference: String, before index: Int) -> Int? {
        let found = outcome.graph.stage(named: reference)?.index ?? Int(reference)
        return found.flatMap { $0 >= 0 && $0 < index ? $0 : nil }
    }

    /// Whether a `--from` names the stage of the instruction itself or one further down.
    func isOwnOrLater(_ reference: String, than instruction: Instruction) -> Bool {
        guard let index = outcome.graph.stage(named: reference)?.index ?? Int(reference),
            let stage = outcome.graph.stages.first(where: { $0.index == index })
        else { return false }
        return (stage.instructions.last ?? stage.instruction).range.lastLine >= instruction.startLine
    }

    /// Whether the final stage, or one that it stands on, copies from a stage.
    func isCopiedFrom(_ index: Int) -> Bool {
        finalChain.contains { stage in
            stage.dependencies.contains { dependency in
                if case .stage(index) = dependency.source { true } else { false }
            }
        }
    }

    /// The final stage and the stages that it stands on, the final one first.
    var finalChain: [Stage] { outcome.graph.target.map { outcome.graph.chain(of: $0) } ?? [] }

    /// What a stage stands on in the end, in words: `FROM scratch`, or the FROM as it is written.
    func rootText(_ index: Int) -> String { outcome.graph.chain(of: index).last?.instruction.original ?? "No FROM" }

    /// What there is to say of a stage that stands on no image.
    func noImage(_ index: Int, _ subject: String, _ evidence: [Evidence]) -> Judgement {
        guard let stage = outcome.graph.stages.first(where: { $0.index == index }) else { return noFinalStage }
        switch stage.base {
        case .scratch, .stage:
            return Judgement(
                .failed,
                "\(subject) starts from nothing (`scratch`).",
                found: rootText(index),
                evidence: evidence
            )
        case .image, .context, .unknown:
            return Judgement(
                .failed,
                "\(subject) starts from something that is no image reference.",
                found: rootText(index),
                fix: "Write the image as `name:tag`, in small letters.",
                evidence: evidence
            )
        }
    }

    /// The image that a stage stands on in the end; nil for `scratch` and for what is no image.
    func rootBase(_ index: Int) -> (text: String, reference: ImageReference)? {
        guard case .image(let text)? = outcome.graph.chain(of: index).last?.base,
            let reference = try? ImageReference(parsing: text)
        else { return nil }
        return (text, reference.withDefaultTag)
    }

    /// A line of the final stage, or of one that it stands on, that should set the user and cannot be read.
    var unreadUser: Instruction? {
        finalChain.lazy.compactMap { stage in
            stage.instructions.last { instruction in
                if case .invalid = instruction.content { instruction.keyword == .user } else { false }
            }
        }.first
    }

    /// The accounts that the final stage's own lines create, in the order of the account file.
    func createdAccounts(_ target: StageState) -> [String] {
        let before: Set<String>
        switch target.base {
        case .image(let image): before = Set(Accounts(image.tree).users.map(\.name))
        case .scratch, .unknown: before = []
        }
        return target.accounts.users.filter { !before.contains($0.name) && $0.uid != 0 }.map(\.name)
    }

    /// A USER of a stage that the final one does not stand on.
    func earlierUser(than target: StageState) -> (text: String, range: SourceRange, stage: String)? {
        let chain = Set(finalChain.map(\.index))
        for stage in outcome.graph.stages.reversed() where !chain.contains(stage.index) {
            for instruction in stage.instructions.reversed() {
                guard case .user(let token) = instruction.content else { continue }
                return (token.text, instruction.range, stageName(stage.index))
            }
        }
        return nil
    }

    /// Whether the final stage stands on a `-dev` image.
    func isHardenedBuildVariant(_ target: StageState) -> Bool {
        guard let root = rootBase(target.index), let tag = root.reference.tag else { return false }
        return tag.hasSuffix("-dev") && root.text.contains("dhi")
    }
}
