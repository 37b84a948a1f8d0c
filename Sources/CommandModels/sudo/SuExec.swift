// SPDX-License-Identifier: Apache-2.0
//
// Source: su-exec 0.2.

import ShellMachine

/// `su-exec`: runs a program as another user.
enum SuExec: StepDown {
    static let names = ["su-exec"]
}
