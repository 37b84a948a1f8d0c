// SPDX-License-Identifier: Apache-2.0

import Advisories
import BaseImages
import Diagnostics
import Foundation
import ImageAnalysis
import ImageFilesystem
import Judgements
import Lessons
import OCISpec
import Packages
import SeaworthyTestSupport
import SymbolicBuild
import Testing

@testable import LessonChecks

/// The real kit, lesson and advisories, and submissions made of a Dockerfile on the spot.
enum CheckFixture {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let lessonID = "securing-your-image"
    static let kit = BaseImageKit(root: root + "/kit", store: NoStore())
    static let epoch = 1_764_000_000

    static let tools = Result {
        let facts = BaseImageCatalogue(root: root + "/kit")
        return StepJudge.Tools(
            builder: Builder(provider: kit, repository: PackageCatalogue(root: root + "/kit")),
            facts: facts,
            analyzer: ImageAnalyzer(
                advisories: try AdvisoryDatabase.open(embedded: root + "/advisories", home: nil),
                facts: facts,
                today: "2026-11-23",
                engineVersion: "test",
                limits: .standard
            ),
            analyzeArchive: { _ in nil },
            sizeOfBase: { reference in
                guard let model = (try? kit.baseImage(reference, platform: .linuxAMD64))?.model,
                    let size = model.recordedSizeBytes
                else { return nil }
                return RecordedSize(sizeBytes: size, recordedOf: model.recordedSizeOf, packageCount: 0)
            }
        )
    }

    static func library() -> LessonLibrary { LessonLibrary(root: root) }

    static func judge() throws -> StepJudge {
        let library = library()
        return StepJudge(
            lesson: try library.lesson(lessonID),
            starter: library.starter(of: lessonID),
            tools: try tools.get(),
            limits: .standard,
            epochSeconds: epoch
        )
    }

    /// One check of a kind on a Dockerfile, the starter's files around it.
    static func check(
        _ kind: String,
        _ dockerfile: String?,
        _ parameters: [String: LessonParameter] = [:],
        record: LearnerRecord? = nil,
        questions: [Question] = [],
        files: [String: String] = [:]
    ) throws -> CheckResult {
        let check = LessonCheck(
            id: "x.check",
            title: "A check",
            points: 2,
            kind: kind,
            parameters: parameters,
            message: "the lesson's message",
            expected: "the lesson's expectation",
            fix: "the lesson's fix",
            needs: record == nil ? .work : .record
        )
        return try report([check], dockerfile, record: record, questions: questions, files: files).checks[0]
    }

    static func report(
        _ checks: [LessonCheck],
        _ dockerfile: String?,
        record: LearnerRecord? = nil,
        questions: [Question] = [],
        files: [String: String] = [:]
    ) throws -> StepReport {
        let folder = try ScratchFolder()
        if let dockerfile { _ = try folder.write("Dockerfile", dockerfile) }
        for (path, text) in files { _ = try folder.write(path, text) }
        let step = LessonStep(
            id: "x",
            title: "X",
            file: "x.md",
            hints: [],
            solution: nil,
            checks: checks,
            questions: questions
        )
        return try judge().judge(step, folder: folder.path, record: record)
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

/// A store without images: models are assembled and forgotten.
struct NoStore: BaseImageStore {
    func storedImage(_ reference: ImageReference, platform: Platform) throws -> BaseImage? { nil }
    func holdsImage(_ manifest: Digest, blobs: [Digest]) -> Bool { false }
    func blob(_ digest: Digest) throws -> [UInt8] { throw Failure(.noInput, "no blob") }
    func keep(_ blobs: [ModelBlob], manifest: Descriptor, as name: ImageReference) throws {}
}
