// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language; the bash reference manual for what only bash has.

/// Commands joined by `|`.
package struct ShellPipeline: Sendable {
    package let isNegated: Bool
    package internal(set) var commands: [ShellCommand]
}
