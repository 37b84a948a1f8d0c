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

    /// What belongs to a change and must be kept with it, such as the record of the learner's progress: done when the files are
    /// written and before the change counts as finished. It may be done twice after a kill, and must not mind. It gets what is
    /// being done, and the change that it is done to: itself, or the one that is taken back or made again.
    public typealias Alongside = (WorkspaceChange.Kind, WorkspaceChange) throws -> Void

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
        try locked(workspace) { folder in
            let journal = try Self.journal(in: folder)
            let target = try self.target(origin, journal: journal, starter: starter, overlays: earlierSolutions)
            let scan = try scan(workspace)
            return StateWriter.difference(from: scan, to: target.keepingGroups(of: scan))
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
        now: Date,
        alongside: Alongside = { _, _ in }
    ) throws -> WorkspaceChange {
        try locked(workspace) { folder in
            var journal = try Self.journal(in: folder)
            let target = try self.target(origin, journal: journal, starter: starter, overlays: earlierSolutions)
            let label: String
            let before = journal.entries
            switch origin {
            case .lesson:
                label = "lesson \(workspace.marker.lesson)"
                journal.entries = [:]
                journal.starter = try store.add(target)
            case .step(let step):
                label = "step \(step)"
                for later in laterSteps where later != step { journal.entries[later] = nil }
            }
            let draft = ChangeDraft(kind: .reset, label: label, entriesBefore: before)
            return try change(workspace, draft, to: target, &journal, in: folder, now: now, alongside)
        }
    }

    /// Takes the files that a step begins with, as a reset of it would, and forgets nothing of the steps.
    public func takeFiles(
        ofStep step: String,
        in workspace: Workspace,
        starter: String,
        earlierSolutions: [String],
        now: Date
    ) throws -> WorkspaceChange {
        try locked(workspace) { folder in
            var journal = try Self.journal(in: folder)
            let target = try self.target(.step(step), journal: journal, starter: starter, overlays: earlierSolutions)
            let draft = ChangeDraft(kind: .move, label: "step \(step)", entriesBefore: journal.entries)
            return try change(workspace, draft, to: target, &journal, in: folder, now: now)
        }
    }

    /// Lays a reference solution over the files; what it does not name stays.
    public func applySolution(
        _ overlay: String,
        of step: String,
        to workspace: Workspace,
        now: Date
    ) throws -> WorkspaceChange {
        try locked(workspace) { folder in
            var journal = try Self.journal(in: folder)
            let current = try scan(workspace).state
            let target = current.overlaid(with: try overlayState(overlay))
            let draft = ChangeDraft(kind: .solution, label: "step \(step)", entriesBefore: journal.entries)
            return try change(workspace, draft, to: target, &journal, in: folder, now: now)
        }
    }

    /// Writes a file of the work. One that is there keeps its permissions and its owner.
    ///
    /// - Returns: the change; nil when the file has these bytes already.
    /// - Throws: `usage` for a path that is a folder, or that leads through something that is none.
    public func save(
        _ bytes: [UInt8],
        to path: WorkspacePath,
        in workspace: Workspace,
        now: Date
    ) throws -> WorkspaceChange? {
        try locked(workspace) { folder in
            var journal = try Self.journal(in: folder)
            let current = try scan(workspace).state
            let there = current[path]
            try Self.requireRoom(for: path, in: current)
            let digest = ContentHasher.digest(of: bytes)
            if there?.kind == .file, there?.digest == digest { return nil }
            if try !store.hasObject(digest) { try store.addObject(digest) { write in try write(bytes[...]) } }
            let isFile = there?.kind == .file
            var entries = [
                WorkspaceEntry(
                    path: path,
                    kind: .file,
                    mode: isFile ? there?.mode ?? 0o644 : 0o644,
                    sizeBytes: bytes.count,
                    digest: digest,
                    owner: isFile ? there?.owner : nil
                )
            ]
            var parent = path.parent
            while let above = parent {
                if current[above] == nil { entries.append(WorkspaceEntry(path: above, kind: .folder, mode: 0o755)) }
                parent = above.parent
            }
            let target = current.overlaid(with: WorkspaceState(entries: entries))
            let draft = ChangeDraft(kind: .save, label: path.description, entriesBefore: journal.entries)
            return try change(workspace, draft, to: target, &journal, in: folder, now: now)
        }
    }

    /// The changes of files that a solution would make, for a question before it is done.
    public func planSolution(_ overlay: String, to workspace: Workspace) throws -> StateDifference {
        let scan = try scan(workspace)
        let target = scan.state.overlaid(with: try overlayState(overlay))
        return StateWriter.difference(from: scan, to: target.keepingGroups(of: scan))
    }

    /// Makes sure that a file can stand at a path.
    static func requireRoom(for path: WorkspacePath, in state: WorkspaceState) throws {
        if let there = state[path], there.kind == .folder || there.kind == .special {
            throw Failure(.usage, "something that is no file stands there", at: .file(path.description))
        }
        var parent = path.parent
        while let above = parent {
            if let there = state[above], there.kind != .folder {
                throw Failure(
                    .usage,
                    "the path leads through something that is no folder",
                    at: .file(above.description),
                    fix: "Name a file that lies in folders of the workspace."
                )
            }
            parent = above.parent
        }
    }

    // MARK: - The one way in which files change

    /// What a change is called, before it is made.
    struct ChangeDraft {
        let kind: WorkspaceChange.Kind
        let label: String
        let entriesBefore: [String: SnapshotStore.ID]
        var origin: Int?
        var source: Int?
        /// When the files of the target were changed last.
        var times: [WorkspacePath: FileTime] = [:]
    }

    func scan(_ workspace: Workspace, into store: SnapshotStore? = nil) throws -> WorkspaceScan {
        let root = try OpenFolder(path: workspace.path)
        return try WorkspaceScan(of: root, limits: limits, into: store)
    }

    /// Copies what is there, writes down what will be done, does it, and writes down that it is done.
    func change(
        _ workspace: Workspace,
        _ draft: ChangeDraft,
        to target: WorkspaceState,
        _ journal: inout WorkspaceJournal,
        in folder: borrowing OpenFolder,
        now: Date,
        _ alongside: Alongside = { _, _ in }
    ) throws -> WorkspaceChange {
        let root = try OpenFolder(path: workspace.path)
        let scan = try WorkspaceScan(of: root, limits: limits, into: store)
        // A snapshot says itself whose its files were.
        let target = draft.kind.isTravel || draft.kind == .restore ? target : target.keepingGroups(of: scan)
        let number = journal.changes.count + 1
        let record = WorkspaceChange(
            kind: draft.kind,
            label: draft.label,
            time: now,
            backup: try store.add(scan.state),
            target: try store.add(target),
            step: workspace.marker.step,
            entries: draft.entriesBefore,
            isFinished: false,
            origin: draft.origin,
            source: draft.source,
            tag: "\(workspace.record)/\(number)",
            times: try store.add(scan.times),
            isUndone: nil
        )
        journal.changes.append(record)
        if !draft.kind.isTravel {
            journal.past.append(number)
            journal.future = []
        }
        try Self.write(journal, to: folder)
        try StateWriter(store: store).write(target, times: draft.times, to: root, from: scan)
        let original = draft.origin.flatMap(journal.change) ?? record
        try alongside(draft.kind == .finish ? original.kind : draft.kind, original)
        return try markFinished(number, &journal, in: folder)
    }

    func markFinished(
        _ number: Int,
        _ journal: inout WorkspaceJournal,
        in folder: borrowing OpenFolder
    ) throws -> WorkspaceChange {
        guard journal.changes.indices.contains(number - 1) else {
            throw Failure(.internalFault, "a change was lost from the workspace's history", at: .file(folder.place))
        }
        journal.changes[number - 1].isFinished = true
        try Self.write(journal, to: folder)
        return journal.changes[number - 1]
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

    /// The state of a folder of the lesson, its bytes stored, its files writable as a learner needs them, and of no owner.
    private func overlayState(_ folder: String) throws -> WorkspaceState {
        let source = try OpenFolder(path: folder)
        let scan = try WorkspaceScan(of: source, limits: limits, into: store)
        return WorkspaceState(
            entries: scan.state.entries.filter { $0.kind != .special }.map { $0.ownerWritable.owned(by: nil) }
        )
    }
}

extension WorkspaceState {
    /// The state with the groups of the files that are there already: content of the lesson has no opinion about them.
    ///
    /// A file of another user gets the owner of the folder, for that is whose work it is.
    func keepingGroups(of scan: WorkspaceScan) -> WorkspaceState {
        WorkspaceState(
            entries: entries.map { entry in
                guard entry.owner == nil, let there = scan.state[entry.path], there.kind == entry.kind,
                    let owner = there.owner, owner.user == scan.owner.user
                else { return entry }
                return entry.owned(by: owner)
            }
        )
    }
}
