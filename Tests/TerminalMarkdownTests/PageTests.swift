// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import TerminalMarkdown

/// Pages as they are shown: golden files, and what holds for every page at every width.
@Suite struct PageTests {
    static let sheets: [(name: String, sheet: StyleSheet)] = [
        ("dark", .dark), ("light", .light), ("plain", .noColor), ("ascii", .ascii),
    ]
    static let widths = [20, 21, 33, 40, 60, 79, 80, 92, 100, 120, 200]

    static var pages: [(name: String, text: String)] {
        let lesson = Snapshot.content.appendingPathComponent("lessons/securing-your-image")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: lesson.path)) ?? []
        let steps = names.filter { $0.hasSuffix(".md") }.sorted().map { ($0, lesson.appendingPathComponent($0)) }
        let features = Snapshot.folder.appendingPathComponent("TerminalMarkdown/features.md")
        return (steps + [("features.md", features)]).map { name, file in
            (name, (try? String(contentsOf: file, encoding: .utf8)) ?? "")
        }
    }

    @Test func `the pages under test are there`() {
        #expect(Self.pages.count >= 8)
        #expect(Self.pages.allSatisfy { !$0.text.isEmpty })
    }

    @Test(arguments: [40, 80, 100])
    func `a page with every feature looks as recorded`(width: Int) throws {
        let text = try #require(Self.pages.last).text
        for (name, sheet) in Self.sheets where name != "light" {
            let lines = render(
                markdown: text,
                options: RenderOptions(width: width, style: sheet, showsDetails: width == 100)
            )
            let shown = lines.map { $0.replacingOccurrences(of: "\u{1B}", with: "␛") }.joined(separator: "\n") + "\n"
            Snapshot.expect(shown, "TerminalMarkdown/features-\(name)-\(width).txt")
        }
    }

    @Test(arguments: ["3-quickview.md", "6-hardened-images.md"])
    func `steps of the lesson look as recorded`(name: String) throws {
        let text = try #require(Self.pages.first { $0.name == name }).text
        for width in [60, 80, 100] {
            let lines = render(markdown: text, options: RenderOptions(width: width))
            let stem = name.replacingOccurrences(of: ".md", with: "")
            Snapshot.expect(lines.joined(separator: "\n") + "\n", "TerminalMarkdown/\(stem)-\(width).txt")
        }
    }

    @Test func `no line is wider than the page, and none ends in a blank`() {
        for (name, text) in Self.pages {
            for width in Self.widths {
                for (_, sheet) in Self.sheets {
                    let options = RenderOptions(width: width, style: sheet, showsDetails: true)
                    for line in render(markdown: text, options: options) {
                        let bare = Self.withoutEscapes(line)
                        #expect(DisplayWidth.of(bare) <= width, "\(name) at \(width): \(bare)")
                        #expect(bare.last != " ", "\(name) at \(width): \(bare)|")
                    }
                }
            }
        }
    }

    @Test func `colours change nothing but colours`() {
        for (name, text) in Self.pages {
            for width in Self.widths {
                let plain = render(markdown: text, options: RenderOptions(width: width, style: .noColor))
                #expect(plain.allSatisfy { !$0.contains("\u{1B}") })
                for sheet in [StyleSheet.dark, .light] {
                    let styled = render(markdown: text, options: RenderOptions(width: width, style: sheet))
                    #expect(styled.map(Self.withoutEscapes) == plain, "\(name) at \(width)")
                    #expect(styled.contains { $0.contains("\u{1B}[") })
                }
            }
        }
    }

    @Test func `the ASCII sheet writes ASCII only`() {
        for (name, text) in Self.pages {
            for line in render(markdown: text, options: RenderOptions(width: 80, style: .ascii)) {
                #expect(line.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(name): \(line)")
            }
        }
    }

    @Test func `the same text gives the same lines, also when many are rendered at once`() async {
        let text = Self.pages.map(\.text).joined(separator: "\n\n")
        let expected = render(markdown: text)
        await withTaskGroup(of: [String].self) { group in
            for _ in 0..<16 { group.addTask { render(markdown: text) } }
            for await lines in group { #expect(lines == expected) }
        }
    }

    @Test func `the table of policies fits a page of 100 columns in every row`() throws {
        let text = try #require(Self.pages.first { $0.name == "3-quickview.md" }).text
        let lines = render(markdown: text, options: RenderOptions(width: 100))
        let rows = lines.filter { $0.contains("│") && !$0.contains("Policy  ") || $0.contains("─┼─") }
        #expect(lines.contains { $0.hasSuffix("0C     0H     0M     0L") })
        #expect(!rows.isEmpty)
        #expect(!lines.contains { $0.hasSuffix("»") })
    }

    static func withoutEscapes(_ line: String) -> String {
        line.replacing(#/\u{1B}\[[0-9;]*m|\u{1B}\]8;;[^\u{1B}]*\u{1B}\\/#, with: "")
    }
}
