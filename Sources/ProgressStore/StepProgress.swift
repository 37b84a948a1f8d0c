// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Foundation
import GRDB

/// How far a learner is with one step: derived from attempts and events, stored nowhere.
public struct StepProgress: Sendable, Hashable, Codable {
    /// The step's id.
    public let step: String
    /// How far.
    public let status: Status
    /// How often the step was judged, all resets included.
    public let attempts: Int
    /// What the last attempt that counts came to; nil when there is none.
    public let lastState: Verdict?
    /// The most points that an attempt which counts got.
    public let points: Int
    /// What that attempt could have got; 0 when there is none.
    public let maxPoints: Int
    /// The highest level of hint that was shown; 0 for none. A reset does not make it unseen.
    public let hintLevel: Int
    /// Whether the reference solution was shown. A reset does not make it unseen.
    public let isSolutionShown: Bool
    /// When the step was first entered or judged; nil when it never was.
    public let startedAt: Date?
    /// When the first attempt that counts passed; nil when none did.
    public let passedAt: Date?
}

extension StepProgress {
    /// How far a step is.
    public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
        /// Never entered or judged, or put back since.
        case notStarted = "not-started"
        /// Entered or judged, and not passed.
        case inProgress = "in-progress"
        /// An attempt passed. A later attempt that fails does not take it away: the files move on with the lesson.
        case passed
    }
}

extension ProgressDatabase {
    /// How far the learner is with each step of a lesson, in the order of `steps`.
    public func progress(lesson: String, steps: [String]) throws -> [StepProgress] {
        try read { db in
            let events = try Self.events(db, learner: learner.id, record: record, lesson: lesson)
            var attempts: [Int64: Row] = [:]
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT attempt.id, attempt.state, attempt.points, attempt.maxPoints
                    FROM attempt JOIN event ON event.id = attempt.id WHERE event.learnerId = ? AND event.lesson = ?
                    """,
                arguments: [learner.id, lesson]
            )
            for row in rows { attempts[row["id"]] = row }
            let resets = StandingResets(events)
            var tallies: [String: Tally] = [:]
            for event in events {
                guard let step = event.step else { continue }
                tallies[step, default: Tally()].take(event, counts: resets.counts(event), attempt: attempts[event.id])
            }
            return steps.map { (tallies[$0] ?? Tally()).progress(of: $0) }
        }
    }

    private struct Tally {
        var attempts = 0
        var last: Verdict?
        var best: (points: Int, maxPoints: Int)?
        var hintLevel = 0
        var isSolutionShown = false
        var startedAt: Date?
        var passedAt: Date?
        var isStarted = false

        mutating func take(_ event: RecordedEvent, counts: Bool, attempt: Row?) {
            switch event.event {
            case .hintShown(let level): hintLevel = max(hintLevel, level)
            case .solutionShown: isSolutionShown = true
            case .attempt:
                attempts += 1
                guard counts, let attempt, let state = Verdict(rawValue: attempt["state"]) else { break }
                last = state
                let points: Int = attempt["points"]
                if points > best?.points ?? -1 { best = (points, attempt["maxPoints"]) }
                if state == .passed && passedAt == nil { passedAt = event.time }
                isStarted = true
            case .stepEntered: isStarted = isStarted || counts
            case .commandRan, .quizAnswered, .reset, .undo, .redo, .settingChanged, .variableChanged, .other: break
            }
            if counts && isStarted && startedAt == nil { startedAt = event.time }
        }

        func progress(of step: String) -> StepProgress {
            StepProgress(
                step: step,
                status: passedAt != nil ? .passed : isStarted ? .inProgress : .notStarted,
                attempts: attempts,
                lastState: last,
                points: best?.points ?? 0,
                maxPoints: best?.maxPoints ?? 0,
                hintLevel: hintLevel,
                isSolutionShown: isSolutionShown,
                startedAt: startedAt,
                passedAt: passedAt
            )
        }
    }
}
