// SPDX-License-Identifier: Apache-2.0

public import BaseImages
public import Diagnostics
public import ImageAnalysis
public import Lessons
public import OCISpec

/// All that a step's checks can look at.
public struct CheckInput: Sendable {
    /// The Dockerfile and its symbolic build; nil when there is no Dockerfile.
    public let work: WorkEvidence?
    /// Where a Dockerfile was looked for, for the message when there is none.
    public let dockerfilePath: WorkPath
    /// The analysis of the image that the work makes; nil when there is no image.
    public let analysis: AnalysisReport?
    /// Whether that image was never built: its analysis is what the Dockerfile would come to.
    public let isPredicted: Bool
    /// What is known of base images.
    public let facts: any BaseImageFacts
    /// The learner's own record; nil when a bare submission is graded.
    public let record: LearnerRecord?
    /// Finds the recorded compressed size of a base image, for comparisons.
    public let sizeOfBase: @Sendable (ImageReference) -> RecordedSize?
    /// The step, for its questions.
    public let step: LessonStep

    /// Takes all of it.
    public init(
        work: WorkEvidence?,
        dockerfilePath: WorkPath,
        analysis: AnalysisReport?,
        isPredicted: Bool = false,
        facts: any BaseImageFacts,
        record: LearnerRecord?,
        sizeOfBase: @escaping @Sendable (ImageReference) -> RecordedSize?,
        step: LessonStep
    ) {
        self.work = work
        self.dockerfilePath = dockerfilePath
        self.analysis = analysis
        self.isPredicted = isPredicted
        self.facts = facts
        self.record = record
        self.sizeOfBase = sizeOfBase
        self.step = step
    }

    var noDockerfile: Judgement {
        Judgement(
            .failed,
            "There is no Dockerfile at \(dockerfilePath).",
            found: "No file",
            fix: "Put your Dockerfile there, or go back to the starter with `seaworthy reset`.",
            evidence: [Evidence(kind: .workspaceFile, in: dockerfilePath, detail: "not there")]
        )
    }
}
