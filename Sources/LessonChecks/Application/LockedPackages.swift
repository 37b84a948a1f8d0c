// SPDX-License-Identifier: Apache-2.0
//
// Source: Node.js, "Modules: CommonJS modules", "Loading from node_modules folders".

import CommandModels
import ImageFilesystem
import JSONValues
import OCISpec
import SymbolicBuild

/// The packages that an application needs at run time, by its lock file, and where node would find them.
struct LockedPackages {
    /// Their folders below the project, such as `node_modules/express`, in the order of the lock file.
    let folders: [ImagePath]

    /// Reads the lock file of a build context.
    ///
    /// - Returns: nil when the context has no such file, or one that is no lock file of npm.
    init?(_ lockFile: String, in context: any BuildContext) {
        let path = ImagePath(lockFile)
        guard context.tree.resolvedNode(at: path)?.isDirectory == false, let bytes = try? context.load(path),
            let document = try? JSONValue(parsing: bytes)
        else { return nil }
        guard document["packages"]?.object != nil || document["dependencies"]?.object != nil else { return nil }
        folders = NpmLock(document: document).packages
            .filter { Self.isNeeded($0) && $0.path.hasPrefix("node_modules/") }
            .map { ImagePath($0.path) }
    }

    /// Whether a package is installed on every machine and in production.
    private static func isNeeded(_ package: NpmLock.Package) -> Bool {
        let isLeftOut = ["dev", "optional", "devOptional", "peer", "link"].contains { package.has($0) }
        return !isLeftOut && ["os", "cpu", "libc"].allSatisfy { package.entry[$0] == nil }
    }

    /// The packages' names.
    var names: [String] { folders.map(Self.name) }

    /// The packages that node does not find from a folder, each by its name.
    func missing(from folder: ImagePath, in tree: FileTree) -> [String] {
        var places: [ImagePath] = [folder]
        while let last = places.last, !last.isRoot { places.append(last.parent) }
        places.removeAll { tree.resolvedNode(at: $0.appending("node_modules"))?.isDirectory != true }
        return folders.filter { package in !places.contains { Self.holds(tree, package, below: $0) } }.map(Self.name)
    }

    /// The packages that are not in a folder called `node_modules`, each by its name.
    func missing(inModules folder: ImagePath, of tree: FileTree) -> [String] {
        folders.filter { !Self.holds(tree, $0, below: folder.parent) }.map(Self.name)
    }

    private static func holds(_ tree: FileTree, _ package: ImagePath, below folder: ImagePath) -> Bool {
        let place = package.components.reduce(folder) { $0.appending($1) }
        return tree.resolvedNode(at: place.appending("package.json"))?.isDirectory == false
    }

    private static func name(_ folder: ImagePath) -> String {
        let parts = folder.components.map { String(decoding: $0, as: UTF8.self) }
        let start = parts.lastIndex(of: "node_modules").map { $0 + 1 } ?? 0
        return parts[start...].joined(separator: "/")
    }

    /// A few names in a sentence: "express", "express and 3 more".
    static func sentence(_ names: [String]) -> String {
        let first = names.first ?? ""
        return names.count > 1 ? "\(first) and \(names.count - 1) more are" : "\(first) is"
    }
}
