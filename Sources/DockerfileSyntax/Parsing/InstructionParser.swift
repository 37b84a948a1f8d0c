// SPDX-License-Identifier: Apache-2.0
//
import Diagnostics

// Source: BuildKit frontend/dockerfile/parser/line_parsers.go and instructions/parse.go.

/// Turns the joined text of one instruction into its parts and its meaning.
struct InstructionParser {
    let escape: UInt8

    /// Cuts an instruction into parts.
    ///
    /// - Parameter range: where the instruction stands in `source`; that of a trigger begins behind `ONBUILD`.
    func parts(_ source: MappedText, _ range: Range<Int>) throws(SyntaxError) -> InstructionParts {
        let bytes = source.utf8
        let line = Bytes.trimmed(bytes, range)
        var keywordEnd = line.lowerBound
        while keywordEnd < line.upperBound, !Bytes.isSeparator(bytes[keywordEnd]) { keywordEnd += 1 }
        let keywordToken = Token(line.lowerBound..<keywordEnd, of: source)
        let keyword = Keyword(parsing: keywordToken.text)
        let (words, restStart) = WordScanner.flags(bytes, keywordEnd..<line.upperBound)
        let flags = words.map { word in
            let body = word.text.dropFirst(2)
            let equals = body.firstIndex(of: UInt8(ascii: "="))
            return Flag(
                name: String(decoding: body[..<(equals ?? body.endIndex)], as: UTF8.self),
                value: equals.map { String(decoding: body[($0 + 1)...], as: UTF8.self) },
                range: source.range(of: word.range)
            )
        }
        let rest = Bytes.trimmed(bytes, restStart..<line.upperBound)
        var parts = InstructionParts(
            source: source,
            keyword: keyword,
            keywordToken: keywordToken,
            flags: flags,
            restOffsets: rest,
            form: .unknown,
            arguments: []
        )
        try readArguments(&parts)
        return parts
    }

    private func readArguments(_ parts: inout InstructionParts) throws(SyntaxError) {
        let bytes = parts.source.utf8
        let rest = parts.restOffsets
        switch parts.keyword {
        case .add, .copy, .volume:
            if try readJSON(&parts, rest) { return }
            parts.form = .words
            parts.arguments = tokens(WordScanner.separated(bytes, rest), parts)
        case .cmd, .entrypoint, .run, .shell:
            if try readJSON(&parts, rest) { return }
            parts.form = .shell
            if !rest.isEmpty { parts.arguments = [parts.rest] }
        case .arg:
            parts.form = .keyvalue
            parts.arguments = tokens(WordScanner.quoted(bytes, rest, escape: escape), parts)
        case .env, .label: readPairs(&parts, rest)
        case .expose, .from:
            parts.form = .words
            parts.arguments = tokens(WordScanner.separated(bytes, rest), parts)
        case .maintainer, .stopsignal, .user, .workdir:
            parts.form = .text
            if !rest.isEmpty { parts.arguments = [parts.rest] }
        case .healthcheck: try readHealthcheck(&parts, rest)
        case .onbuild:
            parts.form = .onbuild
            if !rest.isEmpty { parts.arguments = [parts.rest] }
        case nil:
            if !rest.isEmpty { parts.arguments = [parts.rest] }
        }
    }

    private func tokens(_ ranges: [Range<Int>], _ parts: InstructionParts) -> [Token] {
        ranges.map { Token($0, of: parts.source) }
    }

    private func readPairs(_ parts: inout InstructionParts, _ rest: Range<Int>) {
        let words = WordScanner.quoted(parts.source.utf8, rest, escape: escape)
        guard let first = words.first else {
            parts.form = .keyvalue
            return
        }
        if parts.source.utf8[first].contains(UInt8(ascii: "=")) {
            parts.form = .keyvalue
            parts.arguments = tokens(words, parts)
            return
        }
        // The old form cuts at the first blank, whatever quotes say.
        parts.form = .legacy
        let bytes = parts.source.utf8
        var end = rest.lowerBound
        while end < rest.upperBound, !Bytes.isSeparator(bytes[end]) { end += 1 }
        parts.arguments = [Token(rest.lowerBound..<end, of: parts.source)]
        guard end < rest.upperBound else { return }
        while end < rest.upperBound, Bytes.isSeparator(bytes[end]) { end += 1 }
        parts.arguments.append(Token(end..<rest.upperBound, of: parts.source))
    }

