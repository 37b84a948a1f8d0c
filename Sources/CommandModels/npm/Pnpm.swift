// SPDX-License-Identifier: Apache-2.0
//
// Source: pnpm 9, behaviour measured.

import Diagnostics
import ShellMachine

/// `pnpm`: another manager of packages of Node.js.
enum Pnpm: CommandModel {
    static let names = ["pnpm"]
    static let flavors: Set<ProgramFlavor> = [.gnu]
    static let scope = Unknown.Scope.languagePackages
    /// Only the first word that is no option counts.
    static let options: OptionTable? = nil
    private static let manager = OtherManager(lock: "pnpm-lock.yaml", usual: "") {
        " ERR_PNPM_NO_PKG_MANIFEST  No package.json found in \($0)\n"
    }

    static func run(_ call: inout Invocation) -> Outcome { manager.run(&call) }
}
