// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("env")
struct EnvTests {
    static let rows: [ModelRow] = [
        ModelRow("shows", "env -i B=2 A=1 env", out: "A=1\nB=2\n"),
        ModelRow("runs", "env A=1 sh -c \"echo $A\\$A\"", out: "1\n"),
        ModelRow("-u", "A=1 env -u A printenv A", exit: 1),
        ModelRow("-C", "env -C /tmp pwd; pwd", out: "/tmp\n/w\n"),
        ModelRow("-S", "env -S \"echo a b\"", out: "a b\n"),
        ModelRow("afterwards nothing stays", "env A=1 true; echo \"$A\"", out: "\n"),
        ModelRow("what is missing", "env nope", exit: 127, err: "env: 'nope': No such file or directory\n"),
        .busybox(
            "what is missing",
            "env nope",
            exit: 127,
            err: "env: can't execute 'nope': No such file or directory\n"
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
