// SPDX-License-Identifier: Apache-2.0

import Packages
import Testing

@testable import SystemFiles

@Suite("os-release")
struct OSReleaseTests {
    static let values: [(line: String, value: String?)] = [
        ("ID=debian", "debian"), ("ID=\"debian\"", "debian"), ("ID='debian'\r", "debian"), ("  ID=debian\t", "debian"),
        ("ID=\"a \\\"b\\\" \\$c\"", "a \"b\" $c"), ("ID='a\\b'", "a\\b"), ("ID=", ""), ("ID=\"open", "open"),
        ("#ID=debian", nil), ("ID", nil), ("XID=debian", nil), ("ID=a\nID=b", "b"), ("", nil), ("=x", nil),
    ]

    @Test("reads values as a shell does", arguments: values)
    func reads(line: String, value: String?) { #expect(OSRelease(Array(line.utf8)).value(of: "ID") == value) }

    @Test("names the distribution, or none without an ID")
    func distribution() {
        let text = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\nVERSION_CODENAME=\nID=Debian\n"
        #expect(
            OSRelease(Array(text.utf8)).distribution
                == Distribution(id: "debian", versionID: "12", prettyName: "Debian GNU/Linux 12 (bookworm)")
        )
        #expect(OSRelease(Array("ID=\nNAME=x".utf8)).distribution == nil)
        #expect(OSRelease([]).distribution == nil)
    }

    @Test("writes a value so that it is read again, and keeps the other lines")
    func writes() {
        var file = OSRelease(Array("# made by hand\nID=debian\nNAME=x".utf8))
        file.set("ID", to: "a\"$b`\\c")
        file.set("VERSION_ID", to: "12\n")
        #expect(
            String(decoding: file.bytes, as: UTF8.self)
                == "# made by hand\nID=\"a\\\"\\$b\\`\\\\c\"\nNAME=x\nVERSION_ID=\"12\"\n"
        )
        #expect(OSRelease(file.bytes).value(of: "ID") == "a\"$b`\\c")
        #expect(OSRelease(file.bytes).value(of: "VERSION_ID") == "12")
    }
}
