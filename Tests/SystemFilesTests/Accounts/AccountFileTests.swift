// SPDX-License-Identifier: Apache-2.0

import OCISpec
import Testing

@testable import SystemFiles

@Suite("An account file")
struct AccountFileTests {
    static let text = "# first\nroot:x:0:0:root:/root:/bin/bash\r\n\nroot:x:5:5::/:\nnode:x:1000:1000"

    @Test("changes one field of the first line of a name and no other byte")
    func set() {
        var file = AccountFile(Array(Self.text.utf8))
        var isChanged = file.set(2, of: "root", to: "7")
        #expect(isChanged)
        #expect(String(decoding: file.bytes, as: UTF8.self) == Self.text.replacing("root:x:0:", with: "root:x:7:"))
        isChanged = file.set(6, of: "node", to: "/bin/sh") || file.set(0, of: "ghost", to: "x")
        #expect(!isChanged)
    }

    @Test("gives the last line its line feed when another follows, and keeps it off otherwise")
    func append() {
        var file = AccountFile(Array("a:x".utf8))
        file.replace("a", with: AccountRow(fields: ["a", "y"]))
        #expect(file.bytes == Array("a:y".utf8))
        file.append(AccountRow(fields: ["b", "x"]))
        #expect(file.bytes == Array("a:y\nb:x\n".utf8))
        var isThere = file.replace("b", with: nil)
        #expect(isThere)
        #expect(file.bytes == Array("a:y\n".utf8))
        isThere = file.replace("b", with: nil)
        #expect(!isThere)
    }

    @Test("lets no field break out of its place")
    func hostileField() {
        let row = AccountRow(fields: ["a\nroot", "x:0"])
        #expect(row.bytes == Array("aroot:x0".utf8))
        #expect(AccountRow(fields: ["a", "b"]).replacing(1, with: "c:0\nd")?.fields == ["a", "c0d"])
    }

    @Test("tells names apart byte for byte")
    func names() {
        let file = AccountFile(Array("e\u{301}:x:1\nnode\r:x:2\n".utf8) + [0xFF, 0x3A, 0x33, 0x0A])
        #expect(file.row(named: "e\u{301}") != nil)
        #expect(file.row(named: "\u{E9}") == nil)
        #expect(file.row(named: "node") == nil)
        #expect(file.row(named: "\u{FFFD}") == nil)
        #expect(file.rows.map(\.name) == ["e\u{301}", "node\r", "\u{FFFD}"])
    }

    @Test("has its place, its copy and its mode", arguments: AccountFile.Name.allCases)
    func places(name: AccountFile.Name) {
        #expect(name.path.description == "/etc/\(name)")
        #expect(name.backupPath.description == "/etc/\(name)-")
        #expect(name.usualMode == ("\(name)".hasSuffix("shadow") ? 0o640 : 0o644))
    }
}

@Suite("A line of an account file")
struct AccountEntryTests {
    @Test("of passwd goes both ways", arguments: ["root:x:0:0:root:/root:/bin/bash", "a::4294967295:1:::"])
    func passwd(line: String) throws {
        let entry = try #require(PasswdEntry(AccountRow(bytes: Array(line.utf8))))
        #expect(entry.row.bytes == Array(line.utf8))
    }

    @Test(
        "of passwd that lacks a field or a number is none for programs",
        arguments: ["", "a", "a:x:1:1::/", "a:x:b:1::/:", "a:x:1:-1::/:", "a:x:4294967296:1::/:", "# a"]
    )
    func oddPasswd(line: String) { #expect(PasswdEntry(AccountRow(bytes: Array(line.utf8))) == nil) }

    @Test("of group goes both ways", arguments: ["staff:x:50:", "sudo:x:27:a,b", "g:!:4294967295:"])
    func group(line: String) throws {
        let entry = try #require(GroupEntry(AccountRow(bytes: Array(line.utf8))))
        #expect(entry.row.bytes == Array(line.utf8))
    }

    @Test("of group that lacks a number is none for programs", arguments: ["", "a:x", "a:x:", "a:x:b:", "a:x:-1:"])
    func oddGroup(line: String) { #expect(GroupEntry(AccountRow(bytes: Array(line.utf8))) == nil) }

    @Test("of shadow goes both ways", arguments: ["root:*:19000:0:99999:7:::", "a:!:::::::"])
    func shadow(line: String) throws {
        let entry = try #require(ShadowEntry(AccountRow(bytes: Array(line.utf8))))
        #expect(entry.row.bytes == Array(line.utf8))
        #expect(ShadowEntry(AccountRow(bytes: Array("a".utf8))) == nil)
        #expect(ShadowEntry(AccountRow(bytes: Array("a:!".utf8)))?.expiry == "")
    }

    @Test("of gshadow goes both ways", arguments: ["sudo:*:root:a,b", "a:!::"])
    func groupShadow(line: String) throws {
        let entry = try #require(GroupShadowEntry(AccountRow(bytes: Array(line.utf8))))
        #expect(entry.row.bytes == Array(line.utf8))
        #expect(GroupShadowEntry(AccountRow(bytes: Array("a".utf8))) == nil)
        #expect(GroupShadowEntry(AccountRow(bytes: Array("a:!".utf8)))?.members == [])
    }
}
