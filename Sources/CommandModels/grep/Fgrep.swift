// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, grep; GNU grep 3.8.

import ShellMachine

/// `fgrep`: `grep -F`.
enum Fgrep: GrepProgram {
    static let names = ["fgrep"]
    static let kind = GrepPattern.Kind.fixed
}
