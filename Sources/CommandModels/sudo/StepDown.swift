// SPDX-License-Identifier: Apache-2.0
//
// Source: gosu 1.16; su-exec 0.2.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// What `gosu` and `su-exec` have in common: a program as another user, and nothing else.
enum StepDown {
    static func run(_ call: inout Invocation) -> Outcome {
        var words = Array(call.words.dropFirst())
        guard let target = words.first?.string, words.count > 1 else { return call.missingOperand() }
        words.removeFirst()
        let parts = target.split(separator: ":").map(String.init)
        if let other = OtherUser(named: parts.first ?? "", AccountFiles(call.world.tree)) {
            return other.run(words, &call)
        }
        guard let uid = parts.first.flatMap({ UInt32($0) }) else {
            let why = "unable to find user \(target): no matching entries in passwd file"
            return call.fail("error: failed switching to \"\(target)\": \(why)", reason: .userMissing(target))
        }
        let gid = parts.count > 1 ? UInt32(parts[1]) ?? 0 : 0
        return OtherUser(uid: uid, gid: gid).run(words, &call)
    }
}
