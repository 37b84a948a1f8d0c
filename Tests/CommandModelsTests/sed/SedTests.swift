// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("sed")
struct SedTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "letters are turned",
            #"echo 'ab cd' | sed -E 's/(.*) (.)(.)/\U\1\E-\u\2\U\3\l&/'"#,
            out: "AB-CDaB CD\n"
        ),
        ModelRow("s", "echo aa | sed s/a/b/", out: "ba\n"),
        ModelRow("s///g with &", "echo aa | sed 's/a/<&>/g'", out: "<a><a>\n"),
        ModelRow("groups", "echo ab | sed -E 's/(a)(b)/\\2\\1/'", out: "ba\n"),
        ModelRow("-n and p", "printf \"1\n2\n\" | sed -n 2p", out: "2\n"),
        ModelRow("a range", "printf \"1\n2\n3\n\" | sed 1,2d", out: "3\n"),
        ModelRow("a pattern", "printf 'a\nb\n' | sed '/a/d'", out: "b\n"),
        ModelRow("all but", "printf 'a\nb\n' | sed '$!d'", out: "b\n"),
        ModelRow("y", "echo abc | sed y/abc/xyz/", out: "xyz\n"),
        ModelRow("a, i and c", "echo x | sed -e 'i 1' -e 'a 2' -e 'c 3'", out: "1\n3\n2\n"),
        ModelRow("q and =", "printf 'a\nb\n' | sed '=;1q'", out: "1\na\n"),
        ModelRow("-i", "echo a > f; sed -i s/a/b/ f", after: ["/w/f": "b\n"]),
        ModelRow("-i with a copy", "echo a > f; sed -i.bak s/a/b/ f", after: ["/w/f": "b\n", "/w/f.bak": "a\n"]),
        ModelRow("what is missing", "sed p f", exit: 2, err: "sed: can't read f: No such file or directory\n"),
        ModelRow(
            "-i without rights",
            "sed -i s/a/b/ /f",
            exit: 4,
            err: "sed: couldn't open temporary file: Permission denied\n",
            given: ["/f": "a\n"],
            after: ["/f": "a\n"],
            user: 1000
        ),
        ModelRow(
            "no script",
            "sed",
            exit: 1,
            err: "Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n"
        ),
        ModelRow("an option that is none", "sed --nope", exit: 1, err: "sed: unrecognized option '--nope'\n"),
        ModelRow("labels", "echo a | sed \":a;N;ba\"", exit: nil, unknown: ["sed: its script is not followed"]),
        .busybox("s", "echo a | sed s/a/b/", out: "b\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
