// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `unset` takes variables and functions away.
enum UnsetBuiltin: ShellBuiltin {
    static let names = ["unset"]
    static let isSpecial = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        var isFunction = false
        for word in words.dropFirst().map(\.string) {
            if word == "-f" {
                isFunction = true
            } else if word == "-v" {
                isFunction = false
            } else if isFunction {
                machine.shell.functions[word] = nil
            } else if machine.dialect == .bash, let open = word.firstIndex(of: "["), word.hasSuffix("]") {
                unsetElement(
                    String(word[..<open]),
                    Array(word[word.index(after: open)...].dropLast().utf8),
                    in: machine
                )
            } else if machine.shell.variables[word]?.isReadOnly == true {
                machine.shellError(
                    machine.dialect == .bash
                        ? "unset: \(word): cannot unset: readonly variable" : "unset: \(word): is read only"
                )
                machine.status = .code(machine.dialect == .bash ? 1 : 2)
                if machine.dialect != .bash { return .exited }
            } else {
                if machine.shell.variables[word] == nil, machine.dialect == .bash {
                    machine.shell.functions[word] = nil
                }
                machine.shell.variables[word] = nil
            }
        }
        return .normal
    }

    /// `unset 'name[index]'`.
    private static func unsetElement(_ name: String, _ index: [UInt8], in machine: Machine) {
        let parts = [WordPart.literal(index, quoted: true)]
        if Machine.namesAll(parts) {
            machine.shell.variables[name] = nil
        } else if machine.shell.variables[name]?.association != nil {
            if let key = machine.key(parts) { machine.shell.variables[name]?.association?[key.bytes] = nil }
        } else if case .value(let place) = machine.arithmetic(parts) {
            let last = machine.shell.variables[name]?.elements?.keys.max() ?? -1
            machine.shell.variables[name]?.elements?[place < 0 ? last + 1 + place : place] = nil
        }
    }
}
