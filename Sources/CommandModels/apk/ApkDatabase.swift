// SPDX-License-Identifier: Apache-2.0
//
// Source: apk-tools 2.14: apk(8), the installed database, /etc/apk/world.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine
import SystemFiles

/// The packages that an Alpine image has, and those that it was asked to have; `+Add` and `+Remove` change them.
struct ApkDatabase {
    /// Where the database stands in this image.
    let path: ImagePath
    let installed: ApkInstalled
    /// The words of `/etc/apk/world`.
    let wanted: Set<String>

    static let worldPath: ImagePath = "/etc/apk/world"

    /// Reads the database; the end where it cannot be read.
    ///
    /// - Parameter isNeeded: whether that it is not there is an error rather than something unknown.
    init(_ call: inout Invocation, isNeeded: Bool) throws(Ending) {
        let tree = call.world.tree
        path =
            ApkInstalled.paths.reversed().first { tree.resolvedNode(at: $0) != nil }
            ?? ApkInstalled.paths.first ?? "/lib/apk/db/installed"
        guard let bytes = tree.bytes(at: path) else {
            if isNeeded, tree.resolvedNode(at: path) == nil, !call.world.isUncertain(path) {
                call.err("ERROR: Unable to read database: No such file or directory\n")
                throw Ending(outcome: .code(99, reason: .fileMissing(path.description)))
            }
            throw call.unknownEnding("the package database is not known", .systemPackages)
        }
        installed = ApkInstalled(bytes)
        let text = call.world.text(at: Self.worldPath) ?? ""
        wanted = Set(text.split(separator: "\n").map(String.init))
    }

    /// The name of a package without the version or repository that is asked for.
    static func plain(_ word: String) -> String {
        let end = word.firstIndex { "<>=~@".contains($0) } ?? word.endIndex
        return String(word[..<end])
    }

    /// Writes `/etc/apk/world`.
    static func writeWorld(_ words: Set<String>, to world: inout World) {
        world.write(Array(words.sorted().map { $0 + "\n" }.joined().utf8), at: worldPath)
    }
}
