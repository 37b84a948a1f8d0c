// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

@Suite("Grading the fixtures")
struct GraderFixtureTests {
    struct Grades: Decodable {
        struct Submission: Decodable {
            struct Step: Decodable {
                struct Check: Decodable {
                    let id: String
                    let state: String
                    let message: String
                }
                let checks: [Check]
            }
            let id: String
            let state: String
            let steps: [Step]
        }
        let submissions: [Submission]
    }

    struct Expected: Decodable {
        let state: String
        let checks: [String: String]
    }

    static let lessons = (try? Checkout.folders(in: "grader-fixtures")) ?? []

    @Test("judges a fixture as its expected.json says, by the built program", arguments: lessons)
    func fixtures(lesson: String) throws {
        let learner = try Learner()
        let folder = Learner.root + "/grader-fixtures/" + lesson
        let all = try Checkout.folders(in: "grader-fixtures/" + lesson)
        // The other half is judged without the program, by the suite of the checks.
        let cases = FixtureSample.half(1, of: all)
        #expect(cases.count * 2 + 1 >= all.count && !cases.isEmpty)
        for name in cases {
            try FileManager.default.createDirectory(
                atPath: learner.scratch.path("class"),
                withIntermediateDirectories: true
            )
            try FileManager.default.copyItem(
                atPath: folder + "/" + name,
                toPath: learner.scratch.path("class/" + name)
            )
        }
        let out = learner.scratch.path("out")
        let result = try SeaworthyBinary.run(
            ["grade", "--lesson", lesson, learner.scratch.path("class"), "--out", out, "--format", "json,csv"],
            in: learner.scratch.path,
            environment: learner.environment,
            timeout: 900
        )
        #expect(result.status == 0, "\(result.error)")
        #expect(FileManager.default.fileExists(atPath: out + "/grades.csv"))
        let written = try Data(contentsOf: URL(fileURLWithPath: out + "/grades.json"))
        let grades = try JSONDecoder().decode(Grades.self, from: written)
        #expect(grades.submissions.map(\.id).sorted() == cases)
        for grade in grades.submissions {
            let file = URL(fileURLWithPath: "\(folder)/\(grade.id)/expected.json")
            let expected = try JSONDecoder().decode(Expected.self, from: Data(contentsOf: file))
            // What failed and earned points all the same is called so.
            let state = grade.state == "partly" ? "failed" : grade.state
            #expect(state == expected.state, "\(grade.id)")
            let judged = Dictionary(grade.steps.flatMap(\.checks).map { ($0.id, $0) }) { first, _ in first }
            for (id, state) in expected.checks.sorted(by: { $0.key < $1.key }) {
                #expect(judged[id]?.state == state, "\(grade.id) \(id): \(judged[id]?.message ?? "not judged")")
            }
        }
    }
}
