// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, grep; GNU grep 3.8.

import ShellMachine

/// `egrep`: `grep -E`.
enum Egrep: GrepProgram {
    static let names = ["egrep"]
    static let kind = GrepPattern.Kind.extended
}
