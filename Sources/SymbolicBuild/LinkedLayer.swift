// SPDX-License-Identifier: Apache-2.0
//
// Source: Dockerfile reference, "COPY --link": files are copied into an empty folder, which becomes a layer above the others.

import ImageFilesystem
import OCISpec

/// A layer that was made without a look at what is below.
enum LinkedLayer {
    /// Lays a layer over a filesystem: its folders are folders afterwards, with the mode and owner that the layer has, whatever stood
    /// there; no link below is followed.
    static func lay(_ layer: FileTree, over tree: inout FileTree) {
        layer.walk { path, node in
            guard !path.isRoot else { return true }
            let existing = tree.node(at: path)
            if node.isDirectory != (existing?.isDirectory ?? node.isDirectory) { tree.remove(path) }
            tree.insert(node, at: path)
            return true
        }
    }
}
