// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import GRDB
import Judgements
import Testing

@testable import ProgressStore

@Suite("Progress database")
struct ProgressDatabaseTests {
    /// Both homes of a record; what holds for one holds for the other.
    enum Home: CaseIterable { case file, memory }

    private func database(_ home: Home, in scratch: Scratch) throws -> ProgressDatabase {
        switch home {
        case .file: try scratch.open()
        case .memory: try ProgressDatabase.inMemory(now: time(0))
        }
    }

    @Test("resumes the lesson that was visited last", arguments: Home.allCases)
    func visits(home: Home) throws {
        let scratch = try Scratch()
        let database = try database(home, in: scratch)
        #expect(try database.currentLesson() == nil)
        _ = try database.visit(lesson: "a", step: "one", workspace: "/w/a", now: time(1))
        _ = try database.visit(lesson: "b", step: "one", workspace: "/w/b", now: time(2))
        #expect(try database.currentLesson()?.lesson == "b")
        // The clock went back meanwhile; the order is that of what happened.
        let state = try database.visit(lesson: "a", step: "two", now: time(-100))
        #expect(state.workspace == "/w/a" && state.startedAt == time(1) && state.step == "two")
        #expect(try database.lessonStates().map(\.lesson) == ["a", "b"])
        #expect(try database.state(workspace: "/w/b")?.lesson == "b")
        let entered = try database.events(lesson: "a").map(\.step)
        #expect(entered == ["one", "two"])
        _ = try database.visit(lesson: "a", step: "two", now: time(5))
        #expect(try database.events(lesson: "a").count == 2, "going on with a step does not enter it again")
    }

    @Test("gives back an attempt as it was recorded", arguments: Home.allCases)
    func attempts(home: Home) throws {
        let scratch = try Scratch()
        let database = try database(home, in: scratch)
        let first = try database.record(
            report("one", .failed, .skipped, .unknown),
            inputDigest: "sha256:a",
            engineVersion: "1",
            dataDigest: "sha256:b",
            now: time(0.125)
        )
        let second = try database.record(
            report("two", .passed),
            inputDigest: "sha256:c",
            engineVersion: "1",
            dataDigest: "sha256:d",
            now: time(1)
        )
        #expect(try database.attempts(lesson: "lesson") == [first, second])
        #expect(try database.attempts(lesson: "lesson", step: "two") == [second])
        #expect(try database.attempts(lesson: "other").isEmpty)
        #expect(try database.problems().isEmpty)
    }

    @Test("keeps every kind of event", arguments: Home.allCases)
    func events(home: Home) throws {
        let scratch = try Scratch()
        let database = try database(home, in: scratch)
        let events: [ProgressEvent] = [
            .stepEntered, .hintShown(level: 2), .solutionShown(isApplied: true),
            .commandRan(
                CommandRun(line: "docker build -t \"a\n'b\" .", exitCode: 1, image: "a/b:c", digest: "sha256:d")
            ),
            .quizAnswered(QuizAnswer(question: "q", answers: ["ü", ""], isCorrect: false)),
            .reset(steps: ["a", "b"]), .reset(steps: nil), .undo(reset: 7),
        ]
        for event in events { try database.record(event, lesson: "l", step: "s", now: time(0)) }
        #expect(try database.events(lesson: "l").map(\.event) == events)
        try database.write { db in
            try db.execute(
                sql:
                    "INSERT INTO event (learnerId, lesson, time, kind, detail) VALUES (1, 'l', ?, 'raised-hand', '{\"x\":1}')",
                arguments: [Timestamp.text(of: time(0))]
            )
        }
        #expect(try database.events(lesson: "l").last?.event == .other(kind: "raised-hand"))
    }

    @Test("never changes or removes what happened")
    func appendOnly() throws {
        let database = try ProgressDatabase.inMemory(now: time(0))
        try database.attempt("one", .failed)
        for statement in [
            "DELETE FROM event", "DELETE FROM attempt", "UPDATE attempt SET state = 'passed'",
            "UPDATE event SET time = '0'",
        ] {
            #expect(throws: Failure.self, "\(statement)") { try database.write { try $0.execute(sql: statement) } }
        }
    }

    @Test("keeps variables and settings, each change on the record")
    func settings() throws {
        let database = try ProgressDatabase.inMemory(now: time(0))
        try database.setVariable("DOCKER_USERNAME", to: "ada", now: time(0))
        try database.setVariable("DOCKER_USERNAME", to: "grace", now: time(1))
        try database.setSetting("organization", to: "ORG'; DROP TABLE event; --", now: time(2))
        #expect(try database.variables() == ["DOCKER_USERNAME": "grace"])
        #expect(try database.settings() == ["organization": "ORG'; DROP TABLE event; --"])
        try database.setSetting("organization", to: nil, now: time(3))
        #expect(try database.settings().isEmpty)
        #expect(try database.events().count == 4)
    }

    @Test("keeps what is durable: WAL, full synchronisation, foreign keys, a time-out, on every opening")
    func pragmas() throws {
        let scratch = try Scratch()
        for _ in 0..<2 {
            let database = try scratch.open()
            let values = try database.writer.writeWithoutTransaction { db in
                try ["journal_mode", "synchronous", "foreign_keys", "busy_timeout", "application_id"].map {
                    try String.fetchOne(db, sql: "PRAGMA \($0)")
                }
            }
            #expect(values == ["wal", "2", "1", "15000", "1397047639"])
        }
    }

