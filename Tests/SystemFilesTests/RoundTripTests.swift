// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SystemFiles

@Suite("Files of the system")
struct RoundTripTests {
    static let written: [(name: String, text: String)] = [
        ("empty", ""), ("a line feed", "\n"), ("two line feeds", "\n\n"), ("only a carriage return", "\r"),
        ("carriage returns", "a:x:1:1::/:/bin/sh\r\n\r\nb\r\n"), ("no last line feed", "a:x:1:1::/:/bin/sh"),
        ("comment", "# nobody\n\n+::::::\n"), ("NUL", "a\0b:x:1\n\0\n"), ("blanks", "  \n\t\nP:a\n \n"),
        ("empty lines in front", "\n\nPackage: a\n\n\n\nPackage: b"), ("colons", ":::::::::\n:\n"),
    ]

    @Test("are written as they were read", arguments: written)
    func roundTrip(name: String, text: String) { expectRoundTrip(Array(text.utf8)) }

    @Test("are written as they were read, whatever they hold", arguments: 0..<40)
    func oddRoundTrip(seed: Int) {
        var odd = OddBytes(seed: seed)
        for _ in 0..<25 { expectRoundTrip(odd.file()) }
    }

    private func expectRoundTrip(_ bytes: [UInt8]) {
        #expect(AccountFile(bytes).bytes == bytes)
        #expect(OSRelease(bytes).bytes == bytes)
        #expect(DpkgStatus(bytes).bytes == bytes)
        #expect(ApkInstalled(bytes).bytes == bytes)
    }

    @Test("keep every other line when one changes", arguments: 0..<40)
    func change(seed: Int) {
        var odd = OddBytes(seed: seed)
        for _ in 0..<25 {
            let bytes = odd.file()
            var accounts = AccountFile(bytes)
            let before = accounts.rows
            accounts.append(AccountRow(fields: ["new", "x", "7"]))
            #expect(accounts.rows == before + [AccountRow(fields: ["new", "x", "7"])])
            accounts.replace("new", with: nil)
            #expect(AccountFile(accounts.bytes).rows == before)

            var status = DpkgStatus(bytes)
            let paragraphs = status.paragraphs.map(\.package.name)
            status.append([("Package", "new-package"), ("Version", "1")])
            let read = DpkgStatus(status.bytes)
            #expect(read.bytes == status.bytes)
            #expect(read.paragraphs.map(\.package.name) == paragraphs + ["new-package"])
            status.remove(["new-package"])
            #expect(DpkgStatus(status.bytes).paragraphs.map(\.package.name) == paragraphs)

            var installed = ApkInstalled(bytes)
            let names = installed.entries.map(\.package.name)
            installed.append([.init("P", "new-package"), .init("V", "1")])
            #expect(ApkInstalled(installed.bytes).entries.map(\.package.name) == names + ["new-package"])
            installed.remove(["new-package"])
            #expect(ApkInstalled(installed.bytes).entries.map(\.package.name) == names)
        }
    }
}
