// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("chmod")
struct ChmodTests {
    static let rows: [ModelRow] = [
        ModelRow("a number", "touch a; chmod 4750 a; stat -c %a a", out: "4750\n"),
        ModelRow(
            "a number behind a sign",
            "touch a; chmod =2640 a; chmod +11 a; chmod -200 a; stat -c %a a",
            out: "2451\n"
        ),
        ModelRow("letters", "touch a; chmod u=rwx,g+w,o= a; stat -c %a a", out: "760\n"),
        ModelRow("-x is a mode", "touch a; chmod 777 a; chmod -x a; chmod -w,o-r a; stat -c %a a", out: "462\n"),
        ModelRow("-R goes down", "mkdir -p a/b; chmod -R go-rx a; stat -c %a a a/b", out: "700\n700\n"),
        ModelRow("--reference", "touch a b; chmod 600 a; chmod --reference=a b; stat -c %a b", out: "600\n"),
        ModelRow(
            "-c says what changes",
            "touch a; chmod -c 600 a; chmod -c 600 a; chmod -v 600 a",
            out: "mode of 'a' changed from 0644 (rw-r--r--) to 0600 (rw-------)\n"
                + "mode of 'a' retained as 0600 (rw-------)\n"
        ),
        ModelRow(
            "a mode that is none",
            "touch a; chmod zz a",
            exit: 1,
            err: "chmod: invalid mode: 'zz'\n" + ModelRow.tryHelp("chmod")
        ),
        ModelRow(
            "no file",
            "chmod 644",
            exit: 1,
            err: "chmod: missing operand after '644'\n" + ModelRow.tryHelp("chmod")
        ),
        ModelRow(
            "what is missing",
            "chmod 644 a",
            exit: 1,
            err: "chmod: cannot access 'a': No such file or directory\n"
        ),
        ModelRow(
            "another's file",
            "chmod 777 /a",
            exit: 1,
            err: "chmod: changing permissions of '/a': Operation not permitted\n",
            given: ["/a": ""],
            user: 1000
        ),
        .busybox("what is missing", "chmod 644 a", exit: 1, err: "chmod: a: No such file or directory\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
