// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Judgements
import SeaworthyTestSupport
import Testing

@testable import Grading

/// What every form of a grade book promises.
@Suite("Every grade book format")
struct GradeBookFormatTests {
    static let names = GradeBookFormatRegistry.all.map(\.name)

    /// One submission of each state, with names that are no friend of any format.
    static let book = GradeBook(
        basis: GradingBasis(lesson: "l", lessonDigest: "d", engineVersion: "1", dataDigest: "e", asOf: "2026-10-01"),
        grades: [
            grade("ada", .passed, points: 2), grade("=1+1,\"x\"", .failed, points: 0),
            grade("ünï\u{202E}\n2", .unknown, points: 0),
            SubmissionGrade(id: "lost", inputDigest: nil, reason: .init(code: .noInput, message: "no; file", fix: nil)),
        ],
        ignored: []
    )

    private static func grade(_ id: String, _ state: CheckResult.State, points: Int) -> SubmissionGrade {
        let check = CheckResult(id: "c", title: "t", state: state, points: points, maxPoints: 2, message: "m")
        return SubmissionGrade(id: id, inputDigest: "i", steps: [StepReport(lesson: "l", step: "s", checks: [check])])
    }

    private func format(_ name: String) throws -> any GradeBookFormat {
        try #require(GradeBookFormatRegistry.format(named: name))
    }

    @Test("stands in the registry once, in a file of its name, and writes a file of its own")
    func registered() throws {
        let all = GradeBookFormatRegistry.all
        #expect(
            try Checkout.names(in: "Sources/Grading/Formats", endingIn: ".swift")
                == all.map { String(describing: type(of: $0)) }.sorted()
        )
        #expect(Set(Self.names).count == all.count)
        let places = all.map(\.place)
        #expect(Set(places).count == all.count)
        #expect(places.allSatisfy { !$0.contains("/") && !$0.hasPrefix(".") })
        #expect(Set(places).isDisjoint(with: ["grades.sqlite", "grades.lock", "earlier"]))
        for format in all {
            let files = try format.files(Self.book).map(\.path)
            #expect(Set(files).count == files.count)
            #expect(files.allSatisfy { $0 == format.place || $0.hasPrefix(format.place + "/") })
            #expect(files.allSatisfy { !$0.contains("//") && !$0.contains("/.") && !$0.contains("\n") })
        }
    }

    @Test("writes the same bytes for the same book, whatever order the grades came in", arguments: names)
    func deterministic(name: String) throws {
        let book = Self.book
        let other = GradeBook(basis: book.basis, grades: book.grades.reversed(), ignored: book.ignored)
        #expect(try format(name).files(book) == format(name).files(other))
    }

    @Test("writes what is kept beside the tests", arguments: names)
    func golden(name: String) throws {
        let format = try format(name)
        var text = ""
        let files = try format.files(Self.book)
        for file in files {
            let content = String(decoding: file.bytes, as: UTF8.self)
            text += files.count == 1 ? content : "== \(file.path)\n\(content)"
        }
        for grade in Self.book.grades where grade.id.allSatisfy(\.isLetter) { #expect(text.contains(grade.id)) }
        try GoldenFile.check(text, named: files.count == 1 ? format.place : format.place + ".txt")
    }

    @Test("writes one document, or no file at all, of an empty book", arguments: names)
    func empty(name: String) throws {
        let book = GradeBook(basis: Self.book.basis, grades: [], ignored: [])
        let files = try format(name).files(book)
        #expect(try format(name) is any GradeBookFolder ? files.isEmpty : files.count == 1)
    }

    @Test("is known by its exact word only", arguments: ["", "JSON", "json,csv", " csv"])
    func unknown(name: String) { #expect(GradeBookFormatRegistry.format(named: name) == nil) }
}
