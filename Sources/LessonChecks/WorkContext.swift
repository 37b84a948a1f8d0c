// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles
import ImageFilesystem
import OCISpec
import SymbolicBuild
import Workspaces

/// The build context of a folder of work: its files, with the lesson's starter behind them where only a Dockerfile was handed
/// in.
struct WorkContext: BuildContext {
    let tree: FileTree
    private let own: FilesContext
    private let starter: FolderContext?

    init(_ files: WorkFiles, starter path: String?, dockerfile: String, limits: Limits) throws {
        let own = try FilesContext(files, dockerfile: dockerfile, limits: limits)
        self.own = own
        guard let path, !Self.hasProjectFiles(own.tree) else {
            starter = nil
            tree = own.tree
            return
        }
        let behind = try FolderContext(dockerfile: path + "/Dockerfile", folder: path, limits: limits)
        starter = behind
        // A `.dockerignore` that was handed in holds for what stands behind it as well.
        var merged = behind.tree
        var ignored: [ImagePath] = []
        behind.tree.walk { place, _ in
            if !place.isRoot, own.leavesOut(place) { ignored.append(place) }
            return true
        }
        // The deepest first: a folder goes when nothing in it is kept by an exception.
        for place in ignored.reversed() where merged.entries(of: place)?.isEmpty ?? true { merged.remove(place) }
        own.tree.walk { place, node in
            merged.insert(node, at: place)
            return true
        }
        tree = merged
    }

    /// What people and systems put beside a Dockerfile without meaning a project.
    private static let companions: Set<String> = [
        "expected.json", "__macosx", "thumbs.db", "desktop.ini", "compose.yaml", "compose.yml", "docker-compose.yaml",
        "docker-compose.yml",
    ]
    private static let endings = [".md", ".txt", ".pdf", ".zip"] + ArchiveEnding.images

    /// Whether a folder holds more than a Dockerfile and what belongs to it.
    private static func hasProjectFiles(_ tree: FileTree) -> Bool {
        (tree.entries(of: .root) ?? []).contains { name in
            let text = String(decoding: name, as: UTF8.self).lowercased()
            let isEmptyFolder = tree.entries(of: ImagePath.root.appending(name))?.isEmpty == true
            return !isEmptyFolder && !text.contains("dockerfile") && !text.contains("containerfile")
                && !text.hasPrefix(".")
                && !Self.companions.contains(text) && !Self.endings.contains { text.hasSuffix($0) }
        }
    }

    func load(_ path: ImagePath) throws -> [UInt8] {
        if own.tree.resolvedNode(at: path) != nil { return try own.load(path) }
        guard let starter else { return try own.load(path) }
        return try starter.load(path)
    }

    func isIgnored(_ path: ImagePath) -> Bool { own.isIgnored(path) || starter?.isIgnored(path) == true }
}
