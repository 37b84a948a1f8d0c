// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.10 "Shell Grammar".

import Diagnostics
import ImageFilesystem
import OCISpec

extension ShellParser {
    /// `(( … ))`; nil when the brackets turn out to be two subshells.
    mutating func arithmeticCommand() throws(ShellSyntaxError) -> [WordPart]? {
        let start = position
        position += 2
        do {
            let expression = try parts(.arithmetic(stopsAtSemicolon: false))
            guard peek() == UInt8(ascii: ")"), peek(1) == UInt8(ascii: ")") else {
                position = start
                return nil
            }
            position += 2
            return expression
        } catch {
            if error.isOverLimit { throw error }
            position = start
            return nil
        }
    }

    mutating func simple(start: Int, line: Int) throws(ShellSyntaxError) -> ShellCommand {
        var assignments: [ShellAssignment] = []
        var words: [ShellWord] = []
        var redirections: [ShellRedirection] = []
        while true {
            skipBlanks()
            if let redirection = try redirection() {
                redirections.append(redirection)
                continue
            }
            if words.isEmpty, let assignment = try assignment() {
                assignments.append(assignment)
                continue
            }
            if dialect == .bash, let first = words.first?.plainLiteral, Self.declarations.contains(first),
                let assignment = try assignment(onlyArrays: true)
            {
                // `local x=(…)`: kept as an assignment that is carried out with the declaration.
                assignments.append(assignment)
                continue
            }
            guard let word = try word() else { break }
            words.append(word)
        }
        guard !assignments.isEmpty || !words.isEmpty || !redirections.isEmpty else { throw unexpected() }
        return ShellCommand(
            kind: .simple(assignments: assignments, words: words),
            redirections: redirections,
            offset: start,
            line: line
        )
    }

    static let declarations: Set<[UInt8]> = Set(
        ["declare", "local", "export", "readonly", "typeset"].map { Array($0.utf8) }
    )

    mutating func assignment(onlyArrays: Bool = false) throws(ShellSyntaxError) -> ShellAssignment? {
        var index = position
        while index < source.count, Self.isNameByte(source[index], first: index == position) { index += 1 }
        guard index > position, index < source.count else { return nil }
        let name = String(decoding: source[position..<index], as: UTF8.self)
        let start = position
        var subscriptParts: [WordPart]?
        if source[index] == UInt8(ascii: "["), dialect == .bash {
            position = index + 1
            subscriptParts = try parts(.subscript)
            guard peek() == UInt8(ascii: "]") else {
                position = start
                return nil
            }
            position += 1
            index = position
        }
        var appends = false
        if index < source.count, source[index] == UInt8(ascii: "+"), dialect == .bash {
            appends = true
            index += 1
        }
        guard index < source.count, source[index] == UInt8(ascii: "=") else {
            position = start
            return nil
        }
        index += 1
        let isArray =
            index < source.count && source[index] == UInt8(ascii: "(") && dialect == .bash && subscriptParts == nil
        if onlyArrays, !isArray {
            position = start
            return nil
        }
        position = index
        if isArray {
            position += 1
            var elements: [ShellWord] = []
            while true {
                try skipNewLines()
                if peek() == UInt8(ascii: ")") { break }
                guard let word = try word() else { throw unexpected(expecting: ")") }
                elements.append(word)
            }
            position += 1
            return ShellAssignment(
                name: name,
                index: nil,
                value: ShellWord(parts: [], offset: offset),
                elements: elements,
                appends: appends
            )
        }
        let valueOffset = offset
        let value = try parts(.plain)
        return ShellAssignment(
            name: name,
            index: subscriptParts,
            value: ShellWord(parts: value, offset: valueOffset),
            elements: nil,
            appends: appends
        )
    }

    /// A redirection at the position; nil when there is none.
    mutating func redirection() throws(ShellSyntaxError) -> ShellRedirection? {
        var index = position
        while index < source.count, Self.isDigit(source[index]) { index += 1 }
        var descriptor: Int?
        if index > position {
            guard index < source.count, source[index] == UInt8(ascii: "<") || source[index] == UInt8(ascii: ">"),
                index - position <= (dialect == .dash ? 1 : 4)
            else { return nil }
            descriptor = Int(String(decoding: source[position..<index], as: UTF8.self))
        }
        guard index < source.count else { return nil }
        let start = baseOffset + index
        func at(_ distance: Int) -> UInt8? { index + distance < source.count ? source[index + distance] : nil }
        switch source[index] {
        case UInt8(ascii: "&") where dialect.hasBashSyntax && descriptor == nil && at(1) == UInt8(ascii: ">"):
            let appends = at(2) == UInt8(ascii: ">")
            position = index + (appends ? 3 : 2)
            return ShellRedirection(descriptor: nil, kind: .both(try target(), appends: appends), offset: start)
        case UInt8(ascii: "<"):
            switch at(1) {
            case UInt8(ascii: "<"):
                if at(2) == UInt8(ascii: "<"), dialect.hasBashSyntax {
                    position = index + 3
                    return ShellRedirection(descriptor: descriptor, kind: .hereString(try target()), offset: start)
                }
                let strips = at(2) == UInt8(ascii: "-")
                position = index + (strips ? 3 : 2)
                skipBlanks()
                let (delimiter, isQuoted) = try documentDelimiter()
                let id = announceDocument(delimiter, isQuoted: isQuoted, stripsTabs: strips)
                return ShellRedirection(descriptor: descriptor, kind: .hereDocument([]), offset: id)
            case UInt8(ascii: "&"):
                position = index + 2
                return ShellRedirection(
                    descriptor: descriptor,
                    kind: .duplicate(try target(), isInput: true),
                    offset: start
                )
            case UInt8(ascii: ">"):
                position = index + 2
                return ShellRedirection(descriptor: descriptor, kind: .readWrite(try target()), offset: start)
            case UInt8(ascii: "(") where dialect == .bash && descriptor == nil: return nil
            default:
                position = index + 1
                return ShellRedirection(descriptor: descriptor, kind: .read(try target()), offset: start)
            }
        case UInt8(ascii: ">"):
            switch at(1) {
            case UInt8(ascii: ">"):
                position = index + 2
                return ShellRedirection(descriptor: descriptor, kind: .append(try target()), offset: start)
            case UInt8(ascii: "&"):
                position = index + 2
                return ShellRedirection(
                    descriptor: descriptor,
                    kind: .duplicate(try target(), isInput: false),
                    offset: start
                )
            case UInt8(ascii: "|"):
                position = index + 2
                return ShellRedirection(
                    descriptor: descriptor,
                    kind: .write(try target(), clobbers: true),
                    offset: start
                )
            case UInt8(ascii: "(") where dialect == .bash && descriptor == nil: return nil
            default:
                position = index + 1
                return ShellRedirection(
                    descriptor: descriptor,
                    kind: .write(try target(), clobbers: false),
                    offset: start
                )
            }
        default: return nil
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
