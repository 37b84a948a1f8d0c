// SPDX-License-Identifier: Apache-2.0
//
// Source: Node.js 22, corepack.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `corepack`: puts other managers of packages beside Node.js.
enum Corepack: CommandModel {
    static let names = ["corepack"]
    static let flavors: Set<ProgramFlavor> = [.gnu]
    static let scope = Unknown.Scope.packages
    /// Only the first word counts.
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        switch call.arguments.first {
        case "enable", "disable":
            call.world.note("corepack puts links of yarn and pnpm beside node", .files)
            for folder in ["/usr/local/bin", "/usr/bin"] { call.world.makeUncertain(ImagePath(folder)) }
            return .success
        default: return call.unknown("corepack fetches a package manager from a network", .packages)
        }
    }
}
