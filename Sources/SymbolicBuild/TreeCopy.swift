// SPDX-License-Identifier: Apache-2.0
//
// Source: Dockerfile reference, "COPY" and "ADD"; BuildKit frontend/dockerfile/dockerfile2llb/convert.go, dispatchCopy;
// tonistiigi/fsutil copy.

import DockerfileSyntax
import ImageFilesystem
import OCISpec
import ShellMachine

/// Copies files from one tree into another as COPY does.
///
/// Errors: a `BuildStop` where a file stands in a folder's way or a folder in a file's; what `content` throws.
struct TreeCopy {
    /// Where the files come from.
    let source: FileTree
    /// Gives a source file's content as it goes into the destination.
    let content: (ImagePath, FileContent) throws -> FileContent
    /// The owner of what is written; nil is that of the source where owners are kept, else 0:0.
    let owner: (uid: UInt32, gid: UInt32)?
    /// Computes the mode of what is written from its old mode; nil keeps it.
    let mode: ((FileNode) -> UInt16)?
    /// The mode of folders that are made on the way.
    var folderMode = TreeFolders.usualMode
    /// Whether the owners of the source count: those of a stage or an image do, those of the build context do not.
    var keepsOwners = false
    /// Where in the destination something may stand that its tree does not have.
    var uncertain = UncertainPlaces()
    /// Whether the source's parent folders are made in the destination too (`--parents`).
    let keepsParents: Bool
    /// The patterns of `--exclude`, relative to each source; nil when there are none.
    let excludes: IgnoreFile?
    /// Seconds since 1970 for folders that are made on the way.
    let epochSeconds: Int

    private var folders: TreeFolders {
        TreeFolders(uid: owner?.uid ?? 0, gid: owner?.gid ?? 0, epochSeconds: epochSeconds, mode: folderMode)
    }

    /// What a copy came to.
    struct Result {
        /// The source that does not exist, if there is one: then nothing was copied.
        var missing: String?
        /// The destination of which is not known whether it is a folder: nothing was written there.
        var ambiguous: ImagePath?
    }

    /// Makes a folder of the destination.
    func makeFolder(_ path: ImagePath, in tree: inout FileTree) throws -> ImagePath {
        try folders.make(path, in: &tree)
    }

    /// Copies what `patterns` name to `destination`.
    ///
    /// - Parameters:
    ///   - patterns: the sources as written, after expansion.
    ///   - destination: the path as written, after expansion.
    ///   - workingDirectory: what a relative destination is relative to.
    func copy(
        _ patterns: [String],
        to destination: String,
        workingDirectory: ImagePath,
        into tree: inout FileTree
    ) throws -> Result {
        let target = ImagePath(destination, relativeTo: workingDirectory)
        if keepsParents { return Result(missing: try copyWithParents(patterns, to: target, into: &tree)) }
        var result = Result()
        var isFolder = Self.namesFolder(destination) || patterns.count > 1
        var matches: [ImagePath] = []
        for pattern in patterns {
            guard let found = try find(pattern) else { return Result(missing: pattern) }
            if found.count > 1 { isFolder = true }
            matches += found
        }
        for match in matches {
            guard let (path, node) = source.resolve(match), let node else { return Result(missing: match.description) }
            if node.isDirectory {
                let place = try folders.make(target, in: &tree)
                try copyChildren(of: path, to: place, into: &tree)
            } else {
                let name = match.name ?? path.name ?? []
                if isLeftOut(name) { continue }
                if !isFolder, !target.isRoot, let real = tree.resolve(target), real.node == nil,
                    uncertain.names(real.path)
                {
                    result.ambiguous = real.path
                    continue
                }
                let place = try self.place(of: name, target, isFolder: isFolder, in: &tree)
                try write(node, from: path, to: place, into: &tree)
            }
        }
        return result
    }

    /// Where a file goes: into the destination when that is a folder, else there itself. Links are followed.
    func place(of name: ImagePath.Name, _ target: ImagePath, isFolder: Bool, in tree: inout FileTree) throws
        -> ImagePath
    {
        if isFolder || target.isRoot { return try folders.make(target, in: &tree).appending(name) }
        let parent = try folders.make(target.parent, in: &tree)
        let place = target.name.map { parent.appending($0) } ?? parent
        guard let resolved = tree.resolve(place) else { return place }
        return resolved.node?.isDirectory == true ? resolved.path.appending(name) : resolved.path
    }

    /// Whether a destination as written can only be a folder.
    static func namesFolder(_ destination: String) -> Bool {
        destination.isEmpty || destination == "." || destination == ".." || destination.hasSuffix("/")
            || destination.hasSuffix("/.") || destination.hasSuffix("/..")
    }

    /// The paths that a source names, sorted; nil when it names a single path that is not there.
    private func find(_ written: String) throws -> [ImagePath]? {
        let path = ImagePath(written)
        let fixed = path.components.prefix { !PathPattern.hasWildcard($0) }
        guard fixed.count < path.components.count else {
            return source.resolve(path)?.node == nil ? nil : [path]
        }
        let pattern = try self.pattern(path)
        // Links are followed in front of the first wildcard only.
        guard let base = source.resolve(ImagePath(names: Array(fixed))), base.node != nil else { return [] }
        var level: [ImagePath] = [base.path]
        for depth in fixed.count..<pattern.count {
            var next: [ImagePath] = []
            for folder in level {
                for name in source.entries(of: folder) ?? [] where pattern.matches(name, at: depth) {
                    next.append(folder.appending(name))
                }
            }
            level = next
        }
        return level
    }

