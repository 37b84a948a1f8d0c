// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TerminalMarkdown

/// The elements of Markdown, one at a time.
@Suite struct ElementTests {
    private func lines(_ text: String, width: Int = 80, details: Bool = false, links: Bool = false) -> [String] {
        render(markdown: text, options: RenderOptions(width: width, showsDetails: details, hyperlinks: links))
    }

    @Test(arguments: ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"])
    func `an alert says its word`(word: String) {
        #expect(lines("> [!\(word)]\n> Text.") == ["┃ \(word)", "┃ Text."])
        #expect(lines("> [!\(word.lowercased())]\n>\n> Text.") == ["┃ \(word)", "┃ Text."])
    }

    @Test(arguments: ["> [!NOPE]\n> x", "> [!NOTE] x", "> text\n> [!NOTE]", "> `[!NOTE]`\n> x"])
    func `a quote that only resembles an alert stays a quote`(text: String) {
        #expect(lines(text).allSatisfy { $0.hasPrefix("│") })
    }

    @Test func `numbers of lists stay as written`() {
        #expect(lines("9. a\n10. b") == [" 9. a", "10. b"])
        #expect(lines("3) a\n4) b") == ["3) a", "4) b"])
        #expect(lines("0. a") == ["0. a"])
        #expect(lines("999999999. a\n1. b") == [" 999999999. a", "1000000000. b"])
    }

    @Test func `lists keep their shape`() {
        #expect(lines("- a\n  - b\n    - c\n- d") == ["• a", "  ◦ b", "    ▪ c", "• d"])
        #expect(lines("- a\n\n- b") == ["• a", "", "• b"])
        #expect(lines("- [ ] open\n- [x] done") == ["• [ ] open", "• [x] done"])
        #expect(lines("-\n- b") == ["•", "• b"])
    }

    @Test func `text hangs below its marker`() {
        #expect(lines("1. one two three four five six", width: 20) == ["1. one two three", "   four five six"])
    }

    @Test func `links are numbered and their addresses listed`() {
        let text = "[a](https://e.x/1) [b](https://e.x/2) [c](https://e.x/1) <https://e.x/3>"
        #expect(
            lines(text) == [
                "a (link 1) b (link 2) c (link 1) https://e.x/3", "", "link 1: https://e.x/1", "link 2: https://e.x/2",
            ]
        )
    }

    @Test func `hyperlinks carry their address and nothing that could end it`() {
        let found = lines("[a](<https://e.x/\u{7} b;c>)", links: true)
        #expect(found == ["\u{1B}]8;;https://e.x/%07%20b;c\u{1B}\\a\u{1B}]8;;\u{1B}\\"])
    }

    @Test func `details are closed behind their summary, or open`() {
        let text = "<details>\n<summary>Why &amp; how</summary>\n\nBecause.\n\n</details>\n\nAfter."
        #expect(lines(text) == ["▸ Why & how (closed)", "", "After."])
        #expect(lines(text, details: true) == ["▾ Why & how", "", "  Because.", "", "After."])
        #expect(lines("<details open><summary>S</summary>\n\nx\n\n</details>") == ["▾ S", "", "  x"])
        #expect(lines("<details><summary>S</summary>inside</details>", details: true) == ["▾ S", "", "  inside"])
    }

    @Test func `nested and unclosed details end where they should`() {
        let nested =
            "<details><summary>A</summary>\n\n<details><summary>B</summary>\n\nx\n\n</details>\n\n</details>\n\ny"
        #expect(lines(nested) == ["▸ A (closed)", "", "y"])
        #expect(lines("<details><summary>A</summary>\n\nx") == ["▸ A (closed)"])
        #expect(lines("<details>\n\nx\n\n</details>") == ["▸ Details (closed)"])
    }

    @Test func `a table keeps its columns, wraps its cells, or becomes records`() {
        let text = "| A | B |\n|---|--:|\n| x | 1 |\n| long words here | 22 |"
        #expect(
            lines(text) == [
                "A               │  B", "────────────────┼───", "x               │  1", "long words here │ 22",
            ]
        )
        #expect(lines("| A | B |\n|---|---|", width: 20) == ["A │ B", "──┼──"])
        let wide = "| First column | Second column | Third column |\n|---|---|---|\n| alpha | beta | gamma |"
        #expect(
            lines(wide, width: 20) == ["First column: alpha", "Second column: beta", "Third column: gamma"]
        )
    }

    @Test func `footnotes stand at the end of the page`() {
        let text = "A[^x] and B[^1].\n\n[^1]: One.\n[^x]: Two.\n\n    More."
        #expect(lines(text) == ["A[1] and B[2].", "", "[1] Two.", "", "    More.", "", "[2] One."])
    }

    @Test func `a dropped sign takes its blank along`() {
        let options = RenderOptions(style: .ascii)
        #expect(render(markdown: "# 🔐 A 🎉 b ✓", options: options) == ["A b v", "====="])
    }

    @Test func `headings can be told apart without colours`() {
        #expect(lines("# A") == ["A", "═"])
        #expect(lines("## 🔐 A") == ["🔐 A", "────"])
        #expect(lines("### A") == ["### A"])
    }

    @Test func `variables are filled in where values are given`() {
        let options = RenderOptions(variables: ["name": "Ada"])
        #expect(
            render(markdown: "Hi $$name$$, $$ other $$, \\$\\$ and $5", options: options) == [
                "Hi Ada, other, $$ and $5"
            ]
        )
        #expect(render(markdown: "Hi $$name$$") == ["Hi $$name$$"])
    }

    @Test func `a hint hangs behind what the caller has written`() {
        let found = render(markdown: "one two three four", options: RenderOptions(width: 20), indent: 8, hanging: true)
        #expect(found == ["one two", "        three four"])
    }
}
