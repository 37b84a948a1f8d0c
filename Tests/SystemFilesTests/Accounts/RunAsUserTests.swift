// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SystemFiles

@Suite("Who a USER is")
struct RunAsUserTests {
    static let accounts = Accounts(
        passwd: Array(
            """
            root:x:0:0:root:/root:/bin/bash
            node:x:1000:1000::/home/node:/bin/bash
            app:x:1001:2001::/app:
            toor:x:0:0::/root:/bin/sh
            words:x:many:7::/:
            wide:x:3000000000:1::/:
            wrapped:x:4294967296:1::/:
            minus:x:-1:1::/:
            1000000:x:12:12::/:
            """.utf8
        ),
        group: Array("root:x:0:\nnode:x:1000:\nstaff:x:50:node,app\napps:x:2001:\ndocker:x:99:node\n".utf8)
    )

    static let known: [(text: String, uid: UInt32, gid: UInt32, groups: [UInt32], name: String?)] = [
        ("", 0, 0, [], "root"), (":", 0, 0, [], "root"), (":staff", 0, 50, [], "root"), ("root", 0, 0, [], "root"),
        ("0", 0, 0, [], "root"), ("00", 0, 0, [], "root"), ("+0", 0, 0, [], "root"), ("-0", 0, 0, [], "root"),
        ("0:0", 0, 0, [], "root"), ("root:root", 0, 0, [], "root"), ("toor", 0, 0, [], "toor"),
        ("node", 1000, 1000, [50, 99], "node"), ("node:", 1000, 1000, [50, 99], "node"),
        ("node:staff", 1000, 50, [], "node"), ("node:0", 1000, 0, [], "node"),
        ("1000", 1000, 1000, [50, 99], "node"), ("01000", 1000, 1000, [50, 99], "node"),
        ("10001", 10001, 0, [], nil), ("10001:20002", 10001, 20002, [], nil), ("10001:staff", 10001, 50, [], nil),
        ("app:apps:x", 1001, 2001, [], "app"), ("2147483647", 2_147_483_647, 0, [], nil),
        ("words", 0, 7, [], "words"), ("wrapped", 0, 1, [], "wrapped"),
        ("wide", 3_000_000_000, 1, [], "wide"), ("3000000000", 3_000_000_000, 1, [], "wide"),
        ("1000000", 1_000_000, 0, [], nil),
    ]

    @Test("is what the container runtime makes of it", arguments: known)
    func resolves(text: String, uid: UInt32, gid: UInt32, groups: [UInt32], name: String?) {
        guard case .user(let identity) = RunAsUser(text, in: Self.accounts) else {
            Issue.record("\(text) is nobody")
            return
        }
        #expect(identity.uid == uid)
        #expect(identity.gid == gid)
        #expect(identity.groups == groups)
        #expect(identity.account?.name == name)
        #expect(RunAsUser(text, in: Self.accounts).isRoot == (uid == 0))
    }

    static let refused: [(text: String, answer: RunAsUser, isRoot: Bool)] = [
        ("ghost", .noSuchUser("ghost"), false), ("Root", .noSuchUser("Root"), false),
        (" root", .noSuchUser(" root"), false), ("root ", .noSuchUser("root "), false),
        ("  ", .noSuchUser("  "), false), ("0x0", .noSuchUser("0x0"), false), ("+", .noSuchUser("+"), false),
        ("1 000", .noSuchUser("1 000"), false), ("node\u{301}", .noSuchUser("node\u{301}"), false),
        ("\u{661}", .noSuchUser("\u{661}"), false), ("ghost:ghosts", .noSuchUser("ghost"), false),
        ("node:nogroup", .noSuchGroup("nogroup", uid: 1000), false),
        ("1000:nogroup", .noSuchGroup("nogroup", uid: 1000), false),
        ("root:nogroup", .noSuchGroup("nogroup", uid: 0), true), (":x", .noSuchGroup("x", uid: 0), true),
        ("2147483648", .invalid(.user, number: "2147483648"), false), ("-1", .invalid(.user, number: "-1"), false),
        ("99999999999999999999", .invalid(.user, number: "99999999999999999999"), false),
        ("node:2147483648", .invalid(.group, number: "2147483648"), false),
        ("node:-1", .invalid(.group, number: "-1"), false), ("minus", .invalid(.user, number: "4294967295"), false),
    ]

    @Test("is nobody where a container would not start", arguments: refused)
    func refuses(text: String, answer: RunAsUser, isRoot: Bool) {
        #expect(RunAsUser(text, in: Self.accounts) == answer)
        #expect(RunAsUser(text, in: Self.accounts).isRoot == isRoot)
    }

    static let doubted: [(text: String, answer: RunAsUser?, isRoot: Bool)] = [
        ("app", .unknown(.user, name: "app", reason: "why", uid: nil), false),
        ("root", .unknown(.user, name: "root", reason: "why", uid: nil), true),
        ("1000", nil, false), ("0", nil, true), ("", nil, true),
        ("1000:app", .unknown(.group, name: "app", reason: "why", uid: 1000), false),
        ("0:app", .unknown(.group, name: "app", reason: "why", uid: 0), true),
        ("2147483648", .invalid(.user, number: "2147483648"), false),
    ]

    @Test("is not known where accounts are not, but numbers are", arguments: doubted)
    func doubts(text: String, answer: RunAsUser?, isRoot: Bool) {
        let found = RunAsUser(text, in: Accounts(passwd: nil, group: nil, userDoubt: "why", groupDoubt: "why"))
        if let answer { #expect(found == answer) } else if case .user = found {} else { Issue.record("\(found)") }
        #expect(found.isRoot == isRoot)
    }

    @Test("is a number only, in an image without accounts")
    func scratch() {
        let none = Accounts(passwd: nil, group: nil)
        #expect(RunAsUser("root", in: none) == .noSuchUser("root"))
        #expect(RunAsUser("root", in: none).isRoot)
        #expect(RunAsUser("", in: none).isRoot)
        #expect(RunAsUser("65532:nobody", in: none) == .noSuchGroup("nobody", uid: 65532))
        #expect(!RunAsUser("65532", in: none).isRoot)
    }

    @Test("is who has the number, whatever the name")
    func renamedRoot() {
        let accounts = Accounts(passwd: Array("root:x:5:5\nadmin:x:0:0\n".utf8), group: nil)
        #expect(!RunAsUser("root", in: accounts).isRoot)
        #expect(RunAsUser("admin", in: accounts).isRoot)
    }
}
