// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TerminalMarkdown

/// The columns of characters as people see them.
@Suite struct DisplayWidthTests {
    static let table: [(text: String, width: Int)] = [
        ("", 0), ("a", 1), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("\u{301}", 0), ("ñandú", 5),
        ("日本語", 6), ("ｱ", 1), ("Ａ", 2), ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("、", 2),
        ("🔐", 2), ("👩‍🚀", 2), ("👨‍👩‍👧‍👦", 2), ("👍🏽", 2), ("🇩🇪", 2), ("🇩", 1), ("❤️", 2), ("❤", 1), ("❤\u{FE0E}", 1),
        ("1️⃣", 2), ("☺️", 2), ("✓", 1), ("─┼│", 3), ("⌚", 2), ("⌚\u{FE0E}", 1), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2),
        ("\u{200B}", 0), ("a\u{200D}b", 2), ("\u{FEFF}", 0), ("ก็", 1), ("𠀀", 2), ("…", 1), ("→", 1), ("†", 1), ("🛡️", 2),
        ("a🔐b日c", 7),
    ]

    @Test(arguments: table.map(\.text))
    func `a text takes the columns that terminals give it`(text: String) throws {
        let expected = try #require(Self.table.first { $0.text.unicodeScalars.elementsEqual(text.unicodeScalars) })
            .width
        #expect(DisplayWidth.of(text) == expected, "\(text.unicodeScalars.map { String($0.value, radix: 16) })")
    }

    @Test func `the width of a text is the sum of its characters' widths`() {
        for (text, width) in Self.table { #expect(text.reduce(0) { $0 + DisplayWidth.of($1) } == width) }
    }

    @Test func `no scalar takes more than two columns`() {
        for value in stride(from: UInt32(0), to: 0x40000, by: 7) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            #expect((0...2).contains(DisplayWidth.of(Character(scalar))))
        }
    }
}
