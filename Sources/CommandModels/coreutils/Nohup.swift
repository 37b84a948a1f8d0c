// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, nohup.

import ShellMachine

/// `nohup`: runs a program that outlives its shell.
enum Nohup: Launcher {
    static let names = ["nohup"]
    static let takesOptions = false
}
