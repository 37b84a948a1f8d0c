// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, grep; GNU grep 3.8.

import ShellMachine

/// `grep`: the lines that match basic expressions.
enum Grep: GrepProgram {
    static let names = ["grep"]
    static let kind = GrepPattern.Kind.basic
}
