// SPDX-License-Identifier: Apache-2.0
//
// Source: util-linux 2.38, setsid(1).

import ShellMachine

/// `setsid`: runs a program in a session of its own.
enum Setsid: Launcher {
    static let names = ["setsid"]
    static let takesOptions = false
}
