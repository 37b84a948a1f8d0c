// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language; the bash reference manual for what only bash has.

/// An and-or list with what stands behind it.
package struct ShellStatement: Sendable {
    package internal(set) var first: ShellPipeline
    package internal(set) var rest: [(isAnd: Bool, pipeline: ShellPipeline)]
    package var isBackground: Bool
}
