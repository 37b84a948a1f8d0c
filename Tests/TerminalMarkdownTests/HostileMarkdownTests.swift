// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TerminalMarkdown

/// Texts that were written to hurt.
@Suite struct HostileMarkdownTests {
    static let bombs: [(name: String, text: String)] = [
        ("a megabyte of prose", String(repeating: "The quick brown fox jumps. ", count: 40_000)),
        ("a word of a megabyte", String(repeating: "x", count: 1_000_000)),
        ("deep quotes", String(repeating: ">", count: 100_000) + "x"),
        ("deep lists", String(repeating: "- ", count: 100_000) + "x"),
        ("deep numbered lists", String(repeating: "1. ", count: 50_000) + "x"),
        ("lists that grow", (0..<600).map { String(repeating: "  ", count: $0) + "- x\n" }.joined()),
        ("open brackets", String(repeating: "[", count: 200_000)),
        ("open images", String(repeating: "![[]()", count: 100_000)),
        ("emphasis", String(repeating: "*a **a _b __b ", count: 20_000)),
        ("nested emphasis", String(repeating: "*a ", count: 5_000) + String(repeating: " b*", count: 5_000)),
        ("backticks", (1..<900).map { String(repeating: "`", count: $0) }.joined(separator: "a")),
        ("open comments", String(repeating: "<!--", count: 50_000)),
        ("open tags", String(repeating: "<a ", count: 100_000)),
        ("open details", String(repeating: "<details>\n\n", count: 20_000)),
        (
            "a wide and long table",
            String(repeating: "|x", count: 2_000) + "\n" + String(repeating: "|-", count: 2_000) + "\n"
                + String(repeating: "|a\n", count: 20_000)
        ),
        ("many footnotes", (0..<3_000).map { "[^\($0)]: x\n\n" }.joined() + (0..<3_000).map { "[^\($0)]" }.joined()),
        ("many references", (0..<20_000).map { "[a\($0)]: x\n" }.joined()),
        ("combining marks", "a" + String(repeating: "\u{301}", count: 100_000)),
        ("joined emoji", String(repeating: "👩\u{200D}", count: 20_000)),
    ]

    @Test(arguments: bombs.map(\.name))
    func `a bomb is rendered in bounded time and width`(name: String) throws {
        let text = try #require(Self.bombs.first { $0.name == name }).text
        let clock = ContinuousClock()
        var lines: [String] = []
        let time = clock.measure { lines = render(markdown: text, options: RenderOptions(width: 40)) }
        #expect(time < .seconds(30))
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 40 })
    }

    @Test func `what is beyond a megabyte is left out, and said so`() {
        let lines = render(markdown: String(repeating: "日本語。\n\n", count: 100_000))
        #expect(lines.last?.contains("the rest is not shown") == true)
        #expect(!lines.contains { $0.contains("\u{FFFD}") })
    }

    @Test(arguments: [
        "\u{1B}[31mred\u{1B}[0m", "`\u{1B}]0;title\u{7}`", "```\n\u{1B}[2J\n```", "# \u{9B}31m", "[x](\u{1B}[31m)",
        "![\u{1B}c](x)", "| \u{1B}[1m |\n|---|", "<summary>\u{1B}[1m</summary>", "\u{202E}gnp.exe", "a\u{2066}b",
        "```\u{1B}[1m save-as=\u{1B}[2m\nx\n```", "&#27;[31m", "[^1]\n\n[^1]: \u{1B}[1m", "a\u{7F}b\u{8}c",
    ])
    func `nothing in a text can command the terminal`(text: String) {
        for sheet in [StyleSheet.noColor, .ascii] {
            for line in render(markdown: text, options: RenderOptions(style: sheet, showsDetails: true)) {
                let isHarmless = line.unicodeScalars.allSatisfy {
                    !($0.value < 0x20 || (0x7F..<0xA0).contains($0.value) || (0x202A...0x202E).contains($0.value)
                        || (0x2066...0x2069).contains($0.value))
                }
                #expect(isHarmless, "\(line.debugDescription)")
            }
        }
    }

    @Test func `NUL, lone carriage returns and a byte order mark do no harm`() {
        #expect(render(markdown: "a\0b") == ["a\u{FFFD}b"])
        #expect(render(markdown: "\u{FEFF}# A\r\rB\r\n") == ["A", "═", "", "B"])
        #expect(render(markdown: "") == [])
        #expect(render(markdown: "\n \n\t\n") == [])
    }

    @Test(arguments: [Int.min, -1, 0, 19, 201, Int.max])
    func `the width stays from 20 to 200`(width: Int) {
        let options = RenderOptions(width: width)
        #expect((20...200).contains(options.width))
        #expect(!render(markdown: "- 1. > - a\n\n| a | b |\n|-|-|", options: options, indent: Int.max).isEmpty)
        #expect(!render(markdown: "x", options: options, indent: Int.min).isEmpty)
    }
}
