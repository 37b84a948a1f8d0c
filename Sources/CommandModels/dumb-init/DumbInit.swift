// SPDX-License-Identifier: Apache-2.0
//
// Source: dumb-init 1.2.

import ShellMachine

/// `dumb-init`: runs a program as the first process does.
enum DumbInit: Launcher {
    static let names = ["dumb-init"]
}
