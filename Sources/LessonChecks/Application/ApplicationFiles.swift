// SPDX-License-Identifier: Apache-2.0

import ImageFilesystem
import OCISpec
import Submissions
import SymbolicBuild

/// The application's own files as they are before any ignore file, and how an image's files compare with them.
struct ApplicationFiles {
    private let context: any BuildContext
    private let source: ImagePath
    /// The files below the source folder, by their path from it.
    private let relative: [[ImagePath.Name]]
    /// Those of them without which the application is not whole: the lesson's, where it has such a folder.
    private let needed: [[ImagePath.Name]]
    private let work: WorkEvidence

    /// More files than an application of a lesson has; what is beyond is not looked at.
    private static let most = 20_000

    init(_ source: ImagePath, of work: WorkEvidence) {
        self.work = work
        context = work.whole
        self.source = source
        var found: [[ImagePath.Name]] = []
        let depth = source.components.count
        if context.tree.resolvedNode(at: source)?.isDirectory == true {
            context.tree.walk(from: source) { path, node in
                if !node.isDirectory, path.components.count > depth, found.count < Self.most {
                    found.append(Array(path.components.dropFirst(depth)))
                }
                return true
            }
        }
        let given = work.starter?.paths(below: String(source.description.dropFirst())) ?? []
        relative = found
        // What somebody put beside the application is no part of it, and what is missing in the folder is missing.
        needed = given.isEmpty ? found : given.map { Array(ImagePath($0).components.dropFirst(depth)) }
    }

    /// Whether there is no such folder, or nothing in it.
    var isEmpty: Bool { relative.isEmpty }

    /// What a file of an image is to the application.
    enum Place {
        /// It is the application's, and this is the folder that stands for the source folder.
        case below(ImagePath)
        /// It is another file of the build context.
        case outside
        /// It is none of the build context's files.
        case other
    }

    /// Finds out what a file of an image is, by its name, its folders and its content.
    func place(of path: ImagePath, in tree: FileTree) -> Place {
        // The longest match first: `index.js` may stand in more than one folder.
        let matches = relative.filter { names in
            path.components.count >= names.count && path.components.suffix(names.count).elementsEqual(names)
                && isSame(source.appending(names), path, tree)
        }
        if let best = matches.max(by: { $0.count < $1.count }) {
            return .below(ImagePath(names: Array(path.components.dropLast(best.count))))
        }
        var isOfContext = false
        context.tree.walk { place, node in
            if !isOfContext, !node.isDirectory, place.name == path.name, isSame(place, path, tree) {
                isOfContext = true
            }
            return !isOfContext
        }
        return isOfContext ? .outside : .other
    }

    /// The files that an image does not have below a folder, or has with other content, by their path from it.
    func missing(below root: ImagePath, in tree: FileTree) -> [String] {
        needed.filter { !isSame(source.appending($0), root.appending($0), tree) }
            .map { ImagePath(names: $0).description.dropFirst() }.map(String.init)
    }

    /// The files that make the application, as they lie below a folder of an image.
    func places(below root: ImagePath) -> [ImagePath] { needed.map { root.appending($0) } }

    /// Whether the ignore file is why a file, by its path from the source folder, did not come.
    func isIgnored(_ path: String) -> Bool {
        work.context.isIgnored(ImagePath(path, relativeTo: source))
    }

    /// A folder of an image that holds the whole of the application; nil when there is none.
    func anyPlace(in tree: FileTree) -> ImagePath? {
        guard let first = needed.first, let last = first.last else { return nil }
        var found: ImagePath?
        tree.walk { path, node in
            guard found == nil else { return false }
            if !node.isDirectory, path.name == last, path.components.count >= first.count,
                path.components.suffix(first.count).elementsEqual(first)
            {
                let root = ImagePath(names: Array(path.components.dropLast(first.count)))
                if missing(below: root, in: tree).isEmpty { found = root }
            }
            return path.name != Array("node_modules".utf8)
        }
        return found
    }

    /// Whether an image's file is one of the context: of the same size, and of the same bytes where both are known.
    private func isSame(_ own: ImagePath, _ path: ImagePath, _ tree: FileTree) -> Bool {
        guard let ours = context.tree.resolvedNode(at: own), let theirs = tree.resolvedNode(at: path),
            case .file(let ourContent) = ours.kind, case .file(let theirContent) = theirs.kind
        else { return false }
        if let ourSize = ourContent.sizeBytes, let theirSize = theirContent.sizeBytes, ourSize != theirSize {
            return false
        }
        guard case .bytes(let theirBytes) = theirContent, let ourBytes = try? context.load(own) else { return true }
        return ourBytes == theirBytes
    }
}

extension ImagePath {
    /// The path with several names behind it.
    fileprivate func appending(_ names: [ImagePath.Name]) -> ImagePath { names.reduce(self) { $0.appending($1) } }
}
