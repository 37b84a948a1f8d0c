// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

@testable import Lessons

/// What every lesson promises; a lesson is registered by its folder.
@Suite("Every lesson")
struct LessonCompatibilityTests {
    static let library = LessonLibrary(root: Checkout.root.path)
    static let lessons = (try? Checkout.folders(in: "lessons")) ?? []

    @Test("is found by its folder, which has its name; solutions and fixtures are of no others")
    func found() throws {
        #expect(!Self.lessons.isEmpty)
        #expect(Self.library.lessonIDs == Self.lessons)
        #expect(try Self.library.lessons().map(\.id) == Self.lessons)
        for folder in ["solutions", "grader-fixtures"] { #expect(try Checkout.folders(in: folder) == Self.lessons) }
    }

    @Test("has a starter, and a solution that changes it wherever work is checked", arguments: lessons)
    func solutions(id: String) throws {
        let lesson = try Self.library.lesson(id)
        #expect(Self.library.starter(of: id) != nil)
        let named = Set(lesson.steps.compactMap(\.solution))
        #expect(try Set(Checkout.folders(in: "solutions/\(id)")) == named)
        for step in lesson.steps where step.solution != nil {
            #expect(!Self.library.solutionFiles(of: step, in: lesson).isEmpty, "\(step.id)")
        }
    }

    @Test("has a title, points, and a text to each step that fits the terminal", arguments: lessons)
    func texts(id: String) throws {
        let lesson = try Self.library.lesson(id)
        #expect(!lesson.title.isEmpty && lesson.maxPoints > 0)
        #expect(Set(lesson.steps.map(\.id)).count == lesson.steps.count)
        for step in lesson.steps { #expect(try !Self.library.text(of: step, in: lesson).isEmpty, "\(step.id)") }
    }

    @Test("has fixtures, and one of them passes", arguments: lessons)
    func fixtures(id: String) throws {
        let fixtures = try Self.library.fixtures(of: id)
        #expect(fixtures.contains { $0.expected.state == "passed" })
        #expect(fixtures.allSatisfy { FileManager.default.fileExists(atPath: $0.submission) })
    }
}
