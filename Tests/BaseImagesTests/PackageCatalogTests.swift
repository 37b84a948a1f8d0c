// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Packages
import Testing

@Suite("Packages that builds install")
struct PackageCatalogTests {
    let catalog = PackageCatalog(root: KitFixture.root)
    static let bookworm = Distribution(id: "debian", versionID: "12")
    static let trixie = Distribution(id: "debian", codename: "trixie")
    static let wanted = [
        "adduser", "passwd", "ca-certificates", "curl", "wget", "git", "tini", "dumb-init", "gosu", "python3", "make",
        "g++",
        "build-essential", "openssl", "tzdata", "bash", "procps", "vim", "nano", "netcat-openbsd", "iputils-ping",
        "less", "jq",
        "unzip", "xz-utils", "gnupg", "sudo",
    ]

    @Test("what Dockerfiles install is known on Debian 12 and 13, with all that comes with it", arguments: wanted)
    func closure(name: String) throws {
        for distribution in [Self.bookworm, Self.trixie] {
            var pending = [name]
            var seen: Set<String> = []
            while let next = pending.popLast() {
                guard seen.insert(next).inserted else { continue }
                let package = try #require(
                    catalog.package(named: next, type: .deb, distribution: distribution),
                    "\(next) of \(name)"
                )
                #expect(!package.version.isEmpty && !package.architecture.isEmpty && !package.summary.isEmpty)
                pending += package.depends
            }
        }
    }

    @Test("a package brings its programs, with modes and links")
    func files() throws {
        let curl = try #require(catalog.package(named: "curl", type: .deb, distribution: Self.bookworm))
        #expect(curl.files.contains { $0.path == "/usr/bin/curl" && $0.mode == 0o755 && $0.link == nil })
        let sudo = try #require(catalog.package(named: "sudo", type: .deb, distribution: Self.bookworm))
        #expect(sudo.files.contains { $0.path == "/usr/bin/sudo" && $0.mode == 0o4755 })
        let adduser = try #require(catalog.package(named: "adduser", type: .deb, distribution: Self.trixie))
        #expect(adduser.files.contains { $0.path == "/usr/sbin/addgroup" && $0.link == "adduser" })
        #expect(adduser.origin == "adduser")
        let python = try #require(catalog.package(named: "python3-minimal", type: .deb, distribution: Self.trixie))
        #expect(python.files.contains { $0.path == "/usr/bin/python3" && $0.link != nil })
        #expect(python.origin == "python3-defaults")
    }

    @Test("a name that is only provided leads to the package that provides it")
    func provided() {
        let package = catalog.package(named: "awk", type: .deb, distribution: Self.bookworm)
        #expect(package?.name == "mawk")
    }

    @Test("Alpine packages are known only where their version is recorded")
    func alpine() {
        let old = Distribution(id: "alpine", versionID: "3.22.6")
        let new = Distribution(id: "alpine", versionID: "3.24")
        #expect(catalog.package(named: "openssl", type: .apk, distribution: old)?.version == "3.5.8-r0")
        #expect(catalog.package(named: "libstdc++", type: .apk, distribution: new)?.version == "15.2.0-r5")
        #expect(
            catalog.package(named: "ca-certificates", type: .apk, distribution: old)?.license == "MPL-2.0 AND MIT"
        )
        #expect(catalog.package(named: "curl", type: .apk, distribution: old) == nil)
    }

    @Test("what is not known is nil")
    func unknown() {
        let hostile = ["", "no-such-package", "../../etc/passwd", "curl\n", String(repeating: "a", count: 100_000)]
        for name in hostile { #expect(catalog.package(named: name, type: .deb, distribution: Self.bookworm) == nil) }
        let elsewhere = [
            Distribution(id: "debian", versionID: "9"), Distribution(id: "debian", versionID: "../12"),
            Distribution(id: "debian"), Distribution(id: "ubuntu", versionID: "24.04"), Distribution(id: ""),
            Distribution(id: "debian", versionID: ".."), Distribution(id: "debian", versionID: "12/../13"),
        ]
        for distribution in elsewhere {
            #expect(catalog.package(named: "curl", type: .deb, distribution: distribution) == nil)
        }
        #expect(catalog.package(named: "curl", type: .apk, distribution: Self.bookworm) == nil)
        #expect(catalog.package(named: "curl", type: .npm, distribution: Self.bookworm) == nil)
        let missing = PackageCatalog(root: "/nonexistent")
        #expect(missing.package(named: "curl", type: .deb, distribution: Self.bookworm) == nil)
    }
}
