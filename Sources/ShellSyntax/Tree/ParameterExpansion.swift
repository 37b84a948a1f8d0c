// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language; the bash reference manual for what only bash has.

/// `$name`, `${name}` and what the braces may do with the value.
package struct ParameterExpansion: Sendable {
    package var name: String
    /// What stands in `[ ]`, in bash.
    package internal(set) var index: [WordPart]?
    package internal(set) var isLength = false
    package var isIndirect = false
    package internal(set) var operation: Operation?
    package let offset: Int

    package enum Operation: Sendable {
        case useDefault(ShellWord, testsEmpty: Bool)
        case assignDefault(ShellWord, testsEmpty: Bool)
        case failUnlessSet(ShellWord, testsEmpty: Bool)
        case useAlternative(ShellWord, testsEmpty: Bool)
        case removePrefix(ShellWord, longest: Bool)
        case removeSuffix(ShellWord, longest: Bool)
        case replace(pattern: ShellWord, replacement: ShellWord, place: Place)
        case substring(offset: [WordPart], length: [WordPart]?)
        case changeCase(upper: Bool, all: Bool, pattern: ShellWord)
        /// `@Q` and its kin.
        case transform(UInt8)
        /// `${!prefix@}` and `${!prefix*}`: the names of variables.
        case names(isStar: Bool)
        /// Text that the dialect does not know; the expansion fails as "bad substitution" when it is carried out.
        case bad

        package enum Place: Sendable { case first, all, prefix, suffix }
    }
}
