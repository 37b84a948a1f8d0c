// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, time.

import ShellMachine

/// `time`: runs a program and measures it.
enum Time: Launcher {
    static let names = ["time"]
}
