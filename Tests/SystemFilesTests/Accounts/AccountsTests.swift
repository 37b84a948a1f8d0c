// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import Testing

@testable import SystemFiles

@Suite("The accounts of an image")
struct AccountsTests {
    @Test("of broken lines are root, as the runtime reads them")
    func broken() {
        let text = " app:x:abc:def \r\n\n   \nshort\n#note:x:3:3\n\u{0B}last:x:5:6::/h\nbig:x:99999999999999999999:0\n"
        let accounts = Accounts(passwd: Array(text.utf8), group: nil)
        #expect(accounts.users.map(\.name) == ["app", "short", "#note", "last", "big"])
        #expect(accounts.users.map(\.uid) == [0, 0, 3, 5, .max])
        #expect(accounts.user(named: "last")?.home == "/h")
        #expect(accounts.user(numbered: 5)?.gid == 6)
    }

    @Test("are none where there is no file, and of two entries the first counts")
    func few() {
        #expect(Accounts(FileTree()).users.isEmpty)
        #expect(Accounts(FileTree()).userDoubt == nil)
        let twice = Accounts(passwd: Array("a:x:1:1\na:x:0:0\n".utf8), group: Array("g:x:1:\ng:x:0:a\n".utf8))
        #expect(twice.user(named: "a")?.uid == 1)
        #expect(twice.group(named: "g")?.gid == 1)
        #expect(twice.groups(of: "a").map(\.gid) == [0])
    }

    @Test("are doubted where a file's bytes are not known, each file for itself")
    func doubted() {
        var tree = FileTree()
        tree.insert(.file(Array("a:x:1:1\n".utf8)), at: "/etc/passwd")
        tree.insert(FileNode(kind: .file(.modelled(sizeBytes: 5)), mode: 0o644), at: "/etc/group")
        #expect(Accounts(tree).userDoubt == nil)
        #expect(Accounts(tree).groupDoubt == "the bytes of /etc/group are not at hand")
        #expect(Accounts(tree, doubt: "a program ran").userDoubt == "a program ran")
        let unknown = FileContent.unknown(Unknown(reason: "a download", scope: .files))
        tree.insert(FileNode(kind: .file(unknown), mode: 0o644), at: "/etc/passwd")
        #expect(Accounts(tree).userDoubt == "a download")
    }
}
