// SPDX-License-Identifier: Apache-2.0
//
// Source: gosu 1.16.

import ShellMachine

/// `gosu`: runs a program as another user.
enum Gosu: StepDown {
    static let names = ["gosu"]
}
