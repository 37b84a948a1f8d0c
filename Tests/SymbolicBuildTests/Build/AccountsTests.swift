// SPDX-License-Identifier: Apache-2.0

import ImageFilesystem
import OCISpec
import Testing

@testable import SymbolicBuild

@Suite("Accounts")
struct AccountsTests {
    static let table: [(text: String, uid: UInt32?, gid: UInt32?)] = [
        ("", 0, 0), ("root", 0, 0), ("0", 0, 0), ("00", 0, 0), ("+0", 0, 0), ("-0", 0, 0), ("0:0", 0, 0), ("root:root", 0, 0),
        ("toor", 0, 0), ("node", 1000, 1000), ("node:", 1000, 1000), ("node:staff", 1000, 50), ("node:0", 1000, 0),
        ("1000", 1000, 1000), ("10001", 10001, 0), ("10001:20002", 10001, 20002), (":staff", 0, 50), ("app:apps:x", 1001, 2001),
        ("2147483647", 2_147_483_647, 0), ("2147483648", nil, nil), ("99999999999999999999", nil, nil), ("-1", nil, nil),
        ("ghost", nil, nil), ("Root", nil, nil), (" root", nil, nil), ("node:ghosts", nil, nil), ("0x0", nil, nil),
    ]

    @Test("are found as the container runtime finds them", arguments: table)
    func resolves(text: String, uid: UInt32?, gid: UInt32?) {
        switch Accounts(BuildFixture.debian).resolve(text) {
        case .user(let foundUID, let foundGID, _): #expect(foundUID == uid && foundGID == gid)
        case .noSuchUser, .noSuchGroup: #expect(uid == nil && gid == nil)
        }
    }

    @Test("with a number as their name are not found by it")
    func numericName() {
        var tree = FileTree()
        tree.insert(.file(Array("1000:x:0:0::/:/bin/sh\n".utf8)), at: "/etc/passwd")
        #expect(Accounts(tree).resolve("1000") == .user(uid: 1000, gid: 0, account: nil))
    }

    @Test("of broken lines are root, as the runtime reads them")
    func broken() {
        var tree = FileTree()
        tree.insert(.file(Array("app:x:abc:def\r\n\n   \nshort\nlast:x:5:6::/h".utf8)), at: "/etc/passwd")
        let accounts = Accounts(tree)
        #expect(accounts.users.map(\.name) == ["app", "short", "last"])
        #expect(accounts.users.map(\.uid) == [0, 0, 5])
        #expect(accounts.user(named: "last")?.home == "/h")
        #expect(Accounts(FileTree()).users.isEmpty)
    }
}
