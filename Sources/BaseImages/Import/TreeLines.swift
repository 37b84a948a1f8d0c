// SPDX-License-Identifier: Apache-2.0

import ImageFilesystem
import OCISpec

/// Writes the files of a layer as lines of the kit; neighbours that differ in their names alone share one.
struct TreeLines {
    private(set) var lines = LineWriter()
    /// How much is described.
    private(set) var entryCount = 0
    /// How much is left out.
    private(set) var leftOutCount = 0

    private var folder: ImagePath?
    private var group: (head: String, tail: [String], names: [String])?
    private var hardLinks: [(target: ImagePath, path: ImagePath)] = []

    /// Adds what stands at a path. Hard links come last, for what they lead to must be there.
    mutating func add(_ path: ImagePath, _ node: FileNode, in tree: FileTree) {
        guard Self.isWritable(path), let name = path.name.map({ String(decoding: $0, as: UTF8.self) }) else {
            leftOutCount += 1
            return
        }
        let owner = Self.owner(node)
        switch node.kind {
        case .directory:
            close()
            lines.record("d", [path.description] + Self.attributes(node, usual: 0o755))
            folder = path
        case .file(let content):
            if case .bytes(let bytes) = content, let text = RestatedText.text(of: path, bytes) {
                close()
                lines.record("f", [path.description, String(node.mode, radix: 8)] + owner)
                lines.content(text)
            } else {
                let isProgram = node.mode & 0o111 != 0
                let kind = isProgram ? "x" : "m"
                let tail = Self.attributes(node, usual: isProgram ? 0o755 : 0o644)
                let size = String(max(0, content.sizeBytes ?? 0))
                enter(path.parent)
                if name.contains(" ") {
                    close()
                    lines.record("y", [size, name, String(node.mode, radix: 8)] + owner)
                } else {
                    put(kind + "\t" + size, tail, name)
                }
            }
        case .symlink(let target):
            guard let text = String(validating: target, as: UTF8.self), LineWriter.fits(text), !text.isEmpty else {
                leftOutCount += 1
                return
            }
            enter(path.parent)
            if name.contains(" ") {
                close()
                lines.record("s", [text, name])
            } else {
                put("l\t" + text, [], name)
            }
        case .hardLink(let target):
            if let other = tree.node(at: target), case .file = other.kind, Self.isWritable(target), !name.contains(" "),
                (other.layerIndex ?? 0) <= (node.layerIndex ?? 0)
            {
                hardLinks.append((target, path))
            } else {
                // Its other name came later: the file stands by itself until then.
                var file = node
                file.kind = tree.resolvedNode(at: path)?.kind ?? .file(.modelled(sizeBytes: 0))
                add(path, file, in: tree)
                return
            }
        case .character, .block, .fifo:
            leftOutCount += 1
            return
        }
        entryCount += 1
    }

    /// Writes what is left.
    mutating func finish() {
        close()
        for link in hardLinks {
            guard let name = link.path.name else { continue }
            enter(link.path.parent)
            put("h\t" + link.target.description, [], String(decoding: name, as: UTF8.self))
        }
        close()
        hardLinks = []
    }

    private mutating func enter(_ path: ImagePath) {
        guard folder != path else { return }
        close()
        lines.record("c", [path.description])
        folder = path
    }

    private mutating func put(_ head: String, _ tail: [String], _ name: String) {
        if var open = group, open.head == head, open.tail == tail, open.names.count < 200 {
            open.names.append(name)
            group = open
            return
        }
        close()
        group = (head, tail, [name])
    }

    private mutating func close() {
        guard let open = group else { return }
        group = nil
        let parts = open.head.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        lines.record(parts[0], Array(parts.dropFirst()) + [open.names.joined(separator: " ")] + open.tail)
    }

    /// Whether a line can hold a path: UTF-8, without tabs and line feeds.
    private static func isWritable(_ path: ImagePath) -> Bool {
        path.bytes.allSatisfy { $0 != 0x09 && $0 != 0x0A }
            && String(validating: path.bytes, as: UTF8.self) != nil
    }

    private static func owner(_ node: FileNode) -> [String] {
        node.uid == 0 && node.gid == 0 ? [] : [String(node.uid), String(node.gid)]
    }

    private static func attributes(_ node: FileNode, usual: UInt16) -> [String] {
        let owner = owner(node)
        if node.mode == usual, owner.isEmpty { return [] }
        return [node.mode == usual ? "" : String(node.mode, radix: 8)] + owner
    }
}
