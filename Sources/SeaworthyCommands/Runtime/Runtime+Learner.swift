// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ProgressStore
import Workbench

extension Runtime {
    /// Opens the record; a damaged one is moved aside, which is said, and the lesson goes on.
    func openProgress() throws -> ProgressDatabase {
        let opening = try ProgressDatabase.open(at: home + "/progress.sqlite", now: now)
        if let damaged = opening.damaged {
            console.remark(
                """
                Your progress record could not be read (\(damaged.why.harmless)).
                It was moved to \(damaged.movedTo.joined(separator: ", ")) and a new one was begun; your workspace is untouched.
                """
            )
        }
        return opening.database
    }

    /// The lesson, at the step that the options name.
    func session(_ options: StepOptions) throws -> LearnerSession {
        try session(workspace: options.workspace, step: options.step)
    }

    /// The lesson, at its current step.
    func session(_ options: LessonOptions) throws -> LearnerSession { try session(workspace: options.workspace) }

    /// The learner's lesson as it stands.
    ///
    /// - Throws: a `Failure` when no lesson was begun.
    func session(workspace: String? = nil, step: String? = nil) throws -> LearnerSession {
        // Without lessons no record is opened.
        _ = try workbench.lessons()
        return try LearnerSession.current(workbench, progress: try openProgress(), workspace: workspace, step: step)
    }
}
