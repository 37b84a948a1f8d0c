// SPDX-License-Identifier: Apache-2.0

import Diagnostics
public import Foundation
import GRDB
public import Judgements

/// One time that a step was judged: the report and what it rests on. Never changed and never removed.
public struct Attempt: Sendable, Hashable, Identifiable {
    /// The number in the one order of everything that happened.
    public let id: Int64
    /// When it was judged.
    public let time: Date
    /// What it came to, check by check.
    public let report: StepReport
    /// The digest of what was judged.
    public let inputDigest: String
    /// The version of the engine that judged.
    public let engineVersion: String
    /// The digest of the data that the engine judged by.
    public let dataDigest: String
}

extension ProgressDatabase {
    /// Records an attempt, whole or not at all.
    public func record(
        _ report: StepReport,
        inputDigest: String,
        engineVersion: String,
        dataDigest: String,
        now: Date
    ) throws -> Attempt {
        let text = try ProgressJSON.text(of: report)
        return try write { db in
            let id = try insert(.attempt, db, lesson: report.lesson, step: report.step, now: now)
            try db.execute(
                sql: """
                    INSERT INTO attempt (id, state, points, maxPoints, report, inputDigest, engineVersion, dataDigest)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, report.state.rawValue, report.points, report.maxPoints, text, inputDigest, engineVersion,
                    dataDigest,
                ]
            )
            return Attempt(
                id: id,
                time: now,
                report: report,
                inputDigest: inputDigest,
                engineVersion: engineVersion,
                dataDigest: dataDigest
            )
        }
    }

    /// The attempts at a lesson, oldest first, those from before a reset included.
    ///
    /// - Parameter step: one step's attempts; nil for all.
    public func attempts(lesson: String, step: String? = nil) throws -> [Attempt] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT attempt.*, event.time FROM attempt JOIN event ON event.id = attempt.id
                    WHERE event.learnerId = ?1 AND event.lesson = ?2 AND (?3 IS NULL OR event.step = ?3)
                        AND (?4 IS NULL OR event.record = ?4)
                    ORDER BY attempt.id
                    """,
                arguments: [learner.id, lesson, step, record]
            ).map { row in
                Attempt(
                    id: row["id"],
                    time: try Timestamp.required(row["time"]),
                    report: try ProgressJSON.value(StepReport.self, of: row["report"]),
                    inputDigest: row["inputDigest"],
                    engineVersion: row["engineVersion"],
                    dataDigest: row["dataDigest"]
                )
            }
        }
    }
}
