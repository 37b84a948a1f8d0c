// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// What files are copied or mounted from, with what is not known of it: another stage, an image, the build context.
struct CopySource {
    /// The files as far as they are known.
    let tree: FileTree
    /// Where there may be others.
    var uncertain = UncertainPlaces()
    /// What is not known of the files.
    var unknowns: [Unknown] = []
    /// Whether it is an image of which nothing is known: a name in there may be a program's or a folder's, and no line tells which.
    private(set) var isUnknownImage = false
    /// What it is called in a sentence, such as `stage build`.
    let label: String
    /// The line that wrote a file, and whether that line stands behind FROM; nil where lines do not matter.
    var line: ((FileNode) -> (number: Int, isOwn: Bool))?

    /// A source that is known as its tree has it.
    init(_ tree: FileTree, label: String) {
        self.tree = tree
        self.label = label
    }

    /// Files of which nothing is known.
    init(unknown reason: String, label: String, isImage: Bool = false) {
        self.init(FileTree(), label: label)
        isUnknownImage = isImage
        uncertain.insert(.root)
        unknowns = [Unknown(reason: reason, scope: .filesystem)]
    }

    /// The build context.
    init(_ context: any BuildContext) { self.init(context.tree, like: context) }

    /// Files of the build context, whose bytes may have been read.
    init(_ tree: FileTree, like context: any BuildContext) {
        self.init(tree, label: "the build context")
        guard context.isUnknown else { return }
        uncertain.insert(.root)
        unknowns = [Unknown(reason: "the files of \(label) are not known", scope: .filesystem)]
    }

    /// A stage as it was built.
    init(_ stage: StageState, named name: String) {
        self.init(stage.tree, label: "stage \(stage.name ?? name)")
        uncertain = stage.uncertain
        unknowns = stage.unknowns.filter { $0.touches(.files) }
        let base = stage.baseLayerCount
        let from = stage.range.start.line
        let lines = stage.layers.map(\.range.start.line)
        line = { node in
            guard let layer = node.layerIndex, lines.indices.contains(layer - base) else { return (from, false) }
            return (lines[layer - base], true)
        }
    }

    /// An image.
    init(_ image: BaseImage, named name: String) {
        self.init(image.tree, label: "the image \(name)")
        unknowns = image.unknowns(named: name).filter { $0.touches(.files) }
        for unknown in unknowns { uncertain.insert(unknown, except: image.knowledge.absentPaths) }
    }
}

// MARK: What is not known of a path

extension CopySource {
    /// What there is at a path of the source.
    enum Found {
        /// A file or link, or a folder with what is below.
        case node(ImagePath, FileNode)
        /// Nothing, for certain.
        case missing
        /// Something that the tree does not have, or nothing: a build that goes on has it.
        case uncertain
    }

    /// What there is at a path, and what is not known of that; nil when all is.
    func look(at path: ImagePath) -> (found: Found, doubt: Unknown?) {
        guard let (real, node) = tree.resolve(path), let node else {
            let real = tree.resolve(path)?.path ?? path
            guard uncertain.contains(real) || uncertain.contains(path) else { return (.missing, nil) }
            return (.uncertain, reason(at: real))
        }
        return (.node(real, node), node.isDirectory ? doubt(inFolder: real) : doubt(of: node, at: real))
    }

    /// The best reason for something that is not there for certain.
    func reason(at path: ImagePath) -> Unknown {
        unknowns.last { $0.mayTouch(path.description) } ?? unknowns.last
            ?? Unknown(reason: "its files are not known", scope: .files)
    }

    private static let accountFiles = Unknown.Scope.accounts.paths.map { ImagePath($0) }

    private func doubt(of node: FileNode, at path: ImagePath) -> Unknown? {
        if case .file(.unknown(let unknown)) = node.kind { return unknown }
        if node.isPerhaps { return reason(at: path) }
        // Who adds an account keeps those that are there, and with them what is not known of them.
        if Self.accountFiles.contains(path), let unknown = unknowns.first(where: { $0.touches(.accounts) }) {
            return unknown
        }
        guard let line else { return nil }
        let (written, isOwn) = line(node)
        return unknowns.first { unknown in
            guard unknown.mayTouch(path.description), let number = unknown.line else { return false }
            return isOwn ? number >= written : number > written
        }
    }

    private func doubt(inFolder folder: ImagePath) -> Unknown? {
        if let unknown = unknowns.first(where: { $0.mayTouch(folder.description) }) { return unknown }
        var result: Unknown?
        tree.walk(from: folder) { path, node in
            guard result == nil else { return false }
            if !node.isDirectory || node.isPerhaps { result = doubt(of: node, at: path) }
            return result == nil
        }
        return result
    }
}

extension BaseImage {
    /// What is not known of the image: what it says itself where it was built here and not everything was understood.
    func unknowns(named name: String) -> [Unknown] {
        (configuration.config.labels?[UnknownLabel.name].map(UnknownLabel.unknowns) ?? []).map { unknown in
            Unknown(
                reason: "the image \(name) is not fully known: \(unknown.cause)",
                scope: unknown.scope,
                paths: unknown.paths,
                spared: unknown.spared,
                cause: unknown.cause
            )
        }
    }
}
