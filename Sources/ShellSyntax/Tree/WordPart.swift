// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language; the bash reference manual for what only bash has.

/// A stretch of a word that is taken as it stands or expanded in one way.
package indirect enum WordPart: Sendable {
    case literal([UInt8], quoted: Bool)
    case parameter(ParameterExpansion, quoted: Bool)
    case command([ShellCompleteCommand], quoted: Bool, offset: Int)
    case arithmetic([WordPart], quoted: Bool, offset: Int)
    /// `<(…)`, which is read, and `>(…)`.
    case process([ShellCompleteCommand], isRead: Bool, offset: Int)

    /// Whether quotes stand around it.
    package var isQuoted: Bool {
        switch self {
        case .literal(_, let quoted), .parameter(_, let quoted), .command(_, let quoted, _),
            .arithmetic(_, let quoted, _):
            quoted
        case .process: false
        }
    }
}
