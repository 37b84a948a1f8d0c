// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Foundation
import Lessons
import ProgressStore
import Workspaces

/// `seaworthy reset`: put files and progress back; a backup is made first, and `undo` takes it back.
struct Reset: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Put the files and progress of a step or lesson back; `undo` takes that back."
    )

    @Argument(help: "The step; the current one when neither it nor --lesson is given.")
    var step: String?

    @Flag(help: "The whole lesson, back to its first step.")
    var lesson = false

    @Flag(help: "The same as --lesson: every step.")
    var all = false

    @Flag(name: [.short, .long], help: "Do not ask.")
    var yes = false

    @Flag(name: .customLong("dry-run"), help: "Say what would happen, and do nothing.")
    var dryRun = false

    @Option(help: "The workspace.")
    var workspace: String?

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        guard step == nil || !(lesson || all) else {
            throw Failure(.usage, "name a step or --lesson, not both")
        }
        let session = try LearnerSession.current(runtime, workspace: workspace)
        let place = try session.needsWorkspace()
        let isWhole = lesson || all
        let target =
            isWhole
            ? try LearnerSession.step(nil, of: session.lesson)
            : try LearnerSession.step(step ?? session.step.id, of: session.lesson)
        guard let starter = session.library.starter(of: session.lesson.id),
            let index = session.lesson.index(ofStep: target.id)
        else {
            throw Failure(
                .malformedInput,
                "the lesson has no starter project",
                at: session.library.folder(of: session.lesson.id)
            )
        }
        let earlier = session.lesson.steps[..<index].compactMap {
            session.library.solutionFolder(of: $0, in: session.lesson)
        }
        let origin: WorkspaceKeeper.Origin = isWhole ? .lesson : .step(target.id)
        let plan = try session.keeper.planReset(of: place, to: origin, starter: starter, earlierSolutions: earlier)
        let what = isWhole ? "the lesson \(session.lesson.id)" : "the step \(target.id)"
        describe(plan, runtime)
        if dryRun {
            runtime.console.print("Nothing was done: this was a dry run.")
            return .success
        }
        if !yes {
            guard isatty(STDIN_FILENO) == 1 else {
                throw Failure(.usage, "a reset asks first, and there is nobody to ask", fix: "add --yes")
            }
            guard
                runtime.console.confirm("Put \(what) back? Your files are kept, and `seaworthy undo` brings them back.")
            else {
                runtime.console.print("Nothing was done.")
                return .success
            }
        }
        let later = session.lesson.steps[(index + 1)...].map(\.id)
        _ = try session.keeper.reset(
            place,
            to: origin,
            starter: starter,
            earlierSolutions: earlier,
            forgetting: later,
            now: runtime.now
        )
        let steps = isWhole ? nil : [target.id]
        _ = try session.progress.recordReset(of: steps, lesson: session.lesson.id, now: runtime.now)
        _ = try session.moving(to: target)
        runtime.console.print("Put \(what) back. `seaworthy undo` takes that back.")
        return .success
    }

    private func describe(_ plan: StateDifference, _ runtime: Runtime) {
        for (mark, paths) in [
            ("would come back", plan.added), ("would change back", plan.changed), ("would go away", plan.removed),
        ] {
            for path in paths { runtime.console.remark("  \(path.description.harmless): \(mark)") }
        }
        if plan.isEmpty { runtime.console.remark("  The files are as they were already.") }
    }
}

/// `seaworthy undo`: take the last reset or applied solution back.
struct Undo: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Take the last reset or applied solution back, files and progress."
    )

    @Option(help: "The workspace.")
    var workspace: String?

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let session = try LearnerSession.current(runtime, workspace: workspace)
        let place = try session.needsWorkspace()
        guard let change = try session.keeper.undo(place, now: runtime.now) else {
            runtime.console.print("There is nothing to take back.")
            return .success
        }
        if change.kind == .reset { _ = try session.progress.recordUndo(lesson: session.lesson.id, now: runtime.now) }
        if let step = session.lesson.step(change.step) { _ = try session.moving(to: step) }
        runtime.console.print(
            "Took back: \(change.kind.rawValue) of \(change.label). Your files are as they were before it."
        )
        return .success
    }
}
