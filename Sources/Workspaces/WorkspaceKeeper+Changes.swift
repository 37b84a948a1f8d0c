// SPDX-License-Identifier: Apache-2.0

import Diagnostics
public import Foundation
import HostFiles

extension WorkspaceKeeper {
    /// Where a reset goes back to.
    public enum Origin: Sendable, Hashable {
        /// The starter as the lesson has it now.
        case lesson
        /// The files as they were when the learner first entered the step; where that was never recorded, the starter with
        /// the solutions of the earlier steps laid over it.
        case step(String)
    }

    /// What a reset would do, without doing it.
    ///
    /// - Parameters:
    ///   - starter: the lesson's starter folder.
    ///   - earlierSolutions: the overlay folders of the steps before, in their order; used when nothing was recorded.
    public func planReset(
        of workspace: Workspace,
        to origin: Origin,
        starter: String,
        earlierSolutions: [String] = []
    ) throws -> StateDifference {
        try locked(workspace.path) { folder in
            let journal = try Self.journal(in: folder)
            let target = try self.target(origin, journal: journal, starter: starter, overlays: earlierSolutions)
            let root = try OpenFolder(path: workspace.path)
            return StateWriter.difference(from: try WorkspaceScan(of: root, limits: limits), to: target)
        }
    }

    /// Puts a workspace's files back; strays go away, and all that was there is kept for `undo`.
    ///
    /// - Parameter laterSteps: the steps behind the one that is reset; what was recorded on entering them is forgotten, for it
    ///   grew out of what is given up now. A reset to the lesson's beginning forgets all of them.
    public func reset(
        _ workspace: Workspace,
        to origin: Origin,
        starter: String,
        earlierSolutions: [String] = [],
        forgetting laterSteps: [String] = [],
        now: Date
    ) throws -> WorkspaceChange {
        try locked(workspace.path) { folder in
            var journal = try Self.journal(in: folder)
            let target = try self.target(origin, journal: journal, starter: starter, overlays: earlierSolutions)
            let before = journal.entries
            let label: String
            switch origin {
            case .lesson:
                label = "lesson \(workspace.marker.lesson)"
                journal.entries = [:]
                journal.starter = try store.add(target)
            case .step(let step):
                label = "step \(step)"
                for later in laterSteps where later != step { journal.entries[later] = nil }
            }
            return try change(
                workspace,
                kind: .reset,
                label: label,
                to: target,
                entriesBefore: before,
                journal: &journal,
                in: folder,
                now: now
            )
        }
    }

    /// Lays a reference solution over the files; what it does not name stays.
    public func applySolution(
        _ overlay: String,
        of step: String,
        to workspace: Workspace,
        now: Date
    ) throws -> WorkspaceChange {
        try locked(workspace.path) { folder in
            var journal = try Self.journal(in: folder)
            let root = try OpenFolder(path: workspace.path)
            let current = try WorkspaceScan(of: root, limits: limits).state
            let target = current.overlaid(with: try overlayState(overlay))
            return try change(
                workspace,
                kind: .solution,
                label: "step \(step)",
                to: target,
                entriesBefore: journal.entries,
                journal: &journal,
                in: folder,
                now: now
            )
        }
    }

    /// Takes the last change that still stands back: files, recorded step and all.
    ///
    /// What was done since is copied before, too. An undo that a kill interrupted is brought to its end.
    ///
    /// - Returns: the change that was taken back; nil when there is none.
    public func undo(_ workspace: Workspace, now: Date) throws -> WorkspaceChange? {
        try locked(workspace.path) { folder in
            var journal = try Self.journal(in: folder)
            if let last = journal.changes.last, last.kind == .undo, !last.isFinished {
                try complete(&journal, workspace: workspace, in: folder)
                return journal.changes.last { $0.kind != .undo && $0.backup == last.target }
            }
            guard let index = journal.changes.lastIndex(where: { $0.kind != .undo && !$0.isUndone }) else { return nil }
            let undone = journal.changes[index]
            let before = journal.entries
            journal.entries = undone.entries
            journal.changes[index].isUndone = true
            _ = try change(
                workspace,
                kind: .undo,
                label: undone.label,
                to: try store.state(undone.backup),
                entriesBefore: before,
                journal: &journal,
                in: folder,
                now: now
            )
            _ = try setStep(undone.step, of: workspace)
            return undone
        }
    }

