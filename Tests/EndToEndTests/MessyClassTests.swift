// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

@Suite("A class in all its forms")
struct MessyClassTests {
    /// How many submissions are made; `make soak` makes 200.
    private static let count =
        ProcessInfo.processInfo.environment["SEAWORTHY_TEST_SUBMISSIONS"].flatMap { Int($0) } ?? 40
    private static let seed = ProcessInfo.processInfo.environment["SEAWORTHY_TEST_SEED"].flatMap { UInt64($0) } ?? 2026

    @Test("loses no row, leaves no right work below full points, and lifts no wrong one above its own")
    func judged() throws {
        let graded = try GradedClass()
        for (number, work) in MessyClass.works.enumerated() { try graded.write("w\(number)/Dockerfile", work) }
        let plain = try graded.grade(out: "plain")
        let points = MessyClass.works.indices.map { plain["w\($0)"]?.points }
        for (number, found) in points.enumerated() {
            #expect(number % 2 == 0 ? found == 30 : (found ?? 30) < 30, "work \(number) has \(found ?? -1)")
        }
        let messy = try MessyClass(Self.count, seed: Self.seed, in: graded.scratch)
        let grades = try graded.grade(messy.paths)
        #expect(grades.submissions.count == messy.people.count)
        for person in messy.people {
            let rows = grades.submissions.filter { $0.id.contains(person.key) }
            #expect(rows.count == 1, "\(person.key): \(rows.map(\.id))")
            guard let row = rows.first else { continue }
            let about =
                "\(row.id) \(row.path ?? "") work \(person.work): \(row.line) \(row.reason?.message ?? "") \(row.notes)"
            #expect(row.points == points[person.work], "\(about)")
            #expect((row.state == "passed") == person.isRight, "\(about)")
        }
    }

    @Test("has the same grades at any clock, in any locale, as any user")
    func identical() throws {
        let graded = try GradedClass()
        let messy = try MessyClass(10, seed: Self.seed &+ 1, in: graded.scratch)
        _ = try graded.grade(messy.paths)
        let first = try graded.bytes()
        let worlds: [[String: String?]] = [
            ["SOURCE_DATE_EPOCH": "1770000000"], ["SOURCE_DATE_EPOCH": "1811000000", "LC_ALL": "C", "LANG": nil],
            ["SOURCE_DATE_EPOCH": "2100000000", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"],
        ]
        for (index, world) in worlds.enumerated() {
            _ = try graded.grade(messy.paths.reversed(), environment: world, out: "out\(index)")
            #expect(try graded.bytes("out\(index)") == first, "world \(index)")
        }
        _ = try graded.grade(messy.paths, ["--as-of", "2030-01-01"], out: "later")
        #expect(try graded.bytes("later") != first, "another day is another judgement")
    }
}

@Suite("The day")
struct DayTests {
    @Test("of lessons, grades and scout in a lesson is that of the data; elsewhere it is today's, and the age is said")
    func named() throws {
        let learner = try Learner()
        try learner.learn()
        try learner.write(GradedClass.solution)
        func check(_ more: [String] = [], clock: String) throws -> CheckedDay {
            let result = try SeaworthyBinary.run(
                ["check", "--step", "hardened-images", "--json"] + more,
                in: learner.workspace,
                environment: learner.environment.merging(["SOURCE_DATE_EPOCH": clock]) { $1 }
            )
            return try JSONDecoder().decode(CheckedDay.self, from: Data(result.outputBytes))
        }
        let (now, later) = (try check(clock: "1795000000"), try check(clock: "2100000000"))
        #expect(now.asOf == later.asOf && now.points == later.points && now.state == later.state)
        let graded = try GradedClass()
        try graded.write("ada/Dockerfile", GradedClass.solution)
        let grades = try graded.grade(environment: ["SOURCE_DATE_EPOCH": "2100000000"])
        #expect(grades.asOf == now.asOf && grades["ada"]?.steps.allSatisfy { $0.asOf == now.asOf } == true)
        #expect(try check(["--as-of", "2031-02-03"], clock: "1795000000").asOf == "2031-02-03")
        for bad in ["tomorrow", "2026-13-01", "2026-02-30", "", "2026-1-1"] {
            #expect(try learner.seaworthy(["check", "--as-of", bad]).status == 64, "\(bad)")
        }
        #expect(try learner.seaworthy(["check"]).output.contains("Judged for \(now.asOf)."))
    }

    @Test(
        "of scout is the lesson's in its workspace and its shell, another where one is named, before or behind the command"
    )
    func scout() throws {
        let learner = try Learner()
        try learner.learn()
        #expect(try learner.shell("docker build -t acme/x --provenance=mode=max --sbom=true .").status == 0)
        func report(_ arguments: [String], in folder: String) throws -> (day: String, data: String, said: String) {
            let result = try SeaworthyBinary.run(arguments, in: folder, environment: learner.environment)
            #expect(result.status == 0, "\(result.error)")
            let document = try JSONDecoder().decode(ScoutedDay.self, from: Data(result.outputBytes))
            return (document.basis.today, document.basis.advisories.asOf, result.error)
        }
        let inside = try report(["scout", "quickview", "acme/x", "--format", "json"], in: learner.workspace)
        #expect(
            inside.day == inside.data && inside.said.contains("Judged for \(inside.data), the day that the data reach.")
        )
        let outside = try report(["scout", "quickview", "acme/x", "--format", "json"], in: learner.scratch.path)
        #expect(outside.day == "2026-11-18" && outside.said.contains("the data reach \(inside.data), "))
        #expect(outside.said.contains("days earlier"))
        for arguments in [
            ["scout", "--as-of", "2026-12-24", "policy", "acme/x", "--format", "json"],
            ["scout", "policy", "--as-of=2026-12-24", "acme/x", "--format", "json"],
        ] {
            #expect(try report(arguments, in: learner.workspace).day == "2026-12-24")
        }
        let shell = try learner.shell("docker scout --as-of 2026-12-24 quickview acme/x")
        #expect(shell.error.contains("Judged for 2026-12-24"), "\(shell.error)")
    }
}

/// What `check --json` says of its day.
private struct CheckedDay: Decodable {
    let asOf: String
    let points: Int
    let state: String
}

/// What `scout … --format json` says of its day.
private struct ScoutedDay: Decodable {
    struct Basis: Decodable {
        let today: String
        let advisories: Advisories
    }
    struct Advisories: Decodable { let asOf: String }
    let basis: Basis
}
