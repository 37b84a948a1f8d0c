// SPDX-License-Identifier: Apache-2.0
//
// Source: Node.js, "Modules: CommonJS modules", "Loading from node_modules folders", "Loading from the global folders".

import CommandModels
import ImageFilesystem
import JSONValues
import OCISpec
import Submissions
import SymbolicBuild

/// The packages that an application needs at run time, by its lock file, and where node would find them.
///
/// The lock file is the one that was handed in, else the lesson's: one for all checks, whatever an ignore file leaves out. As long as
/// the application's own programs are the lesson's, what these ask for is needed, whatever the lock file says.
struct LockedPackages {
    /// Their folders below the project, such as `node_modules/express`, in the order of the lock file.
    let folders: [ImagePath]

    /// Reads the lock file of the work.
    ///
    /// - Returns: nil when neither the work nor the lesson has such a file that npm would read.
    init?(_ lockFile: String, _ work: WorkEvidence) {
        let path = ImagePath(lockFile)
        let isThere = work.whole.tree.resolvedNode(at: path)?.isDirectory == false
        let bytes = isThere ? try? work.whole.load(path) : nil
        let lessons = work.starter?.bytes(of: lockFile)
        let own = bytes.flatMap { Self.document($0) }
        let given = own != nil && bytes == lessons ? nil : lessons.flatMap { Self.document($0) }
        guard let document = own ?? given else { return nil }
        var folders = NpmLock(document: document).packages
            .filter { Self.isNeeded($0) && $0.path.hasPrefix("node_modules/") }
            .map { ImagePath($0.path) }
        if own != nil, let given, Self.hasTheLessonsPrograms(work) {
            let known = Set(folders)
            let asked = given["packages"]?[""]?["dependencies"]?.object?.members ?? []
            folders += asked.map { ImagePath("node_modules/" + $0.name) }.filter { !known.contains($0) }
        }
        self.folders = folders
    }

    private static func document(_ bytes: [UInt8]) -> JSONValue? {
        guard let document = try? JSONValue(parsing: bytes),
            document["packages"]?.object != nil || document["dependencies"]?.object != nil
        else { return nil }
        return document
    }

    /// Whether a package is installed on every machine and in production.
    private static func isNeeded(_ package: NpmLock.Package) -> Bool {
        let isLeftOut = ["dev", "optional", "devOptional", "peer", "link"].contains { package.has($0) }
        return !isLeftOut && ["os", "cpu", "libc"].allSatisfy { package.entry[$0] == nil }
    }

    /// Whether the programs of the work are those that the lesson gave.
    private static func hasTheLessonsPrograms(_ work: WorkEvidence) -> Bool {
        guard let starter = work.starter else { return false }
        let programs = starter.paths.filter { $0.hasSuffix(".js") }
        return !programs.isEmpty
            && programs.allSatisfy { path in
                (try? work.whole.load(ImagePath(path))).map { $0 == starter.bytes(of: path) } == true
            }
    }

    /// The packages' names.
    var names: [String] { folders.map(Self.name) }

    /// The packages that node does not find from a folder, each by its name.
    ///
    /// - Parameter modules: the folders of `NODE_PATH`, which node looks through last.
    func missing(from folder: ImagePath, and modules: [ImagePath] = [], in tree: FileTree) -> [String] {
        found(from: folder, and: modules, in: tree).filter { $0.place == nil }.map(\.name)
    }

    /// The packages, each with the `package.json` that node finds from a folder; nil where it finds none.
    func found(from folder: ImagePath, and modules: [ImagePath] = [], in tree: FileTree) -> [(
        name: String, place: ImagePath?
    )] {
        var places: [ImagePath] = [folder]
        while let last = places.last, !last.isRoot { places.append(last.parent) }
        places.removeAll { tree.resolvedNode(at: $0.appending("node_modules"))?.isDirectory != true }
        let searched = places.map { $0.appending("node_modules") } + modules
        return folders.map { package in
            (Self.name(package), searched.lazy.compactMap { Self.file(of: package, in: $0, tree) }.first)
        }
    }

    /// The packages that are not in a folder such as `node_modules`, each by its name.
    func missing(inModules folder: ImagePath, of tree: FileTree) -> [String] {
        folders.filter { Self.file(of: $0, in: folder, tree) == nil }.map(Self.name)
    }

    /// Where the lock file's packages lie below a folder of modules: what stands behind the first `node_modules`.
    private static func file(of package: ImagePath, in modules: ImagePath, _ tree: FileTree) -> ImagePath? {
        let place = package.components.dropFirst().reduce(modules) { $0.appending($1) }.appending("package.json")
        return tree.resolvedNode(at: place)?.isDirectory == false ? place : nil
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

extension StageState {
    /// The folders in which node looks for modules of every program.
    var nodePath: [ImagePath] {
        let config = configuration.config
        let folder = ImagePath(config.workingDir ?? "/")
        // `env NODE_PATH=… node …` and a shell's line say it as well.
        let words = ((config.entrypoint ?? []) + (config.cmd ?? [])).flatMap { $0.split { " \t'\"".contains($0) } }
        let own = words.last { $0.hasPrefix("NODE_PATH=") }.map { String($0.dropFirst(10)) }
        return (own ?? config.environmentValue("NODE_PATH") ?? "").split(separator: ":").map {
            ImagePath(String($0), relativeTo: folder)
        }
    }
}
