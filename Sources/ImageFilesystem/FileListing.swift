// SPDX-License-Identifier: Apache-2.0

public import OCISpec

/// One line of a listing of an image's files.
public struct FileListing: Sendable, Hashable, Codable {
    /// The path from the root; bytes that are not UTF-8 become U+FFFD.
    public let path: String
    /// What it is.
    public let type: Kind
    /// Permission bits with setuid, setgid and sticky, four octal digits.
    public let mode: String
    /// The owner's number.
    public let uid: UInt32
    /// The group's number.
    public let gid: UInt32
    /// The size in bytes; nil when the engine does not know it; 0 for what is no file.
    public let size: Int?
    /// Where a link points; nil for anything else.
    public let link: String?
    /// The layer that last wrote it, the lowest is 0; nil when there is none yet.
    public let layer: Int?

    /// The kinds of files, as listings name them.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case file, dir, symlink, hardlink, char, block, fifo
    }

    /// The line for a node. A hard link shows the size of its file when the tree has it.
    public init(path: ImagePath, node: FileNode, in tree: FileTree) {
        self.path = path.description
        let digits = String(node.mode & 0o7777, radix: 8)
        mode = String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
        uid = node.uid
        gid = node.gid
        layer = node.layerIndex
        var link: String?
        var size: Int? = 0
        switch node.kind {
        case .directory: type = .dir
        case .file(let content):
            type = .file
            size = content.sizeBytes
        case .symlink(let target):
            type = .symlink
            link = String(decoding: target, as: UTF8.self)
        case .hardLink(let target):
            type = .hardlink
            link = target.description
            if case .file(let content)? = tree.node(at: target)?.kind { size = content.sizeBytes }
        case .character: type = .char
        case .block: type = .block
        case .fifo: type = .fifo
        }
        self.link = link
        self.size = size
    }

    /// Lists everything below the root, sorted by path.
    public static func list(_ tree: FileTree) -> [FileListing] {
        var result: [FileListing] = []
        tree.walk { path, node in
            if !path.isRoot { result.append(FileListing(path: path, node: node, in: tree)) }
            return true
        }
        return result
    }
}
