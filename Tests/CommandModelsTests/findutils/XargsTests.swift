// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("xargs")
struct XargsTests {
    static let rows: [ModelRow] = [
        ModelRow("words", "printf \"a b\nc\n\" | xargs echo", out: "a b c\n"),
        ModelRow("echo by itself", "echo a | xargs", out: "a\n"),
        ModelRow("-n", "echo a b c | xargs -n 2 echo", out: "a b\nc\n"),
        ModelRow("-I", "printf \"a\nb\n\" | xargs -I {} echo x{}y", out: "xay\nxby\n"),
        ModelRow("-L", "printf 'a b\nc\nd\n' | xargs -L 2 echo", out: "a b c\nd\n"),
        ModelRow("-i", "echo a | xargs -i echo x", exit: nil, unknown: ["xargs -i is not followed"]),
        ModelRow("-0", "printf \"a b\\0c\" | xargs -0 -n 1 echo", out: "a b\nc\n"),
        ModelRow("quotes", "echo \"'a b' c\" | xargs -n 1 echo", out: "a b\nc\n"),
        ModelRow("nothing", "xargs echo x < /dev/null", out: "x\n"),
        ModelRow("-r", "xargs -r echo x < /dev/null"),
        ModelRow("a failure", "echo a | xargs false", exit: 123),
        ModelRow(
            "what is missing",
            "echo a | xargs nope",
            exit: 127,
            err: "xargs: failed to run command 'nope': No such file or directory\n"
        ),
        ModelRow(
            "no number",
            "echo a | xargs -n 0 echo",
            exit: 1,
            err: "xargs: value 0 for -n option should be >= 1\n"
        ),
        ModelRow("-a", "xargs -a f", exit: nil, unknown: ["this use of xargs is not followed"]),
        ModelRow("an option that is none", "xargs --nope", exit: 1, err: "xargs: unrecognized option '--nope'\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