    @Test("writes a time so that it comes back and sorts as time does")
    func timestamps() {
        let seconds: [Double] = [
            -62_135_596_800, -1, -0.001, 0, 0.001, 951_782_399, 951_782_400, 1_709_164_800, 1_795_486_908.125,
            4_102_444_800, 253_402_300_799,
        ]
        let texts = seconds.map { Timestamp.text(of: Date(timeIntervalSince1970: $0)) }
        #expect(texts == texts.sorted())
        for (text, second) in zip(texts, seconds) {
            let back = Timestamp.date(of: text)?.timeIntervalSince1970
            #expect(back.map { abs($0 - second) < 0.0005 } == true, "\(text)")
        }
        #expect(texts[5] == "2000-02-28T23:59:59.000Z" && texts[6] == "2000-02-29T00:00:00.000Z")
        #expect(Timestamp.stamp(of: time(0)) == "20261124T022148Z")
        for date in [Date.distantPast, .distantFuture, Date(timeIntervalSince1970: 1e300)] {
            #expect(Timestamp.text(of: date).utf8.count == 24)
        }
        for text in ["", "2026", "2026-13-01T00:00:00.000Z", "2026-11-24 02:21:48"] {
            #expect(Timestamp.date(of: text) == nil)
        }
    }
}

@Suite("Step progress")
struct StepProgressTests {
    private func status(_ database: ProgressDatabase) throws -> [StepProgress.Status] {
        try database.progress(lesson: "lesson", steps: ["one", "two", "three"]).map(\.status)
    }

    @Test("follows from what happened, through reset and undo")
    func derived() throws {
        let database = try ProgressDatabase.inMemory(now: time(0))
        #expect(try status(database) == [.notStarted, .notStarted, .notStarted])
        _ = try database.visit(lesson: "lesson", step: "one", now: time(1))
        #expect(try status(database) == [.inProgress, .notStarted, .notStarted])
        try database.attempt("one", .failed, .passed, at: 2)
        try database.attempt("one", .passed, .passed, at: 3)
        try database.attempt("two", .unknown, at: 4)
        #expect(try status(database) == [.passed, .inProgress, .notStarted])
        try database.attempt("one", .failed, .failed, at: 5)
        var first = try #require(try database.progress(lesson: "lesson", steps: ["one"]).first)
        #expect(first.status == .passed && first.lastState == .failed && first.attempts == 3)
        #expect(first.points == 4 && first.maxPoints == 4 && first.passedAt == time(3) && first.startedAt == time(1))
        try database.recordReset(of: ["one"], lesson: "lesson", now: time(6))
        #expect(try status(database) == [.notStarted, .inProgress, .notStarted])
        first = try #require(try database.progress(lesson: "lesson", steps: ["one"]).first)
        #expect(first.attempts == 3 && first.points == 0 && first.lastState == nil)
        try database.recordReset(of: nil, lesson: "lesson", now: time(7))
        #expect(try status(database) == [.notStarted, .notStarted, .notStarted])
        #expect(try database.recordUndo(lesson: "lesson", now: time(8)))
        #expect(try status(database) == [.notStarted, .inProgress, .notStarted])
        #expect(try database.recordUndo(lesson: "lesson", now: time(9)))
        #expect(try status(database) == [.passed, .inProgress, .notStarted])
        #expect(try !database.recordUndo(lesson: "lesson", now: time(10)))
        try database.recordReset(of: ["one"], lesson: "lesson", now: time(11))
        try database.attempt("one", .passed, at: 12)
        #expect(try status(database) == [.passed, .inProgress, .notStarted])
    }

    @Test("does not forget hints and solutions that were shown, whatever is reset")
    func hints() throws {
        let database = try ProgressDatabase.inMemory(now: time(0))
        try database.record(.hintShown(level: 2), lesson: "lesson", step: "one", now: time(0))
        try database.record(.hintShown(level: 1), lesson: "lesson", step: "one", now: time(1))
        try database.record(.solutionShown(isApplied: false), lesson: "lesson", step: "one", now: time(1))
        try database.recordReset(of: nil, lesson: "lesson", now: time(2))
        let one = try #require(try database.progress(lesson: "lesson", steps: ["one"]).first)
        #expect(one.hintLevel == 2 && one.isSolutionShown && one.status == .notStarted)
    }

    @Test("counts commands and answers from after the reset only")
    func commands() throws {
        let database = try ProgressDatabase.inMemory(now: time(0))
        let build = CommandRun(line: "docker build .", exitCode: 0)
        try database.record(.commandRan(build), lesson: "lesson", step: "one", now: time(0))
        try database.record(.commandRan(build), lesson: "lesson", step: "two", now: time(0))
        for (seconds, answer) in ["a", "b"].enumerated() {
            try database.record(
                .quizAnswered(QuizAnswer(question: "q", answers: [answer])),
                lesson: "lesson",
                step: "two",
                now: time(Double(seconds))
            )
        }
        #expect(try database.commands(lesson: "lesson").count == 2)
        #expect(try database.answers(lesson: "lesson")["q"]?.answers == ["b"])
        try database.recordReset(of: ["two"], lesson: "lesson", now: time(2))
        #expect(try database.commands(lesson: "lesson", step: "two").isEmpty)
        #expect(try database.commands(lesson: "lesson", step: "one") == [build])
        #expect(try database.answers(lesson: "lesson").isEmpty)
        #expect(try database.recordUndo(lesson: "lesson", now: time(3)))
        #expect(try database.answers(lesson: "lesson").count == 1)
    }
}
