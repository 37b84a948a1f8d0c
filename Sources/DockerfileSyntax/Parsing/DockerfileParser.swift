// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/parser/parser.go, Parse.

import Diagnostics

/// One pass over the lines of a Dockerfile.
struct DockerfileParser {
    let file: SourceFile
    let directives: [Directive]
    let escape: UInt8
    private(set) var instructions: [Instruction] = []
    private(set) var comments: [Comment] = []
    private(set) var errors: [SyntaxError]
    private let contentStart: Int
    private let directiveLines: Set<Int>
    /// The next line to read, from 1.
    private var line = 1
    private var pendingComments: [Comment] = []
    private var heredocEnds: HeredocEnds
    private var hasStage = false
    private var hasMissedStage = false

    /// The longest line that the builder's reader takes.
    static let maximumLineBytes = 65_535

    init(_ file: SourceFile) {
        self.file = file
        contentStart = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let scanner = DirectiveScanner(file, contentStart: contentStart)
        directives = scanner.directives
        directiveLines = scanner.lines
        errors = scanner.errors
        escape = scanner.escape
        heredocEnds = HeredocEnds(file)
        // An instruction is large, and growing would move all of them again and again.
        instructions.reserveCapacity(min(file.lineCount, 16_384))
    }

    mutating func run() {
        while line <= file.lineCount {
            let content = self.content(line)
            if isComment(content) {
                if directiveLines.contains(line) { pendingComments = [] } else { addComment(content, isPending: true) }
                noteLength(line)
                line += 1
                continue
            }
            let start = Bytes.skipSpace(file.bytes, content)
            if start == content.upperBound {
                pendingComments = []
                noteLength(line)
                line += 1
                continue
            }
            readInstruction(start..<content.upperBound)
            pendingComments = []
        }
        if instructions.isEmpty, errors.isEmpty {
            errors.append(
                SyntaxError("file with no instructions", at: SourceRange(lines: file.lineCount...file.lineCount))
            )
        }
    }

    private func content(_ line: Int) -> Range<Int> {
        let range = file.contentRange(ofLine: line)
        return line == 1 ? min(contentStart, range.upperBound)..<range.upperBound : range
    }

    private func isComment(_ content: Range<Int>) -> Bool {
        let start = Bytes.skipSpace(file.bytes, content)
        return start < content.upperBound && file.bytes[start] == Bytes.hash
    }

    private func position(_ line: Int, _ offset: Int) -> SourcePosition {
        SourcePosition(line: line, column: offset - file.fullRange(ofLine: line).lowerBound + 1)
    }

    private mutating func addComment(_ content: Range<Int>, isPending: Bool) {
        let start = Bytes.skipSpace(file.bytes, content)
        let text = Bytes.trimmed(file.bytes, start + 1..<content.upperBound)
        let comment = Comment(
            text: String(decoding: file.bytes[text], as: UTF8.self),
            range: SourceRange(start: position(line, start), end: position(line, content.upperBound))
        )
        comments.append(comment)
        if isPending { pendingComments.append(comment) }
    }

    private mutating func noteLength(_ line: Int) {
        let full = file.fullRange(ofLine: line)
        let hasLineFeed = full.upperBound > full.lowerBound && file.bytes[full.upperBound - 1] == 0x0A
        guard full.count - (hasLineFeed ? 1 : 0) > Self.maximumLineBytes else { return }
        errors.append(
            SyntaxError(
                "dockerfile line greater than max allowed size of \(Self.maximumLineBytes)",
                at: SourceRange(start: SourcePosition(line: line, column: 1), end: file.end(ofLine: line))
            )
        )
    }

    /// Where the text of a line ends when an escape character continues it; nil when it does not.
    private func continuation(_ content: Range<Int>) -> Int? {
        var end = content.upperBound
        while end > content.lowerBound, file.bytes[end - 1] == Bytes.space || file.bytes[end - 1] == Bytes.tab {
            end -= 1
        }
        guard end > content.lowerBound, file.bytes[end - 1] == escape else { return nil }
        guard end - 1 == content.lowerBound || file.bytes[end - 2] != escape else { return nil }
        return end - 1
    }

    private mutating func readInstruction(_ first: Range<Int>) {
        var source = MappedText()
        var emptyLines: [Int] = []
        var content = first
        let comments = pendingComments
        noteLength(line)
        var lastLine = line
        while true {
            let end = continuation(content)
            source.append(
                file.bytes[content.lowerBound..<(end ?? content.upperBound)],
                at: position(line, content.lowerBound)
            )
            lastLine = line
            line += 1
            guard end != nil else { break }
            // Comments and empty lines in between do not count.
            var isOver = true
            while line <= file.lineCount {
                noteLength(line)
                let next = self.content(line)
                if isComment(next) {
                    addComment(next, isPending: false)
                } else if Bytes.skipSpace(file.bytes, next) == next.upperBound {
                    emptyLines.append(line)
                } else {
                    content = next
                    isOver = false
                    break
                }
                lastLine = line
                line += 1
            }
            if isOver { break }
        }
        finish(source, emptyLines, comments, lastLine)
    }

