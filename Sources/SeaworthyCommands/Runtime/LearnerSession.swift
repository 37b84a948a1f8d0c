// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Lessons
import ProgressStore
import Workspaces

/// A learner's lesson as it stands: the lesson, the step, the workspace and the record.
struct LearnerSession {
    let runtime: Runtime
    let library: LessonLibrary
    let progress: ProgressDatabase
    let keeper: WorkspaceKeeper
    let lesson: Lesson
    let step: LessonStep
    /// The workspace; nil when it is gone, which commands that need it report.
    let workspace: Workspace?

    /// Opens the record and finds out where the learner is.
    ///
    /// The lesson is that of the workspace that is named, that the environment names, or that the working folder lies in; else
    /// the one that was visited last.
    /// - Throws: a `Failure` when no lesson was begun.
    static func current(_ runtime: Runtime, workspace path: String? = nil, step wanted: String? = nil) throws
        -> LearnerSession
    {
        let library = try runtime.lessons()
        let progress = try openProgress(runtime)
        let keeper = keeper(runtime)
        let found = try findWorkspace(runtime, keeper, path)
        let state =
            try found.flatMap { try progress.state(workspace: $0.path) }
            ?? (found == nil ? progress.currentLesson() : nil)
        guard let lessonID = found?.marker.lesson ?? state?.lesson else {
            throw Failure(
                .noLessonBegun,
                "no lesson has been started yet",
                fix: "start one with `seaworthy learn securing-your-image`"
            )
        }
        let lesson = try library.lesson(lessonID)
        let stepID = wanted ?? state?.step ?? found?.marker.step
        let workspace = found ?? state?.workspace.flatMap { try? keeper.open($0) }
        return LearnerSession(
            runtime: runtime,
            library: library,
            progress: progress,
            keeper: keeper,
            lesson: lesson,
            step: try step(stepID, of: lesson),
            workspace: workspace
        )
    }

    /// Opens the record; a damaged one is moved aside, which is said, and the lesson goes on.
    static func openProgress(_ runtime: Runtime) throws -> ProgressDatabase {
        let opening = try ProgressDatabase.open(at: runtime.home + "/progress.sqlite", now: runtime.now)
        if let damaged = opening.damaged {
            runtime.console.remark(
                """
                Your progress record could not be read (\(damaged.why.harmless)).
                It was moved to \(damaged.movedTo.joined(separator: ", ")) and a new one was begun; your workspace is untouched.
                """
            )
        }
        return opening.database
    }

    static func keeper(_ runtime: Runtime) -> WorkspaceKeeper {
        WorkspaceKeeper(dataHome: runtime.home, homeFolder: runtime.environment["HOME"])
    }

    /// The step of that id; the first one without an id.
    static func step(_ id: String?, of lesson: Lesson) throws -> LessonStep {
        guard let first = lesson.steps.first else {
            throw Failure(.malformedInput, "the lesson has no steps", at: .name(lesson.id))
        }
        guard let id else { return first }
        if let number = Int(id), lesson.steps.indices.contains(number - 1) { return lesson.steps[number - 1] }
        guard let step = lesson.step(id) else {
            let names = lesson.steps.map(\.id).joined(separator: ", ")
            throw Failure(.noInput, "the lesson \(lesson.id) has no step \"\(id)\"", fix: "the steps are: \(names)")
        }
        return step
    }

    private static func findWorkspace(_ runtime: Runtime, _ keeper: WorkspaceKeeper, _ path: String?) throws
        -> Workspace?
    {
        if let path { return try keeper.open(runtime.resolve(path)) }
        if let named = runtime.environment["SEAWORTHY_WORKSPACE"], !named.isEmpty, let found = try? keeper.open(named) {
            return found
        }
        return keeper.find(from: runtime.currentDirectory)
    }

    /// The workspace, or a failure that says how to get one.
    func needsWorkspace() throws -> Workspace {
        guard let workspace else {
            throw Failure(
                .noInput,
                "the lesson's workspace is not there",
                why: "its folder was moved or removed",
                fix:
                    "name it with --workspace DIR, or make a new one with `seaworthy learn \(lesson.id) --workspace DIR`"
            )
        }
        return workspace
    }

    /// The step's place, from 1.
    var stepNumber: Int { (lesson.index(ofStep: step.id) ?? 0) + 1 }

    /// Moves to another step, on the record and in the workspace.
    func moving(to step: LessonStep) throws -> LearnerSession {
        if let workspace { _ = try keeper.enter(step: step.id, in: workspace) }
        _ = try progress.visit(lesson: lesson.id, step: step.id, workspace: workspace?.path, now: runtime.now)
        _ = try progress.record(.stepEntered, lesson: lesson.id, step: step.id, now: runtime.now)
        return LearnerSession(
            runtime: runtime,
            library: library,
            progress: progress,
            keeper: keeper,
            lesson: lesson,
            step: step,
            workspace: workspace
        )
    }

    /// The lesson's variables: what was set, else the environment's, else the lesson's default.
    func variables() throws -> [String: String] {
        let stored = try progress.variables()
        var result: [String: String] = [:]
        for variable in lesson.variables {
            let given = runtime.environment[variable.name].flatMap { $0.isEmpty ? nil : $0 }
            if let value = stored[variable.name] ?? given ?? variable.defaultValue { result[variable.name] = value }
        }
        return result
    }
}

extension Runtime {
    /// The clock as a date.
    var now: Date { Date(timeIntervalSince1970: TimeInterval(epochSeconds)) }
}
