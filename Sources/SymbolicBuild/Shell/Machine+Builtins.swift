// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.14 "Special Built-In Utilities", and the utilities' own pages.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

extension Machine {
    /// Runs a builtin; nil when the dialect has none of that name.
    func runBuiltin(_ name: String, _ fields: [Text]) -> Flow? {
        guard ShellBuiltins.has(name, dialect) else { return nil }
        let arguments = Array(fields.dropFirst())
        let words = arguments.map(\.string)
        let keeps = status
        status = .code(0)
        switch name {
        case ":", "true": return .normal
        case "false": status = .code(1)
        case "break", "continue": return runBreak(name, words)
        case "exit", "return":
            status = keeps
            return leave(name, arguments)
        case "eval":
            let script = arguments.map(\.bytes).joined(separator: [0x20])
            if arguments.contains(where: \.isUnknown) { return runUnknownScript() }
            var flow = Flow.normal
            frozen { flow = self.runSource(Array(script), isText: true) }
            return flow
        case ".", "source": return source(arguments)
        case "set": return runSet(arguments)
        case "shift":
            let count = words.first.map { Int($0) } ?? 1
            guard let count, count >= 0, count <= shell.positional.count else {
                if dialect != .bash {
                    shellError("shift: can't shift that many")
                    status = .code(2)
                    return .exited
                }
                status = .code(1)
                return .normal
            }
            shell.positional.removeFirst(count)
        case "export", "readonly", "local", "declare", "typeset": return declare(name, arguments)
        case "unset": return unset(words)
        case "trap": return runTrap(arguments)
        case "cd": changeFolder(arguments)
        case "pwd":
            let isPhysical = words.last.map { $0.hasPrefix("-") && $0.contains("P") } ?? false
            let place = isPhysical ? world.tree.resolve(world.workingDirectory)?.path : nil
            write((place ?? world.workingDirectory).bytes + [0x0A], to: 1)
        case "read": status = readLine(words)
        case "command", "builtin": return runCommand(words, arguments)
        case "type": describe(words, isType: true)
        case "getopts": status = getopts(words)
        case "umask": changeMask(words)
        case "let":
            var last = 0
            for word in arguments {
                switch arithmetic([.literal(word.bytes, quoted: true)]) {
                case .value(let value): last = value
                case .unknown:
                    status = .unknown
                    return .normal
                case .failed:
                    status = .code(1)
                    return .normal
                }
            }
            status = .code(last == 0 ? 1 : 0)
        case "shopt":
            for word in words {
                if word == "nullglob" { shell.options.nullGlob = words.contains("-s") }
                if word == "dotglob" { shell.options.dotGlob = words.contains("-s") }
                if ["extglob", "globstar", "lastpipe", "expand_aliases"].contains(word), words.contains("-s") {
                    world.note("shopt \(word) is not followed", .output)
                }
            }
        case "mapfile", "readarray": readArray(words)
        case "alias":
            if !words.isEmpty { world.note("aliases are not followed", .output) }
        case "wait": waitForJobs(arguments)
        case "kill": return sendSignal(words, arguments)
        case "hash", "ulimit", "times", "unalias", "jobs", "disown", "enable", "bind", "complete",
            "help", "caller",
            "suspend", "dirs":
            return .normal
        case "pushd", "popd":
            world.note("\(name) is not followed", .files)
            world.makeUncertain(.root)
            status = .unknown
        default:
            let flavor: ProgramFlavor = dialect == .dash ? .dashBuiltin : dialect == .ash ? .busybox : .gnu
            guard let model = commands.find(name, flavor) else { return nil }
            status = run(model, fields, flavor, isBuiltin: true)
        }
        return isStopped ? .exited : .normal
    }

    func runUnknownScript() -> Flow {
        world.note("the script that runs here is not known", .filesystem)
        world.makeUncertain(.root)
        status = .unknown
        return .normal
    }

    func runBreak(_ name: String, _ words: [String]) -> Flow {
        if dialect == .bash, let word = words.first, let count = Int(word), count <= 0 {
            guard control.loopDepth > 0 else { return .normal }
            shellError("\(name): \(word): loop count out of range")
            status = .code(1)
            return .breakLoop(control.loopDepth)
        }
        guard let count = words.first.map({ Int($0) }) ?? 1, count > 0 else {
            shellError(
                dialect == .bash
                    ? "\(name): \(words[0]): numeric argument required" : "\(name): Illegal number: \(words[0])"
            )
            status = .code(dialect == .bash ? 128 : 2)
            return .exited
        }
        guard control.loopDepth > 0 else { return .normal }
        return name == "break" ? .breakLoop(count) : .continueLoop(count)
    }

