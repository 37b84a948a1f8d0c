// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

/// A class that hands in, and its grades by the built program.
struct GradedClass {
    let scratch: ScratchFolder
    var folder: String { scratch.path("class") }

    init() throws { scratch = try ScratchFolder() }

    static let lesson = "securing-your-image"
    /// The last step's solution, which has all points.
    static let solution = text("solutions/\(lesson)/hardened-images/Dockerfile")
    /// What the lesson begins with.
    static let starter = text("lessons/\(lesson)/workspace/Dockerfile")

    private static func text(_ path: String) -> String {
        (try? String(contentsOfFile: Learner.root + "/" + path, encoding: .utf8)) ?? ""
    }

    func write(_ name: String, _ text: String) throws { try scratch.write("class/" + name, text) }
    func write(_ name: String, _ bytes: [UInt8]) throws { try scratch.write("class/" + name, bytes) }

    /// Grades the class, or what is named.
    func grade(
        _ paths: [String]? = nil,
        _ arguments: [String] = [],
        environment: [String: String?] = [:],
        out: String = "out"
    ) throws -> Grades {
        let result = try run(paths, arguments, environment: environment, out: out)
        #expect(result.status == 0, "\(result.error)")
        return try JSONDecoder().decode(Grades.self, from: Data(bytes(out)))
    }

    func run(
        _ paths: [String]? = nil,
        _ arguments: [String] = [],
        environment: [String: String?] = [:],
        out: String = "out"
    ) throws -> SeaworthyBinary.Result {
        var all: [String: String?] = [
            "SEAWORTHY_HOME": scratch.path("home"), "SEAWORTHY_CONTENT": Learner.root, "NO_COLOR": "1",
            "SOURCE_DATE_EPOCH": nil, "SEAWORTHY_WORKSPACE": nil,
        ]
        all.merge(environment) { _, new in new }
        return try SeaworthyBinary.run(
            ["grade", "--lesson", Self.lesson, "--out", scratch.path(out)] + arguments + (paths ?? [folder]),
            in: scratch.path,
            environment: all,
            timeout: 600
        )
    }

    /// The grades as they were written.
    func bytes(_ out: String = "out") throws -> [UInt8] { try scratch.read(out + "/grades.json") }
}

/// `grades.json`, as a driver reads it.
struct Grades: Decodable {
    struct Row: Decodable {
        struct Reason: Decodable {
            let message: String
            let fix: String?
        }
        struct Archive: Decodable {
            let path: String
            let used: Bool
            let reason: String
        }
        struct Step: Decodable {
            struct Check: Decodable {
                let id: String
                let state: String
                let message: String
            }
            let step: String
            let asOf: String?
            let checks: [Check]
        }
        let id: String
        let path: String?
        let inputDigest: String?
        let state: String
        let points: Int?
        let maxPoints: Int?
        let reason: Reason?
        let dockerfile: String?
        let filled: [String]
        let archives: [Archive]
        let candidates: [String]
        let notes: [String]
        let attempt: Int?
        let late: Bool
        let steps: [Step]

        /// The row in one line: state, points and the file that was judged.
        var line: String {
            ([state] + [points.map(String.init), dockerfile].compactMap(\.self)).joined(separator: " ")
        }
    }
    struct Passed: Decodable {
        let name: String
        let reason: String
    }
    struct Roster: Decodable {
        let people: Int
        let missing: [String]
        let unmatched: [String]
    }
    let asOf: String
    let submissions: [Row]
    let ignored: [Passed]
    let roster: Roster?
    let summary: [String: Int]

    subscript(id: String) -> Row? { submissions.first { $0.id == id } }

    /// The rows by id, each in one line.
    var lines: [String: String] { Dictionary(submissions.map { ($0.id, $0.line) }) { first, _ in first } }
}
