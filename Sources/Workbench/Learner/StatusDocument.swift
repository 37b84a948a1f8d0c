// SPDX-License-Identifier: Apache-2.0

import Lessons
import ProgressStore
import Workspaces

/// Where a learner is, as JSON: what `status` prints, and every command that moves.
package struct StatusDocument: Encodable {
    let lesson: String
    let title: String
    let step: String
    let stepNumber: Int
    let stepCount: Int
    let workspace: String?
    let points: Int
    let maxPoints: Int
    let steps: [StepProgress]

    package init(_ session: LearnerSession) throws {
        steps = try session.progress.progress(lesson: session.lesson.id, steps: session.lesson.steps.map(\.id))
        lesson = session.lesson.id
        title = session.lesson.title
        step = session.step.id
        stepNumber = session.stepNumber
        stepCount = session.lesson.steps.count
        workspace = session.workspace?.path
        points = steps.reduce(0) { $0 + $1.points }
        maxPoints = session.lesson.maxPoints
    }
}
