// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ShellSyntax

/// What `export`, `readonly`, `local` and `declare` have in common: options, then names with or without a value.
struct Declaration {
    let name: String
    let machine: Machine
    private var exports: Bool
    private var isReadOnly: Bool
    private var isLocal: Bool
    private var isArray = false
    private var isAssociative = false
    private var isInteger = false
    private var isUpper: Bool?
    private var isReference = false
    private var prints = false
    private var removes = false
    private var names: [Text] = []

    init(
        _ name: String,
        exports: Bool = false,
        isReadOnly: Bool = false,
        isLocal: Bool = false,
        in machine: Machine
    ) {
        self.name = name
        self.exports = exports
        self.isReadOnly = isReadOnly
        self.isLocal = isLocal
        self.machine = machine
    }

    private var isBash: Bool { machine.dialect == .bash }

    mutating func run(_ arguments: ArraySlice<Text>) -> Flow {
        guard read(arguments) else {
            machine.status = .code(2)
            return isBash ? .normal : .exited
        }
        if names.isEmpty, prints || arguments.isEmpty {
            list()
            return .normal
        }
        if prints, isBash {
            show()
            return .normal
        }
        for argument in names {
            if let flow = declare(argument) { return flow }
        }
        return .normal
    }

    /// Tells options from names; false after a message when an option is wrong.
    private mutating func read(_ arguments: ArraySlice<Text>) -> Bool {
        var isPastOptions = false
        for argument in arguments {
            let bytes = argument.bytes
            guard !isPastOptions, bytes.first == UInt8(ascii: "-"), bytes.count > 1, name != "local" || isBash else {
                isPastOptions = true
                names.append(argument)
                continue
            }
            if bytes == Array("--".utf8) {
                isPastOptions = true
                continue
            }
            for letter in bytes.dropFirst() {
                guard take(letter) else { return false }
            }
        }
        return true
    }

