// SPDX-License-Identifier: Apache-2.0

import BillOfMaterials
import Diagnostics
import ImageAnalysis
import ImageLayouts
import LessonChecks
import Lessons
import OCISpec

/// Finds the image that a learner built for a step from the Dockerfile as it is now.
struct BuiltImageFinder {
    private let session: LearnerSession
    private let engine: Engine

    init(_ session: LearnerSession, _ engine: Engine) {
        self.session = session
        self.engine = engine
    }

    /// The analysis of that image; nil when the step asks for none, when there is none, or when it was built from another
    /// Dockerfile.
    ///
    /// An image without provenance cannot say what it was built from: under the step's own name it is taken at its word.
    func analysis(of dockerfile: [UInt8]) throws -> AnalysisReport? {
        guard let wanted = session.step.wantedImage else { return nil }
        let store = try engine.store()
        for stored in try store.list().reversed() {
            guard let reference = stored.reference,
                wanted.matches(repository: reference.path, tag: reference.tag)
            else { continue }
            let image = try store.image(reference.description)
            if let source = AttestationReading.dockerfile(image), source != dockerfile { continue }
            return try engine.analyzer().analyze(image, name: reference.familiar)
        }
        return nil
    }
}
