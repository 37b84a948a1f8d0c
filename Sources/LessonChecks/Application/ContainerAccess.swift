// SPDX-License-Identifier: Apache-2.0
//
// Source: path_resolution(7); capabilities(7).

import ImageFilesystem
import OCISpec
import SymbolicBuild
import SystemFiles

/// What the user of a container may read of its image.
struct ContainerAccess {
    private let tree: FileTree
    /// Who the container runs as; nil for root and where that is not known.
    private let user: RunAsUser.Identity?
    /// The user as a person would write it.
    let name: String

    /// Takes the user of a stage's configuration.
    init(_ state: StageState) {
        tree = state.tree
        name = state.configuration.config.user ?? ""
        if !name.isEmpty, case .user(let identity) = RunAsUser(name, in: state.accounts), identity.uid != 0 {
            user = identity
        } else {
            user = nil
        }
    }

    /// The folder or file that keeps the user from reading a file; nil when it can be read, or is not there.
    func obstacle(to path: ImagePath) -> ImagePath? {
        guard user != nil, let real = tree.resolve(path)?.path, let file = tree.resolvedNode(at: real) else {
            return nil
        }
        var folder = ImagePath.root
        for name in real.components.dropLast() {
            folder = folder.appending(name)
            if let node = tree.node(at: folder), !isAllowed(1, node) { return folder }
        }
        return isAllowed(4, file) ? nil : real
    }

    /// The mode and owner of a file in words, such as `mode 600 of 0:0`.
    func words(_ path: ImagePath) -> String {
        guard let node = tree.resolvedNode(at: path) else { return "" }
        return "mode \(String(node.mode & 0o7777, radix: 8)) of \(node.uid):\(node.gid)"
    }

    private func isAllowed(_ bits: UInt16, _ node: FileNode) -> Bool {
        guard let user else { return true }
        let shift: UInt16 =
            node.uid == user.uid ? 6 : node.gid == user.gid || user.groups.contains(node.gid) ? 3 : 0
        return (node.mode >> shift) & bits == bits
    }
}
