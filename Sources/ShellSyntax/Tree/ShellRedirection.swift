// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language; the bash reference manual for what only bash has.

/// A redirection in the order of the text.
package struct ShellRedirection: Sendable {
    package var descriptor: Int?
    /// The variable that the descriptor goes into, which bash chooses, or comes from where it is closed: `{name}>`.
    package internal(set) var variable: String?
    package internal(set) var kind: Kind
    package let offset: Int

    package enum Kind: Sendable {
        case read(ShellWord)
        case write(ShellWord, clobbers: Bool)
        case append(ShellWord)
        case readWrite(ShellWord)
        /// `n>&word`, `n<&word`.
        case duplicate(ShellWord, isInput: Bool)
        /// `&>word`, `&>>word`.
        case both(ShellWord, appends: Bool)
        case hereDocument([WordPart])
        case hereString(ShellWord)
    }
}
