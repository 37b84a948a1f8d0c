// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles

/// Turns a folder from the state that a scan found into another one.
///
/// Each file is replaced by a rename, so none is ever half written; a kill between two files leaves a mixture, from which
/// writing the same target again, or the state before, leads out.
struct StateWriter {
    let store: SnapshotStore

    /// What writing would do; sockets, pipes, devices and workspaces in the workspace stay, with the folders that hold them.
    static func difference(from scan: WorkspaceScan, to target: WorkspaceState) -> StateDifference {
        scan.state.difference(to: reachable(target, from: scan))
    }

    /// The target as far as we can get: what is not ours to change stays, and so do owners that we may not give.
    private static func reachable(_ target: WorkspaceState, from scan: WorkspaceScan) -> WorkspaceState {
        let target = keepingSpecial(of: scan.state, in: target)
        guard (scan.state.entries + target.entries).contains(where: { $0.owner != nil }) else { return target }
        return WorkspaceState(
            entries: target.entries.map { entry in
                let there = scan.state[entry.path]
                guard entry.owner != there?.owner, !(entry.owner ?? scan.owner).canBeGiven else { return entry }
                return entry.owned(by: there?.owner)
            }
        )
    }

    /// Makes the changes.
    ///
    /// - Parameter times: when entries of the target were changed last; those that are not named have the time of now if they change.
    /// - Throws: `inputOutput` when a file was written since the scan: then it is left as it is, and so is all that follows.
    func write(
        _ target: WorkspaceState,
        times: [WorkspacePath: FileTime] = [:],
        to root: borrowing OpenFolder,
        from scan: WorkspaceScan
    ) throws {
        let target = Self.reachable(target, from: scan)
        let difference = scan.state.difference(to: target)
        for entry in scan.state.entries where entry.kind == .folder && entry.mode & 0o700 != 0o700 {
            try Self.inFolder(of: entry.path, from: root) { folder, name in
                try folder.setFolderMode(name, entry.mode | 0o700)
            }
        }
        for path in scan.leftovers {
            try Self.inFolder(of: path, from: root) { folder, name in try folder.removeFileIfThere(name) }
        }
        for path in difference.removed.reversed() { try remove(path, from: root, scan: scan) }
        for path in difference.changed.reversed() where scan.state[path]?.kind != target[path]?.kind {
            try remove(path, from: root, scan: scan)
        }
        for path in (difference.added + difference.changed).sorted() {
            guard let entry = target[path] else { continue }
            try make(entry, in: root, scan: scan)
        }
        // Folders last and from the inside out: a folder's own time and permissions change while files are made in it.
        for entry in target.entries.reversed() where entry.kind != .special {
            let time = times[entry.path]
            guard entry.kind == .folder || time != nil else { continue }
            try Self.inFolder(of: entry.path, from: root) { folder, name in
                guard let status = try folder.status(name) else { return }
                if let time, status.time != time { folder.setTime(name, time) }
                if entry.kind == .folder, status.mode != entry.mode { try folder.setFolderMode(name, entry.mode) }
            }
        }
        try root.synchronize()
    }

    private func remove(_ path: WorkspacePath, from root: borrowing OpenFolder, scan: WorkspaceScan) throws {
        guard let entry = scan.state[path] else { return }
        try Self.inFolder(of: path, from: root) { folder, name in
            switch entry.kind {
            case .special: return
            case .folder:
                // Not empty means that something was made in it since the scan; that is no copy of ours to remove.
                _ = try folder.removeFolderIfEmpty(name)
            case .file, .link:
                try Self.requireUnchanged(path, name: name, in: folder, scan: scan)
                try folder.removeFileIfThere(name)
            }
        }
    }

    private func make(_ entry: WorkspaceEntry, in root: borrowing OpenFolder, scan: WorkspaceScan) throws {
        let store = store
        let owner = entry.owner ?? scan.owner
        try Self.inFolder(of: entry.path, from: root) { folder, name in
            switch entry.kind {
            case .special: return
            case .folder:
                try folder.makeFolder(name, mode: 0o700)
                try folder.setOwner(name, owner)
                try folder.setFolderMode(name, entry.mode | 0o700)
            case .link:
                try Self.requireUnchanged(entry.path, name: name, in: folder, scan: scan)
                guard let target = entry.target.flatMap(EscapedBytes.bytes(of:)) else { return }
                try folder.replaceLink(name, target: target, owner: owner)
            case .file:
                try Self.requireUnchanged(entry.path, name: name, in: folder, scan: scan)
                guard let digest = entry.digest else { return }
                try folder.replaceFile(name, mode: entry.mode, owner: owner) { write in
                    try store.readObject(digest, write)
                }
            }
        }
    }

    /// Makes sure that what is about to go away is what the backup has.
    private static func requireUnchanged(
        _ path: WorkspacePath,
        name: [UInt8],
        in folder: borrowing OpenFolder,
        scan: WorkspaceScan
    ) throws {
        guard let status = try folder.status(name) else { return }
        // A kind that changes was removed a moment ago, so anything here is new.
        if let known = scan.signatures[path], known == status.signature { return }
        throw Failure(
            .inputOutput,
            "the file changed while the folder was put back",
            at: .file(folder.place(of: name)),
            why: "another program wrote to it after the backup was made",
            fix: "Save and close it in your editor and run the command again; nothing of it is lost."
        )
    }

    private static func keepingSpecial(of current: WorkspaceState, in target: WorkspaceState) -> WorkspaceState {
        var kept: [WorkspaceEntry] = []
        for entry in current.entries where entry.kind == .special {
            kept.append(entry)
            var parent = entry.path.parent
            while let folder = parent {
                if let there = current[folder], target[folder]?.kind != .folder { kept.append(there) }
                parent = folder.parent
            }
        }
        return kept.isEmpty ? target : target.overlaid(with: WorkspaceState(entries: kept))
    }

    /// Opens the folder that holds a path, part by part and never through a link.
    static func inFolder(
        of path: WorkspacePath,
        from root: borrowing OpenFolder,
        _ body: (borrowing OpenFolder, [UInt8]) throws -> Void
    ) throws {
        var parts = path.parts
        let name = parts.removeLast()
        guard let first = parts.first else { return try body(root, name) }
        var folder = try root.folder(first)
        for part in parts.dropFirst() {
            let inner = try folder.folder(part)
            folder = inner
        }
        try body(folder, name)
    }
}
