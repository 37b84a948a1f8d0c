// SPDX-License-Identifier: Apache-2.0

import HostFiles

extension WorkspaceState {
    /// The state of a workspace whose files were read, with their digests: the same as a look at the workspace itself would have
    /// given at that moment.
    public init(_ files: WorkFiles) {
        let exempt = WorkspaceScan.exempt.map { String(decoding: $0, as: UTF8.self) }
        let inner = files.innerWorkspaces
        self.init(
            entries: files.entries.compactMap { entry -> WorkspaceEntry? in
                if let folder = inner.first(where: { entry.path == $0 || entry.path.hasPrefix($0 + "/") }) {
                    guard entry.path == folder, let path = try? WorkspacePath(folder) else { return nil }
                    return WorkspaceEntry(path: path, kind: .special, mode: Int(entry.mode))
                }
                let parts = entry.path.split(separator: "/")
                guard let first = parts.first, let last = parts.last, !exempt.contains(String(first)),
                    !(entry.kind == .file && last.hasPrefix(OpenFolder.temporaryPrefix)),
                    let path = try? WorkspacePath(entry.path)
                else { return nil }
                switch entry.kind {
                case .file:
                    return WorkspaceEntry(
                        path: path,
                        kind: .file,
                        mode: Int(entry.mode),
                        sizeBytes: entry.sizeBytes,
                        digest: entry.digest
                    )
                case .directory: return WorkspaceEntry(path: path, kind: .folder, mode: Int(entry.mode))
                case .symlink:
                    let target = EscapedBytes.text(of: Array((entry.linkTarget ?? "").utf8))
                    return WorkspaceEntry(path: path, kind: .link, mode: 0, target: target)
                case .other: return WorkspaceEntry(path: path, kind: .special, mode: Int(entry.mode))
                }
            }
        )
    }
}

extension WorkFiles {
    /// The folders below the top that are workspaces of their own, sorted: what is in them is somebody's other work.
    public var innerWorkspaces: [String] {
        let ending = "/.seaworthy/workspace.json"
        return entries.filter { $0.kind == .file && $0.path.hasSuffix(ending) }
            .map { String($0.path.dropLast(ending.count)) }
    }
}
