// SPDX-License-Identifier: Apache-2.0

import Foundation
import ImageFilesystem
import OCISpec
import Packages
import SeaworthyTestSupport
import SystemFiles
import Testing

@testable import PackageCatalogers

extension DPKGCataloger: SampledCataloger {
    static let samples = [
        CatalogerSample(
            DPKGCataloger(),
            "/var/lib/dpkg/status",
            "Package: libc6\nStatus: install ok installed\nVersion: 2.36-9\n\n"
        ),
        CatalogerSample(DPKGCataloger(), "/var/lib/dpkg/status.d/libc6", "Package: libc6\nVersion: 2.36-9\n"),
    ]
}

@Suite("The dpkg cataloger")
struct DPKGCatalogerTests {
    static func catalog(_ files: [(String, String)]) -> Catalog {
        var collected = CollectedFiles()
        for (path, text) in files { collected.insert(Array(text.utf8), at: ImagePath(path)) }
        collected.insert(
            Array("ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n".utf8),
            at: "/usr/lib/os-release"
        )
        return Catalogers.catalog(collected)
    }

    static func stanza(_ name: String, status: String?, extra: String = "") -> String {
        "Package: \(name)\n" + (status.map { "Status: \($0)\n" } ?? "") + extra + "Version: 1\n\n"
    }

