// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, uname.

import Diagnostics
import ShellMachine

/// `uname`: the system.
enum Uname: CommandModel {
    static let names = ["uname"]
    static let scope = Unknown.Scope.output
    static let all = CommandOption.flag("a", "all")
    static let kernel = CommandOption.flag("s", "kernel-name")
    static let node = CommandOption.flag("n", "nodename")
    static let release = CommandOption.flag("r", "kernel-release")
    static let version = CommandOption.flag("v", "kernel-version")
    static let machine = CommandOption.flag("m", "machine")
    static let processor = CommandOption.flag("p", "processor")
    static let platform = CommandOption.flag("i", "hardware-platform")
    static let system = CommandOption.flag("o", "operating-system")
    static let options: OptionTable? = OptionTable([
        all, kernel, node, release, version, machine, processor, platform, system,
    ])

    static func run(_ call: inout Invocation) -> Outcome {
        let given = call.options.given.map(\.option)
        func shows(_ option: CommandOption) -> Bool { given.contains(all) || given.contains(option) }
        var parts: [String] = []
        if shows(kernel) || given.isEmpty { parts.append("Linux") }
        if shows(node) { parts.append("buildkitsandbox") }
        if shows(release) { parts.append("0") }
        if shows(version) { parts.append("0") }
        if shows(machine) { parts.append(call.world.machine) }
        if call.has(processor) || call.has(platform) { parts.append("unknown") }
        if shows(system) { parts.append(call.isBusybox ? "Linux" : "GNU/Linux") }
        // Whose kernel builds is not known.
        call.out(parts.joined(separator: " ") + "\n", isUnknown: shows(release) || shows(version))
        return .success
    }
}
