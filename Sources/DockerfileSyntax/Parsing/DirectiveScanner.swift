// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/parser/directives.go: the pattern `^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$`.

import Diagnostics

/// Reads the directives at the top of a file, up to the first line that is none.
///
/// The builder looks twice, and so does this: for `escape` from the very first line, for `syntax` and `check` also
/// behind a
/// `#!` line; and for `syntax` also behind `//`, or in a JSON object.
struct DirectiveScanner {
    private(set) var directives: [Directive] = []
    private(set) var errors: [SyntaxError] = []
    private(set) var escape = Bytes.backslash
    private(set) var lines: Set<Int> = []

    init(_ file: SourceFile, contentStart: Int) {
        let hasShebang =
            file.bytes.count >= contentStart + 2 && file.bytes[contentStart] == Bytes.hash
            && file.bytes[contentStart + 1] == UInt8(ascii: "!")
        scan(file, fromLine: hasShebang ? 2 : 1, contentStart: contentStart, isBehindShebang: hasShebang)
        if directives.allSatisfy({ $0.name != .syntax }) {
            scanSlashSyntax(file, fromLine: hasShebang ? 2 : 1, contentStart: contentStart)
        }
        if directives.allSatisfy({ $0.name != .syntax }), !hasShebang {
            scanJSONSyntax(file, contentStart: contentStart)
        }
    }

    private mutating func scan(_ file: SourceFile, fromLine first: Int, contentStart: Int, isBehindShebang: Bool) {
        var number = first
        while number <= file.lineCount {
            let content = Self.content(file, number, contentStart)
            guard let (key, value) = Self.match(file.bytes, content, prefix: [Bytes.hash]),
                let name = Directive.Name(rawValue: key.lowercased())
            else { return }
            let range = SourceRange(
                start: SourcePosition(
                    line: number,
                    column: content.lowerBound - file.fullRange(ofLine: number).lowerBound + 1
                ),
                end: file.end(ofLine: number)
            )
            if directives.contains(where: { $0.name == name }) {
                errors.append(SyntaxError("only one \(name.rawValue) parser directive can be used", at: range))
            } else if name == .escape, isBehindShebang {
                // The parser's own look stopped at the `#!`, so this is a comment like any other.
                number += 1
                continue
            } else {
                directives.append(Directive(name: name, value: value, range: range))
                lines.insert(number)
                if name == .escape { setEscape(value, range) }
            }
            number += 1
        }
    }

    private mutating func setEscape(_ value: String, _ range: SourceRange) {
        switch value {
        case "\\": escape = Bytes.backslash
        case "`": escape = UInt8(ascii: "`")
        default:
            errors.append(SyntaxError("invalid escape token '\(value)' does not match ` or \\", at: range))
        }
    }

    private mutating func scanSlashSyntax(_ file: SourceFile, fromLine first: Int, contentStart: Int) {
        guard first <= file.lineCount else { return }
        let slash = UInt8(ascii: "/")
        for number in first...file.lineCount {
            let content = Self.content(file, number, contentStart)
            guard let (key, value) = Self.match(file.bytes, content, prefix: [slash, slash]),
                let name = Directive.Name(rawValue: key.lowercased())
            else { return }
            if name == .syntax {
                let range = SourceRange(
                    start: SourcePosition(line: number, column: 1),
                    end: file.end(ofLine: number)
                )
                directives.append(Directive(name: name, value: value, range: range))
                return
            }
        }
    }

    private mutating func scanJSONSyntax(_ file: SourceFile, contentStart: Int) {
        let start = Bytes.skipSpace(file.bytes, contentStart..<file.bytes.count)
        guard start < file.bytes.count, file.bytes[start] == UInt8(ascii: "{"),
            let value = JSONStrings.member("syntax", of: file.bytes, in: start..<file.bytes.count)
        else { return }
        let range = SourceRange(start: SourcePosition(line: 1, column: 1), end: file.end(ofLine: 1))
        directives.append(Directive(name: .syntax, value: value, range: range))
    }

    private static func content(_ file: SourceFile, _ number: Int, _ contentStart: Int) -> Range<Int> {
        let full = file.contentRange(ofLine: number)
        let start = max(full.lowerBound, min(contentStart, full.upperBound))
        return Bytes.skipSpace(file.bytes, start..<full.upperBound)..<full.upperBound
    }

    private static func match(_ bytes: [UInt8], _ line: Range<Int>, prefix: [UInt8]) -> (key: String, value: String)? {
        guard bytes[line].starts(with: prefix) else { return nil }
        var offset = line.lowerBound + prefix.count
        func skipBlanks() {
            while offset < line.upperBound, Bytes.isASCIISpace(bytes[offset]) { offset += 1 }
        }
        func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
        skipBlanks()
        let keyStart = offset
        while offset < line.upperBound {
            let byte = bytes[offset]
            let isDigit = byte >= 0x30 && byte <= 0x39
            guard isLetter(byte) || (isDigit && offset > keyStart) else { break }
            offset += 1
        }
        guard offset > keyStart else { return nil }
        let key = String(decoding: bytes[keyStart..<offset], as: UTF8.self)
        skipBlanks()
        guard offset < line.upperBound, bytes[offset] == UInt8(ascii: "=") else { return nil }
        offset += 1
        skipBlanks()
        var end = line.upperBound
        while end > offset, Bytes.isASCIISpace(bytes[end - 1]) { end -= 1 }
        guard end > offset else { return nil }
        return (key, String(decoding: bytes[offset..<end], as: UTF8.self))
    }
}
