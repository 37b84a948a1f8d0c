// SPDX-License-Identifier: Apache-2.0

import HostFiles

extension WorkspaceState {
    /// The state of a workspace whose files were read, with their digests: the same as a look at the workspace itself would have
    /// given at that moment.
    public init(_ files: WorkFiles) {
        let exempt = WorkspaceScan.exempt.map { String(decoding: $0, as: UTF8.self) }
        self.init(
            entries: files.entries.compactMap { entry -> WorkspaceEntry? in
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
