// SPDX-License-Identifier: Apache-2.0

import BaseImages
import ImageFilesystem
import OCISpec
import SymbolicBuild

/// Where programs of certain names lie in an image, also under another name: what was copied from a shell is a shell, however often it
/// was copied or moved, and wherever it stood in between.
struct ProgramCopies {
    private let names: Set<ImagePath.Name>
    private let work: WorkEvidence

    init(_ programs: [String], _ work: WorkEvidence) {
        names = Set(programs.map { Array($0.utf8) })
        self.work = work
    }

    /// The places in a stage, those with the name itself first, each group in the order of paths.
    func places(in state: StageState) -> [ImagePath] {
        var known: [Int: [ImagePath]] = [:]
        for stage in work.outcome.stages.values.sorted(by: { $0.index < $1.index }) where stage.index <= state.index {
            known[stage.index] = places(in: stage, known)
        }
        return known[state.index] ?? []
    }

    private func places(in state: StageState, _ earlier: [Int: [ImagePath]]) -> [ImagePath] {
        var found = named(in: state.tree)
        for layer in state.layers {
            let before = Set(found)
            for change in layer.changes where !before.contains(change.path) && isProgram(change.node) {
                guard state.tree.resolvedNode(at: change.path) != nil else { continue }
                if isCopy(change.path, layer, state, found, earlier) { found.append(change.path) }
            }
        }
        return found
    }

    /// Every program of one of the names, wherever it lies. A text of that name accuses nobody.
    private func named(in tree: FileTree) -> [ImagePath] {
        var found: [ImagePath] = []
        tree.walk { path, node in
            if isProgram(node), isNamed(path) || node.source.map(isNamed) == true || isStored(node) {
                found.append(path)
            }
            return true
        }
        return found
    }

    /// Whether a file of this path is called one of the names, or a build of one: `bash-5.2`, `busybox.static`.
    private func isNamed(_ path: ImagePath) -> Bool {
        guard let name = path.name else { return false }
        if names.contains(name) { return true }
        guard let end = name.firstIndex(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }),
            names.contains(Array(name[..<end]))
        else {
            return false
        }
        let rest = String(decoding: name[(end + 1)...], as: UTF8.self)
        return ["static", "musl", "extras", "suid", "glibc", "uclibc"].contains(rest) || rest.first?.isNumber == true
    }

    /// Whether the bytes are those of a file of one of the names in an image that was imported.
    private func isStored(_ node: FileNode) -> Bool {
        guard case .file(.stored(_, let path, _)) = node.kind else { return false }
        return isNamed(path)
    }

    /// Whether a file is executable and no text, as far as is known.
    private func isProgram(_ node: FileNode?) -> Bool {
        guard let node, node.mode & 0o111 != 0, case .file(let content) = node.kind else { return false }
        if case .bytes(let bytes) = content { return bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) }
        return true
    }

    /// Whether a layer took a file from one of the places.
    private func isCopy(
        _ path: ImagePath,
        _ layer: BuiltLayer,
        _ state: StageState,
        _ own: [ImagePath],
        _ earlier: [Int: [ImagePath]]
    ) -> Bool {
        if let copied = layer.copied {
            guard let from = copied.from else { return false }
            let target = ImagePath(copied.destination)
            return copied.sources.contains { source in
                let sourcePath = ImagePath(source)
                guard path == target || path == target.appending(sourcePath.name ?? []) else { return false }
                return isPlace(sourcePath, from, before: state, earlier)
            }
        }
        // `cp`, `mv`, `install` and `ln` name what they take and where it goes.
        let words = layer.createdBy.split { " \t\n;&|()'\"".contains($0) }.map(String.init)
        guard words.contains(where: { ["cp", "mv", "install", "ln", "cat", "dd"].contains($0) }) else { return false }
        let paths = words.filter { $0.contains("/") || $0 == String(decoding: path.name ?? [], as: UTF8.self) }
            .map { ImagePath($0.split(separator: "=").last.map(String.init) ?? $0, relativeTo: path.parent) }
        let names = Set(own)
        let takes = paths.contains {
            names.contains($0) || layer.tree.resolve($0).map { names.contains($0.path) } == true
        }
        return takes && paths.contains { $0 == path || $0 == path.parent }
    }

    /// Whether a path of what a `--from` names is one of its places.
    private func isPlace(_ path: ImagePath, _ from: String, before state: StageState, _ earlier: [Int: [ImagePath]])
        -> Bool
    {
        if let index = work.stageIndex(from, before: state.index), let source = work.outcome.stages[index] {
            let real = source.tree.resolve(path)?.path ?? path
            return earlier[index]?.contains(real) == true
        }
        // Of an image that nobody knows the name alone tells.
        let images = state.copiedImages
        let real = images.lazy.compactMap { $0.tree.resolve(path) }.first { $0.node != nil }?.path ?? path
        return isNamed(real)
    }
}
