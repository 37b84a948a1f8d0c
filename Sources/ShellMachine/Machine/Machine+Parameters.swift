// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.6.2 "Parameter Expansion"; the bash reference manual for the rest.

import ShellSyntax

extension Machine {
    enum Parameter {
        case unset
        case scalar(Text)
        /// `$@`, `$*`, `${x[@]}`, `${x[*]}`.
        case list([Text], isStar: Bool)

        func isSet(testsEmpty: Bool, isDash: Bool) -> Bool? {
            switch self {
            case .unset: return false
            case .scalar(let text):
                if testsEmpty, text.isUnknown { return nil }
                return !testsEmpty || !text.bytes.isEmpty
            case .list(let list, _):
                // dash takes `$@` for set even where there is nothing in it.
                if list.isEmpty { return isDash && !testsEmpty }
                return !testsEmpty || list.count > 1 || !list[0].bytes.isEmpty
            }
        }
    }

    private func lookUp(_ name: String, _ index: [WordPart]?) -> Parameter? {
        if let first = name.utf8.first, ShellParser.isDigit(first) {
            guard let number = Int(name) else { return .unset }
            if number == 0 { return .scalar(Text(shell.name)) }
            return number <= shell.positional.count ? .scalar(shell.positional[number - 1]) : .unset
        }
        switch name {
        case "@": return .list(shell.positional, isStar: false)
        case "*": return .list(shell.positional, isStar: true)
        case "#": return .scalar(Text(String(shell.positional.count)))
        case "?":
            switch status {
            case .code(let code): return .scalar(Text(String(code)))
            case .unknown: return .scalar(Text([0x30], isUnknown: true))
            }
        case "-": return .scalar(Text(shell.options.letters(dialect)))
        case "$": return .scalar(Text("1"))
        case "!":
            guard let job = shell.lastJob else { return .unset }
            return .scalar(Text(Array(String(Self.firstJob + job).utf8), isUnknown: true))
        case "LINENO": return .scalar(Text(String(line)))
        case "RANDOM" where dialect != .dash: return .scalar(Text([0x31], isUnknown: true))
        case "SECONDS" where dialect == .bash, "EPOCHSECONDS" where dialect == .bash:
            return .scalar(Text([0x30], isUnknown: true))
        default: break
        }
        guard let variable = ownVariable(name) ?? shell.variables[name] else {
            if shell.hasUnknownVariables { return .scalar(Text([], isUnknown: true)) }
            // All of an array that is not there is nothing, and no error.
            return Self.namesAll(index) ? .list([], isStar: Self.namesAllAsOne(index)) : .unset
        }
        guard let index else { return variable.scalar.map { .scalar($0) } ?? .unset }
        if Self.namesAll(index) {
            return .list(variable.list, isStar: Self.namesAllAsOne(index))
        }
        if let map = variable.association {
            guard let key = self.key(index) else { return nil }
            return key.isUnknown ? .scalar(Text([], isUnknown: true)) : map[key.bytes].map { .scalar($0) } ?? .unset
        }
        let elements = variable.elements ?? variable.value.map { [0: $0] } ?? [:]
        switch arithmetic(index) {
        case .value(let value):
            let place = value < 0 ? (elements.keys.max() ?? -1) + 1 + value : value
            return elements[place].map { .scalar($0) } ?? .unset
        case .unknown: return .scalar(Text([], isUnknown: true))
        case .failed: return nil
        }
    }

    /// Whether an index is `*`, which names all elements as one text.
    private static func namesAllAsOne(_ index: [WordPart]?) -> Bool {
        if case .literal([UInt8(ascii: "*")], _)? = index?.first { true } else { false }
    }

    /// Expands a parameter into a builder; false when that ends the command.
    func add(_ expansion: ParameterExpansion, _ isQuoted: Bool, to builder: inout FieldBuilder) -> Bool {
        var expansion = expansion
        if case .names(let isStar)? = expansion.operation {
            let names = shell.variables.keys.filter { $0.hasPrefix(expansion.name) }.sorted()
            // What bash keeps itself is among them, too.
            let isKnown = !expansion.name.hasPrefix("BASH") && !expansion.name.isEmpty
            return add(
                .list(names.map { Text(Array($0.utf8), isUnknown: !isKnown) }, isStar: isStar),
                isQuoted,
                to: &builder
            )
        }
        if expansion.isIndirect, Self.namesAll(expansion.index), expansion.operation == nil {
            let variable = ownVariable(expansion.name) ?? shell.variables[expansion.name]
            let isStar = if case .literal([UInt8(ascii: "*")], _)? = expansion.index?.first { true } else { false }
            return add(.list(variable?.keys ?? [], isStar: isStar), isQuoted, to: &builder)
        }
        if expansion.isIndirect {
            guard let target = indirection(expansion.name) else { return missing(expansion.name, nil) }
            guard !target.isUnknown, ShellParser.isName(target.bytes) || Int(target.string) != nil else {
                builder.add([], isQuoted: isQuoted, isUnknown: true)
                return true
            }
            expansion.name = target.string
            expansion.isIndirect = false
        }
        if case .bad? = expansion.operation {
            shellError("Bad substitution")
            status = .code(dialect == .bash ? 1 : 2)
            return false
        }
        guard let parameter = lookUp(expansion.name, expansion.index) else { return false }
        if expansion.isLength { return addLength(of: parameter, expansion, to: &builder) }
        if let isDone = substitute(parameter, expansion, isQuoted, to: &builder) { return isDone }
        if case .unset = parameter {
            if shell.options.unsetIsError { return missing(expansion.name, nil) }
            if isQuoted { builder.add([], isQuoted: true) }
            return true
        }
        guard let operation = expansion.operation else { return add(parameter, isQuoted, to: &builder) }
        if case .substring(let offset, let length) = operation, Self.namesAll(expansion.index),
            case .list(_, let isStar) = parameter
        {
            guard let part = slice(of: expansion.name, offset, length) else { return false }
            return add(.list(part, isStar: isStar), isQuoted, to: &builder)
        }
        guard let result = change(parameter, operation) else { return false }
        return add(result, isQuoted, to: &builder)
    }

