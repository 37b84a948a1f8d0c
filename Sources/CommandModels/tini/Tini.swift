// SPDX-License-Identifier: Apache-2.0
//
// Source: tini 0.19.

import ShellMachine

/// `tini`: runs a program as the first process does.
enum Tini: Launcher {
    static let names = ["tini"]
}
