// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.14 "Special Built-In Utilities", and the utilities' own pages.

import Diagnostics
import ImageFilesystem
import OCISpec

extension Execution {
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
            frozen { flow = self.runSource(Array(script)) }
            return flow
        case ".", "source": return source(arguments)
        case "set": return runSet(arguments)
        case "shift":
            let count = words.first.map { Int($0) } ?? 1
            guard let count, count >= 0, count <= positional.count else {
                if dialect != .bash {
                    shellError("shift: can't shift that many")
                    status = .code(2)
                    return .exited
                }
                status = .code(1)
                return .normal
            }
            positional.removeFirst(count)
        case "export", "readonly", "local", "declare", "typeset": return declare(name, arguments)
        case "unset": return unset(words)
        case "trap": return runTrap(arguments)
        case "cd": changeFolder(arguments)
        case "pwd": write(state.workingDirectory.bytes + [0x0A], to: 1)
        case "read": status = readLine(words)
        case "command", "builtin": return runCommand(words, arguments)
        case "type": describe(words, isType: true)
        case "getopts": status = getopts(words)
        case "umask":
            if let text = words.last, let value = UInt16(text, radix: 8), value <= 0o777 {
                umask = value
            } else if words.isEmpty {
                let digits = String(umask, radix: 8)
                write(Array((String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "\n").utf8), to: 1)
            }
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
                if word == "nullglob" { options.nullGlob = words.contains("-s") }
                if word == "dotglob" { options.dotGlob = words.contains("-s") }
                if ["extglob", "globstar", "lastpipe", "expand_aliases"].contains(word), words.contains("-s") {
                    note("shopt \(word) is not followed", .output)
                }
            }
        case "mapfile", "readarray": readArray(words)
        case "alias":
            if !words.isEmpty { note("aliases are not followed", .output) }
        case "wait", "hash", "ulimit", "times", "unalias", "jobs", "kill", "disown", "enable", "bind", "complete",
            "help", "caller",
            "suspend", "dirs":
            return .normal
        case "pushd", "popd":
            note("\(name) is not followed", .files)
            makeUncertain(.root)
            status = .unknown
        default:
            guard let model = commands.models[name] else { return nil }
            let flavor: CommandContext.Flavor = dialect == .dash ? .dashBuiltin : dialect == .ash ? .busybox : .gnu
            status = run(model, CommandContext(self, fields, flavor: flavor, isBuiltin: true))
        }
        return isStopped ? .exited : .normal
    }

    private func runUnknownScript() -> Flow {
        note("the script that runs here is not known", .filesystem)
        makeUncertain(.root)
        status = .unknown
        return .normal
    }

    private func runBreak(_ name: String, _ words: [String]) -> Flow {
        guard let count = words.first.map({ Int($0) }) ?? 1, count > 0 else {
            shellError(
                dialect == .bash
                    ? "\(name): \(words[0]): numeric argument required" : "\(name): Illegal number: \(words[0])"
            )
            status = .code(dialect == .bash ? 128 : 2)
            return .exited
        }
        guard loopDepth > 0 else { return .normal }
        return name == "break" ? .breakLoop(count) : .continueLoop(count)
    }

    private func leave(_ name: String, _ arguments: [Text]) -> Flow {
        if let word = arguments.first {
            if word.isUnknown {
                status = .unknown
            } else if let code = Int(word.string), code >= 0 || dialect == .bash {
                status = .code(code & 0xFF)
            } else {
                shellError(
                    dialect == .bash
                        ? "\(name): \(word.string): numeric argument required"
                        : "\(name): Illegal number: \(word.string)"
                )
                status = .code(2)
                return .exited
            }
        }
        if name == "return" {
            if functionDepth == 0, sourceDepth == 0, dialect == .bash {
                shellError("return: can only `return' from a function or sourced script")
                status = .code(2)
                return .normal
            }
            return functionDepth > 0 || sourceDepth > 0 ? .returned : .exited
        }
        return .exited
    }

    private func source(_ arguments: [Text]) -> Flow {
        guard let file = arguments.first else {
            status = .code(dialect == .bash ? 2 : 0)
            return .normal
        }
        if file.isUnknown { return runUnknownScript() }
        var place = file.string
        if !place.utf8.contains(0x2F) {
            let folders = (value(of: "PATH")?.string ?? "").split(separator: ":")
            if let found = folders.map({ "\($0)/\(place)" }).first(where: {
                ((try? node($0)) ?? nil)?.isDirectory == false
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
            text = try readFile(place)
        } catch {
            if isUncertainMiss(place, error) { return runUnknownScript() }
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
        let saved = positional
        let hasArguments = arguments.count > 1 && dialect != .dash
        if hasArguments { positional = Array(arguments.dropFirst()) }
        sourceDepth += 1
        var flow = Flow.normal
        frozen { flow = self.runSource(text.bytes) }
        sourceDepth -= 1
        if hasArguments { positional = saved }
        return flow == .returned ? .normal : flow
    }

    private func runSet(_ arguments: [Text]) -> Flow {
        guard !arguments.isEmpty else {
            for (name, variable) in variables.sorted(by: { $0.key < $1.key }) {
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
                positional = Array(arguments[(index + 1)...])
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
                        options[keyPath: path] = isOn
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
                    options[keyPath: path] = isOn
                } else if !"bhmvEHTPIVipt".utf8.contains(letter) {
                    shellError("set: Illegal option -\(UnicodeScalar(letter))")
                    status = .code(2)
                    return dialect == .bash ? .normal : .exited
                }
            }
            index += 1
        }
        if index < arguments.count { positional = Array(arguments[index...]) }
        return .normal
    }

    private func declare(_ name: String, _ arguments: [Text]) -> Flow {
        var exports = name == "export"
        var isReadOnly = name == "readonly"
        var isLocal = name == "local" || (name != "export" && name != "readonly" && functionDepth > 0)
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
                        note("\(name) -\(UnicodeScalar(letter)) is not followed", .filesystem)
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
            for (variable, value) in variables.sorted(by: { $0.key < $1.key })
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
                guard !localScopes.isEmpty else {
                    shellError("\(name): can only be used in a function")
                    status = .code(1)
                    return dialect == .bash ? .normal : .exited
                }
                if localScopes[localScopes.count - 1][key] == nil {
                    localScopes[localScopes.count - 1][key] = .some(variables[key])
                    if dialect == .bash, equals == nil { variables[key] = ShellVariable() }
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
            } else if variables[key] == nil {
                variables[key] = ShellVariable()
            }
            if isArray, variables[key]?.elements == nil {
                let elements = variables[key]?.value.map { [0: $0] } ?? [:]
                variables[key]?.elements = elements
            }
            if exports { variables[key]?.isExported = !removes }
            if isReadOnly { variables[key]?.isReadOnly = true }
        }
        return .normal
    }

    private static func doubleQuoted(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x22]
        for byte in bytes {
            if [0x22, 0x5C, 0x24, 0x60].contains(byte) { result.append(0x5C) }
            result.append(byte)
        }
        return result + [0x22]
    }

    private func unset(_ words: [String]) -> Flow {
        var isFunction = false
        for word in words {
            if word == "-f" {
                isFunction = true
            } else if word == "-v" {
                isFunction = false
            } else if isFunction {
                functions[word] = nil
            } else if variables[word]?.isReadOnly == true {
                shellError(
                    dialect == .bash
                        ? "unset: \(word): cannot unset: readonly variable" : "unset: \(word): is read only"
                )
                status = .code(dialect == .bash ? 1 : 2)
                if dialect != .bash { return .exited }
            } else {
                if variables[word] == nil, dialect == .bash { functions[word] = nil }
                variables[word] = nil
            }
        }
        return .normal
    }

    private func runTrap(_ arguments: [Text]) -> Flow {
        var arguments = arguments[...]
        if arguments.first?.bytes == Array("--".utf8) { arguments = arguments.dropFirst() }
        guard let action = arguments.first else {
            for (name, body) in traps.sorted(by: { $0.key < $1.key }) {
                write(Array("trap -- ".utf8) + Self.quoted(body) + Array(" \(name)\n".utf8), to: 1)
            }
            return .normal
        }
        func signal(_ text: String) -> String {
            if text == "0" { return "EXIT" }
            return text.hasPrefix("SIG") ? String(text.dropFirst(3)) : text
        }
        if arguments.count == 1 || action.bytes == [UInt8(ascii: "-")] {
            let names = arguments.count == 1 ? arguments : arguments.dropFirst()
            for word in names { traps[signal(word.string)] = nil }
            return .normal
        }
        for word in arguments.dropFirst() {
            let name = signal(word.string)
            if name == "ERR" || name == "DEBUG" || name == "RETURN" {
                note("trap \(name) is not followed", .filesystem)
            }
            traps[name] = action.bytes
        }
        return .normal
    }

    private func changeFolder(_ arguments: [Text]) {
        var words = arguments
        var isPhysical = false
        while let first = words.first?.string, first == "-P" || first == "-L" || first == "--" || first == "-e" {
            isPhysical = first == "-P"
            words.removeFirst()
        }
        guard words.count <= 1 || dialect != .bash else {
            shellError("cd: too many arguments")
            status = .code(1)
            return
        }
        guard let target = words.first ?? value(of: "HOME") else {
            if dialect == .bash {
                shellError("cd: HOME not set")
                status = .code(1)
            }
            return
        }
        guard !target.isUnknown else {
            note("the folder that cd goes to is not known", .files)
            makeUncertain(.root)
            status = .unknown
            return
        }
        var text = target.string
        let isDash = text == "-"
        if isDash {
            guard let old = value(of: "OLDPWD") else {
                shellError("cd: OLDPWD not set")
                status = .code(dialect == .bash ? 1 : 2)
                return
            }
            text = old.string
        }
        if text.isEmpty { text = "." }
        let place = path(text)
        do throws(FileError) {
            let (real, found) = try resolve(place)
            guard let found else { throw FileError.missing }
            guard found.isDirectory else { throw FileError.notFolder }
            guard isAllowed(1, found) else { throw FileError.denied }
            variables["OLDPWD"] = ShellVariable(value: Text(state.workingDirectory.bytes), isExported: dialect == .bash)
            state.workingDirectory = isPhysical ? real : place
            let isExported = variables["PWD"]?.isExported ?? false
            variables["PWD"] = ShellVariable(value: Text(state.workingDirectory.bytes), isExported: isExported)
            if isDash { write(state.workingDirectory.bytes + [0x0A], to: 1) }
        } catch {
            if isUncertainMiss(text, error) {
                note("whether the folder \(text) is there is not known", .files)
                state.workingDirectory = place
                status = .unknown
                return
            }
            shellError(
                dialect == .bash
                    ? "cd: \(text): \(error.message)"
                    : dialect == .dash ? "cd: can't cd to \(text)" : "cd: can't cd to \(text): \(error.message)"
            )
            status = .code(dialect == .dash ? 2 : 1)
        }
    }

    // MARK: Reading

    private func readLine(_ words: [String]) -> Exit {
        var isRaw = false
        var names: [String] = []
        var delimiter: UInt8 = 0x0A
        var array: String?
        var index = 0
        while index < words.count {
            let word = words[index]
            if word.hasPrefix("-"), word.utf8.count > 1, names.isEmpty {
                for letter in word.utf8.dropFirst() {
                    switch letter {
                    case UInt8(ascii: "r"): isRaw = true
                    case UInt8(ascii: "d"):
                        index += 1
                        delimiter = index < words.count ? words[index].utf8.first ?? 0 : 0
                    case UInt8(ascii: "a"):
                        index += 1
                        array = index < words.count ? words[index] : nil
                    case UInt8(ascii: "p"), UInt8(ascii: "t"), UInt8(ascii: "n"), UInt8(ascii: "u"), UInt8(ascii: "N"):
                        index += 1
                    default: break
                    }
                }
            } else {
                names.append(word)
            }
            index += 1
        }
        if names.isEmpty { names = ["REPLY"] }
        guard let file = descriptors[0] else { return .code(1) }
        guard !file.isUnknown else {
            for name in names { set(name, Text([], isUnknown: true)) }
            return .unknown
        }
        var line: [UInt8] = []
        var escaped: Set<Int> = []
        var isComplete = false
        while file.position < file.bytes.count {
            let byte = file.bytes[file.position]
            file.position += 1
            if byte == delimiter {
                isComplete = true
                break
            }
            if byte == 0x5C, !isRaw, file.position < file.bytes.count {
                let next = file.bytes[file.position]
                file.position += 1
                if next == 0x0A { continue }
                escaped.insert(line.count)
                line.append(next)
                continue
            }
            line.append(byte)
        }
        charge(line.count / 1_024)
        let separators = separators
        if let array {
            var builder = FieldBuilder(separators: separators)
            builder.split(line)
            variables[array] = ShellVariable(
                elements: Dictionary(
                    uniqueKeysWithValues: builder.finish().map { Text($0.bytes) }.enumerated().map { ($0, $1) }
                )
            )
            return .code(isComplete ? 0 : 1)
        }
        func isSeparator(_ place: Int) -> Bool { !escaped.contains(place) && separators.contains(line[place]) }
        func isBlank(_ place: Int) -> Bool {
            isSeparator(place) && (line[place] == 0x20 || line[place] == 0x09 || line[place] == 0x0A)
        }
        var place = 0
        while place < line.count, isBlank(place) { place += 1 }
        for (number, name) in names.enumerated() {
            guard ShellParser.isName(name.utf8) else {
                shellError("read: \(name): bad variable name")
                return .code(2)
            }
            if number == names.count - 1 {
                var end = line.count
                while end > place, isBlank(end - 1) { end -= 1 }
                // One separator at the very end does not belong to the last field.
                if end > place, isSeparator(end - 1), !isBlank(end - 1) {
                    let inner = (place..<(end - 1)).contains { isSeparator($0) && !isBlank($0) }
                    if !inner { end -= 1 }
                    while end > place, isBlank(end - 1) { end -= 1 }
                }
                if !set(name, Text(Array(line[place..<max(place, end)]))) { return .code(2) }
                break
            }
            let start = place
            while place < line.count, !isSeparator(place) { place += 1 }
            if !set(name, Text(Array(line[start..<place]))) { return .code(2) }
            while place < line.count, isBlank(place) { place += 1 }
            if place < line.count, isSeparator(place) {
                // The field may have been ended by blanks before this separator; they are one separator together.
                place += 1
                while place < line.count, isBlank(place) { place += 1 }
            }
        }
        return .code(isComplete ? 0 : 1)
    }

    private func readArray(_ words: [String]) {
        let strips = words.contains { $0.hasPrefix("-") && $0.contains("t") }
        let name = words.last.flatMap { $0.hasPrefix("-") ? nil : $0 } ?? "MAPFILE"
        guard let file = descriptors[0], !file.isUnknown else {
            variables[name] = ShellVariable(value: Text([], isUnknown: true))
            status = .unknown
            return
        }
        var elements: [Int: Text] = [:]
        for line in file.bytes[file.position...].split(separator: 0x0A, omittingEmptySubsequences: false) {
            elements[elements.count] = Text(Array(line) + (strips ? [] : [0x0A]))
        }
        if file.bytes.last == 0x0A, let last = elements.keys.max() { elements[last] = nil }
        file.position = file.bytes.count
        variables[name] = ShellVariable(elements: elements)
    }

    // MARK: Looking commands up

    private func runCommand(_ words: [String], _ arguments: [Text]) -> Flow {
        var rest = arguments[...]
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
            describe(rest.map(\.string), isType: isLong)
            return .normal
        }
        return execute(Array(rest), isFatal: failureIsFatal, skipsFunctions: true)
    }

    private func describe(_ words: [String], isType: Bool) {
        for word in words where !word.hasPrefix("-") {
            let text: String
            if ShellParser.reserved.contains(word) {
                text = isType ? "\(word) is a shell keyword" : word
            } else if functions[word] != nil {
                text = isType ? "\(word) is a \(dialect == .bash ? "function" : "shell function")" : word
            } else if ShellBuiltins.has(word, dialect) {
                let kind =
                    ShellBuiltins.special.contains(word) && dialect == .dash ? "special shell builtin" : "shell builtin"
                text = isType ? "\(word) is a \(dialect == .bash ? "shell builtin" : kind)" : word
            } else {
                switch findProgram(word) {
                case .found(let program):
                    text = isType ? "\(word) is \(program.typedPath)" : program.typedPath
                case .uncertain:
                    status = .unknown
                    descriptors[1]?.isUnknown = true
                    continue
                default:
                    if isType { shellError("type: \(word): not found") }
                    status = .code(dialect == .bash || !isType ? (dialect == .bash ? 1 : 127) : 127)
                    continue
                }
            }
            write(Array((text + "\n").utf8), to: 1)
        }
    }

    private func getopts(_ words: [String]) -> Exit {
        guard words.count >= 2 else { return .code(2) }
        let list = words.count > 2 ? Array(words.dropFirst(2)) : positional.map(\.string)
        let specification = Array(words[0].utf8)
        let isQuiet = specification.first == UInt8(ascii: ":")
        let key = "GETOPTS_PLACE"
        var index = Int(value(of: "OPTIND")?.string ?? "") ?? 1
        var place = Int(value(of: key)?.string ?? "") ?? 1
        func store(_ name: String?, _ argument: String?) {
            set(words[1], Text(name ?? "?"))
            if let argument { set("OPTARG", Text(argument)) } else { variables["OPTARG"] = nil }
            set("OPTIND", Text(String(index)))
            variables[key] = ShellVariable(value: Text(String(place)))
        }
        guard index >= 1, index <= list.count else {
            store("?", nil)
            return .code(1)
        }
        let word = Array(list[index - 1].utf8)
        guard word.count > 1, word[0] == UInt8(ascii: "-"), place < word.count || word == Array("--".utf8) else {
            place = 1
            store("?", nil)
            return .code(1)
        }
        if word == Array("--".utf8) {
            index += 1
            place = 1
            store("?", nil)
            return .code(1)
        }
        let letter = word[place]
        place += 1
        let isLast = place >= word.count
        func advance() {
            if isLast {
                index += 1
                place = 1
            }
        }
        guard letter != UInt8(ascii: ":"), let found = specification.firstIndex(of: letter) else {
            advance()
            if !isQuiet { shellError("Illegal option -\(UnicodeScalar(letter))") }
            store("?", isQuiet ? String(UnicodeScalar(letter)) : nil)
            return .code(0)
        }
        guard found + 1 < specification.count, specification[found + 1] == UInt8(ascii: ":") else {
            advance()
            store(String(UnicodeScalar(letter)), nil)
            return .code(0)
        }
        if !isLast {
            let argument = String(decoding: word[place...], as: UTF8.self)
            index += 1
            place = 1
            store(String(UnicodeScalar(letter)), argument)
            return .code(0)
        }
        index += 1
        place = 1
        guard index <= list.count else {
            if !isQuiet { shellError("No arg for -\(UnicodeScalar(letter)) option") }
            store(isQuiet ? ":" : "?", isQuiet ? String(UnicodeScalar(letter)) : nil)
            return .code(0)
        }
        let argument = list[index - 1]
        index += 1
        store(String(UnicodeScalar(letter)), argument)
        return .code(0)
    }
}
