// SPDX-License-Identifier: Apache-2.0

extension ModelRow {
    static let passwd = "root:x:0:0:root:/root:/bin/bash\nnode:x:1000:1000::/home/node:/bin/sh\n"
    static let group = "root:x:0:\nusers:x:100:\nnode:x:1000:\nnogroup:x:65534:\n"
    static let shadow = "root:*:1:0:99999:7:::\nnode:!:1:0:99999:7:::\n"

    /// The account files of an image with root and node.
    static let accounts = [
        "/etc/passwd": passwd, "/etc/group": group, "/etc/shadow": shadow, "/home/node/": "",
        "/etc/gshadow": "root:*::\nusers:*::\nnode:!::\nnogroup:*::\n",
    ]

    /// The account files of an image with root, bob, who is in a team, and somebody who may not log in.
    static let people = [
        "/etc/passwd":
            "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\nweb:x:33:33::/var:/usr/sbin/nologin\n",
        "/etc/group": "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
    ]

    /// What shadow's programs say to somebody who is not root.
    static func locked(_ name: String, _ file: String) -> String {
        "\(name): Permission denied.\n\(name): cannot lock \(file); try again later.\n"
    }

    /// The same row on an image with root and node.
    static func account(
        _ name: String,
        _ script: String,
        exit: Int? = 0,
        out: String = "",
        err: String = "",
        after: [String: String?] = [:],
        also: [String: String] = [:],
        unknown: [String] = [],
        programs: Programs = .gnu,
        user: UInt32 = 0
    ) -> ModelRow {
        ModelRow(
            name,
            script,
            exit: exit,
            out: out,
            err: err,
            given: accounts.merging(also) { $1 },
            after: after,
            unknown: unknown,
            programs: programs,
            user: user
        )
    }
}
