// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import JSONValues
import Judgements
import SeaworthyTestSupport
import Submissions
import Testing

@testable import Grading

/// What other people's gradebooks read of ours, by the rules of each.
@Suite("Exports of a grade book")
struct GradeBookExportsTests {
    /// A class with everything that can become of a submission.
    static let book: GradeBook = {
        let ada = SubmissionOwner.Person(
            name: "Ada, Countess",
            identifiers: [.init(.site, "101"), .init(.login, "ada"), .init(.email, "ada@example.org")]
        )
        let eve = SubmissionOwner.Person(name: "=1+1", identifiers: [.init(.school, "S7")])
        func check(_ id: String, _ state: CheckResult.State, _ points: Int, of most: Int, advice: Bool = false)
            -> CheckResult
        {
            CheckResult(
                id: id,
                title: "Title of \(id)",
                state: state,
                points: points,
                maxPoints: most,
                message: "It is <so> & \"so\"\u{1}.",
                fix: state == .passed ? nil : "Mend it.",
                evidence: [Evidence(kind: .dockerfile, file: "Dockerfile", line: 7, detail: "USER root")],
                isAdvisory: advice
            )
        }
        func grade(_ id: String, _ checks: [CheckResult], _ people: [SubmissionOwner.Person]) -> SubmissionGrade {
            SubmissionGrade(
                id: id,
                inputDigest: "sha256:0",
                steps: [StepReport(lesson: "l", step: "s", checks: checks)],
                details: SubmissionDetails(path: id, people: people)
            )
        }
        func lost(_ id: String, _ state: SubmissionGrade.State) -> SubmissionGrade {
            let reason = SubmissionGrade.Reason(
                code: .noInput,
                message: "nothing to judge",
                fix: "Hand in a Dockerfile."
            )
            return SubmissionGrade(id: id, inputDigest: nil, reason: reason, state: state)
        }
        return GradeBook(
            basis: GradingBasis(
                lesson: "l",
                lessonDigest: "d",
                engineVersion: "1",
                dataDigest: "e",
                asOf: "2026-10-01"
            ),
            grades: [
                grade("full", [check("a", .passed, 2, of: 2), check("b", .passed, 3, of: 3)], [ada]),
                grade("half", [check("a", .passed, 2, of: 2), check("b", .failed, 0, of: 3)], [ada, eve]),
                grade("open", [check("a", .passed, 2, of: 2), check("b", .unknown, 0, of: 3)], []),
                grade("advised", [check("a", .passed, 2, of: 2), check("b", .failed, 0, of: 0, advice: true)], []),
                grade("none", [check("a", .failed, 0, of: 2), check("b", .skipped, 0, of: 3)], []),
                lost("damaged", .ungradable), lost("two", .ambiguous), lost("absent", .missing),
                lost("bomb", .overLimit),
            ]
        )
    }()

    private func file(_ format: some GradeBookFolder, _ id: String) throws -> JSONValue {
        let grade = try #require(Self.book.grades.first { $0.id == id })
        return try JSONValue(parsing: format.bytes(grade, of: Self.book))
    }

    /// The rows as another reader of CSV sees them; nil where there is no Python.
    private func rows(_ format: some GradeBookDocument) throws -> [[String]]? {
        let python = "/usr/bin/python3"
        guard FileManager.default.isExecutableFile(atPath: python) else { return nil }
        let scratch = try Scratch()
        let path = scratch.path + "/table.csv"
        try Data(format.bytes(Self.book)).write(to: URL(fileURLWithPath: path))
        let script = "import csv,json,sys; print(json.dumps(list(csv.reader(open(sys.argv[1], newline='')))))"
        let result = try SeaworthyBinary.run(python, ["-c", script, path])
        return try JSONValue(parsing: result.outputBytes).array?.map { $0.array?.compactMap(\.string) ?? [] }
    }

    @Test("Canvas gets a row a person, and no cell for what a person has to look at")
    func canvas() throws {
        guard let rows = try rows(CanvasCSV()) else { return }
        #expect(rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "l"])
        #expect(rows[1] == ["    Points Possible", "", "", "", "", "5"])
        let people = Dictionary(grouping: rows.dropFirst(2), by: { $0[0] })
        #expect(people["Ada, Countess"]?.map { $0[5] } == ["5", "2"])
        #expect(people["Ada, Countess"]?.first.map { Array($0[1...3]) } == ["101", "", "ada"])
        #expect(people["'=1+1"]?.first.map { Array($0[1...5]) } == ["", "S7", "", "", "2"])
        #expect(["open", "damaged", "two", "absent", "bomb"].allSatisfy { people[$0]?.first?[5].isEmpty == true })
        #expect(people["none"]?.first?[5] == "0" && people["advised"]?.first?[5] == "2")
    }

    @Test("Moodle gets a grade with its feedback, or neither")
    func moodle() throws {
        guard let rows = try rows(MoodleCSV()) else { return }
        #expect(rows[0].first == "Identifier" && rows[0].contains("Grade") && rows[0].contains("Last modified (grade)"))
        for row in rows.dropFirst() {
            #expect(row.count == rows[0].count)
            #expect(row[4].isEmpty == row[7].isEmpty, "\(row)")
        }
        #expect(rows.contains { $0[0] == "Participant 101" && $0[3] == "ada@example.org" && $0[4] == "5" })
        #expect(rows.contains { $0[1] == "none" && $0[4] == "0" } && rows.contains { $0[1] == "open" && $0[4].isEmpty })
    }

