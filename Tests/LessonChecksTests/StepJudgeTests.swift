// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Judgements
import Lessons
import SeaworthyTestSupport
import Submissions
import Testing
import Workspaces

@Suite("Judging a step")
struct StepJudgeTests {
    private func check(
        _ id: String,
        _ kind: String,
        points: Int = 1,
        requires: [String] = [],
        requiresOneOf: [String] = [],
        isAdvisory: Bool = false,
        parameters: [LessonParameter] = []
    ) -> LessonCheck {
        LessonCheck(
            id: id,
            title: "Title of \(id)",
            points: points,
            requires: requires,
            requiresOneOf: requiresOneOf,
            kind: kind,
            parameters: parameters,
            message: "no",
            isAdvisory: isAdvisory,
            place: .file("lesson.yaml")
        )
    }

    @Test("skips what rests on a check that did not pass, and names it")
    func requires() throws {
        let checks = [
            check("a", "user-non-root", points: 3), check("b", "dockerfile-parses", requires: ["a"]),
            check("c", "no-run-in-final-stage", requires: ["b"]), check("d", "dockerfile-parses"),
        ]
        let report = try CheckFixture.report(checks, "FROM node:lts-slim\n")
        #expect(report.checks.map(\.state) == [.failed, .skipped, .skipped, .passed])
        #expect(report.checks.map(\.blockedBy) == [nil, "a", "b", nil])
        #expect(report.checks[1].message == "Not judged: \"Title of a\" has to pass first.")
        #expect((report.points, report.maxPoints) == (1, 6))
        #expect(report.state == .failed)
    }

    @Test("names each of the checks of which one would do")
    func requiresOneOf() throws {
        let checks = [
            check("a", "user-non-root"), check("b", "final-base"), check("c", "dockerfile-parses"),
            check("d", "dockerfile-parses", requiresOneOf: ["a", "b"]),
            check("e", "dockerfile-parses", requiresOneOf: ["a", "c"]),
            check("f", "dockerfile-parses", requires: ["b"], requiresOneOf: ["a", "b"]),
            check("g", "dockerfile-parses", requiresOneOf: ["a"]),
        ]
        let report = try CheckFixture.report(checks, "FROM node:lts-slim\n")
        #expect(report.checks.map(\.state) == [.failed, .failed, .passed, .skipped, .passed, .skipped, .skipped])
        #expect(report.checks[3].message == "Not judged: \"Title of a\" or \"Title of b\" has to pass first.")
        #expect(report.checks[5].message == "Not judged: \"Title of b\" has to pass first.")
        #expect(report.checks[6].message == "Not judged: \"Title of a\" has to pass first.")
    }

    @Test("calls what no one built predicted, in each result that rests on an image and in no other")
    func predicted() throws {
        let checks = [check("a", "attestations"), check("b", "policies"), check("c", "user-non-root")]
        let report = try CheckFixture.report(checks, "FROM node:lts-slim\nUSER node\n")
        let words = "This is predicted from the Dockerfile; no image was built."
        #expect(report.checks.map { $0.message.hasSuffix(words) } == [true, true, false])
        #expect(report.checks[0].message.contains("would be attached"))
        let stopped = try CheckFixture.report(checks, "FROM node:lts-slim\nCOPY none /\n")
        #expect(!stopped.checks.contains { $0.message.contains("predicted") })
    }

    @Test("never counts advice")
    func advice() throws {
        let checks = [check("a", "user-non-root", points: 3, isAdvisory: true), check("b", "dockerfile-parses")]
        let report = try CheckFixture.report(checks, "FROM node:lts-slim\n")
        #expect(report.state == .passed)
        #expect(report.checks[0].state == .failed && report.checks[0].maxPoints == 0)
        #expect((report.points, report.maxPoints) == (1, 1))
    }

    @Test("leaves out what needs a record when there is none")
    func record() throws {
        let question = LessonParameter(key: "question", at: .file("lesson.yaml"), value: .string("q1"))
        let checks = [check("a", "quiz", parameters: [question]), check("b", "dockerfile-parses", requires: ["a"])]
        let report = try CheckFixture.report(checks, "FROM node:lts-slim\n")
        #expect(report.checks.map(\.id) == ["b"])
        #expect(report.checks.map(\.state) == [.passed])
    }

    /// Files of a submission, and the path of the Dockerfile that is judged.
    static let places: [(files: [String], found: String)] = [
        (["Dockerfile"], "Dockerfile"), (["dockerfile"], "dockerfile"), (["Containerfile"], "Containerfile"),
        (["app.Dockerfile"], "app.Dockerfile"), (["Dockerfile.prod"], "Dockerfile.prod"),
        (["Dockerfile", "Dockerfile.dev"], "Dockerfile"), (["me/Dockerfile"], "me/Dockerfile"),
        (["me/work/Dockerfile", "you/Dockerfile"], "you/Dockerfile"),
        (["node_modules/x/Dockerfile", "z/Dockerfile"], "z/Dockerfile"), (["Dockerfile.dockerignore"], "Dockerfile"),
    ]

    @Test("finds the Dockerfile wherever people put it", arguments: places)
    func finds(files: [String], found: String) throws {
        let folder = try ScratchFolder()
        for file in files { _ = try folder.write(file, "FROM scratch\n") }
        let work = try SubmittedWork(try WorkFiles(reading: folder.path, limits: .standard))
        #expect((work.dockerfile ?? .dockerfile).description == found)
    }

    @Test("takes the starter's files where only a Dockerfile was handed in, and never where a project was")
    func starter() throws {
        let lone = try CheckFixture.check(
            "user-non-root",
            "FROM node:lts-slim\nCOPY package.json src /x/\nUSER node\n",
            files: ["notes.txt": "hi"]
        )
        #expect(lone.state == .passed, "\(lone.message)")
        let project = try CheckFixture.check(
            "user-non-root",
            "FROM node:lts-slim\nCOPY package.json /x/\nUSER node\n",
            files: ["src/index.js": "x"]
        )
        #expect(project.state == .failed)
        #expect(project.message.contains("\"/package.json\": not found"))
        #expect(project.evidence.first?.line == 2)
    }

    @Test("gives the same report each time")
    func deterministic() throws {
        let text = CheckFixture.classic("RUN npm ci --production")
        func report() throws -> StepReport {
            try CheckFixture.report([check("a", "user-non-root"), check("p", "policies")], text)
        }
        #expect(try report() == report())
    }
}
