// SPDX-License-Identifier: Apache-2.0

public import BaseImages
public import Diagnostics
import DockerfileSyntax
public import HostFiles
public import ImageAnalysis
public import Judgements
public import Lessons
public import OCISpec
public import Submissions
public import SymbolicBuild
public import Workspaces

/// Judges a folder of work against a lesson's steps: the one engine behind the learner's check and the grader.
///
/// The Dockerfile is built once for all steps. Checks that need a learner's record are left out when there is none.
public struct StepJudge: Sendable {
    private let lesson: Lesson
    private let starter: StarterFiles?
    let tools: Tools
    private let limits: Limits
    private let epochSeconds: Int
    private let asOf: String?

    /// What the judge needs of the world.
    public struct Tools: Sendable {
        let builder: Builder
        let facts: any BaseImageFacts
        let analyzer: ImageAnalyzer
        let openArchive: @Sendable (OpenFile, String) throws -> OpenedArchive
        let sizeOfBase: @Sendable (ImageReference) -> RecordedSize?

        /// Makes the tools.
        ///
        /// - Parameters:
        ///   - analyzer: analyses images.
        ///   - openArchive: opens an image archive that goes by a name; throws a `Failure` when it cannot be read.
        ///   - sizeOfBase: the recorded size of a base image.
        public init(
            builder: Builder,
            facts: any BaseImageFacts,
            analyzer: ImageAnalyzer,
            openArchive: @escaping @Sendable (OpenFile, String) throws -> OpenedArchive,
            sizeOfBase: @escaping @Sendable (ImageReference) -> RecordedSize?
        ) {
            self.builder = builder
            self.facts = facts
            self.analyzer = analyzer
            self.openArchive = openArchive
            self.sizeOfBase = sizeOfBase
        }
    }

    /// The archive of an image, opened and not yet analysed.
    public struct OpenedArchive {
        let dockerfile: [UInt8]?
        let analyze: () throws -> AnalysisReport

        /// An archive that can be read.
        ///
        /// - Parameters:
        ///   - dockerfile: what its provenance says that it was built from; nil when it says nothing.
        ///   - analyze: analyses the image.
        public init(dockerfile: [UInt8]?, analyze: @escaping () throws -> AnalysisReport) {
            self.dockerfile = dockerfile
            self.analyze = analyze
        }
    }

    /// Makes a judge for a lesson.
    ///
    /// - Parameters:
    ///   - starter: the lesson's starter as it was read; its files stand in for those that a submission lacks.
    ///   - epochSeconds: the time that built images take.
    ///   - asOf: the day that reports name, `YYYY-MM-DD`.
    public init(
        lesson: Lesson,
        starter: WorkFiles?,
        tools: Tools,
        limits: Limits,
        epochSeconds: Int,
        asOf: String? = nil
    ) {
        self.lesson = lesson
        self.starter = starter.map { StarterFiles($0) }
        self.asOf = asOf
        self.tools = tools
        self.limits = limits
        self.epochSeconds = epochSeconds
    }

    /// Judges one step of a learner's workspace, by its files as they were read.
    ///
    /// - Parameters:
    ///   - record: what the learner did besides; nil leaves out the checks that ask for it.
    ///   - builtImage: the analysis of the image that the learner built from the Dockerfile as it is now; nil when there is none.
    public func judge(
        _ step: LessonStep,
        files: WorkFiles,
        record: LearnerRecord?,
        builtImage: ([UInt8]) throws -> AnalysisReport? = { _ in nil }
    ) throws -> StepReport {
        let needs = step.needs
        let work =
            needs.contains(.work) || needs.contains(.image)
            ? try judged(try SubmittedWork(files), .whenBare) : nil
        return try judge(step, work: work, image: try image(of: work, for: [step], builtImage), record: record)
    }

    /// Judges all steps of a submission, whose files were read and chosen from. What it does not bring of the lesson's files is filled
    /// from the starter.
    ///
    /// - Throws: a `Failure` when the Dockerfile is no text that a builder reads, or an archive is all that there is, and it cannot be
    ///   read.
    public func judge(_ submission: SubmittedWork) throws -> WorkJudgement {
        let work = try judged(submission, .always)
        // How a file was saved says nothing of what its author knows.
        if let encoding = work.encoding {
            throw Failure(.malformedInput, encoding.problem, at: .file(work.path.description), fix: encoding.fix)
        }
        let steps = lesson.steps.filter { !$0.workChecks.isEmpty }
        let image = try image(of: work, for: steps) { _ in nil }
        if work.evidence == nil, image?.report == nil,
            let archive = image?.passed.first, case .unreadable(let failure) = archive.reason
        {
            throw failure.located(at: .file(archive.name))
        }
        return WorkJudgement(
            steps: try steps.map { try judge($0, work: work, image: image, record: nil) },
            filled: work.filled,
            archives: image?.archives ?? []
        )
    }

