// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles
import ImageFilesystem
import OCISpec
import PackageCatalogers

/// `fs://`: a folder of this machine that is no image, such as the root of a filesystem, or an application with its
/// `node_modules`.
struct FolderSource: SourceProvider {
    let prefix = "fs"
    let findsImages = false

    func find(_ request: SourceRequest, on bench: Workbench) throws -> Source {
        let root = bench.surroundings.resolve(request.rest.isEmpty ? "." : request.rest)
        guard HostFile.kind(of: root) == .directory else {
            throw Failure(
                .noInput,
                "there is no such folder",
                at: .file(request.text),
                fix: "name a folder: fs://FOLDER"
            )
        }
        return .folder(try Self.tree(root, limits: bench.surroundings.limits), name: request.text)
    }

    /// The files below a folder; no link leads out of it, and only what catalogers want is read, under whichever name they find it.
    private static func tree(_ root: String, limits: Limits) throws -> FileTree {
        var tree = FileTree()
        func read(_ path: ImagePath) throws -> [UInt8] {
            let relative = String(path.description.drop { $0 == "/" })
            return try HostFile.read(root + "/" + relative, limit: limits.entryBytes)
        }
        for entry in try HostFile.walk(root, limits: limits) {
            let place = ImagePath(entry.path)
            switch entry.kind {
            case .directory: tree.insert(.directory(mode: entry.mode), at: place)
            case .symlink: tree.insert(.symlink(to: entry.linkTarget ?? ""), at: place)
            case .file:
                let isWanted = entry.sizeBytes <= limits.entryBytes && Catalogers.wanted(place)
                let content: FileContent = isWanted ? .bytes(try read(place)) : .modelled(sizeBytes: entry.sizeBytes)
                tree.insert(FileNode(kind: .file(content), mode: entry.mode), at: place)
            case .other: continue
            }
        }
        for path in Catalogers.missing(from: tree, limits: limits) {
            guard case .file(let content)? = tree.node(at: path)?.kind, content.sizeBytes ?? 0 <= limits.entryBytes
            else {
                continue
            }
            tree.keep([path: try read(path)])
        }
        return tree
    }
}
