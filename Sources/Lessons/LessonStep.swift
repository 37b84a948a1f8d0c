// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// One step of a lesson: a text to read, work to do, and how the work is judged.
public struct LessonStep: Sendable, Hashable, Identifiable {
    /// The stable name, unique within the lesson.
    public let id: String
    /// The title as people read it.
    public let title: String
    /// The Markdown file of the text, relative to the lesson's folder.
    public let file: String
    /// The hints, from a nudge to almost the answer.
    public let hints: [String]
    /// The name of the overlay folder under `solutions/LESSON/`; nil for a step that changes no files.
    public let solution: String?
    /// The checks, in order.
    public let checks: [LessonCheck]
    /// The questions, in order.
    public let questions: [Question]
    /// Where it stands.
    public let place: Place

    /// Makes a step.
    public init(
        id: String,
        title: String,
        file: String,
        hints: [String],
        solution: String?,
        checks: [LessonCheck],
        questions: [Question],
        place: Place
    ) {
        self.id = id
        self.title = title
        self.file = file
        self.hints = hints
        self.solution = solution
        self.checks = checks
        self.questions = questions
        self.place = place
    }

    /// A hint by its level, from 1 (a nudge) upwards; nil when there is none of that level.
    public func hint(level: Int) -> String? {
        level >= 1 && level <= hints.count ? hints[level - 1] : nil
    }

    /// The question of that id; nil when there is none.
    public func question(_ id: String) -> Question? {
        questions.first { $0.id == id }
    }

    /// The points of the checks that count.
    public var maxPoints: Int {
        checks.reduce(0) { $0 + ($1.isAdvisory ? 0 : $1.points) }
    }
}
