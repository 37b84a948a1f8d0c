// SPDX-License-Identifier: Apache-2.0
//
// Source: dpkg 1.21, dpkg(1).

import Diagnostics
import ShellMachine

/// `dpkg`: of the installer itself only the architecture is known; packages come through `apt`.
enum Dpkg: CommandModel {
    static let names = ["dpkg"]
    static let scope = Unknown.Scope.systemPackages
    static let options: OptionTable? = nil

    private static let architectures = ["x86_64": "amd64", "aarch64": "arm64", "armv7l": "armhf", "i686": "i386"]
    private static let readers: Set<String> = [
        "-l", "-L", "-s", "-S", "--list", "--status", "--listfiles", "--search", "--get-selections",
        "--compare-versions", "--version", "--print-foreign-architectures", "-V", "--audit",
    ]

    static func run(_ call: inout Invocation) -> Outcome {
        if call.arguments == ["--print-architecture"] {
            call.out((architectures[call.world.machine] ?? call.world.machine) + "\n")
            return .success
        }
        if let first = call.arguments.first, readers.contains(first) {
            return call.unknown("the output of dpkg is not known", .output)
        }
        guard call.world.isRoot else {
            return call.fail(
                "error: requested operation requires superuser privilege",
                code: 2,
                reason: .notPermitted("dpkg")
            )
        }
        return call.unknown("dpkg installs or changes packages from files that are not known", .systemPackages)
    }
}
