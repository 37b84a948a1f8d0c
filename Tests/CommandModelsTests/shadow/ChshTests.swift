// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("chsh")
struct ChshTests {
    static let rows: [ModelRow] = [
        .account(
            "shell",
            "chsh -s /bin/zsh node; tail -n 1 /etc/passwd",
            out: "node:x:1000:1000::/home/node:/bin/zsh\n"
        ),
        .account("of root", "chsh --shell=/bin/sh; head -n 1 /etc/passwd", out: "root:x:0:0:root:/root:/bin/sh\n"),
        .account("no shell given", "chsh node", after: ["/etc/passwd": ModelRow.passwd]),
        .account("missing", "chsh -s /bin/sh nosuch", exit: 1, err: "chsh: user 'nosuch' does not exist\n"),
        .account("not root", "chsh -s /bin/sh node", exit: 1, err: "chsh: Permission denied.\n", user: 1000),
    ]

    @Test("changes a login shell", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
