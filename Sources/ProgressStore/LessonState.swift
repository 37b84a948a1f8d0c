// SPDX-License-Identifier: Apache-2.0

public import Foundation
import GRDB

/// Where a learner is in a lesson.
public struct LessonState: Sendable, Hashable, Codable {
    /// The lesson's id.
    public let lesson: String
    /// The id of the step that the learner is at.
    public let step: String
    /// The workspace's folder on the host; nil when none was made.
    public let workspace: String?
    /// The name of the workspace's record; empty when it has none.
    public let record: String
    /// When the lesson was begun.
    public let startedAt: Date
    /// When it was last gone on with.
    public let visitedAt: Date
}

extension ProgressDatabase {
    /// Begins a lesson or goes on with it: it becomes the current one, and the step is entered.
    ///
    /// - Parameter workspace: the folder; nil keeps what was recorded.
    public func visit(lesson: String, step: String, workspace: String? = nil, now: Date) throws -> LessonState {
        try write { db in
            let time = Timestamp.text(of: now)
            let before = try Self.state(db, learner: learner.id, record: record ?? "", lesson: lesson)
            try db.execute(
                sql: """
                    INSERT INTO lessonState (learnerId, lesson, record, step, workspace, startedAt, visitedAt, visit)
                    VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT IFNULL(MAX(visit), 0) + 1 FROM lessonState))
                    ON CONFLICT (learnerId, lesson, record) DO UPDATE SET step = excluded.step,
                        workspace = IFNULL(excluded.workspace, workspace), visitedAt = excluded.visitedAt,
                        visit = excluded.visit
                    """,
                arguments: [learner.id, lesson, record ?? "", step, workspace, time, time]
            )
            if before?.step != step {
                _ = try insert(.stepEntered, db, lesson: lesson, step: step, now: now)
            }
            guard let state = try Self.state(db, learner: learner.id, record: record ?? "", lesson: lesson) else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a lesson's state was not kept")
            }
            return state
        }
    }

    /// Where the learner is in a lesson, in the workspace that was visited last if there are several; nil when it was never begun.
    public func state(of lesson: String) throws -> LessonState? {
        try read { try Self.state($0, learner: learner.id, record: record, lesson: lesson) }
    }

    /// Every lesson that was begun, the one visited last in front.
    public func lessonStates() throws -> [LessonState] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT * FROM lessonState WHERE learnerId = ? ORDER BY visit DESC, lesson",
                arguments: [learner.id]
            ).map(Self.state)
        }
    }

    /// The lesson to go on with: the one visited last; nil before the first.
    public func currentLesson() throws -> LessonState? { try lessonStates().first }

    /// The lesson whose workspace is a folder; nil when there is none. Of several the one visited last.
    public func state(workspace: String) throws -> LessonState? {
        try lessonStates().first { $0.workspace == workspace }
    }

    private static func state(_ db: Database, learner: Int64, record: String?, lesson: String) throws -> LessonState? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT * FROM lessonState WHERE learnerId = ?1 AND lesson = ?2 AND (?3 IS NULL OR record = ?3)
                ORDER BY visit DESC LIMIT 1
                """,
            arguments: [learner, lesson, record]
        ).map(state)
    }

    private static func state(_ row: Row) throws -> LessonState {
        LessonState(
            lesson: row["lesson"],
            step: row["step"],
            workspace: row["workspace"],
            record: row["record"],
            startedAt: try Timestamp.required(row["startedAt"]),
            visitedAt: try Timestamp.required(row["visitedAt"])
        )
    }
}

extension Timestamp {
    /// The time of a column.
    static func required(_ text: String) throws -> Date {
        guard let date = date(of: text) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "not a time: \(text.prefix(40))")
        }
        return date
    }
}
