// SPDX-License-Identifier: Apache-2.0

import Advisories
import BaseImages
import BillOfMaterials
import Diagnostics
import Foundation
import ImageAnalysis
import ImageLayouts
import Judgements
import Lessons
import OCISpec
import Packages
import SeaworthyTestSupport
import SymbolicBuild
import Testing
import Workspaces

@testable import LessonChecks

/// The real kit, lesson and advisories, and submissions made of a Dockerfile on the spot.
enum CheckFixture {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let lessonID = "securing-your-image"
    static let kit = BaseImageKit(root: root + "/kit", store: NoStore())
    static let epoch = 1_764_000_000
    static let runtime = "docker/dhi-node:24-alpine3.22"

    static let tools = Result {
        let facts = BaseImageCatalog(root: root + "/kit")
        let analyzer = ImageAnalyzer(
            advisories: try AdvisoryDatabase.open(embedded: root + "/advisories", home: nil),
            facts: facts,
            today: "2026-11-23",
            engineVersion: "test",
            limits: .standard
        )
        return StepJudge.Tools(
            builder: Builder(provider: kit, repository: PackageCatalog(root: root + "/kit")),
            facts: facts,
            analyzer: analyzer,
            openArchive: { file, name in
                let image = try ImageSource.open(file, limits: .standard).image()
                let provenance = image.attestations.compactMap { try? ProvenanceReader.read($0.statement).provenance }
                return StepJudge.OpenedArchive(dockerfile: provenance.first?.sources.first?.data) {
                    try analyzer.analyze(image, name: name)
                }
            },
            sizeOfBase: { reference in
                guard let model = (try? kit.baseImage(reference, platform: .linuxAMD64))?.model,
                    let size = model.recordedSizeBytes
                else { return nil }
                return RecordedSize(sizeBytes: size, recordedOf: model.recordedSizeOf, packageCount: 0)
            }
        )
    }

    static func library() -> LessonLibrary { LessonLibrary(root: root, kinds: CheckKindRegistry()) }

    static func judge() throws -> StepJudge {
        let library = library()
        return StepJudge(
            lesson: try library.lesson(lessonID),
            starter: try library.starter(of: lessonID).map { try WorkFiles(reading: $0, limits: .standard) },
            tools: try tools.get(),
            limits: .standard,
            epochSeconds: epoch
        )
    }

    /// One check of a kind on a Dockerfile, the starter's files around it.
    static func check(
        _ kind: String,
        _ dockerfile: String?,
        _ parameters: [String: LessonParameter.Value] = [:],
        record: LearnerRecord? = nil,
        questions: [Question] = [],
        files: [String: String] = [:],
        archives: [String: [UInt8]] = [:]
    ) throws -> CheckResult {
        let check = LessonCheck(
            id: "x.check",
            title: "A check",
            points: 2,
            kind: kind,
            parameters: parameters.sorted { $0.key < $1.key }.map { key, value in
                LessonParameter(
                    key: key,
                    at: .file("lesson.yaml", line: 2, column: 1),
                    value: value,
                    at: .file("lesson.yaml", line: 2, column: 9)
                )
            },
            message: "the lesson's message",
            expected: "the lesson's expectation",
            fix: "the lesson's fix",
            place: .file("lesson.yaml", line: 1, column: 1)
        )
        let report = try report(
            [check],
            dockerfile,
            record: record,
            questions: questions,
            files: files,
            archives: archives
        )
        return report.checks[0]
    }

    static func report(
        _ checks: [LessonCheck],
        _ dockerfile: String?,
        record: LearnerRecord? = nil,
        questions: [Question] = [],
        files: [String: String] = [:],
        archives: [String: [UInt8]] = [:]
    ) throws -> StepReport {
        let folder = try ScratchFolder()
        if let dockerfile { _ = try folder.write("Dockerfile", dockerfile) }
        for (path, text) in files { _ = try folder.write(path, text) }
        for (path, bytes) in archives { _ = try folder.write(path, bytes) }
        let step = LessonStep(
            id: "x",
            title: "X",
            file: "x.md",
            hints: [],
            solution: nil,
            checks: checks,
            questions: questions,
            place: .file("lesson.yaml")
        )
        let work = try WorkFiles(reading: folder.path, limits: .standard)
        return try judge().judge(step, files: work, record: record)
    }

    /// A file with the tutorial's lines, `extra` in front of EXPOSE.
    static func classic(_ extra: String, from base: String = "node:lts-slim") -> String {
        """
        FROM \(base)
        WORKDIR /usr/local/app
        COPY package*.json ./
        COPY src/ ./src/
        \(extra)
        EXPOSE 3000
        CMD ["node", "src/index.js"]

        """
    }

    /// Applies a diff with the real `patch` and answers the file after it.
    static func patched(_ dockerfile: String, _ diff: String) throws -> String? {
        guard let patch = SeaworthyBinary.find("patch") else { return nil }
        let folder = try ScratchFolder()
        _ = try folder.write("Dockerfile", dockerfile)
        _ = try folder.write("change.diff", diff)
        let result = try SeaworthyBinary.run(
            patch,
            ["--binary", "-s", "-p0", "--fuzz=0", "-i", "change.diff", "Dockerfile"],
            in: folder.path
        )
        #expect(result.status == 0, "patch refused:\n\(diff)")
        return String(decoding: try folder.read("Dockerfile"), as: UTF8.self)
    }
}

