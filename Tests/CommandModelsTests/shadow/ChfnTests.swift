// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("chfn")
struct ChfnTests {
    static let rows: [ModelRow] = [
        .account(
            "parts",
            "chfn -f Me -r 1 -w 2 -h 3 node; tail -n 1 /etc/passwd",
            out: "node:x:1000:1000:Me,1,2,3:/home/node:/bin/sh\n"
        ),
        .account("one part", "chfn --room 7 root; head -n 1 /etc/passwd", out: "root:x:0:0:root,7,,:/root:/bin/bash\n"),
        .account(
            "a colon does not break the line",
            "chfn -f a:b node; tail -n 1 /etc/passwd | tr -dc : | wc -c",
            out: "6\n"
        ),
        .account("missing", "chfn -f x nosuch", exit: 1, err: "chfn: user 'nosuch' does not exist\n"),
        .account("not root", "chfn -f x node", exit: 1, err: "chfn: Permission denied.\n", user: 1000),
    ]

    @Test("changes the parts of a comment", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
