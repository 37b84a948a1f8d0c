// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.10 "Shell Grammar".

extension ShellParser {
    /// `(( … ))`; nil when the brackets turn out to be two subshells.
    mutating func arithmeticCommand() throws(ShellSyntaxError) -> [WordPart]? {
        if failedAttempts.contains(position) { return nil }
        let before = mark
        position += 2
        do {
            let expression = try parts(.arithmetic(stopsAtSemicolon: false))
            if peek() == UInt8(ascii: ")"), peek(1) == UInt8(ascii: ")") {
                position += 2
                return expression
            }
        } catch {
            if error.isOverLimit { throw error }
        }
        giveUp(before)
        return nil
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
        guard !failedAttempts.contains(position) else { return nil }
        var index = position
        while index < source.count, Self.isNameByte(source[index], first: index == position) { index += 1 }
        guard index > position, index < source.count else { return nil }
        let name = String(decoding: source[position..<index], as: UTF8.self)
        var subscriptParts: [WordPart]?
        if source[index] == UInt8(ascii: "["), dialect == .bash {
            if onlyArrays { return nil }
            let before = mark
            position = index + 1
            let inner = try parts(.subscript)
            guard peek() == UInt8(ascii: "]"), isAssigned(position + 1) else {
                giveUp(before)
                return nil
            }
            index = position + 1
            subscriptParts = inner
        } else if !isAssigned(index) {
            return nil
        }
        let appends = source[index] == UInt8(ascii: "+")
        index += appends ? 2 : 1
        let isArray =
            index < source.count && source[index] == UInt8(ascii: "(") && dialect == .bash && subscriptParts == nil
        if onlyArrays, !isArray { return nil }
        position = index
        let elements = isArray ? try arrayElements() : nil
        let valueOffset = offset
        return ShellAssignment(
            name: name,
            index: subscriptParts,
            value: ShellWord(parts: isArray ? [] : try parts(.plain), offset: valueOffset),
            elements: elements,
            appends: appends
        )
    }

    /// Whether `=`, or bash's `+=`, stands here.
    private func isAssigned(_ index: Int) -> Bool {
        guard index < source.count else { return false }
        if source[index] == UInt8(ascii: "+"), dialect == .bash {
            return index + 1 < source.count && source[index + 1] == UInt8(ascii: "=")
        }
        return source[index] == UInt8(ascii: "=")
    }

    /// Reads `( words )`.
    private mutating func arrayElements() throws(ShellSyntaxError) -> [ShellWord] {
        position += 1
        var elements: [ShellWord] = []
        while true {
            try skipNewLines()
            if peek() == UInt8(ascii: ")") { break }
            guard let word = try word() else { throw unexpected(expecting: ")") }
            elements.append(word)
        }
        position += 1
        return elements
    }
}
