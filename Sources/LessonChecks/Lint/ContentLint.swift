// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Lessons

/// What is wrong with lessons, as far as it can be told without running the engine: their form, and their checks.
public struct ContentLint: Sendable {
    private let library: LessonLibrary

    /// Takes the lessons to look at; a library that knows the kinds of checks has their parameters looked at as well.
    public init(_ library: LessonLibrary) { self.library = library }

    /// What is wrong with all lessons, in the order of lessons and files.
    public func findings() -> [Finding] { library.lessonIDs.flatMap { findings(of: $0) } }

    /// What is wrong with one lesson. Nothing is thrown: a lesson that cannot be read is a finding too.
    public func findings(of lessonID: String) -> [Finding] {
        let form = library.lint(lessonID)
        guard let reading = try? library.reading(lessonID), let lesson = reading.lesson else { return form }
        var lint = CheckLint(library: library, lesson: lesson, file: reading.file)
        lint.run()
        return form + lint.findings
    }
}
