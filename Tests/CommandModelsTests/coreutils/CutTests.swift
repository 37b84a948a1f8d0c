// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("cut")
struct CutTests {
    static let rows: [ModelRow] = [
        ModelRow("fields", "echo a:b:c | cut -d : -f 1,3", out: "a:c\n"),
        ModelRow("characters", "echo abcd | cut -c 2-3", out: "bc\n"),
        ModelRow("to the end", "echo abcd | cut -b 3-", out: "cd\n"),
        ModelRow("without the mark", "printf \"a b\nc\n\" | cut -d \" \" -f 2", out: "b\nc\n"),
        ModelRow("-s", "printf \"a b\nc\n\" | cut -s -d \" \" -f 2", out: "b\n"),
        ModelRow("the others", "echo a,b,c | cut -d , -f 2 --complement --output-delimiter=-", out: "a-c\n"),
        ModelRow(
            "no list",
            "echo a | cut",
            exit: 1,
            err: "cut: you must specify a list of bytes, characters, or fields\n" + ModelRow.tryHelp("cut")
        ),
        ModelRow("a list that is none", "cut -f 0", exit: 1, err: "cut: invalid field value '0'\n"),
        ModelRow("what is missing", "cut -c 1 f", exit: 1, err: "cut: f: No such file or directory\n"),
        ModelRow(
            "an option that is none",
            "cut -y",
            exit: 1,
            err: "cut: invalid option -- 'y'\n" + ModelRow.tryHelp("cut")
        ),
        .busybox(
            "an option that is none",
            "cut -y",
            exit: 1,
            err: "cut: unrecognized option: y\n" + ModelRow.busyboxUsage("cut")
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
