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

    @Test(
        "judges every fixture as its expected.json says, and writes the same bytes ten years later in another locale",
        arguments: lessons
    )
    func fixtures(lesson: String) throws {
        let learner = try Learner()
        let folder = Learner.root + "/grader-fixtures/" + lesson
        var outputs: [Data] = []
        for name in ["one", "two"] {
            let out = learner.scratch.path(name)
            let isLater = name == "two"
            let result = try SeaworthyBinary.run(
                ["grade", "--lesson", lesson, folder, "--out", out, "--format", "json,csv"],
                in: learner.scratch.path,
                environment: learner.environment.merging(
                    isLater ? ["SOURCE_DATE_EPOCH": "2100000000", "LC_ALL": "C", "TZ": "Asia/Tokyo"] : [:]
                ) { $1 },
                timeout: 600
            )
            #expect(result.status == 0, "\(result.error)")
            outputs.append(try Data(contentsOf: URL(fileURLWithPath: out + "/grades.json")))
            #expect(FileManager.default.fileExists(atPath: out + "/grades.csv"))
        }
        #expect(outputs[0] == outputs[1])
        let grades = try JSONDecoder().decode(Grades.self, from: outputs[0])
        let cases = try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.sorted()
        #expect(!cases.isEmpty)
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
