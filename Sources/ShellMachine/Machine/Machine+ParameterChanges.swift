// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.6.2 "Parameter Expansion"; the bash reference manual for the rest.

import ShellSyntax

extension Machine {
    func change(_ parameter: Parameter, _ operation: ParameterExpansion.Operation) -> Parameter? {
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

    /// `${name[@]:offset:length}`: elements from a place on, that place counted by index; nil after a message.
    func slice(of name: String, _ offsetParts: [WordPart], _ lengthParts: [WordPart]?) -> [Text]? {
        guard let (offset, length) = bounds(offsetParts, lengthParts) else { return nil }
        guard let variable = ownVariable(name) ?? shell.variables[name] else { return [] }
        guard variable.association == nil else { return variable.list.map { Text($0.bytes, isUnknown: true) } }
        let places = variable.places
        let start = offset < 0 ? (places.last?.key ?? -1) + 1 + offset : offset
        guard start >= 0 else { return [] }
        if let length, length < 0 {
            shellError("\(length): substring expression < 0")
            status = .code(1)
            return nil
        }
        return places.filter { $0.key >= start }.prefix(length ?? Int.max).map(\.value)
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
        case .changeCase(let upper, let all, let word):
            guard let pattern = expandToPattern(word) else { return nil }
            let wanted = pattern.bytes.isEmpty ? nil : ShellPattern(pattern.bytes, dialect)
            var bytes = text.bytes
            for index in bytes.indices where (all || index == 0) && wanted?.matches([bytes[index]]) != false {
                bytes[index] = bytes[index].cased(upper: upper)
            }
            return Text(bytes, isUnknown: text.isUnknown || pattern.isUnknown)
        case .transform(let letter):
            switch letter {
            case UInt8(ascii: "Q"): return Text(quoted(text.bytes), isUnknown: text.isUnknown)
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
    func quoted(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x27]
        guard dialect != .bash else {
            for byte in bytes { result += byte == 0x27 ? Array("'\\''".utf8) : [byte] }
            return result + [0x27]
        }
        // A quote, or a run of them, stands in double quotes.
        var rest = bytes[...]
        while true {
            let text = rest.prefix { $0 != 0x27 }
            result += text + [0x27]
            rest = rest.dropFirst(text.count)
            let quotes = rest.prefix { $0 == 0x27 }
            if quotes.isEmpty { return result }
            result += [0x22] + quotes + [0x22]
            rest = rest.dropFirst(quotes.count)
            if rest.isEmpty { return result }
            result.append(0x27)
        }
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
