// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import OCISpec
import ShellMachine

/// What yarn and pnpm share: their lock files are not read, so what they install is not known.
struct OtherManager {
    /// The lock file that it has.
    let lock: String
    /// The command that stands for no command.
    let usual: String
    /// What it says and how it ends where there is no package.json; nil where it does nothing then.
    let refusal: (@Sendable (_ folder: ImagePath) -> String)?

    func run(_ call: inout Invocation) -> Outcome {
        let words = call.arguments
        if words.contains("--version") || words.contains("-v") {
            call.out("0.0.0\n", isUnknown: true)
            return .success
        }
        let command = words.first { !$0.hasPrefix("-") } ?? usual
        switch command {
        case "cache", "config", "store", "": return .success
        case "install", "add", "i", "ci", "global", "remove", "upgrade", "up", "import", "fetch", "deploy", "prune",
            "workspaces":
            if command == "install" || command == "i",
                ((try? call.world.node("package.json")) ?? nil) == nil,
                !call.world.isUncertain(call.world.path("package.json"))
            {
                guard let refusal else { return .success }
                call.out(refusal(call.world.workingDirectory))
                return .code(1, reason: .fileMissing("package.json"))
            }
            return call.unknown(
                "\(call.name) \(command) installs packages; \(lock) is not read, so which ones is not known",
                .languagePackages
            )
        default:
            return call.unknown(
                "\(call.name) \(command) runs programs of packages, which is not followed",
                .languagePackages
            )
        }
    }
}
