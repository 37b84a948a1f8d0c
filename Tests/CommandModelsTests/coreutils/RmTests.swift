// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("rm")
struct RmTests {
    static let rows: [ModelRow] = [
        ModelRow("files go", "touch a b; rm a b", after: ["/w/a": nil, "/w/b": nil]),
        ModelRow("a folder goes with -r", "mkdir -p a/b; touch a/b/c; rm -r a", after: ["/w/a": nil]),
        ModelRow("a folder stays without", "mkdir a; rm a", exit: 1, err: "rm: cannot remove 'a': Is a directory\n"),
        ModelRow("-d takes an empty folder", "mkdir a; rm -d a", after: ["/w/a": nil]),
        ModelRow("-f does not mind what is missing", "rm -f a b/c; rm -f"),
        ModelRow(
            "-v shows what goes, the folder last",
            "mkdir a; touch a/b; rm -rv a",
            out: "removed 'a/b'\nremoved directory 'a'\n"
        ),
        ModelRow(
            "where nobody answers, nothing goes",
            "touch a; rm -i a b",
            exit: 1,
            err: "rm: cannot remove 'b': No such file or directory\n",
            after: ["/w/a": ""]
        ),
        ModelRow(
            "an answer is not followed",
            "touch a; echo y | rm -i a",
            exit: nil,
            unknown: ["what rm is answered is not followed"]
        ),
        ModelRow("a link goes, not what it leads to", "mkdir a; ln -s a l; rm l", after: ["/w/a/": "", "/w/l": nil]),
        ModelRow("another name keeps the file", "echo x > a; ln a b; rm a", after: ["/w/a": nil, "/w/b": "x\n"]),
        ModelRow(
            "the root stays",
            "rm -rf /",
            exit: 1,
            err: "rm: it is dangerous to operate recursively on '/'\n"
                + "rm: use --no-preserve-root to override this failsafe\n",
            after: ["/w/": ""]
        ),
        ModelRow(
            "here stays",
            "rm -rf .",
            exit: 1,
            err: "rm: refusing to remove '.' or '..' directory: skipping '.'\n"
        ),
        ModelRow(
            "nobody takes what is root's",
            "rm -f /etc/passwd",
            exit: 1,
            err: "rm: cannot remove '/etc/passwd': Permission denied\n",
            given: ["/etc/passwd": "x"],
            after: ["/etc/passwd": "x"],
            user: 1000
        ),
        .busybox("a folder stays without -r", "mkdir a; rm a", exit: 1, err: "rm: 'a' is a directory\n"),
        .busybox("what is missing", "rm a", exit: 1, err: "rm: can't remove 'a': No such file or directory\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
