// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageLayouts
import ImagePolicies
import LessonChecks
import Lessons
import OCISpec
import ProgressStore

/// Reads the part of a learner's record that checks ask for.
struct LearnerRecordReader {
    private let session: LearnerSession
    private let engine: Engine

    init(_ session: LearnerSession, _ engine: Engine) {
        self.session = session
        self.engine = engine
    }

    func record() throws -> LearnerRecord {
        let commands = try session.progress.commands(lesson: session.lesson.id).map {
            LearnerRecord.Command(line: $0.line, exitCode: $0.exitCode)
        }
        let answers = try session.progress.answers(lesson: session.lesson.id).compactMapValues { $0.answers.last }
        let asksForImages = session.step.checks.contains { $0.kind.hasPrefix("image-") }
        return LearnerRecord(
            commands: commands,
            images: asksForImages ? try images() : [],
            settings: try session.progress.settings(),
            answers: answers
        )
    }

    private func images() throws -> [LearnerRecord.Image] {
        let store = try engine.store()
        return try store.list().compactMap { stored in
            guard let reference = stored.reference, let tag = reference.tag,
                let image = try? store.image(reference.description)
            else {
                return nil
            }
            let summary = AttestationReading.summary(image)
            return LearnerRecord.Image(
                repository: reference.path,
                tag: tag,
                hasSBOM: summary.sbom == .present,
                provenanceMode: summary.provenance == .present ? summary.provenanceMode?.rawValue ?? "unknown" : nil
            )
        }
    }
}