    /// Judges all steps of a folder of work as it stands, by its files as they were read.
    public func judgeSubmission(_ files: WorkFiles) throws -> [StepReport] {
        try judge(try SubmittedWork(files)).steps
    }

    /// The analysis of the image that a folder's Dockerfile makes; nil when it makes none.
    public func predictedImage(of files: WorkFiles) throws -> AnalysisReport? {
        try judged(try SubmittedWork(files), .whenBare).image(tools) { _ in nil }.report
    }

    private func judged(_ work: SubmittedWork, _ filling: StarterFiles.Filling) throws -> JudgedWork {
        try JudgedWork(
            work,
            starter: starter,
            filling: filling,
            lesson: lesson.id,
            tools: tools,
            limits: limits,
            epochSeconds: epochSeconds
        )
    }

    /// The image that steps are judged by; nil when none of them asks for one.
    private func image(
        of work: JudgedWork?,
        for steps: [LessonStep],
        _ builtImage: ([UInt8]) throws -> AnalysisReport?
    ) throws -> JudgedImage? {
        guard steps.contains(where: { $0.needs.contains(.image) }) else { return nil }
        return try work?.image(tools, builtImage)
    }

    private func judge(
        _ step: LessonStep,
        work: JudgedWork?,
        image: JudgedImage?,
        record: LearnerRecord?
    ) throws -> StepReport {
        let checks = try step.checks.map { try CheckKindRegistry.decode($0) }
            .filter { record != nil || !$0.needs.asksForRecord }
        let input = CheckInput(
            work: work?.evidence,
            dockerfilePath: work?.path ?? .dockerfile,
            analysis: image?.report,
            isPredicted: image?.isPredicted ?? false,
            facts: tools.facts,
            record: record,
            sizeOfBase: tools.sizeOfBase,
            step: step
        )
        var results: [CheckResult] = []
        for check in checks {
            let result = try judge(check, input, work, after: results)
            let note = check.needs.contains(.image) && result.state != .skipped ? image?.note : nil
            results.append(note.map { result.adding($0) } ?? result)
        }
        return StepReport(lesson: lesson.id, step: step.id, checks: results, asOf: asOf)
    }

    private func judge(
        _ decoded: DecodedCheck,
        _ input: CheckInput,
        _ work: JudgedWork?,
        after earlier: [CheckResult]
    ) throws -> CheckResult {
        let check = decoded.check
        let points = check.isAdvisory ? 0 : check.points
        let blocking = check.blocker { id in
            earlier.first { $0.id == id }.map { $0.state == .failed || $0.state == .skipped }
        }
        if let blocking, let blocker = earlier.first(where: { $0.id == blocking }) {
            return CheckResult(
                id: check.id,
                title: check.title,
                state: .skipped,
                points: 0,
                maxPoints: points,
                message: Self.skipped(check, blocker, earlier),
                isAdvisory: check.isAdvisory,
                blockedBy: blocker.id
            )
        }
        let judgement = try tried(try decoded.judge(input), of: decoded, input, work)
        let isPassed = judgement.verdict == .passed
        let isUnknown = judgement.verdict == .unknown
        return CheckResult(
            id: check.id,
            title: check.title,
            state: judgement.isAttempted ? CheckResult.State(judgement.verdict) : .skipped,
            points: isPassed ? points : 0,
            maxPoints: points,
            message: judgement.message ?? (isPassed ? "" : check.filled(check.message)),
            expected: isPassed ? nil : judgement.expected ?? check.expected.map { check.filled($0) },
            found: judgement.found,
            // What the lesson advises is meant for work that is wrong; of work that is not known it would be a guess.
            fix: isPassed ? nil : judgement.fix ?? (isUnknown ? Self.unknownFix : check.fix.map { check.filled($0) }),
            diff: judgement.diff,
            evidence: judgement.evidence,
            isAdvisory: check.isAdvisory
        )
    }

    /// Why a check is not judged: the one that it rests on, or those of which one would do.
    private static func skipped(_ check: LessonCheck, _ blocker: CheckResult, _ earlier: [CheckResult]) -> String {
        let choices =
            check.requires.contains(blocker.id)
            ? [] : check.requiresOneOf.compactMap { id in earlier.first { $0.id == id } }
        guard choices.count > 1, let last = choices.last else {
            return "Not judged: \"\(blocker.title)\" has to pass first."
        }
        let others = choices.dropLast().map { "\"\($0.title)\"" }.joined(separator: ", ")
        return "Not judged: \(others) or \"\(last.title)\" has to pass first."
    }

    /// What to do about work that is neither right nor wrong as far as it is known.
    private static let unknownFix =
        "This may well be right. Use what the lesson uses and it can be judged, or ask your instructor."
}