    /// The name that `${!name}` stands for; nil where `name` has no value.
    private func indirection(_ name: String) -> Text? {
        if case .scalar(let text)? = lookUp(name, nil) { return text }
        return nil
    }

    /// Carries out `-`, `+`, `=` and `?`; nil when it is none of them.
    private func substitute(
        _ parameter: Parameter,
        _ expansion: ParameterExpansion,
        _ isQuoted: Bool,
        to builder: inout FieldBuilder
    ) -> Bool? {
        func isSet(_ testsEmpty: Bool) -> Bool? { parameter.isSet(testsEmpty: testsEmpty, isDash: dialect != .bash) }
        switch expansion.operation {
        case .useDefault(let word, let testsEmpty):
            switch isSet(testsEmpty) {
            case true: return add(parameter, isQuoted, to: &builder)
            case false: return add(word, isQuoted, to: &builder)
            default: builder.add([], isQuoted: isQuoted, isUnknown: true)
            }
        case .useAlternative(let word, let testsEmpty):
            switch isSet(testsEmpty) {
            case true: return add(word, isQuoted, to: &builder)
            case false: if isQuoted { builder.add([], isQuoted: true) }
            default: builder.add([], isQuoted: isQuoted, isUnknown: true)
            }
        case .assignDefault(let word, let testsEmpty):
            guard isSet(testsEmpty) == false else { return add(parameter, isQuoted, to: &builder) }
            guard ShellParser.isName(expansion.name.utf8) else {
                shellError("\(expansion.name): bad variable name")
                status = .code(dialect == .bash ? 1 : 2)
                return false
            }
            guard let text = expandToText(word), set(expansion.name, text) else { return false }
            return add(.scalar(text), isQuoted, to: &builder)
        case .failUnlessSet(let word, let testsEmpty):
            guard isSet(testsEmpty) == false else { return add(parameter, isQuoted, to: &builder) }
            guard let text = expandToText(word) else { return false }
            return missing(expansion.name, text.bytes.isEmpty ? "" : text.string, testsEmpty: testsEmpty)
        default: return nil
        }
        return true
    }

    private func missing(_ name: String, _ text: String?, testsEmpty: Bool = false) -> Bool {
        let message: String
        if let text, !text.isEmpty {
            message = text
        } else if text == nil {
            message = dialect == .bash ? "unbound variable" : "parameter not set"
        } else {
            message =
                dialect == .bash
                ? "parameter null or not set" : testsEmpty ? "parameter not set or null" : "parameter not set"
        }
        shellError("\(name): \(message)")
        status = .code(dialect == .bash ? (control.subshellDepth > 0 ? 1 : 127) : 2)
        return false
    }

    private func addLength(of parameter: Parameter, _ expansion: ParameterExpansion, to builder: inout FieldBuilder)
        -> Bool
    {
        switch parameter {
        case .unset:
            if shell.options.unsetIsError { return missing(expansion.name, nil) }
            builder.add([0x30], isQuoted: true)
        case .scalar(let text):
            builder.add(Array(String(text.bytes.count).utf8), isQuoted: true, isUnknown: text.isUnknown)
        case .list(let list, _) where dialect == .bash: builder.add(Array(String(list.count).utf8), isQuoted: true)
        case .list(let list, _):
            // The length of what `"$*"` gives, not a count.
            let gaps = separators.isEmpty ? 0 : max(0, list.count - 1)
            builder.add(Array(String(list.reduce(gaps) { $0 + $1.bytes.count }).utf8), isQuoted: true)
        }
        return true
    }

    /// Adds the word behind an operator; its own quotes count, the rest is split where the expansion is not quoted.
    private func add(_ word: ShellWord, _ isQuoted: Bool, to builder: inout FieldBuilder) -> Bool {
        if isQuoted {
            if word.parts.isEmpty { builder.add([], isQuoted: true) }
            return add(word.parts, to: &builder, splitsLiterals: false)
        }
        return add(tilde(word.parts), to: &builder, splitsLiterals: true)
    }

    private func add(_ parameter: Parameter, _ isQuoted: Bool, to builder: inout FieldBuilder) -> Bool {
        switch parameter {
        case .unset: if isQuoted { builder.add([], isQuoted: true) }
        case .scalar(let text):
            if isQuoted {
                builder.add(text.bytes, isQuoted: true, isUnknown: text.isUnknown)
            } else {
                builder.split(text.bytes, isUnknown: text.isUnknown)
            }
        case .list(let list, let isStar):
            let isSplit = builder.separators != nil
            if isStar && (isQuoted || !isSplit) || !isSplit {
                var joined: [UInt8] = []
                let separator = isStar || dialect != .bash ? separators.first : 0x20
                for (index, text) in list.enumerated() {
                    if index > 0, let separator { joined.append(separator) }
                    joined += text.bytes
                }
                builder.add(joined, isQuoted: isQuoted, isUnknown: list.contains(where: \.isUnknown))
                return true
            }
            for (index, text) in list.enumerated() {
                if index > 0 { builder.close() }
                if isQuoted {
                    builder.add(text.bytes, isQuoted: true, isUnknown: text.isUnknown)
                } else {
                    builder.split(text.bytes, isUnknown: text.isUnknown)
                }
            }
        }
        return true
    }
}
