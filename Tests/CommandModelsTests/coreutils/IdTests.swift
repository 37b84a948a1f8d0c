// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("id")
struct IdTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "the user",
            "id",
            out: "uid=0(root) gid=0(root) groups=0(root)\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow("-u", "id -u", out: "1000\n", user: 1000),
        ModelRow(
            "-un",
            "id -un",
            out: "bob\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ],
            user: 1000
        ),
        ModelRow(
            "-G of somebody",
            "id -Gn bob",
            out: "bob team\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow(
            "-g",
            "id -g bob",
            out: "1000\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow("without account files", "id", out: "uid=7 gid=7 groups=7\n", user: 7),
        ModelRow(
            "nobody",
            "id ann",
            exit: 1,
            err: "id: 'ann': no such user\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        .busybox(
            "nobody",
            "id ann",
            exit: 1,
            err: "id: unknown user ann\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow(
            "an option that is none",
            "id -y",
            exit: 1,
            err: "id: invalid option -- 'y'\n" + ModelRow.tryHelp("id")
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
