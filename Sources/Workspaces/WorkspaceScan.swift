// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles

/// A folder's state as it was read, with what is needed to notice that a file changed since.
struct WorkspaceScan {
    /// What the folder holds.
    let state: WorkspaceState
    /// Each entry's mark on the host: another inode, size or time means that somebody wrote it since.
    let signatures: [WorkspacePath: [Int]]
    /// When each entry was changed last.
    let times: [WorkspacePath: FileTime]
    /// Whose the folder is; entries that belong to the same say no owner.
    let owner: FileOwner
    /// Temporary files that a killed process left behind.
    let leftovers: [WorkspacePath]

    /// Names at the top that are never read, changed or removed: ours, and the learner's own history.
    static let exempt: [[UInt8]] = [Array(".seaworthy".utf8), Array(".git".utf8)]

    /// Reads a folder.
    ///
    /// - Parameter store: where every file's bytes are put; nil to take digests only.
    /// - Throws: `overLimit` with the path that went over; `inputOutput` for what cannot be read.
    init(of folder: borrowing OpenFolder, limits: Limits, into store: SnapshotStore? = nil) throws {
        owner = try folder.ownStatus().owner
        var reader = Reader(limits: limits, store: store, owner: owner)
        try reader.read(folder, at: nil, depth: 1)
        times = reader.times
        state = WorkspaceState(entries: reader.entries)
        signatures = reader.signatures
        leftovers = reader.leftovers
    }

    private struct Reader {
        let limits: Limits
        let store: SnapshotStore?
        let owner: FileOwner
        var times: [WorkspacePath: FileTime] = [:]
        var entries: [WorkspaceEntry] = []
        var signatures: [WorkspacePath: [Int]] = [:]
        var leftovers: [WorkspacePath] = []
        var totalBytes = 0

        init(limits: Limits, store: SnapshotStore?, owner: FileOwner) {
            self.limits = limits
            self.owner = owner
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
                times[child] = status.time
                let owner = status.owner == self.owner ? nil : status.owner
                switch status.kind {
                case .file:
                    entries.append(try file(name, in: folder, at: child, status: status).owned(by: owner))
                case .folder: try readFolder(name, in: folder, at: child, status: status, owner: owner, depth: depth)
                case .link:
                    let target = EscapedBytes.text(of: try folder.linkTarget(name))
                    entries.append(WorkspaceEntry(path: child, kind: .link, mode: 0, target: target, owner: owner))
                case .special: entries.append(WorkspaceEntry(path: child, kind: .special, mode: status.mode))
                }
            }
        }

        private mutating func readFolder(
            _ name: [UInt8],
            in folder: borrowing OpenFolder,
            at path: WorkspacePath,
            status: FileStatus,
            owner: FileOwner?,
            depth: Int
        ) throws {
            let isClosed = try Self.makeReadable(name, in: folder, status: status, bits: 0o500)
            defer { if isClosed { try? folder.setMode(name, status.mode) } }
            let inner = try folder.folder(name)
            // A workspace in the workspace is other work with a record of its own: never read, changed or removed from here.
            guard try !WorkspaceMarker.isThere(in: inner) else {
                entries.append(WorkspaceEntry(path: path, kind: .special, mode: status.mode))
                return
            }
            entries.append(WorkspaceEntry(path: path, kind: .folder, mode: status.mode, owner: owner))
            try read(inner, at: path, depth: depth + 1)
        }

        /// Lets the owner read what its own permissions forbid, for as long as a copy is made.
        ///
        /// - Returns: whether the permissions were changed and have to be put back.
        private static func makeReadable(
            _ name: [UInt8],
            in folder: borrowing OpenFolder,
            status: FileStatus,
            bits: Int
        ) throws -> Bool {
            guard status.mode & bits != bits, status.owner.canBeGiven, !FileOwner.isPrivileged else { return false }
            try folder.setMode(name, status.mode | bits)
            return true
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
            let isClosed = try Self.makeReadable(name, in: folder, status: status, bits: 0o400)
            defer { if isClosed { try? folder.setMode(name, status.mode) } }
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
