// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation

@testable import Lessons

/// A content root that a test writes, and that goes away with it.
final class Scratch {
    let root: URL

    init() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("lessons-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    func write(_ path: String, _ text: String) throws {
        let file = root.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    // The library is asked through the scratch, so that the files are still there while it reads them.

    func lesson(_ id: String) throws -> Lesson {
        try withExtendedLifetime(self) { try LessonLibrary(root: root.path).lesson(id) }
    }

    func lint(_ id: String? = nil) -> [Finding] {
        withExtendedLifetime(self) {
            let library = LessonLibrary(root: root.path)
            return id.map { library.lint($0) } ?? library.lint()
        }
    }

    func text(of step: LessonStep, in lesson: Lesson) throws -> String {
        try withExtendedLifetime(self) { try LessonLibrary(root: root.path).text(of: step, in: lesson) }
    }

    /// A small lesson that is in order.
    static let lesson = """
        format: 1
        id: tiny
        title: A tiny lesson
        summary: Nothing much.
        minutes: 5
        variables:
          - name: WHO
            prompt: Who are you?
        steps:
          - id: one
            title: One
            file: one.md
            solution: one
            hints: [Look here., Look there.]
            checks:
              - id: one.file
                title: The file can be read
                points: 1
                kind: dockerfile-parses
                message: No.
              - id: one.user
                title: It has a user
                points: 2
                requires: [one.file]
                kind: user-non-root
                message: "{who} is {color}"
                who: nobody
                deep: 3.5
                sure: true
                names: [a, b]
          - id: two
            title: Two
            file: two.md
            hints: [Think.]
            questions:
              - id: q
                text: Which?
                options:
                  - {id: a, text: This, explanation: Right.}
                  - {id: b, text: That, explanation: Wrong.}
                answer: a
            checks:
              - {id: two.q, title: Answered, points: 0, kind: quiz, question: q, message: No.}

        """

    /// Writes the small lesson with a change made to its `lesson.yaml`.
    static func tiny(replacing old: String = "", with new: String = "") throws -> Scratch {
        let scratch = try Scratch()
        let yaml = old.isEmpty ? lesson : lesson.replacingOccurrences(of: old, with: new)
        if !old.isEmpty, yaml == lesson { throw CocoaError(.featureUnsupported) }
        try scratch.write("lessons/tiny/lesson.yaml", yaml)
        try scratch.write("lessons/tiny/one.md", "# One\n\n```bash\ndocker build .\n```\n")
        try scratch.write("lessons/tiny/two.md", "# Two\n")
        try scratch.write("lessons/tiny/workspace/Dockerfile", "FROM scratch\n")
        try scratch.write("solutions/tiny/one/Dockerfile", "FROM scratch\nUSER 1\n")
        return scratch
    }
}
