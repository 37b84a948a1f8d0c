// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language; the bash reference manual for what only bash has.

/// `name=word`, `name+=word`, `name[index]=word` or `name=(words)`.
package struct ShellAssignment: Sendable {
    package let name: String
    package let index: [WordPart]?
    package let value: ShellWord
    package let elements: [ShellWord]?
    package let appends: Bool
}
