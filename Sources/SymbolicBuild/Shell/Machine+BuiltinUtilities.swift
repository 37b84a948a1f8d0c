// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.14 "Special Built-In Utilities", and the utilities' own pages.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

extension Machine {
    func unset(_ words: [String]) -> Flow {
        var isFunction = false
        for word in words {
            if word == "-f" {
                isFunction = true
            } else if word == "-v" {
                isFunction = false
            } else if isFunction {
                shell.functions[word] = nil
            } else if shell.variables[word]?.isReadOnly == true {
                shellError(
                    dialect == .bash
                        ? "unset: \(word): cannot unset: readonly variable" : "unset: \(word): is read only"
                )
                status = .code(dialect == .bash ? 1 : 2)
                if dialect != .bash { return .exited }
            } else {
                if shell.variables[word] == nil, dialect == .bash { shell.functions[word] = nil }
                shell.variables[word] = nil
            }
        }
        return .normal
    }

    func runTrap(_ arguments: [Text]) -> Flow {
        var arguments = arguments[...]
        if arguments.first?.bytes == Array("--".utf8) { arguments = arguments.dropFirst() }
        guard let action = arguments.first else {
            let order = shell.traps.sorted { (Signals.number($0.key), $0.key) < (Signals.number($1.key), $1.key) }
            for (name, body) in order {
                let shown = dialect == .bash && name != "EXIT" && Signals.number(name) < 64 ? "SIG\(name)" : name
                write(Array("trap -- ".utf8) + Self.quoted(body) + Array(" \(shown)\n".utf8), to: 1)
            }
            return .normal
        }
        let isReset = arguments.count == 1 || action.bytes == [UInt8(ascii: "-")]
        for word in arguments.count == 1 ? arguments : arguments.dropFirst() {
            guard let name = Signals.name(word.string, dialect) else {
                let text = word.string
                shellError(dialect == .dash ? "trap: \(text): bad trap" : "trap: \(text): invalid signal specification")
                status = .code(1)
                if dialect == .bash { continue }
                return .normal
            }
            if isReset {
                shell.traps[name] = nil
                continue
            }
            if name == "ERR" || name == "DEBUG" || name == "RETURN" {
                world.note("trap \(name) is not followed", .filesystem)
            }
            shell.traps[name] = action.bytes
        }
        return .normal
    }