    private func readHealthcheck(_ parts: inout InstructionParts, _ rest: Range<Int>) throws(SyntaxError) {
        parts.form = .words
        guard !rest.isEmpty else { return }
        let bytes = parts.source.utf8
        var end = rest.lowerBound
        while end < rest.upperBound, Bytes.spaceWidth(bytes, at: end, end: rest.upperBound) == 0 { end += 1 }
        let type = Token(rest.lowerBound..<end, of: parts.source)
        let command = Bytes.skipSpace(bytes, end..<rest.upperBound)..<rest.upperBound
        if try readJSON(&parts, command) {
            parts.arguments.insert(type, at: 0)
            return
        }
        parts.arguments = [type]
        if !command.isEmpty {
            parts.form = .shell
            parts.arguments.append(Token(command, of: parts.source))
        }
    }

    /// Reads the arguments as a JSON array; false when they are none, which means the shell form.
    private func readJSON(_ parts: inout InstructionParts, _ range: Range<Int>) throws(SyntaxError) -> Bool {
        guard !range.isEmpty, parts.source.utf8[range.lowerBound] == UInt8(ascii: "[") else { return false }
        switch JSONStrings.array(parts.source.utf8, range) {
        case .notJSON: return false
        case .otherElements:
            throw SyntaxError(
                "when using JSON array syntax, arrays must be comprised of strings only",
                at: parts.source.range(of: range)
            )
        case .strings(let strings):
            parts.form = .exec
            parts.arguments = strings.map {
                Token(text: $0.text, range: parts.source.range(of: $0.range), offsets: $0.range)
            }
            return true
        }
    }

    /// What the parts mean.
    func content(_ parts: InstructionParts, trigger: Instruction?) throws(SyntaxError) -> InstructionContent {
        switch parts.keyword {
        case .add: return .add(try CopyInstruction(parts, .add))
        case .arg: return .arg(try ArgInstruction(parts))
        case .cmd: return .cmd(try commandLine(parts, .cmd))
        case .copy: return .copy(try CopyInstruction(parts, .copy))
        case .entrypoint: return .entrypoint(try commandLine(parts, .entrypoint))
        case .env: return .env(try KeyValueInstruction(parts, .env))
        case .expose: return .expose(try ExposeInstruction(parts))
        case .from: return .from(try FromInstruction(parts))
        case .healthcheck: return .healthcheck(try HealthcheckInstruction(parts))
        case .label: return .label(try KeyValueInstruction(parts, .label))
        case .maintainer: return .maintainer(try single(parts, .maintainer))
        case .onbuild: return .onbuild(try OnbuildInstruction(parts, trigger))
        case .run: return .run(try RunInstruction(parts))
        case .shell: return .shell(try shell(parts))
        case .stopsignal: return .stopsignal(try single(parts, .stopsignal))
        case .user: return .user(try single(parts, .user))
        case .volume: return .volume(try volume(parts))
        case .workdir: return .workdir(try single(parts, .workdir))
        case nil:
            let word = parts.keywordToken.text
            let message = Suggestion.extending(
                "unknown instruction: \(word)",
                for: word,
                among: Keyword.names,
                caseSensitive: false
            )
            throw SyntaxError(message, at: parts.keywordToken.range)
        }
    }

    private func commandLine(_ parts: InstructionParts, _ keyword: Keyword) throws(SyntaxError) -> CommandLine {
        try parts.checkFlags(keyword)
        return parts.form == .exec ? .exec(parts.arguments) : .shell(parts.arguments.first ?? parts.rest)
    }

    private func single(_ parts: InstructionParts, _ keyword: Keyword) throws(SyntaxError) -> Token {
        guard let argument = parts.arguments.first else {
            throw SyntaxError("\(keyword.rawValue) requires exactly one argument", at: parts.range)
        }
        try parts.checkFlags(keyword)
        return argument
    }

    private func shell(_ parts: InstructionParts) throws(SyntaxError) -> [Token] {
        try parts.checkFlags(.shell)
        if parts.arguments.isEmpty { throw parts.needsArgument(.shell) }
        guard parts.form == .exec else {
            throw SyntaxError("SHELL requires the arguments to be in JSON form", at: parts.range)
        }
        return parts.arguments
    }

    private func volume(_ parts: InstructionParts) throws(SyntaxError) -> [Token] {
        if parts.arguments.isEmpty { throw parts.needsArgument(.volume) }
        try parts.checkFlags(.volume)
        for path in parts.arguments where Bytes.trimmed(Array(path.text.utf8), 0..<path.text.utf8.count).isEmpty {
            throw SyntaxError("VOLUME specified can not be an empty string", at: path.range)
        }
        return parts.arguments
    }
}
