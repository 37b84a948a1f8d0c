// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("uniq")
struct UniqTests {
    static let rows: [ModelRow] = [
        ModelRow("neighbours", "printf \"a\na\nb\na\n\" | uniq", out: "a\nb\na\n"),
        ModelRow("-c", "printf \"a\na\nb\n\" | uniq -c", out: "      2 a\n      1 b\n"),
        ModelRow("-d", "printf \"a\na\nb\n\" | uniq -d", out: "a\n"),
        ModelRow("-u", "printf \"a\na\nb\n\" | uniq -u", out: "b\n"),
        ModelRow("-i", "printf \"a\nA\n\" | uniq -i", out: "a\n"),
        ModelRow("into a file", "printf \"a\na\n\" > f; uniq f g", after: ["/w/g": "a\n"]),
        ModelRow("-f", "uniq -f 1 < /dev/null", exit: nil, unknown: ["uniq -f is not followed"]),
        ModelRow("what is missing", "uniq f", exit: 1, err: "uniq: f: No such file or directory\n"),
        ModelRow(
            "an option that is none",
            "uniq -y",
            exit: 1,
            err: "uniq: invalid option -- 'y'\n" + ModelRow.tryHelp("uniq")
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
