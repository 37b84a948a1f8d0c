// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ShellSyntax

/// `trap` says what a signal or the end of the shell sets off.
enum TrapBuiltin: ShellBuiltin {
    static let names = ["trap"]
    static let isSpecial = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        var arguments = words.dropFirst()
        if arguments.first?.bytes == Array("--".utf8) { arguments = arguments.dropFirst() }
        guard let action = arguments.first else {
            let order = machine.shell.traps.sorted {
                (Signals.number($0.key), $0.key) < (Signals.number($1.key), $1.key)
            }
            for (name, body) in order {
                let shown =
                    machine.dialect == .bash && name != "EXIT" && Signals.number(name) < 64 ? "SIG\(name)" : name
                machine.write(Array("trap -- ".utf8) + machine.quoted(body) + Array(" \(shown)\n".utf8), to: 1)
            }
            return .normal
        }
        let isReset = arguments.count == 1 || action.bytes == [UInt8(ascii: "-")]
        for word in arguments.count == 1 ? arguments : arguments.dropFirst() {
            guard let name = Signals.name(word.string, machine.dialect) else {
                let text = word.string
                machine.shellError(
                    machine.dialect == .dash ? "trap: \(text): bad trap" : "trap: \(text): invalid signal specification"
                )
                machine.status = .code(1)
                if machine.dialect == .bash { continue }
                return .normal
            }
            if isReset {
                machine.shell.traps[name] = nil
                continue
            }
            if name == "ERR" || name == "DEBUG" || name == "RETURN" {
                machine.world.note("trap \(name) is not followed", .filesystem)
            }
            machine.shell.traps[name] = action.bytes
        }
        return .normal
    }
}
