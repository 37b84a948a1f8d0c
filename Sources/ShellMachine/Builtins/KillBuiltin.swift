// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ShellSyntax

/// `kill`: a signal to the shell itself runs its trap; everything else is not followed.
enum KillBuiltin: ShellBuiltin {
    static let names = ["kill"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        let arguments = words.dropFirst()
        var words = arguments.map(\.string)[...]
        var signal = "TERM"
        if let first = words.first, first.hasPrefix("-"), first != "--" {
            words = words.dropFirst()
            var named = String(first.dropFirst())
            if named == "s" || named == "n" { named = words.popFirst() ?? "" }
            guard named != "l", named != "L", let name = Signals.name(named, .bash) else {
                machine.status = machine.unknownCommand("what kill \(first) does is not followed", .output)
                return .normal
            }
            signal = name
        }
        if words.first == "--" { words = words.dropFirst() }
        guard words.count == 1, words.first == "1" || words.first == "0", !arguments.contains(where: \.isUnknown) else {
            machine.status = machine.unknownCommand("what a signal does to a process is not followed", .output)
            return .normal
        }
        if signal == "EXIT" { return .normal }
        guard let body = machine.shell.traps[signal] else {
            machine.status = machine.unknownCommand("what a signal does to the shell is not followed", .output)
            return .normal
        }
        guard !body.isEmpty else { return .normal }
        var flow = Flow.normal
        machine.frozen { flow = machine.runSource(body) }
        if flow == .normal { machine.status = .code(0) }
        return flow
    }
}
