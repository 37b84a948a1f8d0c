// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec

/// What a descriptor stands for; shared by its duplicates, as the kernel does.
final class OpenFile {
    enum Kind {
        /// Text that is collected: standard output, a pipe, a substitution.
        case capture
        /// A file of the tree, always written at its end.
        case file(ImagePath)
        /// `/dev/null` and what else swallows everything.
        case null
        /// Text that is read.
        case input
    }

    let kind: Kind
    var bytes: [UInt8] = []
    var isUnknown = false
    /// How much of an input has been read.
    var position = 0
    /// What is still to be written to the file.
    var pending: [UInt8] = []
    var pendingIsUnknown = false
    /// Standard output and error of the whole run also go to its log.
    var isLogged = false
    /// Whether this is a folder, from which nothing can be read.
    var isFolder = false
    /// Whether a command in the background has written here and was not waited for: what follows may stand before it.
    var isRaced = false

    init(_ kind: Kind) { self.kind = kind }

    static func input(_ text: Text) -> OpenFile {
        let file = OpenFile(.input)
        file.bytes = text.bytes
        file.isUnknown = text.isUnknown
        return file
    }
}
