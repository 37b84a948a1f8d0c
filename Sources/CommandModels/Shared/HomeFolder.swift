// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of shadow 4.13, adduser 3.134 and BusyBox 1.36.1, measured.

import ImageFilesystem
import OCISpec
import ShellMachine
import SystemFiles

/// A user's home folder, as account programs make and remove it.
struct HomeFolder {
    let text: String
    let uid: UInt32
    let gid: UInt32

    init(of user: PasswdEntry) {
        text = user.home
        uid = user.uid
        gid = user.gid
    }

    /// Makes it with the files of a skeleton.
    ///
    /// - Returns: false when it was there already.
    @discardableResult
    func make(mode: UInt16, skeleton: String?, in world: inout World) -> Bool {
        let path = world.tree.resolve(ImagePath(text))?.path ?? ImagePath(text)
        if world.tree.resolvedNode(at: path) != nil { return false }
        let time = world.epochSeconds
        var current = ImagePath.root
        for name in path.components.dropLast() {
            current = current.appending(name)
            if world.tree.node(at: current) == nil {
                world.put(FileNode(kind: .directory, mode: 0o755, modificationTime: time), at: current)
            }
        }
        world.put(FileNode(kind: .directory, mode: mode, uid: uid, gid: gid, modificationTime: time), at: path)
        guard let skeleton, let source = world.tree.resolve(ImagePath(skeleton)), source.node?.isDirectory == true
        else {
            return true
        }
        for (child, node) in world.tree.everything(from: source.path) where child != source.path {
            var copy = node
            copy.uid = uid
            copy.gid = gid
            copy.modificationTime = time
            world.put(copy, at: child.moved(from: source.path, to: path))
        }
        return true
    }

    /// Takes it away.
    ///
    /// - Returns: false when it was not there.
    @discardableResult
    func remove(from world: inout World) -> Bool {
        guard let (path, node) = world.tree.resolve(ImagePath(text)), node != nil, !path.isRoot else { return false }
        world.take(path)
        return true
    }
}
