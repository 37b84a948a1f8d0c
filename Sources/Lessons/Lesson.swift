// SPDX-License-Identifier: Apache-2.0

/// A lesson as its folder describes it: steps in order, each with a text, hints, checks and questions.
public struct Lesson: Sendable, Hashable, Identifiable {
    /// The stable name, which is also the name of the lesson's folder.
    public let id: String
    /// The title as people read it.
    public let title: String
    /// What one learns, in one sentence.
    public let summary: String
    /// About how many minutes it takes; nil when nobody said.
    public let minutes: Int?
    /// The version of the format that `lesson.yaml` is written in.
    public let format: Int
    /// The values that the lesson asks the learner for, in order.
    public let variables: [LessonVariable]
    /// Patterns of files in a workspace that are never handed in, in the form of a `.dockerignore`.
    public let privateFiles: [String]
    /// The steps, in order.
    public let steps: [LessonStep]

    /// A lesson that was read; whether it is sound is for the lint to say.
    public init(
        id: String,
        title: String,
        summary: String,
        minutes: Int?,
        format: Int,
        variables: [LessonVariable],
        privateFiles: [String] = [],
        steps: [LessonStep]
    ) {
        self.id = id
        self.title = title
        self.summary = summary
        self.minutes = minutes
        self.format = format
        self.variables = variables
        self.privateFiles = privateFiles
        self.steps = steps
    }

    /// The versions of the format that this program reads.
    public static let supportedFormats = 1...1

    /// The step of that name; nil when there is none.
    public func step(_ id: String) -> LessonStep? {
        steps.first { $0.id == id }
    }

    /// The place of a step, from 0; nil when there is none of that name.
    public func index(ofStep id: String) -> Int? {
        steps.firstIndex { $0.id == id }
    }

    /// All checks of all steps, in order.
    public var checks: [LessonCheck] {
        steps.flatMap(\.checks)
    }

    /// The check of that id; nil when there is none.
    public func check(_ id: String) -> LessonCheck? {
        for step in steps {
            if let check = step.checks.first(where: { $0.id == id }) { return check }
        }
        return nil
    }

    /// The points of all checks that count.
    public var maxPoints: Int {
        steps.reduce(0) { $0 + $1.maxPoints }
    }
}
