// SPDX-License-Identifier: Apache-2.0

import Archives
public import BaseImages
public import Diagnostics
import DockerfileSyntax
public import ImageAnalysis
public import Lessons
public import OCISpec
public import SymbolicBuild

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
        let analyzeArchive: @Sendable (String) throws -> AnalysisReport?
        let sizeOfBase: @Sendable (ImageReference) -> RecordedSize?

        /// Makes the tools.
        ///
        /// - Parameters:
        ///   - analyzer: analyses images.
        ///   - analyzeArchive: analyses an image archive; nil when the file is none.
        ///   - sizeOfBase: the recorded size of a base image.
        public init(
            builder: Builder,
            facts: any BaseImageFacts,
            analyzer: ImageAnalyzer,
            analyzeArchive: @escaping @Sendable (String) throws -> AnalysisReport?,
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

    /// Judges one step of a learner's workspace.
    ///
    /// - Parameters:
    ///   - record: what the learner did besides; nil leaves out the checks that ask for it.
    ///   - builtImage: the analysis of the image that the learner built from the Dockerfile as it is now; nil when there is none.
    public func judge(
        _ step: LessonStep,
        folder: String,
        record: LearnerRecord?,
        builtImage: ([UInt8]) throws -> AnalysisReport? = { _ in nil }
    ) throws -> StepReport {
        let needsWork = step.checks.contains { $0.needs != .record }
        let work =
            needsWork
            ? try Work(folder, starter: starter, tools: tools, limits: limits, epochSeconds: epochSeconds) : nil
        return try judge(step, work: work, record: record, builtImage: builtImage)
    }

    /// Judges all steps of a bare submission.
    public func judgeSubmission(folder: String) throws -> [StepReport] {
        let work = try Work(folder, starter: starter, tools: tools, limits: limits, epochSeconds: epochSeconds)
        return try lesson.steps.compactMap { step in
            guard step.checks.contains(where: { $0.needs != .record }) else { return nil }
            return try judge(step, work: work, record: nil) { _ in nil }
        }
    }

    private func judge(
        _ step: LessonStep,
        work: Work?,
        record: LearnerRecord?,
        builtImage: ([UInt8]) throws -> AnalysisReport?
    ) throws -> StepReport {
        let asksForImage = step.checks.contains { ["policies", "attestations", "smaller-than"].contains($0.kind) }
        let analysis = asksForImage ? try work?.analysis(tools, builtImage) : nil
        let context = CheckContext(
            work: work?.evidence,
            dockerfilePath: work?.path ?? .dockerfile,
            analysis: analysis,
            facts: tools.facts,
            record: record,
            sizeOfBase: tools.sizeOfBase,
            step: step
        )
        var results: [CheckResult] = []
        for check in step.checks where record != nil || check.needs != .record {
            results.append(try judge(check, context, after: results))
        }
        return StepReport(lesson: lesson.id, step: step.id, checks: results)
    }

    private func judge(_ check: LessonCheck, _ context: CheckContext, after earlier: [CheckResult]) throws
        -> CheckResult
    {
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
        guard let kind = CheckKinds.named(check.kind) else {
            throw Failure(
                .malformedInput,
                "the check \(check.id) is of an unknown kind \"\(check.kind)\"",
                at: .file("lesson.yaml"),
                fix: "use one of \(CheckKinds.all.map { $0.name }.sorted().joined(separator: ", "))"
            )
        }
        let judgement = try kind.judge(check, context)
        let isPassed = judgement.verdict == .passed
        let isUnknown = judgement.verdict == .unknown
        return CheckResult(
            id: check.id,
            title: check.title,
            state: CheckResult.State(judgement.verdict),
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

    /// The names of the kinds of check that there are, for the content lint.
    public static var kindNames: Set<String> { Set(CheckKinds.all.map { $0.name }) }
}

extension StepJudge {
    /// A folder of work, built once.
    struct Work {
        let path: WorkPath
        let evidence: WorkEvidence?
        private let request: BuildRequest?
        private let archives: [String]

        init(_ folder: String, starter: String?, tools: Tools, limits: Limits, epochSeconds: Int) throws {
            let found = try DockerfileFinder.find(in: folder, limits: limits)
            path = found.shown
            archives = found.archives
            guard let file = found.path else {
                evidence = nil
                request = nil
                return
            }
            let bytes = try HostFiles.read(file, limit: min(limits.entryBytes, 4 << 20))
            let context = try WorkContext(
                folder: HostFiles.folder(of: file),
                starter: starter,
                dockerfile: file,
                limits: limits
            )
            let request = BuildRequest(
                dockerfile: bytes,
                dockerfilePath: found.shown.description,
                context: context,
                attachesSBOM: true,
                provenance: .max,
                epochSeconds: epochSeconds,
                limits: limits
            )
            self.request = request
            evidence = WorkEvidence(path: found.shown, outcome: try tools.builder.build(request))
        }

        /// The analysis of the image: that of an archive beside the Dockerfile, of what the learner built, or of the symbolic
        /// build; nil when there is no image.
        func analysis(_ tools: Tools, _ builtImage: ([UInt8]) throws -> AnalysisReport?) throws -> AnalysisReport? {
            for archive in archives { if let report = try tools.analyzeArchive(archive) { return report } }
            guard let request, let evidence else { return nil }
            if let report = try builtImage(request.dockerfile) { return report }
            guard let image = PredictedImage(evidence.outcome, request) else { return nil }
            return try tools.analyzer.analyze(
                AnalysisSubject(
                    name: path.description,
                    digest: image.digest,
                    configuration: image.configuration,
                    tree: image.tree,
                    layers: image.diffIDs.map { AnalysisSubject.Layer(diffID: $0) },
                    statements: image.statements.map { AnalysisSubject.Statement($0, of: image.digest) },
                    baseLayerCount: image.baseLayerCount
                )
            )
        }
    }
}
