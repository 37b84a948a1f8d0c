// SPDX-License-Identifier: Apache-2.0
//
// Source: the bash reference manual, "Arrays".

import Diagnostics
import ShellSyntax

/// Arrays of bash, by number and by key.
extension Machine {
    /// Whether an index stands for all elements: `@` or `*`.
    static func namesAll(_ index: [WordPart]?) -> Bool {
        guard let index, index.count == 1, case .literal(let bytes, _)? = index.first else { return false }
        return bytes == [UInt8(ascii: "@")] || bytes == [UInt8(ascii: "*")]
    }

    /// `name=(…)`, `name+=(…)`; false when that cannot be done.
    func assign(_ words: [ShellWord], to name: String, appends: Bool) -> Bool {
        if shell.variables[name]?.isReadOnly == true { return set(name, Text([])) }
        let variable = shell.variables[name]
        if let old = variable?.association {
            var map = appends ? old : [:]
            for word in words {
                guard let (keyParts, valueWord) = Self.subscripted(word) else {
                    return unknownArray(name, "an associative array of keys and values in turn is not followed")
                }
                guard let key = self.key(keyParts), let value = expandToText(valueWord, isAssignment: true) else {
                    return false
                }
                guard !key.isUnknown else { return unknownArray(name, "a key of \(name) is not known") }
                map[key.bytes] = value
            }
            shell.variables[name]?.association = map
            return true
        }
        var elements = appends ? variable?.elements ?? variable?.value.map { [0: $0] } ?? [:] : [:]
        var place = (elements.keys.max() ?? -1) + 1
        for word in words {
            if let (index, valueWord) = Self.subscripted(word) {
                guard let value = expandToText(valueWord, isAssignment: true) else { return false }
                switch arithmetic(index) {
                case .value(let number) where number >= 0: place = number
                case .unknown: return unknownArray(name, "an index of \(name) is not known")
                default: return false
                }
                guard let kept = converted(value, for: variable) else { return false }
                elements[place] = kept
                place += 1
                continue
            }
            guard let values = expand([word]) else { return false }
            for value in values {
                guard let kept = converted(value, for: variable) else { return false }
                elements[place] = kept
                place += 1
            }
        }
        shell.variables[name, default: ShellVariable()].elements = elements
        return true
    }

    /// `name[index]=value`; false when that cannot be done.
    func assign(_ value: Text, to name: String, at index: [WordPart], appends: Bool) -> Bool {
        if shell.variables[name]?.isReadOnly == true { return set(name, Text([])) }
        let variable = shell.variables[name]
        func joined(_ old: Text?) -> Text? {
            guard appends, let old else { return converted(value, for: variable) }
            let isUnknown = old.isUnknown || value.isUnknown
            guard variable?.isInteger == true else { return Text(old.bytes + value.bytes, isUnknown: isUnknown) }
            return converted(Text(old.bytes + [UInt8(ascii: "+")] + value.bytes, isUnknown: isUnknown), for: variable)
        }
        if let map = variable?.association {
            guard let key = self.key(index) else { return false }
            guard !key.isUnknown else { return unknownArray(name, "a key of \(name) is not known") }
            guard let new = joined(map[key.bytes]) else { return false }
            shell.variables[name]?.association?[key.bytes] = new
            return true
        }
        var elements = variable?.elements ?? variable?.value.map { [0: $0] } ?? [:]
        let place: Int
        switch arithmetic(index) {
        case .value(let number): place = number < 0 ? (elements.keys.max() ?? -1) + 1 + number : number
        case .unknown: return unknownArray(name, "an index of \(name) is not known")
        case .failed: return false
        }
        guard place >= 0 else {
            shellError("\(name)[\(place)]: bad array subscript")
            if status == .code(0) { status = .code(1) }
            return false
        }
        guard let new = joined(elements[place]) else { return false }
        elements[place] = new
        shell.variables[name, default: ShellVariable()].elements = elements
        return true
    }

    /// A key of an associative array; nil after a message.
    func key(_ parts: [WordPart]) -> Text? {
        guard var text = expandToText(ShellWord(parts: parts, offset: offset), isAssignment: true) else { return nil }
        for quote in [UInt8(ascii: "\""), UInt8(ascii: "'")]
        where text.bytes.count >= 2 && text.bytes.first == quote && text.bytes.last == quote {
            text.bytes = Array(text.bytes.dropFirst().dropLast())
        }
        return text
    }

