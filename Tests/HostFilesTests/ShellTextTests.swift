// SPDX-License-Identifier: Apache-2.0

import HostFiles
import SeaworthyTestSupport
import Testing

@Suite("Words for a shell")
struct ShellTextTests {
    static let texts = [
        "ada", "a-b_c.d/e:f", "", " ", "Maria Lopez", "it's", "''", "$HOME", "`id`", "a;b", "~", "~/x", "a\nb", "*",
        "\\", "\"", "ü",
        "#x", "!x", "a=b", "{a,b}",
    ]

    @Test("come back as they are", arguments: texts)
    func quoted(text: String) throws {
        let script = "printf '%s' \(ShellText.quoted(text))"
        let result = try SeaworthyBinary.run("/bin/sh", ["-c", script])
        #expect(result.status == 0 && result.output == text, "\(script)")
    }

    @Test("stay as they are where nothing has to be quoted")
    func plain() {
        for text in ["ada", "a/b:c-1.2_x", "--load", "a=b", "."] { #expect(ShellText.quoted(text) == text) }
    }
}
