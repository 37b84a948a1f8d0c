// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `set` sets options and positional parameters, and lists variables.
enum SetBuiltin: ShellBuiltin {
    static let names = ["set"]
    static let isSpecial = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        let arguments = Array(words.dropFirst())
        guard !arguments.isEmpty else {
            list(in: machine)
            return .normal
        }
        var index = 0
        while index < arguments.count {
            let bytes = arguments[index].bytes
            guard let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else { break }
            if bytes == Array("--".utf8) {
                machine.shell.positional = Array(arguments[(index + 1)...])
                return .normal
            }
            index += 1
            if bytes == [UInt8(ascii: "-")] { break }
            for letter in bytes.dropFirst() {
                var isAccepted = true
                if letter == UInt8(ascii: "o") {
                    guard index < arguments.count else { return .normal }
                    isAccepted = set(named: arguments[index].string, sign == UInt8(ascii: "-"), in: machine)
                    index += 1
                } else {
                    isAccepted = set(letter, sign == UInt8(ascii: "-"), in: machine)
                }
                guard isAccepted else {
                    machine.status = .code(2)
                    return machine.dialect == .bash ? .normal : .exited
                }
            }
        }
        if index < arguments.count { machine.shell.positional = Array(arguments[index...]) }
        return .normal
    }

    private static func list(in machine: Machine) {
        for (name, variable) in machine.shell.variables.sorted(by: { $0.key < $1.key }) {
            guard let value = variable.scalar else { continue }
            let line = Array(name.utf8) + [0x3D] + machine.quoted(value.bytes) + [0x0A]
            machine.write(line, to: 1, isUnknown: value.isUnknown)
        }
    }

    /// Names of `set -o` that change nothing here.
    private static let idleNames: Set<String> = [
        "posix", "vi", "emacs", "monitor", "verbose", "ignoreeof", "notify", "hashall", "errtrace", "functrace",
    ]

    private static func set(named name: String, _ isOn: Bool, in machine: Machine) -> Bool {
        let isDash = machine.dialect == .dash
        if let path = ShellOptions.name(name), name != "pipefail" || !isDash {
            machine.shell.options[keyPath: path] = isOn
            return true
        }
        if idleNames.contains(name) { return true }
        machine.shellError(isDash ? "set: Illegal option -o \(name)" : "set: \(name): invalid option name")
        return false
    }

    private static func set(_ letter: UInt8, _ isOn: Bool, in machine: Machine) -> Bool {
        if let path = ShellOptions.letter(letter) {
            machine.shell.options[keyPath: path] = isOn
            return true
        }
        if "bhmvEHTPIVipt".utf8.contains(letter) { return true }
        machine.shellError("set: Illegal option -\(UnicodeScalar(letter))")
        return false
    }
}
