// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("whoami")
struct WhoamiTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "root",
            "whoami",
            out: "root\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow(
            "somebody",
            "whoami",
            out: "bob\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ],
            user: 1000
        ),
        ModelRow("nobody", "whoami", exit: 1, err: "whoami: cannot find name for user ID 7\n", user: 7),
        .busybox("nobody", "whoami", exit: 1, err: "whoami: unknown uid 7\n", user: 7),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
