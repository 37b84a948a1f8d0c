// SPDX-License-Identifier: Apache-2.0

package import ImageAnalysis
import ImageLayouts
import LessonChecks
package import Lessons
import OCISpec

/// Finds the image that a learner built for a step from the Dockerfile as it is now.
package struct BuiltImageFinder {
    private let step: LessonStep
    private let bench: Workbench

    package init(_ step: LessonStep, on bench: Workbench) {
        self.step = step
        self.bench = bench
    }

    /// The analysis of that image; nil when the step asks for none, when there is none, or when it was built from another
    /// Dockerfile.
    ///
    /// An image without provenance cannot say what it was built from: under the step's own name it is taken at its word.
    package func analysis(of dockerfile: [UInt8]) throws -> AnalysisReport? {
        guard let wanted = step.wantedImage else { return nil }
        let store = try bench.store()
        for stored in try store.list().reversed() {
            guard let reference = stored.reference,
                wanted.matches(repository: reference.path, tag: reference.tag)
            else { continue }
            let image = try store.image(reference.description)
            if let source = AttestationReading(image).dockerfile, source != dockerfile { continue }
            return try bench.analyzer().analyze(image, name: reference.familiar)
        }
        return nil
    }
}
