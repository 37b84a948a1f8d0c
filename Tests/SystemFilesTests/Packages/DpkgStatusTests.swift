// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SystemFiles

@Suite("dpkg's database")
struct DpkgStatusTests {
    static let text = """
        Package: passwd
        Status: install ok installed
        Source: shadow (1:4.13)
        Version: 1:4.13+b1
        Depends: libc6, libpam0g
        Description: change passwords
         Package: not a field

        PACKAGE: tzdata\r
        Status: deinstall ok config-files\r
        version: 2024a\r
        \r
        odd line
        Package: last
        """

    @Test("reads each paragraph's fields, letters of names without case, and where it ends")
    func reads() throws {
        let paragraphs = DpkgStatus(Array(Self.text.utf8)).paragraphs
        #expect(paragraphs.map(\.package.name) == ["passwd", "tzdata", "last"])
        #expect(paragraphs.map(\.package.version) == ["1:4.13+b1", "2024a", ""])
        #expect(paragraphs.map(\.package.isPresent) == [true, false, false])
        #expect(paragraphs.map(\.endLine) == [8, 12, 15])
        #expect(paragraphs.map(\.package.strangeLine) == [nil, nil, 13])
        #expect(paragraphs[0].value(of: "depends") == "libc6, libpam0g")
        #expect(paragraphs[0].value(of: "Dep") == nil)
        #expect(paragraphs[0].package.origin?.name == "shadow")
        #expect(paragraphs[0].package.origin?.version == "1:4.13")
        #expect(paragraphs[0].package.summary == "change passwords")
    }

    @Test("changes a field of one package and no other byte")
    func set() {
        var status = DpkgStatus(Array(Self.text.utf8))
        var isChanged = status.set("Status", of: "tzdata", to: "install ok installed")
        #expect(isChanged)
        #expect(
            String(decoding: status.bytes, as: UTF8.self)
                == Self.text.replacing("deinstall ok config-files", with: "install ok installed")
        )
        isChanged = status.set("Status", of: "last", to: "x") || status.set("Status", of: "ghost", to: "x")
        #expect(!isChanged)
    }

    @Test("takes a package away with the empty lines behind it, and adds one behind an empty line")
    func changes() {
        var status = DpkgStatus(Array("Package: a\n\n\nPackage: b\nVersion: 1".utf8))
        status.remove(["a"])
        #expect(status.bytes == Array("Package: b\nVersion: 1".utf8))
        status.append([("Package", "c"), ("Description", "short\nlong\n\nlonger")])
        #expect(
            status.bytes
                == Array("Package: b\nVersion: 1\n\nPackage: c\nDescription: short\n long\n .\n longer\n\n".utf8)
        )
    }
}
