// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import SystemFiles

/// What a copy from a source that is not fully known can have brought.
extension StageBuilder {
    private static let programFolders: [ImagePath] = [
        "/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/lib", "/usr/lib",
    ]
    private static let accountFiles = [AccountFile.Name.passwd.path, AccountFile.Name.group.path]

    /// An application's files, or one file only, unless the copy reaches the accounts or could bring programs of any name.
    func scope(ofUnknown sources: [String], in tree: FileTree, at destination: String) -> Unknown.Scope {
        let folder = ImagePath(destination, relativeTo: workingDirectory)
        let places = sources.compactMap { source -> ImagePath? in
            let path = ImagePath(source)
            // The names are known where a source is one file; a folder brings whatever it holds.
            guard !PathPattern.hasWildcard(source), isFile(path, in: tree, into: folder), let name = path.name else {
                return nil
            }
            let isInto =
                TreeCopy.namesFolder(destination) || sources.count > 1
                || state.tree.resolve(folder)?.node?.isDirectory == true
            return isInto ? folder.appending(name) : folder
        }
        if places.contains(where: { Self.accountFiles.contains($0) }) { return .filesystem }
        guard places.count < sources.count else { return .files }
        let sensitive = Self.programFolders + Self.accountFiles
        return sensitive.contains { $0.isInside(folder) || folder.isInside($0) } ? .filesystem : .application
    }

    /// Whether a source is a file as far as the tree tells; what it does not have and goes to a program folder is taken for one.
    private func isFile(_ path: ImagePath, in tree: FileTree, into folder: ImagePath) -> Bool {
        if let node = tree.resolvedNode(at: path) { return !node.isDirectory }
        return Self.programFolders.contains { folder.isInside($0) && !path.isRoot }
            || Self.accountFiles.contains { folder == $0 || folder == $0.parent && path.name == $0.name }
    }

    /// Puts programs of unknown content where a copy names them, so that a shell does not come in unseen.
    mutating func placeUnknown(_ sources: [String], in tree: FileTree, at destination: String, _ range: SourceRange) {
        let folder = ImagePath(destination, relativeTo: workingDirectory)
        guard Self.programFolders.contains(where: { folder.isInside($0) }) else { return }
        for source in sources where !PathPattern.hasWildcard(source) {
            let path = ImagePath(source)
            guard let name = path.name, tree.resolvedNode(at: path) == nil else { continue }
            let isInto =
                TreeCopy.namesFolder(destination) || sources.count > 1
                || state.tree.resolve(folder)?.node?.isDirectory == true
            let place = isInto ? folder.appending(name) : folder
            let real = state.tree.resolve(place)?.path ?? place
            let unknown = Unknown(reason: "the content of \(source) is not known", range: range, scope: .files)
            var node = FileNode(kind: .file(.unknown(unknown)), mode: 0o755)
            node.modificationTime = request.epochSeconds
            state.tree.insert(node, at: real)
        }
    }
}
