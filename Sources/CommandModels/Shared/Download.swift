// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// What programs have in common that bring something from a network: the file that they write is not known.
enum Download {
    /// Makes one file unknown, as a download or an unpacked text is.
    static func put(_ file: String, _ reason: String, _ call: inout Invocation) throws(FileError) {
        let place = try call.world.openFile(file, truncates: true)
        let unknown = Unknown(reason: reason, scope: Unknown.Scope(ofFileAt: place), paths: [place.description])
        call.world.tree.update(at: place) { $0.kind = .file(.unknown(unknown)) }
        call.world.note(reason, unknown.scope, in: [place])
    }

    /// The name that a download has where none is given.
    static func name(of url: String) -> String {
        let path = url.split(separator: "?").first.map(String.init) ?? url
        return path.split(separator: "/").last.map(String.init) ?? "index.html"
    }
}
