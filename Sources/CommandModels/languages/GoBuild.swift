// SPDX-License-Identifier: Apache-2.0
//
// Source: go help build.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `go build -o FILE`: the program that it writes is there afterwards, whatever it holds.
enum GoBuild {
    /// The file that `-o` names; nil where there is none, or where it is a folder.
    static func program(_ call: inout Invocation) -> String? {
        var value: String?
        let words = call.arguments
        for (index, word) in words.enumerated() {
            let plain = word.hasPrefix("--") ? String(word.dropFirst()) : word
            if plain == "-o", index + 1 < words.count { value = words[index + 1] }
            if plain.hasPrefix("-o=") { value = String(plain.dropFirst(3)) }
        }
        guard let value, !value.isEmpty, value.utf8.last != 0x2F, value != "/dev/null", !call.world.isFolder(value)
        else { return nil }
        return value
    }

    /// Puts the program into the image; a folder that is missing is made, as go makes it.
    static func put(_ file: String, _ call: inout Invocation) -> Outcome {
        let path = call.world.path(file)
        let reason = "go build writes \(path), which is not followed"
        let outcome = call.unknown(
            "go build compiles with packages of a network, which is not followed",
            .languagePackages
        )
        let missing = call.world.tree.missingFolders(above: path)
        let above = missing.first?.parent ?? path.parent
        guard call.world.tree.resolvedNode(at: above)?.isDirectory == true else { return outcome }
        let (uid, gid) = (call.world.user.uid, call.world.user.gid)
        for folder in missing {
            call.world.put(
                FileNode(
                    kind: .directory,
                    mode: 0o755,
                    uid: uid,
                    gid: gid,
                    modificationTime: call.world.epochSeconds
                ),
                at: folder
            )
        }
        let place = call.world.tree.resolve(path)?.path ?? path
        let unknown = Unknown(reason: reason, scope: .files, paths: [place.description])
        call.world.put(
            FileNode(
                kind: .file(.unknown(unknown)),
                mode: 0o755,
                uid: uid,
                gid: gid,
                modificationTime: call.world.epochSeconds
            ),
            at: place
        )
        return outcome
    }
}

extension FileTree {
    /// The folders above a path that are not there, the topmost first.
    fileprivate func missingFolders(above path: ImagePath) -> [ImagePath] {
        var result: [ImagePath] = []
        var folder = path.parent
        while !folder.isRoot, resolvedNode(at: folder) == nil {
            result.append(folder)
            folder = folder.parent
        }
        return result.reversed()
    }
}
