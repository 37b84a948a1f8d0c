// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language; the bash reference manual for what only bash has.

/// A stretch of commands that the shell reads before it runs them: up to a line end outside of any construct.
package struct ShellCompleteCommand: Sendable {
    package let statements: [ShellStatement]
}
