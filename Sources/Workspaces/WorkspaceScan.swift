// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles

/// A folder's state as it was read, with what is needed to notice that a file changed since.
struct WorkspaceScan {
    /// What the folder holds.
    let state: WorkspaceState
    /// Each entry's mark on the host: another inode, size or time means that somebody wrote it since.
    let signatures: [WorkspacePath: [Int]]
    /// Temporary files that a killed process left behind.
    let leftovers: [WorkspacePath]

    /// Names at the top that are never read, changed or removed: ours, and the learner's own history.
    static let exempt: [[UInt8]] = [Array(".seaworthy".utf8), Array(".git".utf8)]

    /// Reads a folder.
    ///
    /// - Parameter store: where every file's bytes are put; nil to take digests only.
    /// - Throws: `overLimit` with the path that went over; `inputOutput` for what cannot be read.
    init(of folder: borrowing OpenFolder, limits: Limits, into store: SnapshotStore? = nil) throws {
        var reader = Reader(limits: limits, store: store)
        try reader.read(folder, at: nil, depth: 1)
        state = WorkspaceState(entries: reader.entries)
        signatures = reader.signatures
        leftovers = reader.leftovers
    }

    private struct Reader {
        let limits: Limits
        let store: SnapshotStore?
        var entries: [WorkspaceEntry] = []
        var signatures: [WorkspacePath: [Int]] = [:]
        var leftovers: [WorkspacePath] = []
        var totalBytes = 0

        init(limits: Limits, store: SnapshotStore?) {
            self.limits = limits
            self.store = store
        }

        mutating func read(_ folder: borrowing OpenFolder, at path: WorkspacePath?, depth: Int) throws {
            guard depth <= limits.depth else {
                throw overLimit("folders lie more than \(limits.depth) deep", at: folder.place)
            }
            for name in try folder.names(limit: limits.entries - entries.count) {
                if path == nil && WorkspaceScan.exempt.contains(name) { continue }
                let child = path?.appending(name) ?? WorkspacePath(unchecked: name)
                guard child.bytes.count <= limits.pathBytes else {
                    throw overLimit("a path is longer than \(limits.pathBytes) bytes", at: folder.place)
                }
                // Gone since the names were read: somebody is working here, and that is fine.
                guard let status = try folder.status(name) else { continue }
                if status.kind == .file && name.starts(with: OpenFolder.temporaryPrefix.utf8) {
                    leftovers.append(child)
                    continue
                }
                guard entries.count < limits.entries else {
                    throw overLimit("there are more than \(limits.entries) files and folders", at: folder.place)
                }
                signatures[child] = status.signature
                switch status.kind {
                case .file: entries.append(try file(name, in: folder, at: child, status: status))
                case .folder:
                    entries.append(WorkspaceEntry(path: child, kind: .folder, mode: status.mode))
                    let inner = try folder.folder(name)
                    try read(inner, at: child, depth: depth + 1)
                case .link:
                    let target = EscapedBytes.text(of: try folder.linkTarget(name))
                    entries.append(WorkspaceEntry(path: child, kind: .link, mode: 0, target: target))
                case .special: entries.append(WorkspaceEntry(path: child, kind: .special, mode: status.mode))
                }
            }
        }

        private mutating func file(
            _ name: [UInt8],
            in folder: borrowing OpenFolder,
            at path: WorkspacePath,
            status: FileStatus
        ) throws -> WorkspaceEntry {
            var hasher = ContentHasher()
            var size = 0
            var small: [UInt8]? = []
            let place = folder.place(of: name)
            let before = totalBytes
            try folder.read(name) { piece in
                size += piece.count
                guard size <= limits.entryBytes else {
                    throw overLimit("the file is larger than \(limits.entryBytes) bytes", at: place)
                }
                guard size <= limits.expandedBytes - before else {
                    throw overLimit("the files together are larger than \(limits.expandedBytes) bytes", at: place)
                }
                hasher.update(piece)
                if size <= 1 << 20 { small?.append(contentsOf: piece) } else { small = nil }
            }
            totalBytes = before + size
            let digest = hasher.finish()
            if let store, try !store.hasObject(digest) {
                if let small {
                    try store.addObject(digest) { write in try write(small[...]) }
                } else {
                    try store.addObject(digest, copying: name, from: folder)
                }
            }
            return WorkspaceEntry(path: path, kind: .file, mode: status.mode, sizeBytes: size, digest: digest)
        }

        private func overLimit(_ what: String, at place: String) -> Failure {
            Failure(
                .overLimit,
                what,
                at: .file(place),
                why: "a copy of the whole folder is kept, so that nothing is lost",
                fix: "Move what does not belong to the lesson out of the folder and run the command again."
            )
        }
    }
}