    /// Says that an array cannot be followed; its values are unknown from here on.
    private func unknownArray(_ name: String, _ reason: String) -> Bool {
        world.note(reason, .output)
        shell.variables[name] = ShellVariable(value: Text([], isUnknown: true))
        return true
    }

    /// `[index]=value` as an element of an array; nil when the word is none.
    private static func subscripted(_ word: ShellWord) -> (index: [WordPart], value: ShellWord)? {
        guard case .literal(let first, false)? = word.parts.first, first.first == UInt8(ascii: "[") else { return nil }
        var index: [WordPart] = []
        for (place, part) in word.parts.enumerated() {
            guard case .literal(var bytes, false) = part else {
                index.append(part)
                continue
            }
            if place == 0 { bytes = Array(bytes.dropFirst()) }
            guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: Array("]=".utf8)) }) else {
                index.append(.literal(bytes, quoted: true))
                continue
            }
            if end > 0 { index.append(.literal(Array(bytes[..<end]), quoted: true)) }
            var rest = Array(word.parts.dropFirst(place + 1))
            if end + 2 < bytes.count { rest.insert(.literal(Array(bytes[(end + 2)...]), quoted: false), at: 0) }
            return index.isEmpty ? nil : (index, ShellWord(parts: rest, offset: word.offset))
        }
        return nil
    }

    // MARK: In expressions of numbers

    /// A name with an index behind it, as expressions have it; the index is nil for a name alone.
    private static func operandParts(_ text: String) -> (name: String, index: [WordPart]?) {
        guard let open = text.firstIndex(of: "["), text.hasSuffix("]") else { return (text, nil) }
        let inner = Array(text[text.index(after: open)...].dropLast().utf8)
        return (String(text[..<open]), [.literal(inner, quoted: true)])
    }

    /// The value of a variable or an element in an expression; nil where it has none.
    func operand(_ text: String) -> Text? {
        let (name, index) = Self.operandParts(text)
        guard let variable = ownVariable(name) ?? shell.variables[name] else {
            return shell.hasUnknownVariables ? Text([], isUnknown: true) : nil
        }
        guard let index else { return variable.scalar }
        if Self.namesAll(index) { return Text([], isUnknown: true) }
        if let map = variable.association {
            guard let key = self.key(index) else { return nil }
            return key.isUnknown ? key : map[key.bytes]
        }
        guard case .value(let number) = arithmetic(index) else { return Text([], isUnknown: true) }
        let places = variable.places
        let place = number < 0 ? (places.last?.key ?? -1) + 1 + number : number
        return places.first { $0.key == place }?.value
    }

    /// Gives a variable or an element the value of an expression; false when that cannot be done.
    func setOperand(_ text: String, _ value: Int) -> Bool {
        let (name, index) = Self.operandParts(text)
        guard let index else { return set(name, Text(String(value))) }
        return assign(Text(String(value)), to: name, at: index, appends: false)
    }

    // MARK: Variables that bash makes itself

    /// The value of a variable that bash keeps itself; nil when it keeps none of that name.
    func ownVariable(_ name: String) -> ShellVariable? {
        guard dialect == .bash else { return nil }
        switch name {
        case "FUNCNAME":
            guard !shell.functionNames.isEmpty else { return ShellVariable() }
            var elements: [Int: Text] = [:]
            for (index, name) in shell.functionNames.reversed().enumerated() { elements[index] = Text(name) }
            return ShellVariable(elements: elements)
        case "UID", "EUID":
            return ShellVariable(value: Text(Array(String(world.user.uid).utf8), isUnknown: !world.isUserKnown))
        case "BASH_SUBSHELL": return ShellVariable(value: Text(String(control.subshellDepth)))
        case _ where Self.keptNames.contains(name) && shell.variables[name] == nil:
            return ShellVariable(value: Text([0x30], isUnknown: true))
        default: return nil
        }
    }

    /// What bash keeps and no model knows.
    private static let keptNames: Set<String> = [
        "_", "BASHOPTS", "BASHPID", "BASH_ARGC", "BASH_ARGV", "BASH_ARGV0", "BASH_CMDS", "BASH_COMMAND",
        "BASH_EXECUTION_STRING",
        "BASH_LINENO", "BASH_SOURCE", "BASH_VERSINFO", "COLUMNS", "DIRSTACK", "EPOCHREALTIME", "GROUPS", "HISTCMD",
        "HOSTNAME", "HOSTTYPE", "LINES", "MACHTYPE", "OSTYPE", "PIPESTATUS", "SHELLOPTS", "SRANDOM",
    ]
}
