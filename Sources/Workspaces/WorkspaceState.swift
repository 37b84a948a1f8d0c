// SPDX-License-Identifier: Apache-2.0

public import HostFiles

/// Everything that a workspace holds at one moment, without the bytes of its files: a list, sorted by path.
///
/// The folders `.seaworthy` (ours) and `.git` (the learner's own history) at the top are never part of it.
public struct WorkspaceState: Sendable, Hashable, Codable {
    /// The entries, sorted by path.
    public let entries: [WorkspaceEntry]

    /// Sorts the entries; of two with one path the later one stays.
    public init(entries: some Sequence<WorkspaceEntry>) {
        var byPath: [WorkspacePath: WorkspaceEntry] = [:]
        for entry in entries { byPath[entry.path] = entry }
        self.entries = byPath.values.sorted { $0.path < $1.path }
    }

    /// Nothing at all.
    public static let empty = WorkspaceState(entries: [])

    /// The digest of the work: equal digests mean equal names, kinds, permissions and bytes, whoever the files belong to.
    public var digest: String {
        get throws {
            ContentHasher.digest(of: try SnapshotStore.json(WorkspaceState(entries: entries.map { $0.owned(by: nil) })))
        }
    }

    /// The entry at a path; nil when there is none.
    public subscript(path: WorkspacePath) -> WorkspaceEntry? {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].path < path { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low].path == path ? entries[low] : nil
    }

    /// This state with another laid over it: what the overlay names replaces what stands there, the rest stays.
    ///
    /// A file over a folder takes the folder's content away; a file where the overlay needs a folder gives way.
    public func overlaid(with overlay: WorkspaceState) -> WorkspaceState {
        var result: [WorkspacePath: WorkspaceEntry] = [:]
        for entry in entries { result[entry.path] = entry }
        let leaves = Set(overlay.entries.filter { $0.kind != .folder }.map(\.path))
        for entry in entries {
            var parent = entry.path.parent
            while let folder = parent {
                if leaves.contains(folder) { result[entry.path] = nil }
                parent = folder.parent
            }
        }
        for entry in overlay.entries { result[entry.path] = entry }
        return WorkspaceState(entries: result.values)
    }

    /// What has to change to get from this state to another.
    public func difference(to target: WorkspaceState) -> StateDifference {
        var added: [WorkspacePath] = []
        var changed: [WorkspacePath] = []
        var removed: [WorkspacePath] = []
        var mine = entries[...]
        var theirs = target.entries[...]
        while true {
            switch (mine.first, theirs.first) {
            case (nil, nil): return StateDifference(added: added, changed: changed, removed: removed)
            case (let old?, nil):
                removed.append(old.path)
                mine.removeFirst()
            case (nil, let new?):
                added.append(new.path)
                theirs.removeFirst()
            case (let old?, let new?):
                if old.path < new.path {
                    removed.append(old.path)
                    mine.removeFirst()
                } else if new.path < old.path {
                    added.append(new.path)
                    theirs.removeFirst()
                } else {
                    if old != new { changed.append(old.path) }
                    mine.removeFirst()
                    theirs.removeFirst()
                }
            }
        }
    }
}

/// One file, folder or link of a workspace.
public struct WorkspaceEntry: Sendable, Hashable, Codable {
    /// Where it stands, from the workspace's top.
    public let path: WorkspacePath
    /// What it is.
    public let kind: Kind
    /// The permission bits, `0o7777` at most; 0 for a link, which has none of its own.
    public let mode: Int
    /// The size in bytes of a file; 0 for the others.
    public let sizeBytes: Int
    /// The digest of a file's bytes, as `sha256:…`; nil for the others.
    public let digest: String?
    /// Where a link points to, as it is written in it and escaped as a path is; nil for the others.
    public let target: String?
    /// Whose it is; nil for whoever the workspace's own folder belongs to.
    public let owner: FileOwner?

    /// An entry without content; a file has a digest, a link a target.
    public init(
        path: WorkspacePath,
        kind: Kind,
        mode: Int,
        sizeBytes: Int = 0,
        digest: String? = nil,
        target: String? = nil,
        owner: FileOwner? = nil
    ) {
        self.path = path
        self.kind = kind
        self.mode = mode
        self.sizeBytes = sizeBytes
        self.digest = digest
        self.target = target
        self.owner = owner
    }

    /// The same of another owner.
    func owned(by owner: FileOwner?) -> WorkspaceEntry { with(mode: mode, owner: owner) }

    /// The same with permission bits that let its owner read and write (and enter, where it is a folder).
    var ownerWritable: WorkspaceEntry {
        with(mode: mode | (kind == .folder ? 0o700 : kind == .file ? 0o600 : 0))
    }

    /// The same with other permission bits.
    func with(mode: Int) -> WorkspaceEntry { with(mode: mode, owner: owner) }

    private func with(mode: Int, owner: FileOwner?) -> WorkspaceEntry {
        WorkspaceEntry(
            path: path,
            kind: kind,
            mode: mode,
            sizeBytes: sizeBytes,
            digest: digest,
            target: target,
            owner: owner
        )
    }
}

extension WorkspaceEntry {
    /// The kinds of entries.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case file, folder, link
        /// A socket, pipe or device: on the record, but never made, changed or removed by us.
        case special
    }
}
