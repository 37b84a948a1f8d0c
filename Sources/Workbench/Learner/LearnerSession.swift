// SPDX-License-Identifier: Apache-2.0

package import Diagnostics
import HostFiles
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
    /// Why there is no workspace, where its folder is there and cannot be used.
    package let workspaceProblem: Failure?

    package init(
        bench: Workbench,
        library: LessonLibrary,
        progress: ProgressDatabase,
        lesson: Lesson,
        step: LessonStep,
        workspace: Workspace?,
        workspaceProblem: Failure? = nil
    ) {
        self.workspaceProblem = workspaceProblem
        self.bench = bench
        self.library = library
        // Each workspace has a record of its own.
        self.progress = workspace.map { progress.of(record: $0.record) } ?? progress
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
        let states = try progress.lessonStates()
        let formerPlaces = states.compactMap(\.workspace)
        let found = try findWorkspace(bench.surroundings, keeper, path, formerPlaces)
        let current = found == nil ? states.first : nil
        guard let lessonID = found?.marker.lesson ?? current?.lesson else {
            throw Failure(
                .noLessonBegun,
                "no lesson has been started yet",
                fix: "start one with `seaworthy learn securing-your-image`"
            )
        }
        let lesson = try library.lesson(lessonID)
        var workspace = found
        var problem: Failure?
        if let last = current?.workspace {
            do {
                workspace = try keeper.open(last, formerPlaces: formerPlaces)
            } catch let failure as Failure {
                // A folder that is gone, or is none of ours any more, is told in words of its own.
                if failure.code != .noInput { problem = failure }
            }
        }
        let scoped = progress.of(record: workspace?.record ?? current?.record)
        let stepID = try wanted ?? scoped.state(of: lessonID)?.step ?? found?.marker.step
        return LearnerSession(
            bench: bench,
            library: library,
            progress: scoped,
            lesson: lesson,
            step: try step(stepID, of: lesson),
            workspace: workspace,
            workspaceProblem: problem
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

    private static func findWorkspace(
        _ surroundings: Surroundings,
        _ keeper: WorkspaceKeeper,
        _ path: String?,
        _ formerPlaces: [String]
    ) throws -> Workspace? {
        if let path { return try keeper.open(surroundings.resolve(path), formerPlaces: formerPlaces) }
        if let named = surroundings.environment["SEAWORTHY_WORKSPACE"], !named.isEmpty,
            let found = try? keeper.open(named, formerPlaces: formerPlaces)
        {
            return found
        }
        return try keeper.find(from: surroundings.currentDirectory, formerPlaces: formerPlaces)
    }

    /// The workspace, or a failure that says how to get one.
    package func needsWorkspace() throws -> Workspace {
        guard let workspace else {
            if let workspaceProblem { throw workspaceProblem }
            let place = try progress.state(of: lesson.id)?.workspace
            let looksLikeWork = HostFile.kind(of: bench.surroundings.currentDirectory + "/Dockerfile") == .file
            let learn = "seaworthy learn \(lesson.id)"
            let adoption =
                looksLikeWork
                ? "if the files in this folder are your work, go on with them by `\(learn) --workspace . --adopt`"
                : "if you moved the folder, run this there; files that were copied without their record are taken by `\(learn) --workspace DIR --adopt`"
            throw Failure(
                .noInput,
                "the lesson's workspace is not there",
                at: place.map { .file($0) },
                why: "its folder was moved or removed",
                fix: adoption + "; new ones are made by `\(learn) --workspace DIR`"
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
            workspace: workspace,
            workspaceProblem: workspaceProblem
        )
    }

    /// The lesson's variables: what was set, else the environment's, else the lesson's default. A value that does not fit, as an
    /// older version or the environment may have it, is passed over.
    package func variables() throws -> [String: String] {
        let stored = try progress.variables()
        var result: [String: String] = [:]
        for variable in lesson.variables {
            let values = [stored[variable.name], bench.surroundings.environment[variable.name], variable.defaultValue]
            if let value = values.compactMap(\.self).first(where: { variable.problem(with: $0) == nil }) {
                result[variable.name] = value
            }
        }
        return result
    }

    /// The overlay folders of the solutions of the steps before one, in their order.
    package func earlierSolutions(before step: LessonStep) -> [String] {
        guard let index = lesson.index(ofStep: step.id) else { return [] }
        return lesson.steps[..<index].compactMap { library.solutionFolder(of: $0, in: lesson) }
    }
}
