// SPDX-License-Identifier: Apache-2.0

public import OCISpec

/// The names under which files of a tree can be reached, links followed as a kernel follows them.
///
/// A tree has each file under the name that its layer gives it. A program also finds it behind a link to a folder above it
/// (`/app/node_modules`, a link to `/opt/nm`, makes `/app/node_modules/lodash/package.json`), and so must whoever looks for it.
public struct FileNames: Sendable, Hashable {
    /// The names, sorted, each once; none of a folder.
    public let paths: [ImagePath]
    /// Whether these are all: not where links lead to more names than were looked at.
    public let isWhole: Bool

    /// Takes names as they are.
    public init(_ paths: some Sequence<ImagePath>, isWhole: Bool = true) {
        self.paths = Set(paths).sorted()
        self.isWhole = isWhole
    }

    /// Where a kind of file always stands, however the folders above it are linked.
    public enum Place: Sendable, Hashable {
        /// One file.
        case file(ImagePath)
        /// The files below a folder, so many levels deep.
        case folder(ImagePath, levels: Int)
    }

    /// How many folders behind a link are gone into: as many as any pattern of names has components behind its first one
    /// (`node_modules/@scope/name/package.json`).
    static let levelsBehindLink = 3
    /// How many names behind links are looked at: more than real images have, few enough for the time that a hostile one takes.
    static let most = 200_000

    /// The names of a tree that are wanted.
    ///
    /// The names that layers give are all asked about; names behind links to folders as far as `levelsBehindLink`, or to a place.
    /// A name behind a link to a folder is left out where the file's own name is wanted as well.
    public init(of tree: FileTree, at places: [Place] = [], where isWanted: (ImagePath) -> Bool) {
        var found: Set<ImagePath> = []
        var links: [ImagePath] = []
        tree.walk { path, node in
            if case .symlink = node.kind { links.append(path) }
            if !node.isDirectory, isWanted(path) { found.insert(path) }
            return true
        }
        var search = Search(tree: tree)
        for place in places {
            switch place {
            case .file(let path):
                if let node = tree.resolve(path)?.node, !node.isDirectory, isWanted(path) { found.insert(path) }
            case .folder(let path, let levels):
                guard let target = tree.resolve(path), target.path != path else { continue }
                search.look(into: target.path, as: path, levels: levels, isWanted)
            }
        }
        for link in links {
            guard let target = tree.resolve(link), target.node?.isDirectory ?? false else { continue }
            search.look(into: target.path, as: link, levels: Self.levelsBehindLink, isWanted)
        }
        for (name, file) in search.found where !found.contains(file) { found.insert(name) }
        self.init(found, isWhole: search.visited < Self.most)
    }

    private struct Search {
        let tree: FileTree
        var visited = 0
        /// Each name with the file's own.
        var found: [(name: ImagePath, file: ImagePath)] = []

        mutating func look(into folder: ImagePath, as name: ImagePath, levels: Int, _ isWanted: (ImagePath) -> Bool) {
            guard levels > 0, visited < FileNames.most else { return }
            for entry in tree.entries(of: folder) ?? [] {
                visited += 1
                guard visited < FileNames.most else { return }
                guard let target = tree.resolve(folder.appending(entry)), let node = target.node else { continue }
                let child = name.appending(entry)
                if node.isDirectory {
                    look(into: target.path, as: child, levels: levels - 1, isWanted)
                } else if isWanted(child) {
                    found.append((child, target.path))
                }
            }
        }
    }
}

extension FileTree {
    /// The path at which the tree keeps the file behind a path: all links followed, hard links included; nil when there is none.
    public func fileItself(at path: ImagePath) -> ImagePath? {
        guard var place = resolve(path)?.path else { return nil }
        for _ in 0..<40 {
            guard let node = node(at: place) else { return nil }
            guard case .hardLink(let target) = node.kind else { return place }
            place = target
        }
        return nil
    }

    /// The files behind these names whose bytes are somewhere and were not kept, each once, sorted.
    public func stored(behind names: some Sequence<ImagePath>) -> [ImagePath] {
        var files: Set<ImagePath> = []
        for name in names {
            guard let file = fileItself(at: name), case .file(let content)? = node(at: file)?.kind else { continue }
            switch content {
            case .stored, .modelled: files.insert(file)
            case .bytes, .unknown: continue
            }
        }
        return files.sorted()
    }

    /// Gives files their bytes; what is no file is left as it is.
    public mutating func keep(_ bytes: [ImagePath: [UInt8]]) {
        for (path, content) in bytes {
            update(at: path) { node in
                guard case .file = node.kind else { return }
                node.kind = .file(.bytes(content))
            }
        }
    }
}
