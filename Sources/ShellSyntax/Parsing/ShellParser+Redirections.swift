// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.7 "Redirection".

extension ShellParser {
    /// A redirection at the position; nil when there is none.
    mutating func redirection() throws(ShellSyntaxError) -> ShellRedirection? {
        var index = position
        let variable = descriptorVariable()
        if let variable { index += variable.utf8.count + 2 }
        while variable == nil, index < source.count, Self.isDigit(source[index]) { index += 1 }
        guard index < source.count else { return nil }
        let sign = source[index]
        var descriptor: Int?
        if index > position, variable == nil {
            guard sign == UInt8(ascii: "<") || sign == UInt8(ascii: ">"),
                index - position <= (dialect == .dash ? 1 : 4)
            else { return nil }
            descriptor = Int(String(decoding: source[position..<index], as: UTF8.self))
        }
        let next = index + 1 < source.count ? source[index + 1] : nil
        switch sign {
        case UInt8(ascii: "&"):
            guard dialect.hasBashSyntax, variable == nil, next == UInt8(ascii: ">") else { return nil }
            let start = origin.offset(of: index)
            let appends = index + 2 < source.count && source[index + 2] == UInt8(ascii: ">")
            position = index + (appends ? 3 : 2)
            return ShellRedirection(descriptor: nil, kind: .both(try target(), appends: appends), offset: start)
        case UInt8(ascii: "<"), UInt8(ascii: ">"):
            if next == UInt8(ascii: "("), dialect == .bash, descriptor == nil, variable == nil { return nil }
            let start = origin.offset(of: index)
            position = index + 1
            if sign == UInt8(ascii: "<"), next == UInt8(ascii: "<") {
                var result = try hereRedirection(descriptor, start)
                result.variable = variable
                return result
            }
            let kind = sign == UInt8(ascii: "<") ? try inputKind() : try outputKind()
            return ShellRedirection(descriptor: descriptor, variable: variable, kind: kind, offset: start)
        default: return nil
        }
    }

    /// The name in `{name}>`, where bash keeps the descriptor that it chooses; nil where none stands at the position.
    private func descriptorVariable() -> String? {
        guard dialect == .bash, peek() == UInt8(ascii: "{"), let first = peek(1), Self.isNameByte(first, first: true)
        else {
            return nil
        }
        var index = position + 2
        while index < source.count, Self.isNameByte(source[index], first: false) { index += 1 }
        guard index + 1 < source.count, source[index] == UInt8(ascii: "}"),
            source[index + 1] == UInt8(ascii: "<") || source[index + 1] == UInt8(ascii: ">")
        else { return nil }
        return String(decoding: source[(position + 1)..<index], as: UTF8.self)
    }

    /// What stands behind the first `<` of `<<` and `<<<`.
    private mutating func hereRedirection(
        _ descriptor: Int?,
        _ start: Int
    ) throws(ShellSyntaxError) -> ShellRedirection {
        position += 1
        if peek() == UInt8(ascii: "<"), dialect.hasBashSyntax {
            position += 1
            return ShellRedirection(descriptor: descriptor, kind: .hereString(try target()), offset: start)
        }
        let strips = peek() == UInt8(ascii: "-")
        if strips { position += 1 }
        skipBlanks()
        let (delimiter, isQuoted) = try documentDelimiter()
        let id = announceDocument(delimiter, isQuoted: isQuoted, stripsTabs: strips)
        return ShellRedirection(descriptor: descriptor, kind: .hereDocument([]), offset: id)
    }

    /// What stands behind `<`.
    private mutating func inputKind() throws(ShellSyntaxError) -> ShellRedirection.Kind {
        switch peek() {
        case UInt8(ascii: "&"):
            position += 1
            return .duplicate(try target(), isInput: true)
        case UInt8(ascii: ">"):
            position += 1
            return .readWrite(try target())
        default: return .read(try target())
        }
    }

    /// What stands behind `>`.
    private mutating func outputKind() throws(ShellSyntaxError) -> ShellRedirection.Kind {
        switch peek() {
        case UInt8(ascii: ">"):
            position += 1
            return .append(try target())
        case UInt8(ascii: "&"):
            position += 1
            return .duplicate(try target(), isInput: false)
        case UInt8(ascii: "|"):
            position += 1
            return .write(try target(), clobbers: true)
        default: return .write(try target(), clobbers: false)
        }
    }

    mutating func target() throws(ShellSyntaxError) -> ShellWord {
        skipBlanks()
        guard let word = try word() else { throw unexpected() }
        return word
    }

    mutating func documentDelimiter() throws(ShellSyntaxError) -> ([UInt8], Bool) {
        var result: [UInt8] = []
        var isQuoted = false
        let start = position
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                isQuoted = true
                position += 1
                while let inner = peek(), inner != byte {
                    result.append(inner)
                    position += 1
                }
                guard peek() == byte else { throw failure("Unterminated quoted string") }
                position += 1
            case 0x5C:
                isQuoted = true
                position += 1
                if let escaped = peek() {
                    result.append(escaped)
                    position += 1
                }
            case 0x20, 0x09, 0x0A, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"),
                UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"):
                guard position > start else { throw unexpected() }
                return (result, isQuoted)
            default:
                result.append(byte)
                position += 1
            }
        }
        guard position > start else { throw unexpected() }
        return (result, isQuoted)
    }
}
