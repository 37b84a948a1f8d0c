// SPDX-License-Identifier: Apache-2.0

public import Foundation
import HostFiles

extension WorkspaceKeeper {
    /// Takes the last change that still stands back: files, recorded step and all.
    ///
    /// The files as they are now are copied before, with all that was done since, and `redo` brings exactly those back. An undo or
    /// redo that a kill interrupted is brought to its end instead.
    ///
    /// - Returns: the change that was taken back; nil when there is none.
    public func undo(
        _ workspace: Workspace,
        now: Date,
        alongside: Alongside = { _, _ in }
    ) throws -> WorkspaceChange? {
        try travel(.undo, workspace, now: now, alongside)
    }

    /// Makes the change again that was taken back last: the files come back as they were before the undo.
    ///
    /// - Returns: the change that was made again; nil when there is none.
    public func redo(
        _ workspace: Workspace,
        now: Date,
        alongside: Alongside = { _, _ in }
    ) throws -> WorkspaceChange? {
        try travel(.redo, workspace, now: now, alongside)
    }

    /// What `undo` or `redo` would do, without doing it; nil when there is nothing to take back.
    public func plan(_ direction: Travel, in workspace: Workspace) throws -> TravelPlan? {
        try locked(workspace) { folder in
            let journal = try Self.journal(in: folder)
            if let last = journal.changes.last, !last.isFinished, last.kind.isTravel {
                let target = try store.state(last.target)
                let difference = StateWriter.difference(from: try scan(workspace), to: target)
                let original = journal.change(journal.original(of: journal.changes.count)) ?? last
                return TravelPlan(
                    change: original,
                    difference: difference,
                    laterWork: StateDifference(),
                    restOf: last.kind
                )
            }
            guard let number = (direction == .undo ? journal.past : journal.future).last,
                let change = journal.change(number)
            else { return nil }
            let now = try scan(workspace)
            let difference = StateWriter.difference(from: now, to: try store.state(change.backup))
            // Of a change that was not finished nobody knows what is later work, and what is half of it.
            let later =
                change.isFinished
                ? try store.state(change.target).difference(to: now.state) : StateDifference()
            let original = journal.change(journal.original(of: number)) ?? change
            return TravelPlan(
                change: original,
                difference: difference,
                laterWork: later.limited(to: difference),
                restOf: nil
            )
        }
    }

    /// The change that a kill interrupted; nil when the last one is finished.
    public func unfinishedChange(of workspace: Workspace) throws -> WorkspaceChange? {
        try locked(workspace) { folder in
            guard let last = try Self.journal(in: folder).changes.last, !last.isFinished else { return nil }
            return last
        }
    }

    /// Brings the change that a kill interrupted to its end; does nothing when there is none. What is there now is kept before.
    public func finish(_ workspace: Workspace, now: Date = Date(timeIntervalSince1970: 0)) throws {
        try locked(workspace) { folder in
            var journal = try Self.journal(in: folder)
            guard let last = journal.changes.last, !last.isFinished else { return }
            _ = try complete(last, &journal, workspace, in: folder, now: last.kind.isTravel ? now : last.time) { _, _ in
            }
        }
    }

    /// Every change that was made, oldest first.
    public func changes(of workspace: Workspace) throws -> [WorkspaceChange] {
        try locked(workspace) { try Self.journal(in: $0).changes }
    }

    /// The two directions in which one goes along the history.
    public enum Travel: Sendable, Hashable, CaseIterable {
        case undo, redo

        var kind: WorkspaceChange.Kind { self == .undo ? .undo : .redo }
    }

    private func travel(
        _ direction: Travel,
        _ workspace: Workspace,
        now: Date,
        _ alongside: Alongside
    ) throws -> WorkspaceChange? {
        try locked(workspace) { folder in
            var journal = try Self.journal(in: folder)
            if let last = journal.changes.last, !last.isFinished, last.kind.isTravel {
                return try complete(last, &journal, workspace, in: folder, now: now, alongside)
            }
            guard let number = direction == .undo ? journal.past.popLast() : journal.future.popLast(),
                let change = journal.change(number)
            else { return nil }
            let original = journal.original(of: number)
            let draft = ChangeDraft(
                kind: direction.kind,
                label: change.label,
                entriesBefore: journal.entries,
                origin: original,
                source: number,
                times: change.times.map { store.times($0) } ?? [:]
            )
            // A saved block has nothing to do with the steps that were entered since.
            if journal.change(original)?.kind.movesStep == true { journal.entries = change.entries }
            let next = journal.changes.count + 1
            if direction == .undo { journal.future.append(next) } else { journal.past.append(next) }
            let target = try store.state(change.backup)
            _ = try self.change(workspace, draft, to: target, &journal, in: folder, now: now, alongside)
            guard let made = journal.change(original) else { return change }
            if made.kind.movesStep { _ = try setStep(change.step, of: workspace) }
            return made.at(step: made.kind.movesStep ? change.step : workspace.marker.step)
        }
    }

    /// - Returns: the change of its own that the interrupted one belongs to.
    private func complete(
        _ last: WorkspaceChange,
        _ journal: inout WorkspaceJournal,
        _ workspace: Workspace,
        in folder: borrowing OpenFolder,
        now: Date,
        _ alongside: Alongside
    ) throws -> WorkspaceChange {
        let number = journal.changes.count
        let original = journal.original(of: number)
        let source = source(of: last, journal)
        let draft = ChangeDraft(
            kind: last.kind.isTravel ? last.kind : .finish,
            label: last.label,
            entriesBefore: journal.entries,
            origin: original,
            source: last.source,
            times: source?.times.map { store.times($0) } ?? [:]
        )
        // Somebody may have worked on since the kill: what is there now is a state like any other, and is kept first.
        let target = try store.state(last.target)
        _ = try change(workspace, draft, to: target, &journal, in: folder, now: now, alongside)
        _ = try markFinished(number, &journal, in: folder)
        let made = journal.change(original) ?? last
        guard made.kind.movesStep, let source else { return made.at(step: workspace.marker.step) }
        _ = try setStep(source.step, of: workspace)
        return made.at(step: source.step)
    }

    /// The change whose state before is what an undo or redo goes to; nil for other changes.
    private func source(of travel: WorkspaceChange, _ journal: WorkspaceJournal) -> WorkspaceChange? {
        guard travel.kind == .undo || travel.kind == .redo else { return nil }
        // Histories of older versions know it by what it led back to.
        return travel.source.flatMap(journal.change)
            ?? journal.changes.last { $0.kind != .undo && $0.backup == travel.target }
    }
}

extension WorkspaceChange {
    /// The same as a caller gets it: the step is the one that the learner is at now.
    func at(step: String) -> WorkspaceChange {
        WorkspaceChange(
            kind: kind,
            label: label,
            time: time,
            backup: backup,
            target: target,
            step: step,
            entries: entries,
            isFinished: isFinished,
            origin: origin,
            source: source,
            tag: tag,
            times: times,
            isUndone: isUndone
        )
    }
}

extension StateDifference {
    /// The paths that another difference touches as well.
    func limited(to other: StateDifference) -> StateDifference {
        let touched = Set(other.added + other.changed + other.removed)
        return StateDifference(
            added: added.filter(touched.contains),
            changed: changed.filter(touched.contains),
            removed: removed.filter(touched.contains)
        )
    }
}
