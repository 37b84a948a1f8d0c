// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Foundation
import Lessons
import ProgressStore
import Workbench
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

    @OptionGroup var options: LessonOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        guard step == nil || !(lesson || all) else {
            throw Failure(.usage, "name a step or --lesson, not both")
        }
        let session = try runtime.session(options)
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
                at: .file(session.library.folder(of: session.lesson.id))
            )
        }
        let earlier = session.earlierSolutions(before: target)
        let origin: WorkspaceKeeper.Origin = isWhole ? .lesson : .step(target.id)
        let plan = try session.keeper.planReset(of: place, to: origin, starter: starter, earlierSolutions: earlier)
        let what = isWhole ? "the lesson \(session.lesson.id)" : "the step \(target.id)"
        if !options.printing.json { ChangeText.describe(plan, runtime.console) }
        func say(_ text: String, isDone: Bool) throws {
            if options.printing.json {
                try report(plan, session, runtime, target: target, isDone: isDone)
            } else {
                runtime.console.print(text)
            }
        }
        if dryRun {
            try say("Nothing was done: this was a dry run.", isDone: false)
            return .success
        }
        guard try yes || isConfirmed(what, runtime) else {
            try say("Nothing was done.", isDone: false)
            return .success
        }
        let later = session.lesson.steps[(index + 1)...].map(\.id)
        let steps = isWhole ? nil : [target.id]
        let lessonID = session.lesson.id
        _ = try session.keeper.reset(
            place,
            to: origin,
            starter: starter,
            earlierSolutions: earlier,
            forgetting: later,
            now: runtime.now
        ) { _, change in
            try session.progress.recordReset(of: steps, lesson: lessonID, change: change.tag, now: runtime.now)
        }
        _ = try session.moving(to: target)
        try say("Put \(what) back. `seaworthy undo` takes that back.", isDone: true)
        return .success
    }

    /// Asks whether something shall be put back.
    private func isConfirmed(_ what: String, _ runtime: Runtime) throws -> Bool {
        guard isatty(STDIN_FILENO) == 1 else {
            throw Failure(.usage, "a reset asks first, and there is nobody to ask", fix: "add --yes")
        }
        return runtime.console.confirm(
            "Put \(what) back? Your files are kept, and `seaworthy undo` brings them back."
        )
    }

    private func report(
        _ plan: StateDifference,
        _ session: LearnerSession,
        _ runtime: Runtime,
        target: LessonStep,
        isDone: Bool
    ) throws {
        func paths(_ list: [WorkspacePath]) -> [String] { list.map(\.description) }
        let document = ResetDocument(
            lesson: session.lesson.id,
            step: target.id,
            isDone: isDone,
            comesBack: paths(plan.added),
            changesBack: paths(plan.changed),
            goesAway: paths(plan.removed)
        )
        try runtime.console.print(json: document)
    }
}

/// What a reset does to the files, as JSON: paths relative to the workspace.
private struct ResetDocument: Encodable {
    let lesson: String
    let step: String
    let isDone: Bool
    let comesBack: [String]
    let changesBack: [String]
    let goesAway: [String]
}
