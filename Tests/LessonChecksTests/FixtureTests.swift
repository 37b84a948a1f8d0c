// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Judgements
import Lessons
import SeaworthyTestSupport
import Testing
import Workspaces

@testable import LessonChecks

@Suite("The lesson's fixtures")
struct FixtureTests {
    struct Expected: Decodable {
        let state: Verdict
        let checks: [String: String]
    }

    static let folder = "\(CheckFixture.root)/grader-fixtures/\(CheckFixture.lessonID)"
    static let cases = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()

    @Test("are judged as they say", arguments: FixtureSample.half(0, of: cases))
    func judged(name: String) throws {
        let path = "\(Self.folder)/\(name)"
        let data = try Data(contentsOf: URL(fileURLWithPath: path + "/expected.json"))
        let expected = try JSONDecoder().decode(Expected.self, from: data)
        let files = try WorkFiles(reading: path + "/submission", limits: .submission)
        let reports = try CheckFixture.judge().judgeSubmission(files)
        let checks = reports.flatMap(\.checks)
        for (id, state) in expected.checks.sorted(by: { $0.key < $1.key }) {
            let check = checks.first { $0.id == id }
            #expect(check?.state.rawValue == state, "\(name) \(id): \(check?.message ?? "not judged")")
        }
        #expect(StepReport.state(of: checks) == expected.state, "\(name)")
    }

    @Test("are there, and each check that work decides fails in one of them")
    func complete() throws {
        #expect(Self.cases.count >= 240)
        var failing: Set<String> = []
        for name in Self.cases {
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/\(name)/expected.json"))
            let expected = try JSONDecoder().decode(Expected.self, from: data)
            failing.formUnion(expected.checks.filter { $0.value == "failed" }.keys)
        }
        let lesson = try CheckFixture.library().lesson(CheckFixture.lessonID)
        for check in lesson.workChecks {
            #expect(failing.contains(check.id), "no fixture fails \(check.id)")
        }
    }

    @Test("are right and wrong in about equal number, and README.md says how many there are")
    func counted() throws {
        let fixtures = try CheckFixture.library().fixtures(of: CheckFixture.lessonID)
        let right = fixtures.count { $0.expected.state == "passed" }
        let wrong = fixtures.count { $0.expected.state == "failed" }
        #expect(abs(right - wrong) * 4 < fixtures.count, "\(right) right, \(wrong) wrong")
        let readme = try String(contentsOfFile: CheckFixture.root + "/README.md", encoding: .utf8)
        #expect(readme.contains("`grader-fixtures/\(CheckFixture.lessonID)/` holds \(fixtures.count) answers"))
    }

    @Test("say what each check on the work comes to, and each state is among them")
    func said() throws {
        let library = CheckFixture.library()
        let lesson = try library.lesson(CheckFixture.lessonID)
        let needed = Set(lesson.workChecks.filter { !$0.isAdvisory }.map(\.id))
        #expect(needed.count == 13)
        let fixtures = try library.fixtures(of: lesson.id)
        for fixture in fixtures {
            #expect(needed.isSubset(of: fixture.expected.checks.keys), "\(fixture.id)")
            #expect(!fixture.expected.note.isEmpty)
        }
        #expect(Set(fixtures.map(\.expected.state)) == ["passed", "failed", "unknown"])
    }
}
