// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A lesson as far as it can be read, for those who want to know all that is wrong with it.
public struct LessonReading: Sendable {
    /// Its `lesson.yaml`.
    public let file: String
    /// The lesson; nil when the file is not even a mapping.
    public let lesson: Lesson?
    /// What is wrong with the file, in its order.
    public let findings: [Finding]
}
