// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.7.4 "Here-Document".

extension ShellParser {
    /// Skips blanks, joined lines and a comment; stops before a line end.
    mutating func skipBlanks() {
        while let byte = peek() {
            switch byte {
            case 0x20, 0x09: position += 1
            case 0x5C where peek(1) == 0x0A: position += 2
            case UInt8(ascii: "#"):
                position = lineEnd(from: position)
                return
            default: return
            }
        }
    }

    /// Where the line ends that a place is in: the place of the line feed, or the end.
    func lineEnd(from place: Int) -> Int {
        var end = place
        while end < source.count, source[end] != 0x0A { end += 1 }
        return end
    }

    /// Passes a line end and reads the here-documents that begin behind it.
    mutating func newLine() throws(ShellSyntaxError) {
        position += 1
        try readPendingDocuments()
    }

    mutating func skipNewLines() throws(ShellSyntaxError) {
        skipBlanks()
        while peek() == 0x0A {
            try newLine()
            skipBlanks()
        }
    }

    mutating func announceDocument(_ delimiter: [UInt8], isQuoted: Bool, stripsTabs: Bool) -> Int {
        let id = offset
        pendingDocuments.append(
            PendingDocument(id: id, delimiter: delimiter, isQuoted: isQuoted, stripsTabs: stripsTabs)
        )
        return id
    }

    mutating func readPendingDocuments() throws(ShellSyntaxError) {
        guard !pendingDocuments.isEmpty else { return }
        let pending = pendingDocuments
        pendingDocuments = []
        for document in pending {
            let body = documentBody(document)
            if document.isQuoted {
                readDocuments[document.id] = [.literal(body.bytes, quoted: true)]
            } else {
                var parser = ShellParser(body, in: self, depth: depth)
                readDocuments[document.id] = try parser.parts(.hereDocument)
            }
        }
    }

    private mutating func documentBody(_ document: PendingDocument) -> CopiedText {
        var body = CopiedText(offset: offset, line: line())
        while position < source.count {
            let end = lineEnd(from: position)
            var first = position
            if document.stripsTabs { while first < end, source[first] == 0x09 { first += 1 } }
            position = min(end + 1, source.count)
            if source[first..<end].elementsEqual(document.delimiter) { break }
            if !document.isQuoted, end < source.count, isJoined(first..<end) {
                // A joined line is never the delimiter.
                copy(first..<(end - 1), to: &body)
                let next = position
                position = min(lineEnd(from: next) + 1, source.count)
                copy(next..<position, to: &body)
                continue
            }
            copy(first..<min(end + 1, source.count), to: &body)
            // dash and its kin keep a last line that has no end as it is.
            if end == source.count, dialect == .bash { body.add(0x0A, line: line()) }
        }
        return body
    }

    /// Whether the line's last backslash is not itself behind one.
    private func isJoined(_ line: Range<Int>) -> Bool {
        source[line].reversed().prefix { $0 == 0x5C }.count % 2 == 1
    }
}

// MARK: - Putting the bodies where they are redirected

extension ShellParser {
    mutating func fill(_ statements: inout [ShellStatement]) {
        guard !readDocuments.isEmpty else { return }
        for index in statements.indices {
            fill(&statements[index].first)
            for other in statements[index].rest.indices { fill(&statements[index].rest[other].pipeline) }
        }
    }

    mutating func fill(_ pipeline: inout ShellPipeline) {
        for index in pipeline.commands.indices { fill(&pipeline.commands[index]) }
    }

    mutating func fill(_ command: inout ShellCommand) {
        for index in command.redirections.indices {
            if case .hereDocument(let parts) = command.redirections[index].kind, parts.isEmpty,
                let body = readDocuments.removeValue(forKey: command.redirections[index].offset)
            {
                command.redirections[index].kind = .hereDocument(body)
            }
        }
        guard !readDocuments.isEmpty else { return }
        switch command.kind {
        case .simple, .test, .arithmetic: return
        case .subshell(var body):
            fill(&body)
            command.kind = .subshell(body)
        case .group(var body):
            fill(&body)
            command.kind = .group(body)
        case .conditional(var branches, var otherwise):
            for index in branches.indices {
                fill(&branches[index].condition)
                fill(&branches[index].body)
            }
            if var body = otherwise {
                fill(&body)
                otherwise = body
            }
            command.kind = .conditional(branches: branches, otherwise: otherwise)
        case .loop(let isUntil, var condition, var body):
            fill(&condition)
            fill(&body)
            command.kind = .loop(isUntil: isUntil, condition: condition, body: body)
        case .forEach(let name, let words, var body):
            fill(&body)
            command.kind = .forEach(name: name, words: words, body: body)
        case .forArithmetic(let start, let condition, let step, var body):
            fill(&body)
            command.kind = .forArithmetic(start: start, condition: condition, step: step, body: body)
        case .caseOf(let word, var items):
            for index in items.indices { fill(&items[index].body) }
            command.kind = .caseOf(word: word, items: items)
        case .function(let name, var body):
            fill(&body)
            command.kind = .function(name: name, body: body)
        }
    }
}
