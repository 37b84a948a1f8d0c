// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import SymbolicBuild

/// Where programs lie in an image, under whatever name: what was copied or linked from a shell is a shell.
///
/// What a file is goes along with its content through `COPY`, `cp`, `mv`, `install` and links, so that the file decides and not the
/// words that brought it. A text accuses nobody, whatever it is called.
struct ProgramPlaces {
    private let names: Set<ImagePath.Name>
    private let scripts: Set<ImagePath.Name>
    private let work: WorkEvidence

    /// - Parameters:
    ///   - programs: names of executables.
    ///   - scripts: names of files that node runs, which therefore need no execute permission.
    init(_ programs: [String], scripts: [String] = [], _ work: WorkEvidence) {
        names = Set(programs.map { Array($0.utf8) })
        self.scripts = Set(scripts.map { Array($0.utf8) })
        self.work = work
    }

    /// What was found.
    struct Found {
        /// The programs, those first that have their own name, each group in the order of paths.
        var places: [ImagePath] = []
        /// Executables among the programs of which nobody knows what they are, because the image that they come from is not known.
        var foreign: [ImagePath] = []
    }

    /// Looks through a stage's files.
    ///
    /// - Parameter folders: where executables that nobody knows count.
    func found(in state: StageState, unknownIn folders: [String]) -> Found {
        let sources = unknownSources(of: state)
        let folders = Set(folders.map { state.tree.resolve(ImagePath($0))?.path ?? ImagePath($0) })
        var named: [ImagePath] = []
        var renamed: [ImagePath] = []
        var foreign: [ImagePath] = []
        state.tree.walk { path, entry in
            guard let node = file(entry, at: path, in: state.tree) else { return true }
            if let name = identity(of: node, at: path), isWanted(name, node) {
                if path.name == name { named.append(path) } else { renamed.append(path) }
            } else if let source = sources[path], isExecutable(node) {
                if source.name.map(isNamed) == true {
                    renamed.append(path)
                } else if folders.contains(path.parent) {
                    foreign.append(path)
                }
            } else if isPoured(node) {
                renamed.append(path)
            }
            return true
        }
        return Found(places: named + renamed, foreign: foreign)
    }

    /// The file behind an entry, other names followed; nil for folders, links and devices.
    private func file(_ node: FileNode, at path: ImagePath, in tree: FileTree) -> FileNode? {
        switch node.kind {
        case .file: node
        case .hardLink: tree.resolvedNode(at: path)
        case .directory, .symlink, .character, .block, .fifo: nil
        }
    }

    /// The name of the program that a file is, as far as it is known; nil for a text.
    private func identity(of node: FileNode, at path: ImagePath) -> ImagePath.Name? {
        guard case .file(let content) = node.kind else { return nil }
        switch content {
        case .bytes(let bytes): return bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) ? path.name : nil
        case .modelled(_, let original): return (original ?? node.source ?? path).name
        case .stored(_, let original, _): return original.name
        case .unknown: return (node.source ?? path).name
        }
    }

    private func isWanted(_ name: ImagePath.Name, _ node: FileNode) -> Bool {
        scripts.contains(name) || isNamed(name) && isExecutable(node)
    }

    /// Whether a name is one of the programs', or that of a build of one: `bash-5.2`, `busybox.static`.
    private func isNamed(_ name: ImagePath.Name) -> Bool {
        if names.contains(name) { return true }
        guard let end = name.firstIndex(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }),
            names.contains(Array(name[..<end]))
        else {
            return false
        }
        let rest = String(decoding: name[(end + 1)...], as: UTF8.self)
        return ["static", "musl", "extras", "suid", "glibc", "uclibc"].contains(rest) || rest.first?.isNumber == true
    }

    private func isExecutable(_ node: FileNode) -> Bool { node.mode & 0o111 != 0 }

    /// The files that copies took from images of which nobody knows the files, each with its path there.
    private func unknownSources(of state: StageState) -> [ImagePath: ImagePath] {
        var result: [ImagePath: ImagePath] = [:]
        for layer in state.layers {
            for change in layer.changes { result[change.path] = nil }
            guard let copied = layer.copied, let from = copied.from, work.stageIndex(from, before: state.index) == nil
            else { continue }
            let target = ImagePath(copied.destination)
            for change in layer.changes {
                guard case .file(.unknown)? = change.node?.kind else { continue }
                let source = copied.sources.map { ImagePath($0) }.first {
                    change.path == target || change.path == target.appending($0.name ?? [])
                }
                if let source { result[change.path] = source }
            }
        }
        return result
    }

    /// Whether a command poured a program into a file byte by byte, as `cat` and `dd` do: the words of its line name what it took.
    private func isPoured(_ node: FileNode) -> Bool {
        guard case .file(.unknown) = node.kind, isExecutable(node), let origin = node.origin,
            let stage = work.outcome.stages[origin.stage],
            let layer = stage.layers.first(where: { $0.range.start.line == origin.line }), layer.copied == nil
        else { return false }
        return layer.createdBy.split { " \t\n;&|()<>'\"=".contains($0) }.contains { word in
            guard word.hasPrefix("/"), let taken = layer.tree.resolve(ImagePath(String(word))), let node = taken.node,
                let name = identity(of: node, at: taken.path)
            else { return false }
            return isWanted(name, node)
        }
    }
}
