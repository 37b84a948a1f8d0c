// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, sed; GNU sed 4.9 for `-i`, `-E`, `I` and one-line `a`, `i`, `c`.

import ShellMachine

/// A command of a `sed` script.
struct SedCommand {
    /// Which lines it is for.
    enum Address {
        case line(Int)
        case last
        case pattern(RegularExpression)
    }

    var first: Address?
    var second: Address?
    var isNegated = false
    /// What it does, by its letter.
    var letter: UInt8 = 0
    /// What `s` looks for.
    var expression: RegularExpression?
    /// What `s` puts in its place, as written.
    var replacement: [UInt8] = []
    var isGlobal = false
    var prints = false
    /// Which of the matches `s` replaces first.
    var number = 1
    /// The text of `a`, `i` and `c`.
    var text: [UInt8] = []
    /// The bytes of `y`.
    var map: [UInt8: UInt8] = [:]
    /// Whether its range has begun and not ended.
    var isActive = false
}
