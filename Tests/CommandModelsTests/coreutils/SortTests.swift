// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("sort")
struct SortTests {
    static let rows: [ModelRow] = [
        ModelRow("bytes", "printf \"b\nB\na\n\" | sort", out: "B\na\nb\n"),
        ModelRow("-r", "printf \"a\nb\n\" | sort -r", out: "b\na\n"),
        ModelRow("-n", "printf \"10\n9\n\" | sort -n", out: "9\n10\n"),
        ModelRow("-u", "printf \"b\na\nb\n\" | sort -u", out: "a\nb\n"),
        ModelRow("-k and -t", "printf \"a:2\nb:1\n\" | sort -t : -k 2", out: "b:1\na:2\n"),
        ModelRow("-o onto itself", "printf \"b\na\n\" > f; sort -o f f", after: ["/w/f": "a\nb\n"]),
        ModelRow("-c", "printf \"b\na\n\" | sort -c", exit: 1, err: "sort: -:2: disorder: a\n"),
        ModelRow("a key beyond all numbers", "echo a | sort -k 1.9223372036854775807", out: "a\n"),
        ModelRow("-V", "echo a | sort -V", exit: nil, unknown: ["sort -V is not followed"]),
        ModelRow("a mark of two", "sort -t ab", exit: 2, err: "sort: multi-character tab 'ab'\n"),
        ModelRow("what is missing", "sort f", exit: 2, err: "sort: f: No such file or directory\n"),
        ModelRow(
            "an option that is none",
            "sort -y",
            exit: 2,
            err: "sort: invalid option -- 'y'\n" + ModelRow.tryHelp("sort")
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
