// SPDX-License-Identifier: Apache-2.0

public import Foundation
import GRDB

extension ProgressDatabase {
    /// Records that something happened.
    ///
    /// Settings, variables, resets and undos have methods of their own, which record and do in one transaction.
    ///
    /// - Returns: the event's number.
    @discardableResult
    public func record(_ event: ProgressEvent, lesson: String?, step: String? = nil, now: Date) throws -> Int64 {
        try write { db in try insert(event, db, lesson: lesson, step: step, now: now) }
    }

    /// Records that steps were put back to their beginning: what was done in them before no longer counts, but stays.
    ///
    /// - Parameters:
    ///   - steps: the steps; nil for all of the lesson.
    ///   - change: the name of the change of the files that it belongs to. It is recorded once, however often it is asked for.
    @discardableResult
    public func recordReset(of steps: [String]?, lesson: String, change: String? = nil, now: Date) throws -> Int64 {
        try write { db in
            let events = try Self.events(db, learner: learner.id, record: record, lesson: lesson)
            if let change, let known = StandingResets.number(ofChange: change, in: events) { return known }
            return try insert(.reset(steps: steps, change: change), db, lesson: lesson, now: now)
        }
    }

    /// Records that a reset of a lesson which still stands was taken back: what was done before counts again.
    ///
    /// - Parameter change: the change of the files that the reset belongs to; nil for the last reset that stands.
    /// - Returns: false when there is no such reset.
    @discardableResult
    public func recordUndo(lesson: String, change: String? = nil, now: Date) throws -> Bool {
        try write { db in
            let events = try Self.events(db, learner: learner.id, record: record, lesson: lesson)
            let standing = StandingResets(events)
            let reset = change.map { StandingResets.number(ofChange: $0, in: events) } ?? standing.last
            guard let reset, standing.isStanding(reset) else { return false }
            _ = try insert(.undo(reset: reset), db, lesson: lesson, now: now)
            return true
        }
    }

    /// Records that a reset which was taken back counts again: what was done before it does not.
    ///
    /// - Parameter change: the change of the files that the reset belongs to.
    /// - Returns: false when there is no such reset, or when it stands.
    @discardableResult
    public func recordRedo(lesson: String, change: String, now: Date) throws -> Bool {
        try write { db in
            let events = try Self.events(db, learner: learner.id, record: record, lesson: lesson)
            guard let reset = StandingResets.number(ofChange: change, in: events),
                !StandingResets(events).isStanding(reset)
            else { return false }
            _ = try insert(.redo(reset: reset), db, lesson: lesson, now: now)
            return true
        }
    }

    /// Everything that happened, oldest first.
    ///
    /// - Parameter lesson: one lesson's events; nil for all.
    public func events(lesson: String? = nil) throws -> [RecordedEvent] {
        try read { try Self.events($0, learner: learner.id, record: record, lesson: lesson) }
    }

    /// The commands that ran in a lesson and count: not those from before a reset of their step.
    ///
    /// - Parameter step: one step's commands; nil for all of the lesson.
    public func commands(lesson: String, step: String? = nil) throws -> [CommandRun] {
        let events = try events(lesson: lesson)
        let resets = StandingResets(events)
        return events.compactMap { event in
            guard case .commandRan(let command) = event.event, step == nil || event.step == step,
                resets.counts(event)
            else { return nil }
            return command
        }
    }

    /// The last answer to each question of a lesson that counts, by question id.
    public func answers(lesson: String) throws -> [String: QuizAnswer] {
        let events = try events(lesson: lesson)
        let resets = StandingResets(events)
        var answers: [String: QuizAnswer] = [:]
        for event in events where resets.counts(event) {
            if case .quizAnswered(let answer) = event.event { answers[answer.question] = answer }
        }
        return answers
    }

    /// Writes an event of this learner, within a transaction.
    func insert(
        _ event: ProgressEvent,
        _ db: Database,
        lesson: String?,
        step: String? = nil,
        now: Date
    ) throws -> Int64 {
        try db.execute(
            sql: "INSERT INTO event (learnerId, record, lesson, step, time, kind, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                learner.id, record ?? "", lesson, step, Timestamp.text(of: now), event.kind, try event.detail,
            ]
        )
        return db.lastInsertedRowID
    }

    static func events(_ db: Database, learner: Int64, record: String?, lesson: String?) throws -> [RecordedEvent] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT id, lesson, step, time, kind, detail FROM event
                WHERE learnerId = ?1 AND (?2 IS NULL OR lesson = ?2) AND (?3 IS NULL OR record = ?3) ORDER BY id
                """,
            arguments: [learner, lesson, record]
        ).map { row in
            RecordedEvent(
                id: row["id"],
                lesson: row["lesson"],
                step: row["step"],
                time: try Timestamp.required(row["time"]),
                event: try ProgressEvent(kind: row["kind"], detail: row["detail"])
            )
        }
    }
}

/// The resets of a lesson that were not taken back.
struct StandingResets {
    private var ofSteps: [String: Int64] = [:]
    private var ofAll: Int64 = 0
    private var standing: Set<Int64> = []
    /// The last one; nil when there is none.
    private(set) var last: Int64?

    init(_ events: [RecordedEvent]) {
        var undone: Set<Int64> = []
        for event in events {
            switch event.event {
            case .undo(let reset): undone.insert(reset)
            case .redo(let reset): undone.remove(reset)
            default: break
            }
        }
        for event in events where !undone.contains(event.id) {
            guard case .reset(let steps, _) = event.event else { continue }
            last = event.id
            standing.insert(event.id)
            if let steps {
                for step in steps { ofSteps[step] = event.id }
            } else {
                ofAll = event.id
            }
        }
    }

    /// Whether a reset counts.
    func isStanding(_ reset: Int64) -> Bool { standing.contains(reset) }

    /// The reset that belongs to a change of files; nil when none was recorded.
    static func number(ofChange change: String, in events: [RecordedEvent]) -> Int64? {
        events.first { event in
            if case .reset(_, let known) = event.event { return known == change }
            return false
        }?.id
    }

    /// Whether an event came after the last reset of its step.
    func counts(_ event: RecordedEvent) -> Bool {
        event.id > ofAll && event.id > (event.step.flatMap { ofSteps[$0] } ?? 0)
    }
}
