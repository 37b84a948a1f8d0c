// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("groups")
struct GroupsTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "of the user",
            "groups",
            out: "root\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow(
            "of somebody",
            "groups bob",
            out: "bob : bob team\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow(
            "a number without a group",
            "groups web",
            out: "web : 33\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow(
            "of nobody",
            "groups ann",
            exit: 1,
            err: "groups: 'ann': no such user\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
