// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("su")
struct SuTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "-c",
            "su bob -c 'id -un'",
            out: "bob\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow(
            "its variables",
            "su bob -c 'echo $HOME $USER $SHELL'",
            out: "/home/bob bob /bin/sh\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow(
            "-m",
            "su -m bob -c 'echo $HOME'",
            out: "/root\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow(
            "a login begins at home",
            "su - bob -c pwd; pwd",
            out: "/home/bob\n/w\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n", "/home/bob/": "",
            ]
        ),
        ModelRow(
            "a login without a home",
            "su - bob -c pwd",
            out: "/w\n",
            err: "su: warning: cannot change directory to /home/bob: No such file or directory\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow(
            "no shell",
            "su web",
            exit: 1,
            out: "This account is currently not available.\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow(
            "nobody",
            "su ann",
            exit: 1,
            err: "su: user ann does not exist or the user entry does not contain all the required fields\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow(
            "not root",
            "su root",
            exit: 1,
            err: "su: Authentication failure\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ],
            user: 1000
        ),
        .busybox(
            "nobody",
            "su ann",
            exit: 1,
            err: "su: unknown user ann\n",
            given: [
                "/etc/passwd":
                    "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
                "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            ]
        ),
        ModelRow("an option that is none", "su --nope", exit: 1, err: "su: unrecognized option '--nope'\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