    @Test("reads source, version and what else a stanza says; continuation lines are not fields")
    func reads() throws {
        let catalog = Self.catalog([
            (
                "/var/lib/dpkg/status",
                """
                Package: passwd
                Status: install ok installed
                Maintainer: Shadow <shadow@example.org>
                Architecture: amd64
                Source: shadow (1:4.13+dfsg1-1)
                Version: 1:4.13+dfsg1-1+b1
                Description: change and administer password and group data
                 Package: not a field
                 .
                 Version: 9
                Homepage: https://example.org

                """
            )
        ])
        let package = try #require(catalog.packages.first)
        #expect(catalog.packages.count == 1)
        #expect(package.name == "passwd")
        #expect(package.version == "1:4.13+dfsg1-1+b1")
        #expect(package.origin == .init(name: "shadow", version: "1:4.13+dfsg1-1"))
        #expect(package.summary == "change and administer password and group data")
        #expect(
            package.purl.description == "pkg:deb/debian/passwd@1:4.13%2Bdfsg1-1%2Bb1?arch=amd64&distro=debian-12"
                + "&upstream=shadow%401:4.13%2Bdfsg1-1"
        )
        #expect(
            package.scoutPURL.description
                == "pkg:deb/debian/shadow@1:4.13%2Bdfsg1-1?os_distro=bookworm&os_name=debian&os_version=12"
        )
    }

    @Test(
        "counts a package whose files are in the image, in whatever state",
        arguments: [
            ("install ok installed", true), ("hold ok installed", true), ("install ok half-configured", true),
            ("install ok unpacked", true), ("install ok triggers-pending", true), ("deinstall ok config-files", false),
            ("unknown ok not-installed", false), ("purge ok not-installed", false),
        ]
    )
    func states(status: String, isListed: Bool) {
        let catalog = Self.catalog([("/var/lib/dpkg/status", Self.stanza("a", status: status))])
        #expect(catalog.packages.map(\.name) == (isListed ? ["a"] : []))
    }

    @Test("leaves out stanzas without a state in status, takes them in status.d, and never its checksums")
    func statusFolder() {
        let catalog = Self.catalog([
            ("/var/lib/dpkg/status", Self.stanza("a", status: nil)),
            ("/var/lib/dpkg/status.d/base-files", Self.stanza("base-files", status: nil)),
            ("/var/lib/dpkg/status.d/base-files.md5sums", "Package: b\nVersion: 1\n"),
        ])
        #expect(catalog.packages.map(\.name) == ["base-files"])
        #expect(catalog.unknowns.isEmpty)
    }

    @Test("keeps both architectures of one package apart")
    func architectures() {
        let catalog = Self.catalog([
            (
                "/var/lib/dpkg/status",
                Self.stanza("libc6", status: "install ok installed", extra: "Architecture: amd64\n")
                    + Self.stanza("libc6", status: "install ok installed", extra: "Architecture: i386\n")
            )
        ])
        #expect(catalog.packages.compactMap(\.architecture) == ["amd64", "i386"])
    }

    @Test("takes licences from a machine-readable copyright file")
    func machineReadable() {
        let text = """
            Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
            Upstream-Name: a

            Files: *
            Copyright: somebody
            License: GPL-2+

            Files: x
            License: Expat and BSD-3-clause
             License: of the text is not a field

            License: GPL-2+
             See /usr/share/common-licenses/GPL-2.
            """
        let catalog = Self.catalog([
            ("/var/lib/dpkg/status", Self.stanza("a", status: "install ok installed")),
            ("/usr/share/doc/a/copyright", text),
        ])
        #expect(catalog.packages.first?.licenses == ["Expat and BSD-3-clause", "GPL-2+"])
        #expect(
            catalog.packages.first?.locations.map(\.path) == ["/var/lib/dpkg/status", "/usr/share/doc/a/copyright"]
        )
    }

    private static let header = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"

    @Test(
        "takes the licences that apply, and not those whose texts stand below",
        arguments: rows(
            [
                ("Files: *\nLicense: MIT\n\nLicense: AGPL-3\n the text\n", ["MIT"]),
                ("Files: *\nLicense: MIT\n   \nLicense: AGPL-3\n the text\n", ["MIT"]),
                ("Files: *\r\nLicense: MIT\r\n\r\nLicense: AGPL-3\r\n the text\r\n", ["MIT"]),
                ("License: AGPL-3\n the text\n\nFiles: *\nLicense: MIT\n", ["MIT"]),
                ("Files:\n *\nCopyright: x\nlicense: ISC\n", ["ISC"]),
                ("License: GPL-3+\nFiles: *\n", ["GPL-3+"]),
                ("Files: *\nLicense: MIT\n\nFiles: server/*\nLicense: AGPL-3+\n", ["AGPL-3+", "MIT"]),
                ("License: AGPL-3\n the text\n", []),
                ("Files: *\nCopyright: x\n", []),
            ] as [(String, [String])]
        )
    )
    func stanzas(row: NumberedRow<(String, [String])>) {
        let (stanzas, licenses) = row.value
        for text in [Self.header + "\n" + stanzas, Self.header + "Upstream-Name: a\n\n" + stanzas + "\n"] {
            let catalog = Self.catalog([
                ("/var/lib/dpkg/status", Self.stanza("a", status: "install ok installed")),
                ("/usr/share/doc/a/copyright", text),
            ])
            #expect(catalog.packages.first?.licenses == licenses)
        }
    }

    @Test("takes the licence of the header, which is that of the whole")
    func headerLicense() {
        let catalog = Self.catalog([
            ("/var/lib/dpkg/status", Self.stanza("a", status: "install ok installed")),
            ("/usr/share/doc/a/copyright", Self.header + "License: GPL-2\n\nLicense: GPL-2\n the text\n"),
        ])
        #expect(catalog.packages.first?.licenses == ["GPL-2"])
    }

    @Test("takes licences from the common licences that a prose copyright file points to")
    func prose() {
        let catalog = Self.catalog([
            ("/var/lib/dpkg/status", Self.stanza("a", status: "install ok installed")),
            (
                "/usr/share/doc/a/copyright",
                "On Debian systems, see `/usr/share/common-licenses/GPL-2' and\n/usr/share/common-licenses/LGPL-2.1."
            ),
        ])
        #expect(catalog.packages.first?.licenses == ["GPL-2", "LGPL-2.1"])
    }

    @Test("follows a doc folder that is a link")
    func linkedDoc() throws {
        var tree = FileTree()
        tree.insert(.file(Array(Self.stanza("libx1", status: "install ok installed").utf8)), at: "/var/lib/dpkg/status")
        tree.insert(.file(Array("Format: copyright-format\nLicense: ISC\n".utf8)), at: "/usr/share/doc/x/copyright")
        tree.insert(.symlink(to: "x"), at: "/usr/share/doc/libx1")
        let catalog = Catalogers.catalog(FileTreeResolver(tree: tree))
        #expect(catalog.packages.first?.licenses == ["ISC"])
    }

    @Test("a name with slashes in it leads nowhere")
    func hostileName() {
        let catalog = Self.catalog([
            ("/var/lib/dpkg/status", Self.stanza("../../../etc", status: "install ok installed")),
            ("/etc/copyright", "License: MIT"),
        ])
        #expect(catalog.packages.first?.licenses == [])
    }

    @Test("lists what dpkg-query lists on this machine, where there is one")
    func judge() throws {
        let status = "/var/lib/dpkg/status"
        guard let data = FileManager.default.contents(atPath: status) else {
            print("skipped: no dpkg on this machine")
            return
        }
        var files = CollectedFiles()
        files.insert(Array(data), at: ImagePath(status))
        let ours = Catalogers.catalog(files).packages.map { "\($0.name) \($0.version) \($0.architecture ?? "")" }
        let format = "${db:Status-Status} ${Package} ${Version} ${Architecture}\\n"
        let output = try SeaworthyBinary.run("/usr/bin/dpkg-query", ["-W", "-f", format]).output
        let theirs = output.split(separator: "\n").filter { $0.hasPrefix("installed ") }.map {
            String($0.dropFirst(10))
        }
        #expect(!theirs.isEmpty)
        #expect(Set(ours) == Set(theirs))
    }

    @Test("reads ten megabytes in a moment")
    func large() {
        let stanza =
            "Package: p\nStatus: install ok installed\nVersion: 1\nDescription: x\n"
            + String(repeating: " a line of a long description, as many packages have\n", count: 40) + "\n"
        let bytes = Array(String(repeating: stanza, count: 10_000_000 / stanza.utf8.count).utf8)
        let clock = ContinuousClock()
        var count = 0
        let time = clock.measure {
            count = DpkgStatus(bytes).paragraphs.count { $0.package.isPresent }
        }
        #expect(count == 10_000_000 / stanza.utf8.count)
        // Generous: an unoptimised build on a busy machine takes under half a second, a quadratic reader minutes.
        #expect(time < .seconds(5))
        print("10 MB of dpkg status: \(time)")
    }
}
