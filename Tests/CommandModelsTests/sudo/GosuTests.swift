// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("gosu")
struct GosuTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "by name",
            "gosu bob id -un",
            out: "bob\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow(
            "at home",
            "gosu bob printenv HOME; printenv HOME",
            out: "/home/bob\n/root\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow("by numbers", "gosu 7:8 id", out: "uid=7 gid=8 groups=8\n"),
        ModelRow(
            "what it makes is the other's",
            "gosu bob touch f; stat -c %u f; id -u",
            out: "1000\n0\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow(
            "nobody",
            "gosu ann id",
            exit: 1,
            err:
                "gosu: error: failed switching to \"ann\": unable to find user ann: no matching entries in passwd file\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow("no program", "gosu bob", exit: 1, err: "gosu: missing operand\n" + ModelRow.tryHelp("gosu")),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
