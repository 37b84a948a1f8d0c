// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileSyntax

@Suite("Go's quoting")
struct GoQuoteTests {
    /// Texts and what `strconv.Quote` makes of them, after the table of its tests.
    static let texts: [(text: String, quoted: String)] = [
        ("", "\"\""), ("abc", "\"abc\""), ("a b", "\"a b\""), ("it's", "\"it's\""),
        ("say \"hi\"", "\"say \\\"hi\\\"\""),
        ("\u{07}\u{08}\u{0C}\r\n\t\u{0B}", "\"\\a\\b\\f\\r\\n\\t\\v\""), ("\\", "\"\\\\\""),
        ("\u{1B}[0m", "\"\\x1b[0m\""),
        ("\u{7F}", "\"\\x7f\""), ("☺", "\"☺\""), ("\u{A0}", "\"\\u00a0\""), ("\u{AD}", "\"\\u00ad\""),
        ("\u{10FFFF}", "\"\\U0010ffff\""), ("\u{FEFF}", "\"\\ufeff\""), ("é e\u{301}", "\"é e\u{301}\""),
        ("\0", "\"\\x00\""),
    ]

    @Test("of texts", arguments: texts)
    func quotes(text: String, quoted: String) { #expect(GoQuote.quote(text) == quoted) }

    static let numbers: [(number: Int, quoted: String)] = [
        (0, "'\\x00'"), (3, "'\\x03'"), (7, "'\\a'"), (10, "'\\n'"), (34, "'\"'"), (39, "'\\''"), (65, "'A'"),
        (92, "'\\\\'"),
        (0x263A, "'☺'"), (0x11_0000, "'\u{FFFD}'"), (-1, "'\u{FFFD}'"), (.max, "'\u{FFFD}'"),
    ]

    @Test("of numbers as characters", arguments: numbers)
    func characters(number: Int, quoted: String) { #expect(GoQuote.character(number) == quoted) }

    /// Spans and what `time.Duration.String` makes of them, after the table of its tests.
    static let spans: [(nanoseconds: Int, text: String)] = [
        (0, "0s"), (1, "1ns"), (1_100, "1.1µs"), (2_200_000, "2.2ms"), (3_300_000_000, "3.3s"),
        (245_000_000_000, "4m5s"),
        (245_001_000_000, "4m5.001s"), (18_367_001_000_000, "5h6m7.001s"), (480_000_000_001, "8m0.000000001s"),
        (.max, "2562047h47m16.854775807s"), (.min, "-2562047h47m16.854775808s"), (30_000_000_000, "30s"),
    ]

    @Test("of time spans", arguments: spans)
    func durations(nanoseconds: Int, text: String) { #expect(GoQuote.duration(nanoseconds: nanoseconds) == text) }

    @Test("of lists has blanks and no commas")
    func list() { #expect(GoQuote.list(["a", "b c"]) == "[\"a\" \"b c\"]" && GoQuote.list([]) == "[]") }
}