/// A Dockerfile, and what a check has to make of it.
struct CheckRow: Sendable, CustomTestStringConvertible {
    let text: String
    let state: CheckResult.State
    let message: String
    let parameters: [String: LessonParameter.Value]

    init(
        _ text: String,
        _ state: CheckResult.State,
        _ message: String,
        _ parameters: [String: LessonParameter.Value] = [:]
    ) {
        self.text = text
        self.state = state
        self.message = message
        self.parameters = parameters
    }

    var testDescription: String { "\(state.rawValue): \(message.prefix(60))" }

    /// Judges the Dockerfile by a check of a kind; the row's own parameters win.
    func holds(for kind: String, _ common: [String: LessonParameter.Value] = [:]) throws {
        let result = try CheckFixture.check(kind, text, common.merging(parameters) { _, own in own })
        #expect(result.state == state, "\(result.message)")
        #expect(result.message.contains(message), "\(result.message)")
        if state != .passed { #expect(result.expected != nil) }
        for evidence in result.evidence where evidence.kind == .dockerfile { #expect(evidence.file == "Dockerfile") }
    }
}

extension CheckFixture {
    /// Holds that a check fails a Dockerfile with a diff that `patch` takes and that mends it.
    static func mends(_ kind: String, _ text: String, _ parameters: [String: LessonParameter.Value] = [:]) throws {
        let result = try check(kind, text, parameters)
        #expect(result.state == .failed)
        let diff = try #require(result.diff, "\(result.message)")
        let mended = try #require(try patched(text, diff), "patch is not installed here")
        let after = try check(kind, mended, parameters)
        #expect(after.state == .passed, "\(after.message)\n\(diff)")
    }

    /// A learner's record with something of everything.
    static let record = LearnerRecord(
        commands: [
            .init(line: "docker scout quickview acme/memes-r-us", exitCode: 0),
            .init(line: "docker build .", exitCode: 1),
            .init(line: "docker scout policy", exitCode: 0, image: "acme/memes-r-us:latest"),
        ],
        images: [
            .init(repository: "acme/memes-r-us", tag: "latest", hasSBOM: true, provenanceMode: "max"),
            .init(repository: "acme/memes-r-us", tag: "bare", hasSBOM: false, provenanceMode: nil),
            .init(repository: "memes", tag: "min", hasSBOM: true, provenanceMode: "min"),
            .init(
                repository: "acme/old",
                tag: "updated",
                hasSBOM: true,
                provenanceMode: "max",
                dockerfile: Array("FROM scratch\n".utf8)
            ),
        ],
        settings: [
            "organization": "acme", "empty": "", "word": "ORGANIZATION", "angles": "<org>", "yours": "your-org",
            "capitals": "ACME", "mine": "my-bakery",
        ],
        answers: ["q1": "B", "q2": "a", "q3": "z"]
    )

    /// Four questions; the right answer is always b.
    static let questions = ["q1", "q2", "q3", "q4"].map { id in
        Question(
            id: id,
            text: "?",
            options: [
                .init(id: "a", text: "A", explanation: "wrong"), .init(id: "b", text: "B", explanation: "right"),
            ],
            answer: "b",
            place: .file("lesson.yaml")
        )
    }

    /// The parameters of a kind's documented example, as a lesson has them.
    static func exampleParameters(_ kind: any CheckKind.Type) throws -> [LessonParameter] {
        try lesson(kind, kind.example).checks[0].parameters
    }

    /// A lesson of one check of a kind, with further keys as they are given; the check stands on line 11.
    static func lesson(_ kind: any CheckKind.Type, _ parameters: String) throws -> Lesson {
        let scratch = try ScratchFolder()
        let keys = parameters.split(separator: "\n").map { "        \($0)\n" }.joined()
        _ = try scratch.write("lessons/one/lesson.yaml", Self.head + "        kind: \(kind.name)\n" + keys)
        return try LessonLibrary(root: scratch.path, kinds: CheckKindRegistry()).lesson("one")
    }

    private static let head = """
        format: 1
        id: one
        title: One
        summary: One check.
        steps:
          - id: one
            title: One
            file: one.md
            hints: [Think.]
            checks:
              - id: one.check
                title: One
                points: 1
                message: No.

        """
}

/// A store without images: models are assembled and forgotten.
struct NoStore: BaseImageStore {
    func storedImage(_ reference: ImageReference, platform: Platform) throws -> BaseImage? { nil }
    func holdsImage(_ manifest: Digest, blobs: [Digest]) -> Bool { false }
    func blob(_ digest: Digest) throws -> [UInt8] { throw Failure(.noInput, "no blob") }
    func keep(_ blobs: [ModelBlob], manifest: Descriptor, as name: ImageReference) throws {}
}
