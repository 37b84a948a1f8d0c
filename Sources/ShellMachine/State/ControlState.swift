// SPDX-License-Identifier: Apache-2.0

/// What is open around the command at hand.
struct ControlState: Sendable {
    /// How many constructs, functions, substitutions and scripts.
    var depth = 0
    /// Whether a failure of the command at hand would be the end of the build.
    var failureIsFatal = true
    /// Above 0 where `set -e` does not look: conditions, `!`, all but the last of `&&` and `||`.
    var uncheckedDepth = 0
    var loopDepth = 0
    var functionDepth = 0
    var sourceDepth = 0
    var subshellDepth = 0
}
