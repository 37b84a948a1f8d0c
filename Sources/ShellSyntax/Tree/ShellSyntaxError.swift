// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language; the bash reference manual for what only bash has.

/// Why a script cannot be read.
package struct ShellSyntaxError: Error, Sendable {
    /// The text behind `Syntax error: `, as dash has it.
    package let message: String
    package let offset: Int
    package let line: Int
    /// Whether the text is too deep for the limits, which is no fault of the script.
    package internal(set) var isOverLimit = false
}
