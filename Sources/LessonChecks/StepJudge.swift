// SPDX-License-Identifier: Apache-2.0

import Archives
public import BaseImages
public import Diagnostics
import DockerfileSyntax
public import HostFiles
public import ImageAnalysis
public import Judgements
public import Lessons
public import OCISpec
public import SymbolicBuild
public import Workspaces

/// Judges a folder of work against a lesson's steps: the one engine behind the learner's check and the grader.
///
/// The Dockerfile is built once for all steps. Checks that need a learner's record are left out when there is none.
public struct StepJudge: Sendable {
    private let lesson: Lesson
    private let starter: String?
    private let tools: Tools
    private let limits: Limits
    private let epochSeconds: Int

    /// What the judge needs of the world.
    public struct Tools: Sendable {
        let builder: Builder
        let facts: any BaseImageFacts
        let analyzer: ImageAnalyzer
        let analyzeArchive: @Sendable (OpenFile, String) throws -> AnalysisReport
        let sizeOfBase: @Sendable (ImageReference) -> RecordedSize?

        /// Makes the tools.
        ///
        /// - Parameters:
        ///   - analyzer: analyses images.
        ///   - analyzeArchive: analyses an image archive that goes by a name; throws a `Failure` when it cannot be read.
        ///   - sizeOfBase: the recorded size of a base image.
        public init(
            builder: Builder,
            facts: any BaseImageFacts,
            analyzer: ImageAnalyzer,
            analyzeArchive: @escaping @Sendable (OpenFile, String) throws -> AnalysisReport,
            sizeOfBase: @escaping @Sendable (ImageReference) -> RecordedSize?
        ) {
            self.builder = builder
            self.facts = facts
            self.analyzer = analyzer
            self.analyzeArchive = analyzeArchive
            self.sizeOfBase = sizeOfBase
        }
    }

    /// Makes a judge for a lesson.
    ///
    /// - Parameters:
    ///   - starter: the lesson's starter folder; its files stand in for those that a bare Dockerfile lacks.
    ///   - epochSeconds: the time that built images take.
    public init(lesson: Lesson, starter: String?, tools: Tools, limits: Limits, epochSeconds: Int) {
        self.lesson = lesson
        self.starter = starter
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
            ? try work(files) : nil
        return try judge(step, work: work, record: record, builtImage: builtImage)
    }

    /// Judges all steps of a bare submission, by its files as they were read.
    public func judgeSubmission(_ files: WorkFiles) throws -> [StepReport] {
        let work = try work(files)
        return try lesson.steps.compactMap { step in
            guard !step.workChecks.isEmpty else { return nil }
            return try judge(step, work: work, record: nil) { _ in nil }
        }
    }

    /// The analysis of the image that a folder's Dockerfile makes; nil when it makes none.
    public func predictedImage(of files: WorkFiles) throws -> AnalysisReport? {
        try work(files).image(tools) { _ in nil }.report
    }

    private func work(_ files: WorkFiles) throws -> JudgedWork {
        try JudgedWork(
            files,
            starter: starter,
            lesson: lesson.id,
            tools: tools,
            limits: limits,
            epochSeconds: epochSeconds
        )
    }

    private func judge(
        _ step: LessonStep,
        work: JudgedWork?,
        record: LearnerRecord?,
        builtImage: ([UInt8]) throws -> AnalysisReport?
    ) throws -> StepReport {
        let checks = try step.checks.map { try CheckKindRegistry.decode($0) }
            .filter { record != nil || !$0.needs.asksForRecord }
        let image = checks.contains { $0.needs.contains(.image) } ? try work?.image(tools, builtImage) : nil
        let context = CheckContext(
            work: work?.evidence,
            dockerfilePath: work?.path ?? .dockerfile,
            analysis: image?.report,
            facts: tools.facts,
            record: record,
            sizeOfBase: tools.sizeOfBase,
            step: step
        )
        var results: [CheckResult] = []
        for check in checks {
            let result = try judge(check, context, after: results)
            let note = check.needs.contains(.image) && result.state != .skipped ? image?.note : nil
            results.append(note.map { result.adding($0) } ?? result)
        }
        return StepReport(lesson: lesson.id, step: step.id, checks: results)
    }

    private func judge(_ decoded: DecodedCheck, _ context: CheckContext, after earlier: [CheckResult]) throws
        -> CheckResult
    {
        let check = decoded.check
        let points = check.isAdvisory ? 0 : check.points
        if let blocker = check.requires.compactMap({ id in earlier.first { $0.id == id } }).first(where: {
            $0.state != .passed
        }) {
            return CheckResult(
                id: check.id,
                title: check.title,
                state: .skipped,
                points: 0,
                maxPoints: points,
                message: "Not judged: \"\(blocker.title)\" has to pass first.",
                isAdvisory: check.isAdvisory,
                blockedBy: blocker.id
            )
        }
        let judgement = try decoded.judge(context)
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

    /// What to do about work that is neither right nor wrong as far as it is known.
    private static let unknownFix =
        "This may well be right. Use what the lesson uses and it can be judged, or ask your instructor."
}
