// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, ls, "STDOUT".

import ImageFilesystem

extension FileNode {
    /// The type and mode as `ls -l` writes them: `drwxr-xr-x`.
    var modeText: String {
        let letter: String =
            switch kind {
            case .directory: "d"
            case .symlink: "l"
            case .character: "c"
            case .block: "b"
            case .fifo: "p"
            case .file, .hardLink: "-"
            }
        return letter + Self.permissions(mode)
    }

    /// The nine letters of a mode: `rwxr-xr-x`.
    static func permissions(_ mode: UInt16) -> String {
        func triple(_ shift: UInt16, _ special: UInt16, _ letter: String) -> String {
            let bits = mode >> shift
            let isSpecial = mode & special != 0
            let last = bits & 1 != 0 ? (isSpecial ? letter : "x") : (isSpecial ? letter.uppercased() : "-")
            return (bits & 4 != 0 ? "r" : "-") + (bits & 2 != 0 ? "w" : "-") + last
        }
        return triple(6, 0o4000, "s") + triple(3, 0o2000, "s") + triple(0, 0o1000, "t")
    }
}
