// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import GRDB
import Judgements
import Testing
import Workspaces

@testable import ProgressStore

@Suite("Records of workspaces")
struct WorkspaceRecordsTests {
    private func statuses(_ database: ProgressDatabase) throws -> [StepProgress.Status] {
        try database.progress(lesson: "lesson", steps: ["one", "two"]).map(\.status)
    }

    @Test("two workspaces of one lesson have a record each, and neither inherits a pass")
    func apart() throws {
        let database = try ProgressDatabase.inMemory(now: time(0))
        let (first, second) = (database.of(record: "a"), database.of(record: "b"))
        _ = try first.visit(lesson: "lesson", step: "two", workspace: "/w/a", now: time(1))
        try first.attempt("one", .passed, at: 2)
        _ = try first.record(
            .commandRan(CommandRun(line: "docker build .", exitCode: 0)),
            lesson: "lesson",
            now: time(2)
        )
        _ = try first.record(.quizAnswered(QuizAnswer(question: "q", answers: ["b"])), lesson: "lesson", now: time(2))
        _ = try second.visit(lesson: "lesson", step: "one", workspace: "/w/b", now: time(3))
        #expect(try statuses(first) == [.passed, .inProgress])
        #expect(try statuses(second) == [.inProgress, .notStarted])
        #expect(try second.commands(lesson: "lesson").isEmpty && second.answers(lesson: "lesson").isEmpty)
        #expect(try second.attempts(lesson: "lesson").isEmpty)
        #expect(try first.commands(lesson: "lesson").count == 1 && first.answers(lesson: "lesson").count == 1)
        #expect(try first.state(of: "lesson")?.step == "two")
        #expect(try second.state(of: "lesson")?.step == "one")
        #expect(try database.currentLesson()?.record == "b")
        try second.recordReset(of: nil, lesson: "lesson", now: time(4))
        #expect(try statuses(first) == [.passed, .inProgress], "a reset in one is none of the other")
        #expect(try !first.recordUndo(lesson: "lesson", now: time(5)))
        _ = try first.visit(lesson: "lesson", step: "two", workspace: "/moved", now: time(6))
        #expect(try database.lessonStates().map(\.workspace) == ["/moved", "/w/b"])
    }

    @Test("a reset that was taken back counts again with a redo, and what came in between is kept")
    func redo() throws {
        let database = try ProgressDatabase.inMemory(now: time(0))
        try database.attempt("one", .passed, at: 1)
        let reset = try database.recordReset(of: ["one"], lesson: "lesson", change: "w/1", now: time(2))
        #expect(try database.recordReset(of: ["one"], lesson: "lesson", change: "w/1", now: time(2)) == reset, "once")
        try database.attempt("two", .passed, at: 3)
        #expect(try statuses(database) == [.notStarted, .passed])
        #expect(try database.recordUndo(lesson: "lesson", change: "w/1", now: time(4)))
        #expect(try !database.recordUndo(lesson: "lesson", change: "w/1", now: time(4)))
        #expect(try statuses(database) == [.passed, .passed])
        #expect(try database.recordRedo(lesson: "lesson", change: "w/1", now: time(5)))
        #expect(try !database.recordRedo(lesson: "lesson", change: "w/1", now: time(5)))
        #expect(try statuses(database) == [.notStarted, .passed])
        for change in ["w/2", ""] {
            #expect(try !database.recordUndo(lesson: "lesson", change: change, now: time(6)))
            #expect(try !database.recordRedo(lesson: "lesson", change: change, now: time(6)))
        }
        #expect(try database.events(lesson: "lesson").last?.event == .redo(reset: reset))
    }

    /// A file as the first version left it, with one lesson in a workspace and one in none.
    private func oldFile(_ scratch: Scratch) throws {
        try FileManager.default.createDirectory(atPath: scratch.path + "/data", withIntermediateDirectories: true)
        let queue = try DatabaseQueue(path: scratch.database)
        try ProgressSchema.migrator.migrate(queue, upTo: "2026-11 learners, attempts and events")
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO learner (id, name, createdAt) VALUES (1, 'local', '2026-11-24T02:21:48.000Z');
                    INSERT INTO lessonState VALUES (1, 'lesson', 'two', '/w/a', '2026-11-24T02:21:48.000Z', '2026-11-24T02:21:48.000Z', 2);
                    INSERT INTO lessonState VALUES (1, 'other', 'x', NULL, '2026-11-24T02:21:48.000Z', '2026-11-24T02:21:48.000Z', 1);
                    INSERT INTO event (learnerId, lesson, step, time, kind, detail)
                        VALUES (1, 'lesson', 'one', '2026-11-24T02:21:48.000Z', 'attempt', '{}');
                    INSERT INTO event (learnerId, lesson, step, time, kind, detail)
                        VALUES (1, 'other', 'x', '2026-11-24T02:21:48.000Z', 'step-entered', '{}');
                    INSERT INTO event (learnerId, time, kind, detail)
                        VALUES (1, '2026-11-24T02:21:48.000Z', 'setting-changed', '{"name":"organization","value":"acme"}');
                    INSERT INTO setting VALUES (1, 'organization', 'acme');
                    """
            )
            let text = try ProgressJSON.text(of: report("one", .passed))
            try db.execute(
                sql: "INSERT INTO attempt VALUES (1, 'passed', 2, 2, ?, 'sha256:0', '0.1.0', 'sha256:1')",
                arguments: [text]
            )
        }
        try queue.close()
    }

    @Test("a file of the version before opens with all that it has, and a copy of it is kept")
    func upgrade() throws {
        let scratch = try Scratch()
        try oldFile(scratch)
        let database = try scratch.open(10)
        let mine = database.of(record: WorkspaceRecord.name(of: "/w/a"))
        #expect(try statuses(mine) == [.passed, .notStarted])
        #expect(try mine.state(of: "lesson")?.step == "two" && database.currentLesson()?.lesson == "lesson")
        #expect(try database.state(of: "other")?.step == "x")
        #expect(try database.settings() == ["organization": "acme"])
        #expect(try statuses(database.of(record: WorkspaceRecord.name(of: "/w/b"))) == [.notStarted, .notStarted])
        #expect(try database.problems().isEmpty)
        #expect(throws: Failure.self, "events still do not change") {
            try database.write { try $0.execute(sql: "UPDATE event SET record = 'x'") }
        }
        let copy = try DatabaseQueue(path: scratch.database + ".before-2")
        #expect(try copy.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM attempt") } == 1)
        #expect(try copy.read { try ProgressSchema.migrator.hasCompletedMigrations($0) } == false)
        try copy.close()
        let files = scratch.files
        _ = try scratch.open(20)
        #expect(scratch.files == files, "no second copy")
    }

    @Test("a new file needs no copy")
    func fresh() throws {
        let scratch = try Scratch()
        _ = try scratch.open()
        #expect(!scratch.files.contains { $0.contains("before") })
    }
}
