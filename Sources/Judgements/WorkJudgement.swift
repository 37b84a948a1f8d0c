// SPDX-License-Identifier: Apache-2.0

/// What judging one submission came to: the steps, and what they were judged by.
public struct WorkJudgement: Sendable, Hashable {
    /// The reports of the graded steps, in the lesson's order.
    public let steps: [StepReport]
    /// The files of the lesson that the work did not bring, and that stood in for it: paths in the folder of the Dockerfile, sorted.
    public let filled: [String]
    /// The archives of images that lay beside the Dockerfile, and whether they counted.
    public let archives: [ArchiveUse]

    /// Most judges need nothing but the steps.
    public init(steps: [StepReport], filled: [String] = [], archives: [ArchiveUse] = []) {
        self.steps = steps
        self.filled = filled
        self.archives = archives
    }
}

/// The archive of an image in a folder of work, and whether the work was judged by it.
public struct ArchiveUse: Sendable, Hashable, Codable {
    /// The path in the folder of work.
    public let path: String
    /// Whether it was judged.
    public let used: Bool
    /// Why, or why not, in one sentence.
    public let reason: String

    /// An archive that was looked at.
    public init(path: String, used: Bool, reason: String) {
        self.path = path
        self.used = used
        self.reason = reason
    }
}
