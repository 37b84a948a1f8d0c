// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec

// What the families that are still to come into the new form take from those that have: gone with the last of them.

enum FileWork {
    static func walk(_ tree: FileTree, _ path: ImagePath, _ visit: (ImagePath, FileNode) -> Void) {
        for (child, node) in tree.everything(from: path) { visit(child, node) }
    }

    static func move(_ execution: Execution, from: ImagePath, to: ImagePath) {
        execution.world.moveTree(from: from, to: to)
    }

    static func remove(_ execution: Execution, _ path: ImagePath) { execution.world.removeTree(path) }
}