    private func pattern(_ path: ImagePath) throws -> PathPattern {
        do {
            return try PathPattern(path)
        } catch {
            throw BuildStop(
                "failed to calculate checksum of ref: \(error.description): \(path)",
                fix: "close the `[`, or put a `\\` before a character that is meant as it is"
            )
        }
    }

    /// `--parents`: what stands behind the pivot `/./`, or the whole path, is made again below the destination.
    private func copyWithParents(_ patterns: [String], to target: ImagePath, into tree: inout FileTree) throws
        -> String?
    {
        for written in patterns {
            let (front, back) = Self.split(written)
            let isPattern = PathPattern.hasWildcard(back)
            guard let root = source.resolve(ImagePath(front)), root.node?.isDirectory == true else { return written }
            let wanted = ImagePath(back)
            if isPattern { _ = try pattern(wanted) }
            guard isPattern || source.resolve(wanted.components.reduce(root.path) { $0.appending($1) })?.node != nil
            else {
                return written
            }
            let filter: IgnoreFile
            do {
                filter = try IgnoreFile(patterns: [String(wanted.description.dropFirst())])
            } catch {
                throw BuildStop("\(error.description): \(written)")
            }
            let place = try folders.make(target, in: &tree)
            let isEverything = wanted.isRoot
            try source.walk(from: root.path) { path, node in
                guard path != root.path else { return true }
                let relative = Array(path.components.dropFirst(root.path.components.count))
                let text = Self.text(relative)
                if excludes?.matches(text) == true { return excludes?.hasNegations == true }
                guard isEverything || filter.matches(text) else { return true }
                try copyParents(relative, below: root.path, to: place, into: &tree)
                try write(node, from: path, to: relative.reduce(place) { $0.appending($1) }, into: &tree)
                return true
            }
        }
        return nil
    }

    /// The folders above a copied file, as the source has them.
    private func copyParents(
        _ relative: [ImagePath.Name],
        below root: ImagePath,
        to place: ImagePath,
        into tree: inout FileTree
    ) throws {
        var from = root
        var to = place
        for name in relative.dropLast() {
            from = from.appending(name)
            to = to.appending(name)
            if tree.node(at: to)?.isDirectory == true { continue }
            guard let node = source.node(at: from) else { continue }
            try write(node, from: from, to: to, into: &tree)
        }
    }

    /// A source of `--parents` in front of its pivot and behind it.
    private static func split(_ written: String) -> (front: String, back: String) {
        guard let range = written.firstRange(ofASCII: "/./") else { return ("/", written) }
        return (String(written[..<range.lowerBound]), String(written[range.upperBound...]))
    }

    private func copyChildren(of folder: ImagePath, to place: ImagePath, into tree: inout FileTree) throws {
        var pending: [(from: ImagePath, to: ImagePath)] = [(folder, place)]
        while let (from, to) = pending.popLast() {
            for name in source.entries(of: from) ?? [] {
                let path = from.appending(name)
                guard let node = source.node(at: path) else { continue }
                let target = to.appending(name)
                if isExcluded(path, below: folder) {
                    if node.isDirectory, excludes?.hasNegations == true { pending.append((path, target)) }
                    continue
                }
                try write(node, from: path, to: target, into: &tree)
                if node.isDirectory { pending.append((path, target)) }
            }
        }
    }

    private func isExcluded(_ path: ImagePath, below root: ImagePath) -> Bool {
        guard let excludes else { return false }
        return excludes.matches(Self.text(Array(path.components.dropFirst(root.components.count))))
    }

    private func isLeftOut(_ name: ImagePath.Name) -> Bool { excludes?.matches(Self.text([name])) ?? false }

    private static func text(_ names: [ImagePath.Name]) -> String {
        String(decoding: Array(names.joined(separator: [0x2F])), as: UTF8.self)
    }

    /// Writes one node; the folders above it are there.
    func write(_ node: FileNode, from path: ImagePath, to place: ImagePath, into tree: inout FileTree) throws {
        var copy = node
        copy.uid = owner?.uid ?? (keepsOwners ? node.uid : 0)
        copy.gid = owner?.gid ?? (keepsOwners ? node.gid : 0)
        copy.layerIndex = nil
        copy.source = node.source(at: path)
        if case .hardLink(let target) = node.kind, let real = source.resolvedNode(at: path) {
            copy.kind = real.kind
            copy.source = real.source(at: target)
        }
        if case .symlink = copy.kind {} else if let mode { copy.mode = mode(copy) }
        if tree.node(at: place)?.isPerhaps == true, tree.node(at: place)?.isDirectory != copy.isDirectory {
            tree.remove(place)
        }
        let existing = tree.node(at: place)
        if copy.isDirectory {
            if let existing, !existing.isDirectory { throw BuildStop("cannot copy to non-directory: \(place)") }
        } else {
            if case .file(let old) = copy.kind { copy.kind = .file(try content(path, old)) }
            if existing?.isDirectory == true { throw BuildStop("cannot replace to directory \(place) with file") }
        }
        tree.insert(copy, at: place)
    }
}

extension String {
    /// Where a text of ASCII characters stands first.
    fileprivate func firstRange(ofASCII text: String) -> Range<String.Index>? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(text) { return index..<self.index(index, offsetBy: text.count) }
            index = self.index(after: index)
        }
        return nil
    }
}
