// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `umask`, with a mode in octal digits or in letters.
enum UmaskBuiltin: ShellBuiltin {
    static let names = ["umask"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        var words = words.dropFirst().map(\.string)
        var isSymbolic = false
        while let first = words.first, first == "-S" || first == "-p" || first == "--" {
            if first == "-S" { isSymbolic = true }
            words.removeFirst()
        }
        guard let text = words.first else {
            list(isSymbolic: isSymbolic, in: machine)
            return .normal
        }
        if let first = text.utf8.first, ShellParser.isDigit(first) {
            guard let value = UInt16(text, radix: 8), value <= 0o7777 else {
                machine.shellError(
                    machine.dialect == .bash
                        ? "umask: \(text): octal number out of range" : "umask: Illegal number: \(text)"
                )
                machine.status = .code(machine.dialect == .bash ? 1 : 2)
                return .normal
            }
            machine.world.umask = value & 0o777
            return .normal
        }
        // A minus at the start is taken for an option.
        guard !text.hasPrefix("-"), let change = ModeChange(text, umask: 0),
            !text.contains("s"), !text.contains("t")
        else {
            machine.shellError(
                machine.dialect == .bash
                    ? "umask: `\(text)': invalid symbolic mode operator" : "umask: Illegal mode: \(text)"
            )
            machine.status = .code(machine.dialect == .bash ? 1 : 2)
            return .normal
        }
        machine.world.umask = ~change.applied(to: ~machine.world.umask & 0o777, isDirectory: false) & 0o777
        return .normal
    }

    private static func list(isSymbolic: Bool, in machine: Machine) {
        let mask = machine.world.umask
        if isSymbolic {
            func letters(_ shift: UInt16) -> String {
                let bits = ~mask >> shift
                return (bits & 4 != 0 ? "r" : "") + (bits & 2 != 0 ? "w" : "") + (bits & 1 != 0 ? "x" : "")
            }
            machine.write(Array("u=\(letters(6)),g=\(letters(3)),o=\(letters(0))\n".utf8), to: 1)
            return
        }
        let digits = String(mask, radix: 8)
        machine.write(Array((String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "\n").utf8), to: 1)
    }
}