    private mutating func take(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "x"): exports = true
        case UInt8(ascii: "r"): isReadOnly = true
        case UInt8(ascii: "g"): isLocal = false
        case UInt8(ascii: "a"): isArray = true
        case UInt8(ascii: "p"): prints = true
        case UInt8(ascii: "n") where name == "export" && machine.dialect != .dash: removes = true
        case UInt8(ascii: "f"), UInt8(ascii: "t"), UInt8(ascii: "I"): break
        case UInt8(ascii: "i"): isInteger = true
        case UInt8(ascii: "u"): isUpper = true
        case UInt8(ascii: "l"): isUpper = false
        case UInt8(ascii: "A"): isAssociative = true
        case UInt8(ascii: "n") where name != "export":
            isReference = true
            machine.world.note("\(name) -n is not followed", .output)
        default:
            machine.shellError("\(name): Illegal option -\(UnicodeScalar(letter))")
            return false
        }
        return true
    }

    private func list() {
        for (variable, value) in machine.shell.variables.sorted(by: { $0.key < $1.key })
        where name == "readonly" ? value.isReadOnly : value.isExported {
            let prefix = isBash ? (name == "readonly" ? "declare -r " : "declare -x ") : "\(name) "
            var line = Array((prefix + variable).utf8)
            if let text = value.scalar {
                line += [0x3D] + (isBash ? Self.doubleQuoted(text.bytes) : machine.quoted(text.bytes))
            }
            machine.write(line + [0x0A], to: 1)
        }
    }

    /// `declare -p name …`: each variable as a line that would make it.
    private func show() {
        for name in names.map(\.string) {
            guard let variable = machine.shell.variables[name] else {
                // What the shell keeps itself is there, and how it is shown is not known.
                if machine.ownVariable(name) != nil {
                    machine.world.doubtOutput()
                    continue
                }
                machine.shellError("\(self.name): \(name): not found")
                machine.status = .code(1)
                continue
            }
            var letters = ""
            if variable.association != nil { letters += "A" } else if variable.elements != nil { letters += "a" }
            if variable.isInteger { letters += "i" }
            if variable.isUpper == false { letters += "l" }
            if variable.isReadOnly { letters += "r" }
            if variable.isUpper == true { letters += "u" }
            if variable.isExported { letters += "x" }
            var line = Array("declare -\(letters.isEmpty ? "-" : letters) \(name)".utf8)
            let isArray = variable.association != nil || variable.elements != nil
            if isArray {
                line += Array("=(".utf8)
                for (index, (key, value)) in zip(variable.keys, variable.list).enumerated() {
                    if index > 0 { line.append(0x20) }
                    line += [UInt8(ascii: "[")] + key.bytes + Array("]=".utf8) + Self.doubleQuoted(value.bytes)
                }
                if variable.association != nil, !variable.list.isEmpty { line.append(0x20) }
                line.append(UInt8(ascii: ")"))
            } else if let value = variable.value {
                line += [0x3D] + Self.doubleQuoted(value.bytes)
            }
            let isUnknown = (variable.keys + variable.list).contains(where: \.isUnknown)
            machine.write(line + [0x0A], to: 1, isUnknown: isUnknown)
        }
    }

    /// Carries one name out; nil to go on with the next.
    private func declare(_ argument: Text) -> Flow? {
        let equals = argument.bytes.firstIndex(of: UInt8(ascii: "="))
        var variable = argument.bytes[..<(equals ?? argument.bytes.endIndex)]
        let appends = equals != nil && variable.last == UInt8(ascii: "+") && isBash
        if appends { variable = variable.dropLast() }
        guard ShellParser.isName(variable) else {
            let text = argument.string
            machine.shellError(
                isBash ? "\(name): `\(text)': not a valid identifier" : "\(name): \(text): bad variable name"
            )
            machine.status = .code(isBash ? 1 : 2)
            return isBash ? nil : .exited
        }
        let key = String(decoding: variable, as: UTF8.self)
        if isLocal, !hide(key, isBlank: equals == nil) { return isBash ? .normal : .exited }
        setKind(of: key)
        if let equals {
            var value = Text(Array(argument.bytes[(equals + 1)...]), isUnknown: argument.isUnknown)
            if appends, let old = machine.value(of: key) { value.bytes = old.bytes + value.bytes }
            guard machine.set(key, value) else {
                machine.status = .code(isBash ? 1 : 2)
                return isBash ? nil : .exited
            }
        } else if machine.shell.variables[key] == nil {
            machine.shell.variables[key] = ShellVariable()
        }
        setAttributes(of: key)
        return nil
    }

    /// Hides a variable until the function ends; false after a message where there is no function.
    private func hide(_ key: String, isBlank: Bool) -> Bool {
        guard let scope = machine.shell.localScopes.indices.last else {
            machine.shellError(isBash ? "\(name): can only be used in a function" : "\(name): not in a function")
            machine.status = .code(isBash ? 1 : 2)
            return false
        }
        guard machine.shell.localScopes[scope][key] == nil else { return true }
        let hidden = machine.shell.variables[key]
        machine.shell.localScopes[scope][key] = .some(hidden)
        if isBash, isBlank { machine.shell.variables[key] = ShellVariable() }
        return true
    }

    /// What a variable is for, which says what its value becomes.
    private func setKind(of key: String) {
        guard isInteger || isUpper != nil || isAssociative || isReference else { return }
        var variable = machine.shell.variables[key] ?? ShellVariable()
        if isInteger { variable.isInteger = true }
        if isUpper != nil { variable.isUpper = isUpper }
        if isAssociative, variable.association == nil {
            // What `name=(…)` behind the option has put there already stands by number: it is read again by key.
            variable.association = [:]
            variable.elements = nil
        }
        machine.shell.variables[key] = variable
    }

    private func setAttributes(of key: String) {
        if isReference {
            machine.shell.variables[key]?.value = Text([], isUnknown: true)
            machine.shell.variables[key]?.elements = nil
        }
        if isArray, machine.shell.variables[key]?.elements == nil, machine.shell.variables[key]?.association == nil {
            let elements = machine.shell.variables[key]?.value.map { [0: $0] } ?? [:]
            machine.shell.variables[key]?.elements = elements
        }
        if exports { machine.shell.variables[key]?.isExported = !removes }
        if isReadOnly { machine.shell.variables[key]?.isReadOnly = true }
    }

    private static func doubleQuoted(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x22]
        for byte in bytes {
            if [0x22, 0x5C, 0x24, 0x60].contains(byte) { result.append(0x5C) }
            result.append(byte)
        }
        return result + [0x22]
    }
}