    func leave(_ name: String, _ arguments: [Text]) -> Flow {
        if let word = arguments.first {
            if word.isUnknown {
                status = .unknown
            } else if let code = Int(word.string), code >= 0 || dialect == .bash {
                // dash hands the whole number on from a function.
                status = .code(name == "return" && dialect == .dash ? code : code & 0xFF)
            } else {
                shellError(
                    dialect == .bash
                        ? "\(name): \(word.string): numeric argument required"
                        : "\(name): Illegal number: \(word.string)"
                )
                status = .code(2)
                if dialect != .bash || name == "exit" { return .exited }
            }
        }
        if name == "return" {
            if control.functionDepth == 0, control.sourceDepth == 0, dialect == .bash {
                shellError("return: can only `return' from a function or sourced script")
                status = .code(2)
                return .normal
            }
            return control.functionDepth > 0 || control.sourceDepth > 0 ? .returned : .exited
        }
        return .exited
    }

    func source(_ arguments: [Text]) -> Flow {
        guard let file = arguments.first else {
            status = .code(dialect == .bash ? 2 : 0)
            return .normal
        }
        if file.isUnknown { return runUnknownScript() }
        var place = file.string
        if !place.utf8.contains(0x2F) {
            let folders = (value(of: "PATH")?.string ?? "").split(separator: ":")
            if let found = folders.map({ "\($0)/\(place)" }).first(where: {
                ((try? world.node($0)) ?? nil)?.isDirectory == false
            }) {
                place = found
            } else if dialect == .dash {
                shellError(".: \(place): not found")
                status = .code(2)
                return .exited
            }
        }
        let text: Text
        do throws(FileError) {
            text = try world.readFile(place)
        } catch {
            if world.isUncertainMiss(place, error) { return runUnknownScript() }
            if dialect == .bash {
                shellError("\(place): \(error.message)")
                status = .code(1)
                return .normal
            }
            shellError(dialect == .dash ? ".: cannot open \(place): No such file" : "can't open '\(place)'")
            status = .code(2)
            return .exited
        }
        guard !text.isUnknown else { return runUnknownScript() }
        let saved = shell.positional
        let hasArguments = arguments.count > 1 && dialect != .dash
        if hasArguments { shell.positional = Array(arguments.dropFirst()) }
        control.sourceDepth += 1
        var flow = Flow.normal
        frozen { flow = self.runSource(text.bytes, isText: true) }
        control.sourceDepth -= 1
        if hasArguments { shell.positional = saved }
        return flow == .returned ? .normal : flow
    }

    func runSet(_ arguments: [Text]) -> Flow {
        guard !arguments.isEmpty else {
            for (name, variable) in shell.variables.sorted(by: { $0.key < $1.key }) {
                guard let value = variable.scalar else { continue }
                write(Array(name.utf8) + [0x3D] + Self.quoted(value.bytes) + [0x0A], to: 1, isUnknown: value.isUnknown)
            }
            return .normal
        }
        var index = 0
        while index < arguments.count {
            let bytes = arguments[index].bytes
            guard let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else { break }
            if bytes == Array("--".utf8) {
                shell.positional = Array(arguments[(index + 1)...])
                return .normal
            }
            if bytes == [UInt8(ascii: "-")] {
                index += 1
                break
            }
            let isOn = sign == UInt8(ascii: "-")
            for letter in bytes.dropFirst() {
                if letter == UInt8(ascii: "o") {
                    index += 1
                    guard index < arguments.count else { return .normal }
                    let name = arguments[index].string
                    if let path = ShellOptions.name(name), name != "pipefail" || dialect != .dash {
                        shell.options[keyPath: path] = isOn
                    } else if ![
                        "posix", "vi", "emacs", "monitor", "verbose", "ignoreeof", "notify", "hashall", "errtrace",
                        "functrace",
                    ]
                    .contains(name) {
                        shellError(
                            dialect == .dash ? "set: Illegal option -o \(name)" : "set: \(name): invalid option name"
                        )
                        status = .code(2)
                        return dialect == .bash ? .normal : .exited
                    }
                } else if let path = ShellOptions.letter(letter) {
                    shell.options[keyPath: path] = isOn
                } else if !"bhmvEHTPIVipt".utf8.contains(letter) {
                    shellError("set: Illegal option -\(UnicodeScalar(letter))")
                    status = .code(2)
                    return dialect == .bash ? .normal : .exited
                }
            }
            index += 1
        }
        if index < arguments.count { shell.positional = Array(arguments[index...]) }
        return .normal
    }

