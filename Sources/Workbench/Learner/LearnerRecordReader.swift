// SPDX-License-Identifier: Apache-2.0

import ImageAnalysis
import ImageLayouts
import ImagePolicies
package import LessonChecks
package import Lessons
import OCISpec
package import ProgressStore

/// Reads the part of a learner's record that checks ask for.
package struct LearnerRecordReader {
    private let lesson: String
    private let step: LessonStep
    private let progress: ProgressDatabase
    private let bench: Workbench

    package init(_ progress: ProgressDatabase, lesson: String, step: LessonStep, on bench: Workbench) {
        self.progress = progress
        self.lesson = lesson
        self.step = step
        self.bench = bench
    }

    /// The parts of the record that the step's checks say they need.
    package func record() throws -> LearnerRecord {
        let needs = step.needs
        return LearnerRecord(
            commands: needs.contains(.commands) ? try commands() : [],
            images: needs.contains(.images) ? try images() : [],
            settings: needs.contains(.settings) ? try progress.settings() : [:],
            answers: needs.contains(.answers) ? try answers() : [:]
        )
    }

    private func commands() throws -> [LearnerRecord.Command] {
        try progress.commands(lesson: lesson).map {
            LearnerRecord.Command(line: $0.line, exitCode: $0.exitCode, image: $0.image)
        }
    }

    private func answers() throws -> [String: String] {
        try progress.answers(lesson: lesson).compactMapValues { $0.answers.last }
    }

    private func images() throws -> [LearnerRecord.Image] {
        let store = try bench.store()
        return try store.list().compactMap { stored in
            guard let reference = stored.reference, let tag = reference.tag,
                let image = try? store.image(reference.description)
            else {
                return nil
            }
            let summary = AttestationReading(image).summary()
            return LearnerRecord.Image(
                repository: reference.path,
                tag: tag,
                hasSBOM: summary.sbom == .present,
                provenanceMode: summary.provenance == .present ? summary.provenanceMode?.rawValue ?? "unknown" : nil,
                dockerfile: AttestationReading(image).dockerfile
            )
        }
    }
}
