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
        isAdvisory: Bool = false,
        parameters: [LessonParameter] = []
    ) -> LessonCheck {
        LessonCheck(
            id: id,
            title: "Title of \(id)",
            points: points,
            requires: requires,
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
