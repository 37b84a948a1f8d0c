// SPDX-License-Identifier: Apache-2.0

import Diagnostics
package import Lessons
package import ProgressStore
package import Workspaces

/// A learner's lesson as it stands: the lesson, the step, the workspace and the record.
package struct LearnerSession {
    package let bench: Workbench
    package let library: LessonLibrary
    package let progress: ProgressDatabase
    package let lesson: Lesson
    package let step: LessonStep
    /// The workspace; nil when it is gone, which commands that need it report.
    package let workspace: Workspace?

    package init(
        bench: Workbench,
        library: LessonLibrary,
        progress: ProgressDatabase,
        lesson: Lesson,
        step: LessonStep,
        workspace: Workspace?
    ) {
        self.bench = bench
        self.library = library
        self.progress = progress
        self.lesson = lesson
        self.step = step
        self.workspace = workspace
    }

    /// Keeps the workspaces.
    package var keeper: WorkspaceKeeper { bench.keeper() }

    /// Finds out in the record where the learner is.
    ///
    /// The lesson is that of the workspace that is named, that the environment names, or that the working folder lies in; else
    /// the one that was visited last.
    /// - Throws: a `Failure` when no lesson was begun.
    package static func current(
        _ bench: Workbench,
        progress: ProgressDatabase,
        workspace path: String? = nil,
        step wanted: String? = nil
    ) throws -> LearnerSession {
        let library = try bench.lessons()
        let keeper = bench.keeper()
        let found = try findWorkspace(bench.surroundings, keeper, path)
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
            bench: bench,
            library: library,
            progress: progress,
            lesson: lesson,
            step: try step(stepID, of: lesson),
            workspace: workspace
        )
    }

    /// The step of that id; the first one without an id.
    package static func step(_ id: String?, of lesson: Lesson) throws -> LessonStep {
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

    private static func findWorkspace(_ surroundings: Surroundings, _ keeper: WorkspaceKeeper, _ path: String?) throws
        -> Workspace?
    {
        if let path { return try keeper.open(surroundings.resolve(path)) }
        if let named = surroundings.environment["SEAWORTHY_WORKSPACE"], !named.isEmpty,
            let found = try? keeper.open(named)
        {
            return found
        }
        return keeper.find(from: surroundings.currentDirectory)
    }

    /// The workspace, or a failure that says how to get one.
    package func needsWorkspace() throws -> Workspace {
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
    package var stepNumber: Int { (lesson.index(ofStep: step.id) ?? 0) + 1 }

    /// Moves to another step, on the record and in the workspace.
    package func moving(to step: LessonStep) throws -> LearnerSession {
        if let workspace { _ = try keeper.enter(step: step.id, in: workspace) }
        _ = try progress.visit(
            lesson: lesson.id,
            step: step.id,
            workspace: workspace?.path,
            now: bench.surroundings.now
        )
        _ = try progress.record(.stepEntered, lesson: lesson.id, step: step.id, now: bench.surroundings.now)
        return LearnerSession(
            bench: bench,
            library: library,
            progress: progress,
            lesson: lesson,
            step: step,
            workspace: workspace
        )
    }

    /// The lesson's variables: what was set, else the environment's, else the lesson's default.
    package func variables() throws -> [String: String] {
        let stored = try progress.variables()
        var result: [String: String] = [:]
        for variable in lesson.variables {
            let given = bench.surroundings.environment[variable.name].flatMap { $0.isEmpty ? nil : $0 }
            if let value = stored[variable.name] ?? given ?? variable.defaultValue { result[variable.name] = value }
        }
        return result
    }
}
