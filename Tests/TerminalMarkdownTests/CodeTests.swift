// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

@testable import TerminalMarkdown

/// Code on the page: what is copied from the screen is what was written.
@Suite struct CodeTests {
    static let command =
        "docker build -t $DOCKER_USERNAME/memes-r-us:updated --sbom=true --provenance=mode=max --load ."

    private func fence(_ content: String, _ info: String = "bash") -> String { "```\(info)\n\(content)\n```\n" }

    @Test(arguments: 50...140)
    func `a shell command is whole, or continued so that pasting it runs one command`(width: Int) {
        let lines = render(markdown: fence(Self.command), options: RenderOptions(width: width)).dropFirst()
        #expect(lines.dropLast().allSatisfy { $0.hasSuffix(" \\") })
        let joined = lines.map { $0.hasSuffix("\\") ? String($0.dropLast()) : $0 }
            .map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: " ")
        #expect(joined == Self.command)
    }

    @Test(arguments: [
        "echo 'one long text in quotes that cannot be broken anywhere at all'",
        "cat <<EOF and more words behind it that are long enough to be cut",
        "# a comment may not be continued, for the next line would be a command",
        "echo \"unbalanced quote and a great many words behind it, all of one piece",
        "onewordthatislongerthanthewholepageandcannotbebrokenanywhere --flag",
    ])
    func `a command that cannot be continued is cut at a visible mark and said to be`(line: String) {
        let lines = render(markdown: fence(line), options: RenderOptions(width: 40))
        #expect(lines.first?.contains("[1] bash") == true)
        #expect(lines.joined(separator: " ").contains("copy 1 gives all of it"))
        #expect(lines.last?.hasSuffix("»") == true)
        #expect(lines.last.map { DisplayWidth.of($0) } == 40)
    }

    @Test(arguments: ["bash", "dockerfile", "yaml", "", "plaintext no-copy-button"])
    func `whole lines stay whole, whatever the width`(info: String) {
        let options = RenderOptions(width: 20, codeOverflow: .keep)
        let lines = render(markdown: fence(Self.command, info), options: options)
        #expect(lines.last?.hasSuffix(Self.command) == true)
    }

    @Test func `a continued command is what the shell reads as the command itself`() throws {
        let shell = "/bin/sh"
        guard FileManager.default.isExecutableFile(atPath: shell) else {
            print("Skipped: there is no \(shell) to judge continuation lines.")
            return
        }
        let command = #"printf '%s|' one "two  blanks" three\ four 'five six' seven eight nine ten eleven twelve"#
        for width in 28...60 {
            let lines = render(markdown: fence(command), options: RenderOptions(width: width)).dropFirst()
            if lines.contains(where: { $0.hasSuffix("»") }) { continue }
            #expect(try output(of: shell, lines.joined(separator: "\n")) == output(of: shell, command))
        }
    }

    private func output(of shell: String, _ script: String) throws -> String {
        try SeaworthyBinary.run(shell, ["-c", script]).output
    }

    @Test func `blocks are numbered in the order of the page, expected output and closed details aside`() {
        let text = """
            ```bash
            one
            ```

            ```plaintext no-copy-button
            output
            ```

            - item

              ```sh
              two
              ```

            <details>
            <summary>More</summary>

            ```sh
            three
            ```

            </details>

            ```dockerfile save-as=Dockerfile
            four
            ```
            """
        let closed = render(markdown: text)
        #expect(closed.contains { $0.contains("[2] sh") })
        #expect(!closed.contains { $0.contains("[3]") || $0.contains("three") })
        #expect(closed.contains("[4] dockerfile for Dockerfile"))
        let open = render(markdown: text, options: RenderOptions(showsDetails: true))
        #expect(open.contains { $0.contains("[3] sh") })
        #expect(open.contains("[4] dockerfile for Dockerfile"))
    }

    @Test func `code is found where the other reader of code blocks finds it`() throws {
        let folder = Snapshot.folder.appendingPathComponent("CodeBlocks")
        let lesson = Snapshot.content.appendingPathComponent("lessons/securing-your-image")
        var count = 0
        for (place, prefix) in [(folder, ""), (lesson, "lesson-")] {
            let names = try FileManager.default.contentsOfDirectory(atPath: place.path).filter { $0.hasSuffix(".md") }
            for name in names.sorted() {
                let text = try String(contentsOf: place.appendingPathComponent(name), encoding: .utf8)
                var number = 0
                let blocks = BlockRenderer.codeBlocks(in: MarkdownParser.parse(text)).filter(\.isFenced).map { block in
                    number += block.isCopyable ? 1 : 0
                    let mark = block.isCopyable ? "\(number)" : "-"
                    return "\(mark) \(block.words.joined(separator: " "))\n\(block.content.debugDescription)\n"
                }
                count += blocks.count
                let record = prefix + name.replacingOccurrences(of: ".md", with: ".blocks")
                Snapshot.expect(blocks.joined(), "CodeBlocks/\(record)")
            }
        }
        #expect(count > 20)
    }
}