    private mutating func finish(
        _ source: MappedText,
        _ emptyLines: [Int],
        _ comments: [Comment],
        _ lastLine: Int
    ) {
        let parser = InstructionParser(escape: escape)
        let start = source.position(at: Bytes.skipSpace(source.utf8, 0..<source.utf8.count))
        var failure: SyntaxError?
        var parts: InstructionParts
        var triggerParts: InstructionParts?
        do {
            parts = try parser.parts(source, 0..<source.utf8.count)
            if parts.keyword == .onbuild, !parts.restOffsets.isEmpty {
                let trigger = try parser.parts(source, parts.restOffsets)
                if let keyword = trigger.keyword, keyword == .env || keyword == .label {
                    try KeyValueInstruction.checkGrammar(trigger, keyword)
                }
                triggerParts = trigger
            }
        } catch {
            failure = error
            parts = InstructionParts.broken(source)
        }
        var lastLine = lastLine
        let keyword = triggerParts == nil ? parts.keyword : triggerParts?.keyword
        let isExec = (triggerParts?.form ?? parts.form) == .exec
        if failure == nil, !isExec, keyword == .run || keyword == .copy || keyword == .add {
            do {
                let heredocs = try readHeredocs(source, parts.range)
                if let last = heredocs.last {
                    lastLine = last.range.end.line
                    parts.heredocs = heredocs
                    triggerParts?.heredocs = heredocs
                    if triggerParts == nil { parts.form = .heredoc } else { triggerParts?.form = .heredoc }
                }
            } catch { failure = error }
        }
        let range = SourceRange(start: start, end: file.end(ofLine: lastLine))
        let trigger = triggerParts.map {
            triggerInstruction(
                $0,
                range: SourceRange(start: $0.keywordToken.range.start, end: range.end),
                parser
            )
        }
        var content = InstructionContent.invalid
        if failure == nil {
            do {
                content = try parser.content(parts, trigger: trigger)
            } catch { failure = error }
        }
        if let failure { errors.append(failure) }
        noteStage(parts)
        instructions.append(
            Instruction(parts, content, range: range, comments: comments, emptyContinuationLines: emptyLines)
        )
    }

    /// A trigger, whose own mistakes show only when it runs.
    private func triggerInstruction(
        _ parts: InstructionParts,
        range: SourceRange,
        _ parser: InstructionParser
    ) -> Instruction {
        let content = (try? parser.content(parts, trigger: nil)) ?? .invalid
        return Instruction(parts, content, range: range)
    }

    private mutating func noteStage(_ parts: InstructionParts) {
        switch parts.keyword {
        case .from: hasStage = true
        case .arg, nil: break
        default:
            guard !hasStage, !hasMissedStage else { return }
            // One such error says it for all the instructions before the first stage.
            hasMissedStage = true
            errors.append(SyntaxError("no build stage in current context", at: parts.range))
        }
    }
}

extension DockerfileParser {
    /// Reads the bodies of the here-documents that an instruction's text announces.
    fileprivate mutating func readHeredocs(
        _ source: MappedText,
        _ range: SourceRange
    ) throws(SyntaxError) -> [Heredoc] {
        var heredocs: [Heredoc] = []
        for (word, offset) in HeredocWord.all(in: source.utf8) {
            let wordEnd = source.utf8[offset...].firstIndex(where: Bytes.isASCIISpace) ?? source.utf8.count
            let wordRange = source.range(of: offset..<wordEnd)
            guard let end = heredocEnds.line(endingWith: word, from: line) else {
                line = lineOfNextInstruction()
                throw SyntaxError("unterminated heredoc", at: wordRange.union(range))
            }
            var raw = MappedText()
            var content = MappedText()
            let start = SourcePosition(line: line, column: 1)
            for number in line..<end {
                noteLength(number)
                let full = file.fullRange(ofLine: number)
                raw.append(file.bytes[full], at: SourcePosition(line: number, column: 1))
                var first = full.lowerBound
                while word.stripsTabs, first < full.upperBound, file.bytes[first] == Bytes.tab { first += 1 }
                content.append(file.bytes[first..<full.upperBound], at: position(number, first))
            }
            if line == end {
                raw.append([], at: start)
                content.append([], at: start)
            }
            let endContent = file.contentRange(ofLine: end)
            var endWord = endContent.lowerBound
            while word.stripsTabs, endWord < endContent.upperBound, file.bytes[endWord] == Bytes.tab { endWord += 1 }
            heredocs.append(
                Heredoc(
                    name: word.name,
                    fileDescriptor: word.fileDescriptor,
                    isExpanded: word.isExpanded,
                    stripsTabs: word.stripsTabs,
                    wordRange: wordRange,
                    rawText: raw,
                    content: content,
                    range: SourceRange(start: start, end: file.end(ofLine: end)),
                    endWordPosition: position(end, endWord)
                )
            )
            line = end + 1
        }
        return heredocs
    }

    /// The next line that looks like an instruction: behind a here-document without an end, the rest of the file can
    /// still
    /// be read from there, and the lines of the body do not turn into a list of complaints.
    private func lineOfNextInstruction() -> Int {
        var number = line
        while number <= file.lineCount {
            let content = file.contentRange(ofLine: number)
            let word = file.bytes[content].prefix { !Bytes.isSeparator($0) }
            if word.count < content.count, word.count <= 11,
                Keyword(rawValue: String(decoding: word, as: UTF8.self)) != nil
            {
                return number
            }
            number += 1
        }
        return number
    }
}

extension InstructionParts {
    /// What is left of an instruction whose arguments cannot be read.
    static func broken(_ source: MappedText) -> InstructionParts {
        let line = Bytes.trimmed(source.utf8, 0..<source.utf8.count)
        var end = line.lowerBound
        while end < line.upperBound, !Bytes.isSeparator(source.utf8[end]) { end += 1 }
        let word = Token(line.lowerBound..<end, of: source)
        let rest = Bytes.trimmed(source.utf8, end..<line.upperBound)
        return InstructionParts(
            source: source,
            keyword: Keyword(parsing: word.text),
            keywordToken: word,
            flags: [],
            restOffsets: rest,
            form: .unknown,
            arguments: rest.isEmpty ? [] : [Token(rest, of: source)]
        )
    }
}
