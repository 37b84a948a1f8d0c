// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, stdbuf.

import ShellMachine

/// `stdbuf`: runs a program with other buffers.
enum Stdbuf: Launcher {
    static let names = ["stdbuf"]
}
