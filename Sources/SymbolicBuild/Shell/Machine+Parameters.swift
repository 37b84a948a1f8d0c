// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.6.2 "Parameter Expansion"; the bash reference manual for the rest.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

extension Machine {
    private enum Parameter {
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
        guard let variable = shell.variables[name] else { return .unset }
        guard let index else { return variable.scalar.map { .scalar($0) } ?? .unset }
        let elements = variable.elements ?? variable.value.map { [0: $0] } ?? [:]
        if index.count == 1, case .literal(let bytes, _)? = index.first,
            bytes == [UInt8(ascii: "@")] || bytes == [UInt8(ascii: "*")]
        {
            let list = elements.sorted { $0.key < $1.key }.map(\.value)
            return .list(list, isStar: bytes == [UInt8(ascii: "*")])
        }
        switch arithmetic(index) {
        case .value(let value):
            let place = value < 0 ? (elements.keys.max() ?? -1) + 1 + value : value
            return elements[place].map { .scalar($0) } ?? .unset
        case .unknown: return .scalar(Text([], isUnknown: true))
        case .failed: return nil
        }
    }

    /// Expands a parameter into a builder; false when that ends the command.
    func add(_ expansion: ParameterExpansion, _ isQuoted: Bool, to builder: inout FieldBuilder) -> Bool {
        var expansion = expansion
        if expansion.isIndirect {
            guard let target = value(of: expansion.name) else { return missing(expansion.name, nil) }
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
        func isSet(_ testsEmpty: Bool) -> Bool? { parameter.isSet(testsEmpty: testsEmpty, isDash: dialect != .bash) }
        switch expansion.operation {
        case .useDefault(let word, let testsEmpty):
            switch isSet(testsEmpty) {
            case true: return add(parameter, isQuoted, to: &builder)
            case false: return add(word, isQuoted, to: &builder)
            default:
                builder.add([], isQuoted: isQuoted, isUnknown: true)
                return true
            }
        case .useAlternative(let word, let testsEmpty):
            switch isSet(testsEmpty) {
            case true: return add(word, isQuoted, to: &builder)
            case false:
                if isQuoted { builder.add([], isQuoted: true) }
                return true
            default:
                builder.add([], isQuoted: isQuoted, isUnknown: true)
                return true
            }
        case .assignDefault(let word, let testsEmpty):
            guard isSet(testsEmpty) == false else {
                return add(parameter, isQuoted, to: &builder)
            }
            guard ShellParser.isName(expansion.name.utf8) else {
                shellError("\(expansion.name): bad variable name")
                status = .code(dialect == .bash ? 1 : 2)
                return false
            }
            guard let text = expandToText(word), set(expansion.name, text) else { return false }
            return add(.scalar(text), isQuoted, to: &builder)
        case .failUnlessSet(let word, let testsEmpty):
            switch isSet(testsEmpty) {
            case false:
                guard let text = expandToText(word) else { return false }
                return missing(expansion.name, text.bytes.isEmpty ? "" : text.string, testsEmpty: testsEmpty)
            default: return add(parameter, isQuoted, to: &builder)
            }
        default: break
        }
        if case .unset = parameter {
            if shell.options.unsetIsError { return missing(expansion.name, nil) }
            if isQuoted { builder.add([], isQuoted: true) }
            return true
        }
        guard let operation = expansion.operation else { return add(parameter, isQuoted, to: &builder) }
        guard let result = change(parameter, operation) else { return false }
        return add(result, isQuoted, to: &builder)
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

    // MARK: Changing a value

    private func change(_ parameter: Parameter, _ operation: ParameterExpansion.Operation) -> Parameter? {
        switch parameter {
        case .unset: return .unset
        case .scalar(let text): return change(text, operation).map { .scalar($0) }
        case .list(let list, let isStar):
            if case .substring(let offsetParts, let lengthParts) = operation {
                guard let (offset, length) = bounds(offsetParts, lengthParts) else { return nil }
                let all = [Text(shell.name)] + list
                let start = offset < 0 ? all.count + offset : max(offset, 0)
                guard start >= 0, start < all.count else { return .list([], isStar: isStar) }
                let first = offset == 0 ? 0 : start
                let count = length.map { max(0, $0) } ?? all.count
                return .list(Array(all.dropFirst(first).prefix(count)).map { $0 }, isStar: isStar)
            }
            var result: [Text] = []
            for text in list {
                guard let changed = change(text, operation) else { return nil }
                result.append(changed)
            }
            return .list(result, isStar: isStar)
        }
    }

    private func bounds(_ offset: [WordPart], _ length: [WordPart]?) -> (Int, Int?)? {
        guard case .value(let start) = arithmetic(offset) else {
            status = .code(1)
            return nil
        }
        guard let length else { return (start, nil) }
        guard case .value(let count) = arithmetic(length) else {
            status = .code(1)
            return nil
        }
        return (start, count)
    }

    private func change(_ text: Text, _ operation: ParameterExpansion.Operation) -> Text? {
        switch operation {
        case .removePrefix(let word, let longest):
            guard let pattern = expandToPattern(word) else { return nil }
            return remove(pattern, from: text, isPrefix: true, longest: longest)
        case .removeSuffix(let word, let longest):
            guard let pattern = expandToPattern(word) else { return nil }
            return remove(pattern, from: text, isPrefix: false, longest: longest)
        case .replace(let word, let replacementWord, let place):
            guard let pattern = expandToPattern(word), let replacement = expandToText(replacementWord) else {
                return nil
            }
            guard !pattern.isUnknown, !text.isUnknown else { return Text(text.bytes, isUnknown: true) }
            return replace(pattern.bytes, in: text, with: replacement, place)
        case .substring(let offsetParts, let lengthParts):
            guard let (offset, length) = bounds(offsetParts, lengthParts) else { return nil }
            let count = text.bytes.count
            let start = offset < 0 ? count + offset : offset
            guard start >= 0, start <= count else { return Text([], isUnknown: text.isUnknown) }
            var end = count
            if let length {
                if length < 0 {
                    let limit = count + length
                    guard limit >= start else {
                        shellError("\(length): substring expression < 0")
                        status = .code(1)
                        return nil
                    }
                    end = limit
                } else {
                    end = length > count - start ? count : start + length
                }
            }
            return Text(Array(text.bytes[start..<end]), isUnknown: text.isUnknown)
        case .changeCase(let upper, let all):
            var bytes = text.bytes
            for index in bytes.indices where all || index == 0 {
                bytes[index] = bytes[index].cased(upper: upper)
            }
            return Text(bytes, isUnknown: text.isUnknown)
        case .transform(let letter):
            switch letter {
            case UInt8(ascii: "Q"): return Text(Self.quoted(text.bytes), isUnknown: text.isUnknown)
            case UInt8(ascii: "U"):
                return Text(text.bytes.map { $0.cased(upper: true) }, isUnknown: text.isUnknown)
            case UInt8(ascii: "L"):
                return Text(text.bytes.map { $0.cased(upper: false) }, isUnknown: text.isUnknown)
            case UInt8(ascii: "E"):
                return Text(EscapeSequences.expand(text.bytes, style: .dollarQuote).bytes, isUnknown: text.isUnknown)
            default: return Text(text.bytes, isUnknown: true)
            }
        default: return text
        }
    }

    /// Text in single quotes, as `set` and `export -p` print it.
    static func quoted(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x27]
        for byte in bytes {
            if byte == 0x27 { result += Array("'\\''".utf8) } else { result.append(byte) }
        }
        result.append(0x27)
        return result
    }

    private func remove(_ pattern: Text, from text: Text, isPrefix: Bool, longest: Bool) -> Text {
        guard !pattern.isUnknown, !text.isUnknown else { return Text(text.bytes, isUnknown: true) }
        let compiled = ShellPattern(pattern.bytes, dialect)
        let bytes = text.bytes
        if compiled.isPlain {
            let plain = compiled.plainBytes
            if isPrefix { return bytes.starts(with: plain) ? Text(Array(bytes.dropFirst(plain.count))) : text }
            return bytes.suffix(plain.count).elementsEqual(plain) ? Text(Array(bytes.dropLast(plain.count))) : text
        }
        for step in 0...bytes.count {
            let length = longest ? bytes.count - step : step
            guard charge(length / 4_096) else { return Text(bytes, isUnknown: true) }
            if step % 64 == 63, !charge() { return Text(bytes, isUnknown: true) }
            let candidate = isPrefix ? bytes.prefix(length) : bytes.suffix(length)
            if compiled.matches(candidate) {
                return Text(Array(isPrefix ? bytes.dropFirst(length) : bytes.dropLast(length)))
            }
        }
        return text
    }

    private func replace(
        _ pattern: [UInt8],
        in text: Text,
        with replacement: Text,
        _ place: ParameterExpansion.Operation.Place
    ) -> Text {
        let bytes = text.bytes
        let isUnknown = replacement.isUnknown
        let compiled = ShellPattern(pattern, dialect)
        let plain = compiled.isPlain ? compiled.plainBytes : nil
        if pattern.isEmpty, place == .first || place == .all { return text }
        func matchLength(at start: Int) -> Int? {
            let rest = bytes[start...]
            if let plain { return rest.starts(with: plain) ? plain.count : nil }
            var length = rest.count
            while length > 0 {
                guard charge(1 + length / 4_096) else { return nil }
                if compiled.matches(rest.prefix(length)) { return length }
                length -= 1
            }
            return place == .prefix && compiled.matches(rest.prefix(0)) ? 0 : nil
        }
        switch place {
        case .prefix:
            guard let length = matchLength(at: 0) else { return text }
            return Text(replacement.bytes + bytes[length...], isUnknown: isUnknown)
        case .suffix:
            for start in 0...bytes.count {
                guard charge(1) else { break }
                if compiled.matches(bytes[start...]) {
                    return Text(bytes[..<start] + replacement.bytes, isUnknown: isUnknown)
                }
            }
            return text
        case .first, .all:
            var result: [UInt8] = []
            var index = 0
            var count = 0
            while index < bytes.count {
                if place == .all || count == 0, let length = matchLength(at: index), length > 0 {
                    result += replacement.bytes
                    index += length
                    count += 1
                } else {
                    result.append(bytes[index])
                    index += 1
                }
            }
            return Text(result, isUnknown: isUnknown && count > 0)
        }
    }
}
