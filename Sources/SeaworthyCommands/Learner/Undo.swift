// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Lessons
import ProgressStore
import Workbench
import Workspaces

/// `seaworthy undo`: take the last change of the files that Seaworthy made back.
struct Undo: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Take the last reset, solution, save, restore or goto back; `redo` brings back what was there.",
        discussion: "What you did since then is kept first, and said. `seaworthy history` lists all that is kept."
    )

    @OptionGroup var options: TravelOptions

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        try HistoryTravel(.undo, options, asJSON: printing.json).run(runtime)
    }
}

/// What undo and redo are told.
struct TravelOptions: ParsableArguments {
    @Flag(name: [.short, .long], help: "Do not ask.")
    var yes = false

    @Flag(name: .customLong("dry-run"), help: "Say what would happen, and do nothing.")
    var dryRun = false

    @Option(help: "The workspace.")
    var workspace: String?
}

/// One step along the history of a workspace, backwards or forwards: files, progress and step together.
struct HistoryTravel {
    private let direction: WorkspaceKeeper.Travel
    private let options: TravelOptions
    private let asJSON: Bool

    init(_ direction: WorkspaceKeeper.Travel, _ options: TravelOptions, asJSON: Bool) {
        self.direction = direction
        self.options = options
        self.asJSON = asJSON
    }

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let session = try runtime.session(workspace: options.workspace)
        let place = try session.needsWorkspace()
        guard let plan = try session.keeper.plan(direction, in: place) else {
            return try nothing(session, place, runtime)
        }
        if !asJSON, !plan.laterWork.isEmpty { warn(plan, runtime) }
        if options.dryRun {
            if asJSON { return try report(plan, session, runtime, isDone: false, kept: nil) }
            ChangeText.describe(plan.difference, runtime.console)
            runtime.console.print("Nothing was done: this was a dry run.")
            return .success
        }
        // Nobody is asked by a script: what is replaced is kept, and the way back is said.
        if !plan.laterWork.isEmpty, !options.yes, !asJSON, isatty(STDIN_FILENO) == 1, runtime.console.isErrorTerminal,
            !runtime.console.confirm("Go on?")
        {
            runtime.console.print("Nothing was done.")
            return .success
        }
        let lesson = session.lesson.id
        let go: WorkspaceKeeper.Alongside = { kind, change in
            guard change.kind == .reset else { return }
            switch kind {
            case .undo: _ = try session.progress.recordUndo(lesson: lesson, change: change.tag, now: runtime.now)
            case .redo:
                guard let tag = change.tag else { return }
                _ = try session.progress.recordRedo(lesson: lesson, change: tag, now: runtime.now)
            default: break
            }
        }
        let keeper = session.keeper
        let travelled =
            direction == .undo
            ? try keeper.undo(place, now: runtime.now, alongside: go)
            : try keeper.redo(place, now: runtime.now, alongside: go)
        guard let change = travelled else { return try nothing(session, place, runtime) }
        var moved = session
        if change.kind.movesStep, let step = session.lesson.step(change.step) { moved = try session.moving(to: step) }
        let kept = try keeper.snapshots(of: place).first
        if asJSON { return try report(plan, moved, runtime, isDone: true, kept: kept) }
        say(change, plan, kept, runtime)
        return .success
    }

    private func warn(_ plan: TravelPlan, _ runtime: Runtime) {
        let paths = ChangeText.paths(plan.laterWork)
        let verb = direction == .undo ? "Taking it back" : "Making it again"
        runtime.console.remark(
            "You changed \(ChangeText.list(paths)) since the \(ChangeText.name(plan.change.kind, plan.change.label)). \(verb) replaces \(paths.count == 1 ? "that file" : "those files"); a copy is kept first."
        )
    }

    private func say(_ change: WorkspaceChange, _ plan: TravelPlan, _ kept: WorkspaceSnapshot?, _ runtime: Runtime) {
        let name = ChangeText.name(change.kind, change.label)
        if let rest = plan.restOf {
            runtime.console.print("The \(rest.rawValue) that was interrupted (\(name)) is complete now.")
        } else if direction == .undo {
            runtime.console.print("Took back: \(name). Your files are as they were before it.")
        } else {
            runtime.console.print("Made again: \(name). Your files are as they were before the undo.")
        }
        guard !plan.difference.isEmpty, let kept else { return }
        let other = direction == .undo ? "redo" : "undo"
        runtime.console.remark(
            "What was there is kept: `seaworthy \(other)` brings it back, or `seaworthy restore \(kept.shortName)`."
        )
    }

    private func nothing(_ session: LearnerSession, _ place: Workspace, _ runtime: Runtime) throws -> ExitStatus {
        if asJSON {
            try runtime.console.print(json: TravelDocument(step: session.step.id))
            return .success
        }
        let other: WorkspaceKeeper.Travel = direction == .undo ? .redo : .undo
        let way = try session.keeper.plan(other, in: place) != nil
        let what = direction == .undo ? "There is nothing to take back." : "There is nothing to make again."
        let hint = way ? " `seaworthy \(other == .redo ? "redo" : "undo")` goes the other way." : ""
        runtime.console.print(what + hint)
        return .success
    }

    private func report(
        _ plan: TravelPlan,
        _ session: LearnerSession,
        _ runtime: Runtime,
        isDone: Bool,
        kept: WorkspaceSnapshot?
    ) throws -> ExitStatus {
        var document = TravelDocument(step: session.step.id)
        document.isDone = isDone
        document.kind = plan.change.kind.rawValue
        document.label = plan.change.label
        document.files = ChangeText.paths(plan.difference)
        document.laterWork = ChangeText.paths(plan.laterWork)
        document.kept = kept?.shortName
        try runtime.console.print(json: document)
        return .success
    }

    /// What an undo or redo did; paths relative to the workspace.
    private struct TravelDocument: Encodable {
        var isDone = false
        var kind: String?
        var label: String?
        let step: String
        /// What changed.
        var files: [String] = []
        /// What of it was done since the change that was taken back.
        var laterWork: [String] = []
        /// The snapshot of the files as they were before this.
        var kept: String?

        init(step: String) { self.step = step }
    }
}
