// SPDX-License-Identifier: Apache-2.0

import ImageFilesystem
import OCISpec
import SymbolicBuild

/// The application's own files as the build context has them, and how an image's files compare with them.
struct ApplicationFiles {
    private let context: any BuildContext
    private let source: ImagePath
    /// The files below the source folder, by their path from it.
    private let relative: [[ImagePath.Name]]

    /// More files than an application of a lesson has; what is beyond is not looked at.
    private static let most = 20_000

    init(_ source: ImagePath, in context: any BuildContext) {
        self.context = context
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
        relative = found
    }

    /// Whether the build context has no such folder, or nothing in it.
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
        relative.filter { !isSame(source.appending($0), root.appending($0), tree) }
            .map { ImagePath(names: $0).description.dropFirst() }.map(String.init)
    }

    /// A folder of an image that holds the whole of the application; nil when there is none.
    func anyPlace(in tree: FileTree) -> ImagePath? {
        guard let first = relative.first, let last = first.last else { return nil }
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
