// SPDX-License-Identifier: Apache-2.0

import SeaworthyTestSupport
import Testing

@testable import TerminalMarkdown

/// Commands within sentences: what is copied from the screen is one command.
@Suite struct InlineCodeTests {
    private func lines(_ text: String, width: Int) -> [String] {
        render(markdown: text, options: RenderOptions(width: width))
    }

    @Test func `a command that fits on a line is never broken`() {
        let command = "`docker build -t a/b .`"
        let text = "Then run \(command), and look at what comes of it in the end."
        for width in 24...60 {
            let found = lines(text, width: width)
            #expect(found.contains { $0.contains(command) }, "\(width): \(found)")
            #expect(found.allSatisfy { DisplayWidth.of($0) <= width }, "\(width): \(found)")
        }
    }

    @Test(arguments: [20, 24, 31, 40, 60, 79, 80])
    func `a longer one is continued with backslashes, and pasted it is the same command`(width: Int) throws {
        let command =
            "docker build -t $DOCKER_USERNAME/memes:updated --sbom=true --provenance=mode=max --load . && echo done"
        let found = lines("Run `\(command)`, then go on.", width: width)
        #expect(found.allSatisfy { DisplayWidth.of($0) <= width || !$0.dropLast(2).contains(" ") }, "\(found)")
        guard width >= 40 else { return }
        let all = found.joined(separator: "\n")
        let first = try #require(all.firstIndex(of: "`"))
        let last = try #require(all.lastIndex(of: "`"))
        let script = "docker() { printf '<%s>' \"$@\"; }\n" + all[all.index(after: first)..<last] + "\n"
        let pasted = try SeaworthyBinary.run("/bin/sh", ["-c", script])
        let whole = try SeaworthyBinary.run("/bin/sh", ["-c", "docker() { printf '<%s>' \"$@\"; }\n" + command + "\n"])
        #expect(pasted.status == 0 && pasted.output == whole.output, "\(script)")
    }

    @Test(arguments: [
        "`RUN one two three four five six`", "`0C 0H 0M 0L 0C 0H 0M 0L 0C`", "`sh -c 'a b c d e f g h i'`",
    ])
    func `what is no command that a backslash continues gets none`(code: String) {
        let found = lines("See \(code) here.", width: 20)
        #expect(!found.contains { $0.hasSuffix("\\") }, "\(found)")
        #expect(found.allSatisfy { DisplayWidth.of($0) <= 20 }, "\(found)")
    }
}
