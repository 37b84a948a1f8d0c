// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// What `command`, `builtin` and `type` have in common.
enum CommandSearch {
    static func run(_ words: [Text], in machine: Machine) -> Flow {
        var rest = words.dropFirst()
        var describes = false
        var isLong = false
        while let first = rest.first?.string, first.hasPrefix("-"), first.utf8.count > 1 {
            rest = rest.dropFirst()
            if first == "--" { break }
            if first.contains("v") { describes = true }
            if first.contains("V") {
                describes = true
                isLong = true
            }
        }
        guard !rest.isEmpty else { return .normal }
        if describes {
            describe(rest.map(\.string), isType: isLong, in: machine)
            return .normal
        }
        return machine.execute(Array(rest), isFatal: machine.control.failureIsFatal, skipsFunctions: true)
    }

    /// Says in one word what names mean, as `type -t` does; nothing of one that means nothing.
    static func printKinds(of words: [String], in machine: Machine) {
        for word in words {
            let kind: String
            if ShellParser.reserved.contains(word) {
                kind = "keyword"
            } else if machine.shell.functions[word] != nil {
                kind = "function"
            } else if BuiltinRegistry.find(word, machine.dialect) != nil {
                kind = "builtin"
            } else {
                switch machine.findProgram(word) {
                case .found: kind = "file"
                case .uncertain:
                    machine.status = .unknown
                    machine.world.doubtOutput()
                    continue
                default:
                    machine.status = .code(1)
                    continue
                }
            }
            machine.write(Array((kind + "\n").utf8), to: 1)
        }
    }

    /// Says what names mean: with a sentence for `type` and `command -V`, else by what would run.
    static func describe(_ words: [String], isType: Bool, in machine: Machine) {
        for word in words where !word.hasPrefix("-") {
            let text: String
            if ShellParser.reserved.contains(word) {
                text = isType ? "\(word) is a shell keyword" : word
            } else if machine.shell.functions[word] != nil {
                text = isType ? "\(word) is a \(machine.dialect == .bash ? "function" : "shell function")" : word
            } else if let builtin = BuiltinRegistry.find(word, machine.dialect) {
                let isCalledSpecial = builtin.isCalledSpecial && machine.dialect == .dash
                let kind = isCalledSpecial ? "special shell builtin" : "shell builtin"
                text = isType ? "\(word) is a \(kind)" : word
            } else {
                switch machine.findProgram(word) {
                case .found(let program):
                    text = isType ? "\(word) is \(program.typedPath)" : program.typedPath
                case .uncertain:
                    machine.status = .unknown
                    machine.world.doubtOutput()
                    continue
                default:
                    if isType, machine.dialect == .bash {
                        machine.shellError("type: \(word): not found")
                    } else if isType {
                        machine.write(Array("\(word): not found\n".utf8), to: 1)
                    }
                    machine.status = .code(
                        machine.dialect == .bash || !isType ? (machine.dialect == .bash ? 1 : 127) : 127
                    )
                    continue
                }
            }
            machine.write(Array((text + "\n").utf8), to: 1)
        }
    }
}
