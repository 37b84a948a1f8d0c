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

    /// The parts of the record that the step's checks say they need.
    func record() throws -> LearnerRecord {
        let needs = session.step.needs
        return LearnerRecord(
            commands: needs.contains(.commands) ? try commands() : [],
            images: needs.contains(.images) ? try images() : [],
            settings: needs.contains(.settings) ? try session.progress.settings() : [:],
            answers: needs.contains(.answers) ? try answers() : [:]
        )
    }

    private func commands() throws -> [LearnerRecord.Command] {
        try session.progress.commands(lesson: session.lesson.id).map {
            LearnerRecord.Command(line: $0.line, exitCode: $0.exitCode)
        }
    }

    private func answers() throws -> [String: String] {
        try session.progress.answers(lesson: session.lesson.id).compactMapValues { $0.answers.last }
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
