// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageAnalysis
import SymbolicBuild
import Workspaces

/// A folder of work, built once for all steps.
struct JudgedWork {
    /// The Dockerfile, or where it was looked for.
    let path: WorkPath
    /// The Dockerfile and its build; nil when there is no Dockerfile.
    let evidence: WorkEvidence?
    private let files: WorkFiles
    private let request: BuildRequest?
    private let archives: [String]

    init(
        _ files: WorkFiles,
        starter: String?,
        lesson: String,
        tools: StepJudge.Tools,
        limits: Limits,
        epochSeconds: Int
    ) throws {
        self.files = files
        let found = DockerfileFinder.find(in: files)
        path = found.shown
        archives = found.archives.filter { !SubmissionBundle.isBundle($0, of: lesson) }
        guard let shown = found.path, let file = files.resolvedFile(shown) else {
            evidence = nil
            request = nil
            return
        }
        let parts = shown.split(separator: "/")
        let folder = parts.dropLast().joined(separator: "/")
        let context = try WorkContext(
            files.folder(folder),
            starter: starter,
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
            path: found.shown,
            outcome: try tools.builder.build(request),
            source: request.dockerfile,
            context: context
        )
    }

    /// The image to judge: that of an archive beside the Dockerfile, else what the learner built, else what the symbolic build
    /// predicts. An archive that cannot be read is passed over, and the result says so.
    func image(_ tools: StepJudge.Tools, _ builtImage: ([UInt8]) throws -> AnalysisReport?) throws -> JudgedImage {
        var unreadable: [JudgedImage.UnreadableArchive] = []
        for name in archives {
            do {
                let report = try tools.analyzeArchive(try files.open(name, as: name), name)
                return JudgedImage(report: report, origin: .archive(name), unreadable: unreadable)
            } catch let failure as Failure where failure.liesInTheInput {
                unreadable.append(JudgedImage.UnreadableArchive(name: name, failure: failure))
            }
        }
        guard let request, let evidence else {
            return JudgedImage(report: nil, origin: .nothing, unreadable: unreadable)
        }
        if let report = try builtImage(request.dockerfile) {
            return JudgedImage(report: report, origin: .built, unreadable: unreadable)
        }
        let report = try prediction(evidence, request, tools)
        return JudgedImage(report: report, origin: report == nil ? .nothing : .predicted, unreadable: unreadable)
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
