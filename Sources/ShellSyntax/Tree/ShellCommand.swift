// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language; the bash reference manual for what only bash has.

/// One command with its redirections.
package struct ShellCommand: Sendable {
    package internal(set) var kind: Kind
    package internal(set) var redirections: [ShellRedirection]
    /// Bytes from the start of the script.
    package let offset: Int
    /// The line in the script, from 1.
    package let line: Int

    package indirect enum Kind: Sendable {
        case simple(assignments: [ShellAssignment], words: [ShellWord])
        case subshell([ShellStatement])
        case group([ShellStatement])
        case conditional(
            branches: [(condition: [ShellStatement], body: [ShellStatement])],
            otherwise: [ShellStatement]?
        )
        case loop(isUntil: Bool, condition: [ShellStatement], body: [ShellStatement])
        /// `words` is nil for `for x` without `in`: the positional parameters.
        case forEach(name: String, words: [ShellWord]?, body: [ShellStatement])
        case forArithmetic(start: [WordPart], condition: [WordPart], step: [WordPart], body: [ShellStatement])
        case caseOf(word: ShellWord, items: [CaseItem])
        case function(name: String, body: ShellCommand)
        case test(TestExpression)
        case arithmetic([WordPart])
    }

    package struct CaseItem: Sendable {
        package let patterns: [ShellWord]
        package internal(set) var body: [ShellStatement]
        /// `;&` goes on with the next body, `;;&` with the next patterns.
        package let ending: Ending

        package enum Ending: Sendable { case stop, fallThrough, testNext }
    }

    /// What stands between `[[` and `]]`.
    package indirect enum TestExpression: Sendable {
        case word(ShellWord)
        case unary(String, ShellWord)
        case binary(String, ShellWord, ShellWord)
        case not(TestExpression)
        case and(TestExpression, TestExpression)
        case or(TestExpression, TestExpression)
    }
}
