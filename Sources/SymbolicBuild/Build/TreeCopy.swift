// SPDX-License-Identifier: Apache-2.0
//
// Source: Dockerfile reference, "COPY" and "ADD"; BuildKit frontend/dockerfile/dockerfile2llb/convert.go, dispatchCopy.

import Diagnostics
import ImageFilesystem
import OCISpec

/// Copies files from one tree into another as COPY does.
struct TreeCopy {
    /// Where the files come from.
    let source: FileTree
    /// Gives a source file's content as it goes into the destination.
    let content: (ImagePath, FileContent) throws -> FileContent
    /// The owner of what is written; nil keeps 0:0.
    let owner: (uid: UInt32, gid: UInt32)?
    /// Computes the mode of what is written from its old mode; nil keeps it.
    let mode: ((FileNode) -> UInt16)?
    /// Whether the source's parent folders are made in the destination too (`--parents`).
    let keepsParents: Bool
    /// Patterns of `--exclude`, relative to each source.
    let excludes: [PathPattern]
    /// Seconds since 1970 for folders that are made on the way.
    let epochSeconds: Int

    /// Copies what `patterns` name to `destination`.
    ///
    /// - Parameters:
    ///   - patterns: the sources as written, after expansion.
    ///   - destination: the path as written, after expansion.
    ///   - workingDirectory: what a relative destination is relative to.
    /// - Returns: the source that does not exist, if there is one: then nothing more was copied.
    func copy(
        _ patterns: [String],
        to destination: String,
        workingDirectory: ImagePath,
        into tree: inout FileTree
    ) throws -> String? {
        let target = ImagePath(destination, relativeTo: workingDirectory)
        let base = tree.resolve(target)?.path ?? target
        var isFolder = destination.hasSuffix("/") || destination == "." || destination.hasSuffix("/.") || patterns.count > 1
        var matches: [ImagePath] = []
        for pattern in patterns {
            let found = try find(pattern)
            guard let found else { return pattern }
            if PathPattern.hasWildcard(pattern), found.count > 1 { isFolder = true }
            matches += found
        }
        for match in matches {
            guard let (path, node) = source.resolve(match), let node else { return match.description }
            if keepsParents {
                try copyWithParents(match, node, below: base, into: &tree)
            } else if node.isDirectory {
                makeFolders(base, in: &tree)
                try copyChildren(of: path, root: path, to: base, into: &tree)
            } else {
                let isIntoFolder = isFolder || tree.node(at: base)?.isDirectory == true
                let name = match.name ?? path.name ?? []
                let place = isIntoFolder ? base.appending(name) : base
                makeFolders(place.parent, in: &tree)
                try write(node, from: path, to: place, into: &tree)
            }
        }
        if matches.isEmpty, isFolder { return nil }
        return nil
    }

    /// The paths that a source names, sorted; nil when it names a single path that is not there.
    private func find(_ pattern: String) throws -> [ImagePath]? {
        let path = ImagePath(pattern.replacingPivot)
        guard PathPattern.hasWildcard(pattern) else {
            guard let resolved = source.resolve(path), resolved.node != nil else { return nil }
            return [path]
        }
        let matcher = PathPattern(path)
        var level: [ImagePath] = [.root]
        for depth in 0..<matcher.count {
            var next: [ImagePath] = []
            for folder in level {
                guard let resolved = source.resolve(folder), let names = source.entries(of: resolved.path) else { continue }
                for name in names where matcher.matches(name, at: depth) { next.append(folder.appending(name)) }
            }
            level = next
        }
        return level
    }

    private func copyWithParents(
        _ match: ImagePath,
        _ node: FileNode,
        below base: ImagePath,
        into tree: inout FileTree
    ) throws {
        var place = base
        makeFolders(base, in: &tree)
        for (index, name) in match.components.enumerated() {
            place = place.appending(name)
            guard index < match.components.count - 1 else { break }
            makeFolders(place, in: &tree)
        }
        if node.isDirectory {
            makeFolders(place, in: &tree)
            try copyChildren(of: match, root: match, to: place, into: &tree)
        } else {
            try write(node, from: match, to: place, into: &tree)
        }
    }

    private func copyChildren(
        of folder: ImagePath,
        root: ImagePath,
        to place: ImagePath,
        into tree: inout FileTree
    ) throws {
        var pending: [(from: ImagePath, to: ImagePath)] = [(folder, place)]
        while let (from, to) = pending.popLast() {
            for name in source.entries(of: from) ?? [] {
                let path = from.appending(name)
                guard let node = source.node(at: path), !isExcluded(path, below: root) else { continue }
                let target = to.appending(name)
                try write(node, from: path, to: target, into: &tree)
                if node.isDirectory { pending.append((path, target)) }
            }
        }
    }

    private func isExcluded(_ path: ImagePath, below root: ImagePath) -> Bool {
        guard !excludes.isEmpty else { return false }
        let relative = path.components.dropFirst(root.components.count)
        return excludes.contains { pattern in
            pattern.count > 0 && pattern.count <= relative.count
                && relative.prefix(pattern.count).enumerated().allSatisfy { pattern.matches($1, at: $0) }
        }
    }

    private func write(_ node: FileNode, from path: ImagePath, to place: ImagePath, into tree: inout FileTree) throws {
        var copy = node
        copy.uid = owner?.uid ?? 0
        copy.gid = owner?.gid ?? 0
        copy.layerIndex = nil
        if case .hardLink = node.kind, let real = source.resolvedNode(at: path) { copy.kind = real.kind }
        if case .symlink = copy.kind {} else if let mode { copy.mode = mode(copy) }
        if case .file(let old) = copy.kind { copy.kind = .file(try content(path, old)) }
        if copy.isDirectory, let existing = tree.resolve(place), existing.node?.isDirectory == true {
            tree.update(at: existing.path) {
                $0.mode = copy.mode
                $0.uid = copy.uid
                $0.gid = copy.gid
            }
            return
        }
        tree.insert(copy, at: place)
    }

    /// Makes the folders of a path that are missing, links on the way followed, owned like what is written.
    private func makeFolders(_ path: ImagePath, in tree: inout FileTree) {
        var current = ImagePath.root
        for name in path.components {
            let next = current.appending(name)
            if let resolved = tree.resolve(next), resolved.node?.isDirectory == true {
                current = resolved.path
                continue
            }
            var folder = FileNode.directory(uid: owner?.uid ?? 0, gid: owner?.gid ?? 0)
            folder.modificationTime = epochSeconds
            tree.insert(folder, at: next)
            current = next
        }
    }
}

extension String {
    /// A source of `COPY --parents` without its pivot `/./`.
    fileprivate var replacingPivot: String {
        guard let range = firstRange(of: "/./") else { return self }
        return String(self[..<range.lowerBound]) + "/" + self[range.upperBound...]
    }

    private func firstRange(of text: String) -> Range<String.Index>? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(text) { return index..<self.index(index, offsetBy: text.count) }
            index = self.index(after: index)
        }
        return nil
    }
}
