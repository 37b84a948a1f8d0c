// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, find; GNU findutils 4.9 for `-delete`, `-maxdepth`, `-mindepth`, `-iname`, `-print0`.

import ImageFilesystem
import OCISpec
import ShellMachine
import ShellSyntax

/// What `find` asks of each file, and does with it.
indirect enum FindExpression {
    case name(ShellPattern, ignoresCase: Bool)
    case path(ShellPattern)
    case type(Set<UInt8>)
    case user(UInt32), group(UInt32), noUser, noGroup
    case permissions(UInt16, sign: UInt8)
    case empty
    case always
    case not(FindExpression)
    case and([FindExpression])
    case or([FindExpression])
    case print(zero: Bool)
    case delete
    case prune
    case execute([String], many: Bool)
}

/// Something that `find` has come to.
struct FindEntry {
    let path: ImagePath
    let node: FileNode
    /// How far below the starting point.
    let level: Int
    /// The path as it is shown: the starting point as typed, and what is below.
    let text: String
}

extension FindEntry {
    /// The answer to a question; nil where it is not known, and for what is no question.
    func answers(_ question: FindExpression, _ accounts: AccountFiles, in tree: FileTree) -> Bool? {
        switch question {
        case .name(let pattern, let ignoresCase):
            let name = path.name ?? Array(text.utf8)
            return pattern.matches(ignoresCase ? name.map { $0.cased(upper: false) } : name)
        case .path(let pattern): return pattern.matches(Array(text.utf8))
        case .type(let letters): return letters.contains(typeLetter)
        case .user(let uid): return node.uid == uid
        case .group(let gid): return node.gid == gid
        case .noUser: return accounts.user(numbered: node.uid) == nil
        case .noGroup: return accounts.group(numbered: node.gid) == nil
        case .permissions(let mode, let sign): return hasPermissions(mode, sign)
        case .empty:
            if node.isDirectory { return tree.entries(of: path)?.isEmpty == true }
            guard case .file(let content) = node.kind else { return false }
            return content.sizeBytes.map { $0 == 0 }
        case .always, .prune: return true
        case .not, .and, .or, .print, .delete, .execute: return nil
        }
    }

    private var typeLetter: UInt8 {
        switch node.kind {
        case .directory: UInt8(ascii: "d")
        case .file, .hardLink: UInt8(ascii: "f")
        case .symlink: UInt8(ascii: "l")
        case .character: UInt8(ascii: "c")
        case .block: UInt8(ascii: "b")
        case .fifo: UInt8(ascii: "p")
        }
    }

    /// `-` asks for all of the bits, `/` for any, no sign for just these.
    private func hasPermissions(_ mode: UInt16, _ sign: UInt8) -> Bool {
        switch sign {
        case UInt8(ascii: "-"): node.mode & mode == mode
        case UInt8(ascii: "/"), UInt8(ascii: "+"): mode == 0 || node.mode & mode != 0
        default: node.mode == mode
        }
    }
}
