// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Judgements
import SeaworthyTestSupport
import Testing

@testable import Grading

@Suite("Grade book")
struct GradeBookTests {
    static let cells: [(text: String, expected: String)] = [
        ("ada", "ada"), ("", ""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("=1+1", "'=1+1"),
        ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"), ("\rx", "\"'\rx\""),
        ("\nx", "\"'\nx\""),
        ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""), ("a=b", "a=b"),
        ("line\nbreak", "\"line\nbreak\""), (" lead", "\" lead\""), ("x;y", "\"x;y\""), ("ünï", "ünï"),
    ]

    @Test("writes cells that no spreadsheet computes and every reader reads", arguments: cells)
    func cell(text: String, expected: String) { #expect(GradeBookCSV.text(text) == expected) }

    static let percents: [(points: Int, maxPoints: Int, expected: String)] = [
        (0, 0, ""), (0, 3, "0"), (3, 3, "100"), (1, 3, "33.33"), (2, 3, "66.67"), (1, 2, "50"), (1, 8, "12.5"),
        (1, 200, "0.5"), (1, 2_000, "0.05"), (1, 20_000, "0.01"), (1, 20_001, "0"), (5, 4, "125"), (-1, 2, "-50"),
        (.max, 3, ""), (.min, 3, ""), (1, .max, ""), (1, -1, ""),
    ]

    @Test("rounds percent as on paper, and leaves out what makes no sense", arguments: percents)
    func percent(points: Int, maxPoints: Int, expected: String) {
        #expect(GradeBookCSV.percent(points, of: maxPoints) == expected)
    }

    @Test("writes ids that begin a formula as text")
    func formulaID() throws {
        let grade = SubmissionGrade(
            id: "=cmd|'/C calc'!A0",
            inputDigest: nil,
            reason: SubmissionGrade.Reason(code: .noInput, message: "m", fix: nil)
        )
        let book = GradeBook(
            basis: GradingBasis(lesson: "l", lessonDigest: "", engineVersion: "", dataDigest: "", asOf: nil),
            grades: [grade]
        )
        #expect(
            String(decoding: try book.bytes(.csv), as: UTF8.self).contains("\r\n'=cmd|'/C calc'!A0,ungradable,,,\r\n")
        )
    }

    @Test("is read by Python's csv module as it was meant")
    func pythonReads() throws {
        let python = "/usr/bin/python3"
        guard FileManager.default.isExecutableFile(atPath: python) else {
            print("skipped: \(python) is not installed")
            return
        }
        let scratch = try Scratch()
        let ids = ["plain", "with,comma", "with \"quotes\"", "=1+1", "two\nlines"]
        let grades = ids.map { SubmissionGrade(id: $0, inputDigest: "d", steps: []) }
        let book = GradeBook(basis: scratch.basis, grades: grades)
        try scratch.write("grades.csv", try book.bytes(.csv))
        let result = try SeaworthyBinary.run(
            python,
            [
                "-c",
                "import csv,json,sys;print(json.dumps([r[0] for r in csv.reader(open(sys.argv[1],newline=''))]))",
                scratch.path + "/grades.csv",
            ]
        )
        let read = try JSONDecoder().decode([String].self, from: Data(result.outputBytes))
        #expect(
            read == ["id"]
                + ids.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }.map {
                    $0 == "=1+1" ? "'=1+1" : $0
                }
        )
    }

    @Test("sums up for the exit code: ungradable is not passed, unknown is not failed")
    func verdict() {
        func book(_ states: [CheckResult.State?]) -> GradeBook {
            GradeBook(
                basis: GradingBasis(lesson: "l", lessonDigest: "", engineVersion: "", dataDigest: "", asOf: nil),
                grades: states.enumerated().map { index, state in
                    guard let state else {
                        return SubmissionGrade(
                            id: "\(index)",
                            inputDigest: nil,
                            reason: .init(code: .noInput, message: "", fix: nil)
                        )
                    }
                    let check = CheckResult(id: "c", title: "c", state: state, points: 0, maxPoints: 1, message: "")
                    return SubmissionGrade(
                        id: "\(index)",
                        inputDigest: "",
                        steps: [StepReport(lesson: "l", step: "s", checks: [check])]
                    )
                }
            )
        }
        #expect(book([.passed, .passed]).verdict == .passed)
        #expect(book([.passed, .unknown]).verdict == .unknown)
        #expect(book([.unknown, .failed]).verdict == .failed)
        #expect(book([.passed, nil]).verdict == .failed)
    }

    static let outcomes: [(state: String, checks: [String: String], differences: [String])] = [
        ("failed", ["c0": "failed", "c1": "skipped"], []),
        ("failed", [:], []),
        ("passed", ["c0": "failed"], ["the submission: expected passed, found failed"]),
        (
            "failed", ["c9": "passed", "c1": "passed", "c0": "failed"],
            ["c1: expected passed, found skipped", "c9: expected passed, found no such check"]
        ),
    ]

    @Test("tells how a grade differs from what a fixture expects", arguments: outcomes)
    func tellsDifferences(state: String, checks: [String: String], differences: [String]) {
        let results: [CheckResult] = [CheckResult.State.failed, .skipped].enumerated().map { index, state in
            CheckResult(id: "c\(index)", title: "", state: state, points: 0, maxPoints: 1, message: "")
        }
        let grade = SubmissionGrade(
            id: "x",
            inputDigest: "",
            steps: [StepReport(lesson: "l", step: "s", checks: results)]
        )
        #expect(
            ExpectedOutcome(state: state, checks: checks).differences(from: grade).map(\.description) == differences
        )
    }
}