    static let ids = book.grades.map(\.id)

    @Test("Gradescope gets tests that add up, and no zero that nobody earned", arguments: ids)
    func gradescope(id: String) throws {
        let grade = try #require(Self.book.grades.first { $0.id == id })
        let document = try file(GradescopeResults(), id)
        let tests = try #require(document["tests"]?.array)
        #expect(document["score"] == nil && !tests.isEmpty)
        #expect(tests.compactMap { $0["score"]?.int }.reduce(0, +) == grade.points ?? 0)
        #expect(tests.compactMap { $0["max_score"]?.int }.reduce(0, +) == grade.maxPoints ?? 0)
        #expect(tests.allSatisfy { ["passed", "failed"].contains($0["status"]?.string ?? "") })
    }

    @Test("PrairieLearn gets a score from 0 to 1 and points on every test, or nothing to grade", arguments: ids)
    func prairieLearn(id: String) throws {
        let grade = try #require(Self.book.grades.first { $0.id == id })
        let document = try file(PrairieLearnResults(), id)
        #expect(document["gradable"]?.bool == grade.state.isJudged)
        guard grade.state.isJudged else {
            #expect(document["score"] == nil && document["format_errors"]?.array?.isEmpty == false)
            return
        }
        let tests = try #require(document["tests"]?.array)
        #expect(tests.allSatisfy { $0["points"]?.int != nil && $0["max_points"]?.int != nil })
        guard case .number(let text)? = document["score"], let score = Double(text) else {
            Issue.record("there is no score")
            return
        }
        #expect((0...1).contains(score) && (score == 1) == (grade.points == grade.maxPoints))
    }

    static let progress: [(id: String, progress: String, isGiven: Bool)] = [
        ("full", "FullyGraded", true), ("half", "FullyGraded", true), ("none", "FullyGraded", true),
        ("open", "PendingManual", false), ("damaged", "Failed", false), ("two", "PendingManual", false),
        ("absent", "NotReady", false), ("bomb", "Failed", false), ("advised", "FullyGraded", true),
    ]

    @Test("LTI gets a score where nothing waits for a person", arguments: progress)
    func lti(id: String, progress: String, isGiven: Bool) throws {
        let document = try file(LTIScores(), id)
        let score = try #require(document.array?.first ?? document)
        #expect(score["gradingProgress"]?.string == progress)
        #expect((score["scoreGiven"] != nil) == isGiven && (score["scoreMaximum"] != nil) == isGiven)
        #expect(document.array?.count == (id == "half" ? 2 : nil))
    }

    @Test("GitHub Classroom gets points that add up", arguments: ids)
    func gitHub(id: String) throws {
        let grade = try #require(Self.book.grades.first { $0.id == id })
        let document = try file(GitHubClassroomResults(), id)
        let tests = try #require(document["tests"]?.array)
        #expect(document["version"]?.int == 1 && document["max_score"]?.int == grade.maxPoints ?? 0)
        #expect(tests.compactMap { $0["score"]?.int }.reduce(0, +) == grade.points ?? 0)
        let status = document["status"]?.string
        #expect((status == "pass") == (grade.state == .passed))
        #expect(grade.state.isJudged || status == "error")
    }

    @Test("JUnit's counts are those of its cases, as another reader of XML sees them")
    func junit() throws {
        let python = "/usr/bin/python3"
        guard FileManager.default.isExecutableFile(atPath: python) else { return }
        let scratch = try Scratch()
        let path = scratch.path + "/junit.xml"
        try Data(JUnitReport().bytes(Self.book)).write(to: URL(fileURLWithPath: path))
        let script =
            """
            import sys, xml.etree.ElementTree as E
            for s in E.parse(sys.argv[1]).getroot():
                c = s.findall('testcase')
                n = [len(c)] + [sum(x.find(k) is not None for x in c) for k in ('failure', 'error', 'skipped')]
                assert [int(s.get(k)) for k in ('tests', 'failures', 'errors', 'skipped')] == n, s.attrib
                print(s.get('name'), *n)
            """
        let result = try SeaworthyBinary.run(python, ["-c", script, path])
        #expect(result.status == 0, "\(result.error)")
        let lines = Set(result.output.split(separator: "\n").map(String.init))
        #expect(
            lines.isSuperset(of: [
                "full 2 0 0 0", "half 2 1 0 0", "open 2 0 1 0", "advised 2 0 0 1", "none 2 1 0 1", "bomb 1 0 1 0",
            ])
        )
    }

    static let names: [(id: String, name: String)] = [
        ("ada", "ada"), ("Ünï 1", "Ünï 1"), ("a/b", "a%2Fb"), ("..", "%2E."), (".x", "%2Ex"), ("a\nb", "a%0Ab"),
        ("", "%"),
        ("%", "%25"), ("a\u{0}b", "a%00b"), ("x:y", "x%3Ay"), ("=1+1", "%3D1+1"),
    ]

    @Test("names of submissions become names of files that no other has", arguments: names)
    func fileName(id: String, name: String) { #expect(LTIScores.fileName(id) == name) }

    @Test("a name too long for a file system is cut, and still its own")
    func longName() {
        let long = String(repeating: "ä/", count: 200)
        #expect(LTIScores.fileName(long).utf8.count <= 200)
        #expect(LTIScores.fileName(long) != LTIScores.fileName(long + "x"))
    }
}
