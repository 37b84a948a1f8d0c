// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("mv")
struct MvTests {
    static let rows: [ModelRow] = [
        ModelRow("a file", "echo x > a; mv a b", after: ["/w/a": nil, "/w/b": "x\n"]),
        ModelRow("a folder into a folder", "mkdir -p a/b c; mv a c", after: ["/w/a": nil, "/w/c/a/b/": ""]),
        ModelRow("-v says so", "touch a; mv -v a b", out: "renamed 'a' -> 'b'\n"),
        ModelRow(
            "-n leaves what is there",
            "echo x > a; echo y > b; mv -n a b",
            after: ["/w/a": "x\n", "/w/b": "y\n"]
        ),
        ModelRow("nobody answers", "echo x > a; echo y > b; mv -i a b", after: ["/w/b": "y\n"]),
        ModelRow(
            "an answer is not followed",
            "touch a b; echo y | mv -i a b",
            exit: nil,
            unknown: ["what mv is answered is not followed"]
        ),
        ModelRow(
            "into itself",
            "mkdir a; mv a a/b",
            exit: 1,
            err: "mv: cannot move 'a' to a subdirectory of itself, 'a/b'\n"
        ),
        ModelRow(
            "a file over a folder",
            "touch a; mkdir b; mv -T a b",
            exit: 1,
            err: "mv: cannot overwrite directory 'b' with non-directory 'a'\n"
        ),
        ModelRow("what is missing", "mv a b", exit: 1, err: "mv: cannot stat 'a': No such file or directory\n"),
        ModelRow(
            "nobody moves what is root's",
            "mv /etc/a b",
            exit: 1,
            err: "mv: cannot move '/etc/a' to 'b': Permission denied\n",
            given: ["/etc/a": "x"],
            after: ["/etc/a": "x", "/w/b": nil],
            user: 1000
        ),
        .busybox("what is missing", "mv a b", exit: 1, err: "mv: can't rename 'a': No such file or directory\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