    func changeFolder(_ arguments: [Text]) {
        var words = arguments
        var isPhysical = false
        while let first = words.first?.string, first.utf8.count > 1, first.hasPrefix("-") {
            words.removeFirst()
            if first == "--" { break }
            guard first.utf8.dropFirst().allSatisfy({ "PLe@".utf8.contains($0) }),
                dialect == .bash || first.utf8.count == 2
            else {
                shellError(dialect == .dash ? "cd: Illegal option \(first)" : "cd: \(first): invalid option")
                status = .code(2)
                return
            }
            isPhysical = first.contains("P")
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
            world.note("the folder that cd goes to is not known", .files)
            world.makeUncertain(.root)
            status = .unknown
            return
        }
        var text = target.string
        let isDash = text == "-"
        if isDash {
            guard let old = value(of: "OLDPWD") ?? (dialect == .bash ? nil : Text(world.workingDirectory.bytes)) else {
                shellError("cd: OLDPWD not set")
                status = .code(1)
                return
            }
            text = old.string
        }
        if text.isEmpty { text = "." }
        var showsPlace = isDash
        if let found = searchFolder(text) {
            text = found
            showsPlace = true
        }
        let place = world.path(text)
        do throws(FileError) {
            let (real, found) = try world.resolve(place)
            guard let found else { throw FileError.missing }
            guard found.isDirectory else { throw FileError.notFolder }
            guard world.isAllowed(1, found) else { throw FileError.denied }
            shell.variables["OLDPWD"] = ShellVariable(
                value: Text(world.workingDirectory.bytes),
                isExported: dialect == .bash
            )
            world.workingDirectory = isPhysical ? real : place
            let isExported = shell.variables["PWD"]?.isExported ?? false
            shell.variables["PWD"] = ShellVariable(value: Text(world.workingDirectory.bytes), isExported: isExported)
            if showsPlace { write(world.workingDirectory.bytes + [0x0A], to: 1) }
        } catch {
            if world.isUncertainMiss(text, error) {
                world.note("whether the folder \(text) is there is not known", .files)
                world.workingDirectory = place
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

    /// The folder of `CDPATH` that has a name; nil where the name is looked for as it is.
    private func searchFolder(_ text: String) -> String? {
        guard let search = value(of: "CDPATH"), !search.isUnknown, !search.bytes.isEmpty,
            let first = text.split(separator: "/", omittingEmptySubsequences: false).first, !first.isEmpty,
            first != ".", first != ".."
        else { return nil }
        for folder in search.string.split(separator: ":", omittingEmptySubsequences: false) {
            let candidate = folder.isEmpty ? text : "\(folder)/\(text)"
            guard ((try? world.node(candidate)) ?? nil)?.isDirectory == true else { continue }
            return folder.isEmpty ? nil : candidate
        }
        return nil
    }

    // MARK: Reading

    func readLine(_ words: [String]) -> Exit {
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
        if names.isEmpty, dialect == .dash {
            shellError("read: arg count")
            return .code(2)
        }
        if names.isEmpty { names = ["REPLY"] }
        guard let handle = world.process.descriptors[0] else { return .code(1) }
        var file = world.file(handle)
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
        world.update(handle) { $0.position = file.position }
        charge(line.count / 1_024)
        let separators = separators
        if let array {
            var builder = FieldBuilder(separators: separators)
            builder.split(line)
            shell.variables[array] = ShellVariable(
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

    func readArray(_ words: [String]) {
        let strips = words.contains { $0.hasPrefix("-") && $0.contains("t") }
        let name = words.last.flatMap { $0.hasPrefix("-") ? nil : $0 } ?? "MAPFILE"
        guard let handle = world.process.descriptors[0], !world.file(handle).isUnknown else {
            shell.variables[name] = ShellVariable(value: Text([], isUnknown: true))
            status = .unknown
            return
        }
        let file = world.file(handle)
        var elements: [Int: Text] = [:]
        for line in file.bytes[file.position...].split(separator: 0x0A, omittingEmptySubsequences: false) {
            elements[elements.count] = Text(Array(line) + (strips ? [] : [0x0A]))
        }
        if file.bytes.last == 0x0A, let last = elements.keys.max() { elements[last] = nil }
        world.update(handle) { $0.position = $0.bytes.count }
        shell.variables[name] = ShellVariable(elements: elements)
    }

    // MARK: Looking commands up

    func runCommand(_ words: [String], _ arguments: [Text]) -> Flow {
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
        return execute(Array(rest), isFatal: control.failureIsFatal, skipsFunctions: true)
    }

    func describe(_ words: [String], isType: Bool) {
        for word in words where !word.hasPrefix("-") {
            let text: String
            if ShellParser.reserved.contains(word) {
                text = isType ? "\(word) is a shell keyword" : word
            } else if shell.functions[word] != nil {
                text = isType ? "\(word) is a \(dialect == .bash ? "function" : "shell function")" : word
            } else if ShellBuiltins.has(word, dialect) {
                let kind =
                    ShellBuiltins.namedSpecial.contains(word) && dialect == .dash
                    ? "special shell builtin" : "shell builtin"
                text = isType ? "\(word) is a \(dialect == .bash ? "shell builtin" : kind)" : word
            } else {
                switch findProgram(word) {
                case .found(let program):
                    text = isType ? "\(word) is \(program.typedPath)" : program.typedPath
                case .uncertain:
                    status = .unknown
                    world.update(descriptor: 1) { $0.isUnknown = true }
                    continue
                default:
                    if isType, dialect == .bash {
                        shellError("type: \(word): not found")
                    } else if isType {
                        write(Array("\(word): not found\n".utf8), to: 1)
                    }
                    status = .code(dialect == .bash || !isType ? (dialect == .bash ? 1 : 127) : 127)
                    continue
                }
            }
            write(Array((text + "\n").utf8), to: 1)
        }
    }

    func getopts(_ words: [String]) -> Exit {
        guard words.count >= 2 else { return .code(2) }
        let list = words.count > 2 ? Array(words.dropFirst(2)) : shell.positional.map(\.string)
        let specification = Array(words[0].utf8)
        let isQuiet = specification.first == UInt8(ascii: ":")
        let shown = Int(value(of: "OPTIND")?.string ?? "") ?? 1
        // Setting OPTIND begins anew at that word.
        var index = shown == shell.getoptsPlace.shown ? shell.getoptsPlace.index : shown
        var place = shown == shell.getoptsPlace.shown ? shell.getoptsPlace.letter : 1
        func store(_ name: String?, _ argument: String?) {
            set(words[1], Text(name ?? "?"))
            if let argument { set("OPTARG", Text(argument)) } else { shell.variables["OPTARG"] = nil }
            // dash counts a word as soon as it is begun.
            let shown = place > 1 && dialect != .bash ? index + 1 : index
            set("OPTIND", Text(String(shown)))
            shell.getoptsPlace = (shown, index, place)
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
