// SPDX-License-Identifier: Apache-2.0

import SeaworthyTestSupport
import ShellSyntax
import Testing

@Suite("Patterns, braces, escapes and fields")
struct ShellTextTests {
    @Test(
        "a pattern matches the whole text or not at all",
        arguments: [
            ("a*c", "abbc", true), ("a*c", "abcd", false), ("?", "", false), ("*", "", true), ("[a-c]x", "bx", true),
            ("[!a-c]", "b", false), ("[^a]", "b", true), ("[]a]", "]", true), ("[[:digit:]]", "7", true),
            ("[[:none:]]", "7", false), ("[a", "[a", true), ("[z-a]", "m", false), (#"\*"#, "*", true),
            (#"\*"#, "a", false),
            (#"a\"#, #"a\"#, true), ("[", "[", true), ("[[:digit:", "[[:digit:", true),
        ]
    )
    func pattern(pattern: String, text: String, isMatch: Bool) {
        #expect(ShellPattern(Array(pattern.utf8)).matches(Array(text.utf8)) == isMatch)
    }

    @Test("only dash takes ^ in brackets for itself")
    func caret() {
        let bytes = Array("[^a]".utf8)
        #expect(
            ShellDialect.allCases.filter { ShellPattern(bytes, $0).matches(Array("^".utf8)) } == ShellDialect.allCases
        )
        #expect(ShellDialect.allCases.filter { ShellPattern(bytes, $0).matches(Array("a".utf8)) } == [.dash])
    }

    @Test("a pattern of many stars takes no longer than pattern times text")
    func stars() {
        let pattern = ShellPattern(Array((String(repeating: "a*", count: 500) + "b").utf8))
        #expect(!pattern.matches([UInt8](repeating: 0x61, count: 20_000)))
    }

    static let braces: [(word: String, words: String)] = [
        ("a{b,c}d", "abd acd"), ("{a,b}{1,2}", "a1 a2 b1 b2"), ("{1..4}", "1 2 3 4"), ("{4..1..2}", "4 2"),
        ("{01..3}", "01 02 03"), ("{-1..1}", "-1 0 1"), ("{a..c}", "a b c"), ("{c..a..2}", "c a"), ("{a}", "{a}"),
        ("{a,b", "{a,b"), ("a,b}", "a,b}"), ("{a,{b,c}}", "a b c"), ("{x,}", "x "), ("{1..a}", "{1..a}"),
        ("{1..2..3..4}", "{1..2..3..4}"), ("{1..3..0}", "1 2 3"), ("{..}", "{..}"),
        ("{1..99999999999999999999}", "{1..99999999999999999999}"), ("{", "{"), ("}{", "}{"),
    ]

    @Test("braces stand for several words", arguments: braces)
    func brace(word: String, words: String) {
        let word = ShellWord(parts: [.literal(Array(word.utf8), quoted: false)], offset: 3)
        let expanded = BraceExpansion.expand(word)
        #expect(expanded.map { Outline.text($0) }.joined(separator: " ") == words)
        #expect(expanded.allSatisfy { $0.offset == 3 })
    }

    @Test(
        "braces make no more words than the limit",
        arguments: ["{1..100000000}", "{1..900}{1..900}", String(repeating: "{a,b}", count: 40)]
    )
    func manyBraces(word: String) {
        let words = BraceExpansion.expand(ShellWord(parts: [.literal(Array(word.utf8), quoted: false)], offset: 0))
        #expect(words.count <= 4_096)
    }

    static let escapes: [(text: String, style: EscapeSequences.Style, result: String)] = [
        (#"a\nb\t\\"#, .format, "a\nb\t\\"), (#"\101"#, .format, "A"), (#"\101"#, .echo, #"\101"#),
        (#"\0101"#, .echo, "A"), (#"\0101"#, .argument, "A"), (#"\x41"#, .dollarQuote, "A"),
        (#"\x41"#, .format, #"\x41"#),
        (#"\u00e9"#, .dollarQuote, "é"), (#"\ud800"#, .dollarQuote, #"\ud800"#), (#"\xg"#, .dollarQuote, #"\xg"#),
        (#"\'"#, .dollarQuote, "'"), (#"\'"#, .echo, #"\'"#), (#"a\"#, .format, #"a\"#), (#"\q"#, .format, #"\q"#),
        (#"\777"#, .format, "\u{FFFD}"),
    ]

    @Test("escapes are read as their reader reads them", arguments: escapes)
    func escape(text: String, style: EscapeSequences.Style, result: String) {
        let (bytes, stops) = EscapeSequences.expand(Array(text.utf8), style: style)
        #expect(String(decoding: bytes, as: UTF8.self) == result)
        #expect(!stops)
    }

    @Test("\\c ends what echo prints")
    func stop() {
        let (bytes, stops) = EscapeSequences.expand(Array(#"a\cb"#.utf8), style: .argument)
        #expect(bytes == [0x61] && stops)
    }

    @Test(
        "what is not quoted is split",
        arguments: [
            (" a  b ", " \n", "[a][b]"), ("a::b:", ":", "[a][][b]"), (":a", ":", "[][a]"), ("a : b", " :", "[a][b]"),
            ("", " ", ""), ("  ", " ", ""), ("a b", "", "[a b]"), (":", ":", "[]"),
        ]
    )
    func fields(text: String, separators: String, result: String) {
        var builder = FieldBuilder(separators: Array(separators.utf8))
        builder.split(Array(text.utf8))
        #expect(builder.finish().map { "[" + String(decoding: $0.bytes, as: UTF8.self) + "]" }.joined() == result)
    }

    @Test("quoted wildcards are plain in a field's pattern")
    func quotedWildcard() {
        var builder = FieldBuilder(separators: nil)
        builder.add(Array("*".utf8), isQuoted: true)
        #expect(builder.joined().hasWildcard == false)
        builder.add(Array("?".utf8), isQuoted: false)
        #expect(builder.finish().contains { $0.hasWildcard })
    }

    @Test("no bytes trap what reads texts")
    func anything() {
        var generator = SeededGenerator(seed: 7)
        let signs = Array(#"{}.,-[]!^:*?\abcx0u19+=~()&|<>%/# "#.utf8)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in
                signs.randomElement(using: &generator)
            }
            let words = BraceExpansion.expand(ShellWord(parts: [.literal(bytes, quoted: false)], offset: 0))
            #expect(!words.isEmpty)
            _ = ShellPattern(bytes).matches(bytes)
            for style in [EscapeSequences.Style.echo, .argument, .format, .dollarQuote] {
                #expect(EscapeSequences.expand(bytes, style: style).bytes.count <= bytes.count + 1)
            }
            for dialect in ShellDialect.allCases {
                var parser = ArithmeticParser(bytes, dialect: dialect)
                _ = parser.expression()
            }
        }
    }
}
