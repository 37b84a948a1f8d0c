// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import ImageAnalysis
import Submissions
import SymbolicBuild
import Workspaces

/// A folder of work, built once for all steps.
struct JudgedWork {
    /// The Dockerfile, or where it was looked for.
    let path: WorkPath
    /// The Dockerfile and its build; nil when there is no Dockerfile.
    let evidence: WorkEvidence?
    /// The files of the lesson that stood in for those that the work lacks.
    let filled: [String]
    private let files: WorkFiles
    private let request: BuildRequest?
    private let archives: [String]

    init(
        _ work: SubmittedWork,
        starter: StarterFiles?,
        filling: StarterFiles.Filling,
        lesson: String,
        tools: StepJudge.Tools,
        limits: Limits,
        epochSeconds: Int
    ) throws {
        files = work.files
        path = work.dockerfile ?? .dockerfile
        archives = work.archives.filter { !SubmissionBundle.isBundle($0, of: lesson) }
        guard let shown = work.dockerfile?.description, let file = files.resolvedFile(shown) else {
            evidence = nil
            request = nil
            filled = []
            return
        }
        let parts = shown.split(separator: "/")
        let own = files.folder(parts.dropLast().joined(separator: "/"))
        let whole = starter?.fill(own, filling) ?? (files: own, filled: [])
        filled = whole.filled
        let context = try FilesContext(
            whole.files,
            dockerfile: String(parts.last ?? "Dockerfile"),
            limits: limits
        )
        let request = BuildRequest(
            dockerfile: try files.bytes(of: file, limit: min(limits.entryBytes, 4 << 20)),
            dockerfilePath: shown,
            context: context,
            attachesSBOM: true,
            provenance: .max,
            epochSeconds: epochSeconds,
            limits: limits
        )
        self.request = request
        evidence = WorkEvidence(
            path: path,
            outcome: try tools.builder.build(request),
            source: request.dockerfile,
            context: context,
            whole: context.withoutIgnoreFile(),
            starter: starter
        )
    }

    /// The same work with a suggested change in its Dockerfile, built anew; nil where the change does not apply to it.
    func trying(_ diff: String, _ tools: StepJudge.Tools) throws -> JudgedWork? {
        guard var request, let evidence,
            let bytes = UnifiedPatch(diff)?.applied(to: evidence.outcome.dockerfile.file.bytes)
        else { return nil }
        request.dockerfile = bytes
        return JudgedWork(
            path: path,
            evidence: WorkEvidence(
                path: path,
                outcome: try tools.builder.build(request),
                source: bytes,
                context: request.context,
                whole: evidence.whole,
                starter: evidence.starter
            ),
            filled: filled,
            files: files,
            request: request,
            // An archive is of the Dockerfile as it was.
            archives: []
        )
    }

    private init(
        path: WorkPath,
        evidence: WorkEvidence,
        filled: [String],
        files: WorkFiles,
        request: BuildRequest,
        archives: [String]
    ) {
        self.path = path
        self.evidence = evidence
        self.filled = filled
        self.files = files
        self.request = request
        self.archives = archives
    }

    /// The encoding that keeps the Dockerfile from being read; nil when it is read, or not there.
    var encoding: ForeignEncoding? { request.flatMap { ForeignEncoding($0.dockerfile) } }

    /// The image to judge: that of an archive which was built from this Dockerfile, else what the learner built, else what the
    /// symbolic build predicts. Without a Dockerfile the archive is the work. One that does not count is passed over, and the result
    /// says so.
    func image(_ tools: StepJudge.Tools, _ builtImage: ([UInt8]) throws -> AnalysisReport?) throws -> JudgedImage {
        var passed: [JudgedImage.PassedArchive] = []
        var used: (name: String, report: AnalysisReport)?
        for name in archives {
            if let used {
                passed.append(JudgedImage.PassedArchive(name: name, reason: .anotherIsUsed(used.name)))
                continue
            }
            do {
                let archive = try tools.openArchive(try ImageArchives.open(name, in: files), name)
                if let reason = reasonAgainst(archive) {
                    passed.append(JudgedImage.PassedArchive(name: name, reason: reason))
                } else {
                    used = (name, try archive.analyze())
                }
            } catch let failure as Failure where failure.liesInTheInput {
                passed.append(JudgedImage.PassedArchive(name: name, reason: .unreadable(failure)))
            }
        }
        if let used { return JudgedImage(report: used.report, origin: .archive(used.name), passed: passed) }
        guard let request, let evidence else { return JudgedImage(report: nil, origin: .nothing, passed: passed) }
        if let report = try builtImage(request.dockerfile) {
            return JudgedImage(report: report, origin: .built, passed: passed)
        }
        let report = try prediction(evidence, request, tools)
        return JudgedImage(report: report, origin: report == nil ? .nothing : .predicted, passed: passed)
    }

    /// Why an archive beside a Dockerfile does not count; nil when it does.
    private func reasonAgainst(_ archive: StepJudge.OpenedArchive) -> JudgedImage.PassedArchive.Reason? {
        guard let request else { return nil }
        guard let source = archive.dockerfile else { return .saysNothing }
        return DockerfileText.areSame(source, request.dockerfile) ? nil : .ofAnotherDockerfile
    }

    /// The analysis of the image that the Dockerfile would make; nil when it makes none.
    private func prediction(_ evidence: WorkEvidence, _ request: BuildRequest, _ tools: StepJudge.Tools) throws
        -> AnalysisReport?
    {
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

extension Failure {
    /// Whether what was handed in is to blame, rather than the machine or this program.
    fileprivate var liesInTheInput: Bool {
        switch code {
        case .malformedInput, .hostileInput, .overLimit, .noInput: true
        case .usage, .unavailable, .internalFault, .cannotCreate, .inputOutput, .interrupted: false
        }
    }
}
