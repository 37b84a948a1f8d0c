// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

@testable import Lessons

/// Code blocks with their exact bytes.
@Suite struct LessonCodeBlockTests {
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func `blocks are found where cmark finds them, with the same bytes`() throws {
        let snapshots = Self.repository.appendingPathComponent("Tests/Snapshots/CodeBlocks")
        let lesson = Self.repository.appendingPathComponent("lessons/securing-your-image")
        var count = 0
        for (place, prefix) in [(snapshots, ""), (lesson, "lesson-")] {
            let names = try FileManager.default.contentsOfDirectory(atPath: place.path).filter { $0.hasSuffix(".md") }
            #expect(!names.isEmpty)
            for name in names {
                let text = String(decoding: try Data(contentsOf: place.appendingPathComponent(name)), as: UTF8.self)
                let record = prefix + name.replacingOccurrences(of: ".md", with: ".blocks")
                let expected = try String(contentsOf: snapshots.appendingPathComponent(record), encoding: .utf8)
                let blocks = LessonCodeBlock.blocks(in: text)
                count += blocks.count
                let found = blocks.map { block in
                    let words = ([block.language] + block.words).joined(separator: " ")
                    return "\(block.number.map(String.init) ?? "-") \(words)\n\(block.content.debugDescription)\n"
                }
                #expect(found.joined() == expected, "\(name)")
            }
        }
        #expect(count > 20)
    }

    @Test func `lines of fences and words behind the language are kept`() throws {
        let text = "a\n\n```dockerfile save-as=src/Dockerfile highlight=1,3-5\nFROM x\n```\n\n~~~\nopen\n"
        let blocks = LessonCodeBlock.blocks(in: text)
        #expect(blocks.map(\.line) == [3, 7])
        #expect(blocks.map(\.closingLine) == [5, nil])
        #expect(blocks[0].saveAs == "src/Dockerfile")
        #expect(blocks[0].value(of: "highlight") == "1,3-5")
        #expect(blocks[0].value(of: "high") == nil)
        #expect(!blocks[0].isRunnable)
        #expect(blocks[1].language == "")
        #expect(blocks[1].number == 2)
        #expect(LessonCodeBlock.blocks(in: "```bash no-run-button\nx\n```")[0].isRunnable == false)
        #expect(LessonCodeBlock.blocks(in: "```sh\nx\n```")[0].isRunnable)
    }

    static let hostile: [String] = [
        String(repeating: ">", count: 200_000), String(repeating: "- ", count: 200_000),
        String(repeating: "```\n", count: 100_001),
        String(repeating: "<!--\n", count: 50_000), String(repeating: "\t", count: 200_000),
        String(repeating: "> - ", count: 50_000),
        (0..<400).map { String(repeating: " ", count: $0 * 2) + "- x\n" }.joined(),
    ]

    @Test(arguments: rows(hostile))
    func `hostile texts are scanned in time`(row: NumberedRow<String>) {
        let text = row.value
        let clock = ContinuousClock()
        #expect(clock.measure { _ = LessonCodeBlock.blocks(in: text) } < .seconds(20))
    }
}
