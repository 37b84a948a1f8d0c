// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("chgrp")
struct ChgrpTests {
    private static let accounts = [
        "/etc/passwd": "root:x:0:0::/root:/bin/sh\nnode:x:1000:1001::/home/node:/bin/sh\n",
        "/etc/group": "root:x:0:\nstaff:x:50:\nnode:x:1001:\n",
    ]

    static let rows: [ModelRow] = [
        ModelRow("a group by name", "touch a; chgrp staff a; stat -c %u:%g a", out: "0:50\n", given: accounts),
        ModelRow("a group by number", "touch a; chgrp 77 a; stat -c %g a", out: "77\n"),
        ModelRow("--reference", "touch a b; chgrp 5 a; chgrp --reference=a b; stat -c %g b", out: "5\n"),
        ModelRow("a group that is missing", "touch a; chgrp nope a", exit: 1, err: "chgrp: invalid group: 'nope'\n"),
        ModelRow(
            "a group that the user is not in",
            "touch a; chgrp 9 a",
            exit: 1,
            err: "chgrp: changing group of 'a': Operation not permitted\n",
            user: 1000
        ),
        .busybox("a group that is missing", "touch a; chgrp nope a", exit: 1, err: "chgrp: unknown group nope\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