    func declare(_ name: String, _ arguments: [Text]) -> Flow {
        var exports = name == "export"
        var isReadOnly = name == "readonly"
        var isLocal = name == "local" || (name != "export" && name != "readonly" && control.functionDepth > 0)
        var isArray = false
        var prints = false
        var removes = false
        var names: [Text] = []
        var isPastOptions = false
        for argument in arguments {
            let bytes = argument.bytes
            if !isPastOptions, bytes.first == UInt8(ascii: "-"), bytes.count > 1, name != "local" || dialect == .bash {
                if bytes == Array("--".utf8) {
                    isPastOptions = true
                    continue
                }
                for letter in bytes.dropFirst() {
                    switch letter {
                    case UInt8(ascii: "x"): exports = true
                    case UInt8(ascii: "r"): isReadOnly = true
                    case UInt8(ascii: "g"): isLocal = false
                    case UInt8(ascii: "a"): isArray = true
                    case UInt8(ascii: "p"): prints = true
                    case UInt8(ascii: "n") where name == "export": removes = true
                    case UInt8(ascii: "f"), UInt8(ascii: "i"), UInt8(ascii: "u"), UInt8(ascii: "l"): break
                    case UInt8(ascii: "A"), UInt8(ascii: "n"):
                        world.note("\(name) -\(UnicodeScalar(letter)) is not followed", .filesystem)
                    default:
                        shellError("\(name): Illegal option -\(UnicodeScalar(letter))")
                        status = .code(2)
                        return dialect == .bash ? .normal : .exited
                    }
                }
                continue
            }
            isPastOptions = true
            names.append(argument)
        }
        if names.isEmpty, prints || arguments.isEmpty {
            for (variable, value) in shell.variables.sorted(by: { $0.key < $1.key })
            where name == "readonly" ? value.isReadOnly : value.isExported {
                let prefix = dialect == .bash ? (name == "readonly" ? "declare -r " : "declare -x ") : "\(name) "
                var line = Array((prefix + variable).utf8)
                if let text = value.scalar {
                    line += [0x3D] + (dialect == .bash ? Self.doubleQuoted(text.bytes) : Self.quoted(text.bytes))
                }
                write(line + [0x0A], to: 1)
            }
            return .normal
        }
        for argument in names {
            let equals = argument.bytes.firstIndex(of: UInt8(ascii: "="))
            var variable = argument.bytes[..<(equals ?? argument.bytes.endIndex)]
            var appends = false
            if equals != nil, variable.last == UInt8(ascii: "+"), dialect == .bash {
                variable = variable.dropLast()
                appends = true
            }
            guard ShellParser.isName(variable) else {
                let text = argument.string
                shellError(
                    dialect == .bash
                        ? "\(name): `\(text)': not a valid identifier" : "\(name): \(text): bad variable name"
                )
                status = .code(dialect == .bash ? 1 : 2)
                if dialect == .bash { continue }
                return .exited
            }
            let key = String(decoding: variable, as: UTF8.self)
            if isLocal {
                guard !shell.localScopes.isEmpty else {
                    shellError(
                        dialect == .bash ? "\(name): can only be used in a function" : "\(name): not in a function"
                    )
                    status = .code(dialect == .bash ? 1 : 2)
                    return dialect == .bash ? .normal : .exited
                }
                if shell.localScopes[shell.localScopes.count - 1][key] == nil {
                    shell.localScopes[shell.localScopes.count - 1][key] = .some(shell.variables[key])
                    if dialect == .bash, equals == nil { shell.variables[key] = ShellVariable() }
                }
            }
            if let equals {
                var value = Text(Array(argument.bytes[(equals + 1)...]), isUnknown: argument.isUnknown)
                if appends, let old = self.value(of: key) { value.bytes = old.bytes + value.bytes }
                guard set(key, value) else {
                    status = .code(dialect == .bash ? 1 : 2)
                    if dialect == .bash { continue }
                    return .exited
                }
            } else if shell.variables[key] == nil {
                shell.variables[key] = ShellVariable()
            }
            if isArray, shell.variables[key]?.elements == nil {
                let elements = shell.variables[key]?.value.map { [0: $0] } ?? [:]
                shell.variables[key]?.elements = elements
            }
            if exports { shell.variables[key]?.isExported = !removes }
            if isReadOnly { shell.variables[key]?.isReadOnly = true }
        }
        return .normal
    }

    static func doubleQuoted(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x22]
        for byte in bytes {
            if [0x22, 0x5C, 0x24, 0x60].contains(byte) { result.append(0x5C) }
            result.append(byte)
        }
        return result + [0x22]
    }
}