    /// The change that a kill interrupted; nil when the last one is finished.
    public func unfinishedChange(of workspace: Workspace) throws -> WorkspaceChange? {
        try locked(workspace.path) { folder in
            guard let last = try Self.journal(in: folder).changes.last, !last.isFinished else { return nil }
            return last
        }
    }

    /// Brings the change that a kill interrupted to its end; does nothing when there is none.
    public func finish(_ workspace: Workspace) throws {
        try locked(workspace.path) { folder in
            var journal = try Self.journal(in: folder)
            guard let last = journal.changes.last, !last.isFinished else { return }
            try complete(&journal, workspace: workspace, in: folder)
        }
    }

    /// Every change that was made, oldest first.
    public func changes(of workspace: Workspace) throws -> [WorkspaceChange] {
        try locked(workspace.path) { try Self.journal(in: $0).changes }
    }

    /// The changes of files that a reset or a solution would make to what it names, for a question before it is done.
    public func planSolution(_ overlay: String, to workspace: Workspace) throws -> StateDifference {
        let root = try OpenFolder(path: workspace.path)
        let scan = try WorkspaceScan(of: root, limits: limits)
        return StateWriter.difference(from: scan, to: scan.state.overlaid(with: try overlayState(overlay)))
    }

    // MARK: - The one way in which files change

    private func change(
        _ workspace: Workspace,
        kind: WorkspaceChange.Kind,
        label: String,
        to target: WorkspaceState,
        entriesBefore: [String: SnapshotStore.ID],
        journal: inout WorkspaceJournal,
        in folder: borrowing OpenFolder,
        now: Date
    ) throws -> WorkspaceChange {
        let root = try OpenFolder(path: workspace.path)
        let scan = try WorkspaceScan(of: root, limits: limits, into: store)
        let record = WorkspaceChange(
            kind: kind,
            label: label,
            time: now,
            backup: try store.add(scan.state),
            target: try store.add(target),
            step: workspace.marker.step,
            entries: entriesBefore,
            isFinished: false,
            isUndone: false
        )
        journal.changes.append(record)
        try Self.write(journal, to: folder)
        try StateWriter(store: store).write(target, to: root, from: scan)
        return try markFinished(&journal, in: folder)
    }

    private func complete(
        _ journal: inout WorkspaceJournal,
        workspace: Workspace,
        in folder: borrowing OpenFolder
    ) throws {
        guard let last = journal.changes.last else { return }
        let root = try OpenFolder(path: workspace.path)
        // The bytes go to the store, too: somebody may have worked on since the kill.
        let scan = try WorkspaceScan(of: root, limits: limits, into: store)
        _ = try store.add(scan.state)
        try StateWriter(store: store).write(try store.state(last.target), to: root, from: scan)
        if last.kind == .undo, let undone = journal.changes.last(where: { $0.isUndone && $0.backup == last.target }) {
            _ = try setStep(undone.step, of: workspace)
        }
        _ = try markFinished(&journal, in: folder)
    }

    private func markFinished(
        _ journal: inout WorkspaceJournal,
        in folder: borrowing OpenFolder
    ) throws -> WorkspaceChange {
        guard var last = journal.changes.popLast() else {
            throw Failure(.internalFault, "a change was lost from the workspace's history", at: .file(folder.place))
        }
        last.isFinished = true
        journal.changes.append(last)
        try Self.write(journal, to: folder)
        return last
    }

    private func target(
        _ origin: Origin,
        journal: WorkspaceJournal,
        starter: String,
        overlays: [String]
    ) throws -> WorkspaceState {
        switch origin {
        case .lesson: return try overlayState(starter)
        case .step(let step):
            if let id = journal.entries[step] { return try store.state(id) }
            return try overlays.reduce(overlayState(starter)) { state, overlay in
                state.overlaid(with: try overlayState(overlay))
            }
        }
    }

    /// The state of a folder of the lesson, its bytes stored, its files writable as a learner needs them.
    private func overlayState(_ folder: String) throws -> WorkspaceState {
        let source = try OpenFolder(path: folder)
        let scan = try WorkspaceScan(of: source, limits: limits, into: store)
        return WorkspaceState(entries: scan.state.entries.filter { $0.kind != .special }.map(\.ownerWritable))
    }
}
