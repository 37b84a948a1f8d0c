// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Judgements

@testable import ProgressStore

/// A folder that goes away with the test.
final class Scratch: Sendable {
    let path: String
    var database: String { path + "/data/progress.sqlite" }

    init() throws {
        path = NSTemporaryDirectory() + "/seaworthy-progress-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func open(_ seconds: Double = 0) throws -> ProgressDatabase {
        try ProgressDatabase.open(at: database, now: time(seconds)).database
    }

    var files: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path + "/data")) ?? []).sorted() }
}

/// A moment, in seconds after an agreed one.
func time(_ seconds: Double) -> Date { Date(timeIntervalSince1970: 1_795_486_908 + seconds) }

func report(_ step: String, _ states: CheckResult.State..., lesson: String = "lesson") -> StepReport {
    StepReport(
        lesson: lesson,
        step: step,
        checks: states.enumerated().map { index, state in
            CheckResult(
                id: "\(step).\(index)",
                title: "check \(index)",
                state: state,
                points: state == .passed ? 2 : 0,
                maxPoints: 2,
                message: "synthetic",
                evidence: [Evidence(kind: .dockerfile, file: "Dockerfile", line: 3, detail: "USER root")]
            )
        }
    )
}

extension ProgressDatabase {
    @discardableResult
    func attempt(_ step: String, _ states: CheckResult.State..., at seconds: Double = 0) throws -> Attempt {
        let report = StepReport(
            lesson: "lesson",
            step: step,
            checks: states.enumerated().map { index, state in
                CheckResult(
                    id: "\(step).\(index)",
                    title: "check",
                    state: state,
                    points: state == .passed ? 2 : 0,
                    maxPoints: 2,
                    message: "synthetic"
                )
            }
        )
        return try record(
            report,
            inputDigest: "sha256:0",
            engineVersion: "0.1.0",
            dataDigest: "sha256:1",
            now: time(seconds)
        )
    }
}

func code(_ body: () throws -> Void) -> Failure.Code? {
    do {
        try body()
        return nil
    } catch { return (error as? Failure)?.code }
}
