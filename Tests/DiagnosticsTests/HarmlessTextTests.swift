// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@Suite("Text from outside, made harmless")
struct HarmlessTextTests {
    static let rows: [(text: String, shown: String)] = [
        ("", ""),
        ("plain, ünïcode, 日本, emoji 🐳", "plain, ünïcode, 日本, emoji 🐳"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\u{1B}[31mred\u{1B}[0m", "?[31mred?[0m"),
        ("\u{9B}31m", "?31m"),
        ("over\rwritten", "over?written"),
        ("a\u{0}b\u{7F}c", "a?b?c"),
        ("user\u{202E}toor", "user?toor"),
        ("\u{2066}x\u{2069}\u{200F}", "?x??"),
        ("::set-output name=x::y", " ::set-output name=x::y"),
        ("fine\n::error::no", "fine\n ::error::no"),
        ("  ::error::no", "   ::error::no"),
        ("a::b", "a::b"),
        (":::", " :::"),
        (":a:", ":a:"),
    ]

    @Test("no control character, turned direction or build log command is left", arguments: rows)
    func shows(text: String, shown: String) { #expect(text.harmless == shown) }

    @Test("what is harmless stays as it is, whatever was in it")
    func idempotent() {
        for first in 0..<0x2100 {
            guard let scalar = Unicode.Scalar(UInt32(first)) else { continue }
            let once = (":\(scalar)::\(scalar)\n\(scalar)::").harmless
            #expect(once.harmless.filter { $0 != " " } == once.filter { $0 != " " })
            #expect(!once.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
        }
    }
}
