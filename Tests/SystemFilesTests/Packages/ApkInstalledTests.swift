// SPDX-License-Identifier: Apache-2.0

import OCISpec
import Testing

@testable import SystemFiles

@Suite("apk's database")
struct ApkInstalledTests {
    static let text = """
        C:Q1abc=
        P:musl
        V:1.2.5-r0
        L:MIT
        D:so:libc.musl-x86_64.so.1
        p:so:libc.so=1 cmd:ldd=1
        F:lib
        R:ld-musl.so.1
        a:0:0:755
        F:usr/bin
        R:ldd
        P:not a name

        P:zlib
        nonsense
        V:1.3

        nothing here
        """

    @Test("reads each package's fields, and its files apart from them")
    func reads() {
        let entries = ApkInstalled(Array(Self.text.utf8)).entries
        #expect(entries.map(\.package.name) == ["musl", "zlib", ""])
        #expect(entries.map(\.package.version) == ["1.2.5-r0", "1.3", ""])
        #expect(entries.map(\.package.strangeLine) == [nil, 15, 18])
        #expect(entries.map(\.package.isStarted) == [true, true, false])
        #expect(entries.map(\.endLine) == [13, 17, 19])
        #expect(entries[0].words(of: "p") == ["so:libc.so=1", "cmd:ldd=1"])
        #expect(entries[0].words(of: "o") == [])
        #expect(entries[0].files.map(\.description) == ["/lib/ld-musl.so.1", "/usr/bin/ldd"])
    }

    @Test("takes a package away and adds one, whose values cannot break out of their line")
    func changes() {
        var installed = ApkInstalled(Array("P:a\nV:1\n\nP:b\nV:1\n".utf8))
        installed.remove(["a"])
        installed.append([.init("P", "c\nP:d"), .init("R", [0xFF])])
        #expect(installed.bytes == Array("P:b\nV:1\n\nP:cP:d\nR:".utf8) + [0xFF, 0x0A, 0x0A])
        #expect(installed.entry(of: "b")?.package.version == "1")
        #expect(installed.entry(of: "a") == nil)
    }
}
