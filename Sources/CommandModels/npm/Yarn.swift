// SPDX-License-Identifier: Apache-2.0
//
// Source: yarn 1.22, behaviour measured.

import Diagnostics
import ShellMachine

/// `yarn`: another manager of packages of Node.js.
enum Yarn: CommandModel {
    static let names = ["yarn", "yarnpkg"]
    static let flavors: Set<ProgramFlavor> = [.gnu]
    static let scope = Unknown.Scope.languagePackages
    /// Only the first word that is no option counts.
    static let options: OptionTable? = nil
    private static let manager = OtherManager(lock: "yarn.lock", usual: "install", refusal: nil)

    static func run(_ call: inout Invocation) -> Outcome { manager.run(&call) }
}
