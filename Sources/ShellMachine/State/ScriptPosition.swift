// SPDX-License-Identifier: Apache-2.0

/// Where the script stands.
struct ScriptPosition: Sendable {
    /// The line of the command at hand.
    var line = 1
    /// Above 0 in scripts whose text is not the one that offsets count in.
    var frozenDepth = 0
    /// The line of the command that such a script belongs to.
    var frozenLine = 1
    /// How many bytes of standard error there were when the command at hand began.
    var errorMark = 0
}
