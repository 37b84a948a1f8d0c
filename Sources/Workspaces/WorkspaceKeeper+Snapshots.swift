// SPDX-License-Identifier: Apache-2.0

import Diagnostics
public import Foundation
import HostFiles

extension WorkspaceKeeper {
    /// All that can be restored, the newest first: the files in front of each change, then those on entering each step, then the starter.
    public func snapshots(of workspace: Workspace) throws -> [WorkspaceSnapshot] {
        try locked(workspace) { folder in
            let journal = try Self.journal(in: folder)
            var result = journal.changes.enumerated().reversed().map { index, change in
                let number = index + 1
                return WorkspaceSnapshot(
                    id: change.backup,
                    number: number,
                    time: change.time,
                    occasion: .before(change.kind, label: change.label),
                    reach: journal.past.contains(number) ? .undo : journal.future.contains(number) ? .redo : nil
                )
            }
            // What a reset forgot was a state all the same.
            var entries = journal.changes.flatMap { $0.entries.map { ($0.key, $0.value) } }
            entries += journal.entries.map { ($0.key, $0.value) }
            var seen: Set<String> = []
            for (step, id) in entries.reversed() where seen.insert(step + "\0" + id).inserted {
                result.append(
                    WorkspaceSnapshot(id: id, number: nil, time: nil, occasion: .entered(step: step), reach: nil)
                )
            }
            if let starter = journal.starter {
                result.append(WorkspaceSnapshot(id: starter, number: nil, time: nil, occasion: .starter, reach: nil))
            }
            return result
        }
    }

    /// The snapshot of that name: the number of a change, or at least six digits that its own name begins with.
    ///
    /// - Throws: `noInput` when there is none, `usage` when the digits fit several states.
    public func snapshot(named name: String, in workspace: Workspace) throws -> WorkspaceSnapshot {
        let all = try snapshots(of: workspace)
        let digits = name.hasPrefix("sha256:") ? String(name.dropFirst("sha256:".count)) : name
        if let number = Int(name.hasPrefix("#") ? String(name.dropFirst()) : name), name.utf8.count < 6 {
            if let found = all.first(where: { $0.number == number }) { return found }
        } else if digits.utf8.count >= 6 {
            let found = all.filter { $0.id.dropFirst("sha256:".count).hasPrefix(digits.lowercased()) }
            if let first = found.first {
                guard Set(found.map(\.id)).count == 1 else {
                    throw Failure(.usage, "several snapshots begin with \(name)", fix: "type more of its digits")
                }
                return first
            }
        }
        throw Failure(
            .noInput,
            "there is no snapshot \"\(name)\"",
            fix: "`seaworthy history` lists the snapshots of this workspace"
        )
    }

    /// What restoring would do, without doing it.
    public func planRestore(
        _ snapshot: SnapshotStore.ID,
        paths: [WorkspacePath] = [],
        in workspace: Workspace
    ) throws -> StateDifference {
        let scan = try scan(workspace)
        let target = try restored(snapshot, paths: paths, over: scan.state)
        return StateWriter.difference(from: scan, to: target)
    }

    /// Puts the files of a snapshot back, all of them or those that are named; the files as they are now are kept for `undo`.
    ///
    /// - Parameter paths: files or folders; empty for everything, and then what the snapshot does not have goes away.
    /// - Throws: `noInput` for a path that the snapshot does not have; then nothing is done.
    public func restore(
        _ snapshot: SnapshotStore.ID,
        paths: [WorkspacePath] = [],
        in workspace: Workspace,
        now: Date
    ) throws -> WorkspaceChange {
        try locked(workspace) { folder in
            var journal = try Self.journal(in: folder)
            let target = try restored(snapshot, paths: paths, over: scan(workspace).state)
            let name = String(snapshot.dropFirst("sha256:".count).prefix(12))
            let files = paths.map(\.description).joined(separator: ", ")
            var times: [WorkspacePath: FileTime] = [:]
            if let digest = journal.changes.last(where: { $0.backup == snapshot })?.times {
                times = store.times(digest).filter { path, _ in paths.isEmpty || paths.contains { path.isWithin($0) } }
            }
            let draft = ChangeDraft(
                kind: .restore,
                label: files.isEmpty ? name : "\(files) from \(name)",
                entriesBefore: journal.entries,
                times: times
            )
            return try change(workspace, draft, to: target, &journal, in: folder, now: now)
        }
    }

    private func restored(
        _ snapshot: SnapshotStore.ID,
        paths: [WorkspacePath],
        over current: WorkspaceState
    ) throws -> WorkspaceState {
        let state = try store.state(snapshot)
        guard !paths.isEmpty else { return state }
        var taken: [WorkspaceEntry] = []
        for path in paths {
            let found = state.entries.filter { $0.path.isWithin(path) && $0.kind != .special }
            guard !found.isEmpty else {
                throw Failure(
                    .noInput,
                    "the snapshot does not have this file",
                    at: .file(path.description),
                    why: "it was not there at that time",
                    fix: "`seaworthy history` lists the other snapshots"
                )
            }
            taken += found
            var parent = path.parent
            while let above = parent {
                // A folder that is there keeps what it is; one that is missing comes back as it was.
                if let there = current[above], there.kind != .folder {
                    throw Failure(.usage, "something that is no folder stands in the way", at: .file(above.description))
                }
                if current[above] == nil, let entry = state[above] { taken.append(entry) }
                parent = above.parent
            }
        }
        let kept = current.entries.filter { entry in
            entry.kind == .special || !paths.contains { entry.path.isWithin($0) }
        }
        return WorkspaceState(entries: kept).overlaid(with: WorkspaceState(entries: taken))
    }
}
