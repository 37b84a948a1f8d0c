// SPDX-License-Identifier: Apache-2.0
//
// Source: Node.js 22, corepack.

import Diagnostics
import OCISpec
import ShellMachine

/// `corepack`: puts other managers of packages beside Node.js.
enum Corepack: CommandModel {
    static let names = ["corepack"]
    static let flavors: Set<ProgramFlavor> = [.gnu]
    static let scope = Unknown.Scope.languagePackages
    /// Only the first word counts.
    static let options: OptionTable? = nil

    private static let managers = ["pnpm", "pnpx", "yarn", "yarnpkg"]

    static func run(_ call: inout Invocation) -> Outcome {
        switch call.arguments.first {
        case "enable", "disable":
            let places: [ImagePath] = ["/usr/local/bin", "/usr/bin"].flatMap { folder in
                managers.map { ImagePath("\(folder)/\($0)") }
            }
            call.world.doubt("corepack puts links of yarn and pnpm beside node", .files, in: places)
            return .success
        default: return call.unknown("corepack fetches a package manager from a network", .languagePackages)
        }
    }
}
