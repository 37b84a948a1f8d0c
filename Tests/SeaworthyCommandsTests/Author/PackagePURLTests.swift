// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Packages
import Testing

@testable import SeaworthyCommands

@Suite("Packages named by purls")
struct PackagePURLTests {
    @Test("a distribution's package tells its release and its source")
    func distribution() throws {
        let package = try Package(
            purlText: "pkg:deb/debian/libssl3@3.0.15-1~deb12u1?arch=amd64&distro=debian-12&upstream=openssl@3.0.15"
        )
        #expect(package.type == .deb)
        #expect(package.name == "libssl3")
        #expect(package.version == "3.0.15-1~deb12u1")
        #expect(package.distribution == Distribution(id: "debian", versionID: "12"))
        #expect(package.origin == Package.Origin(name: "openssl", version: "3.0.15"))
    }

    @Test("scopes and groups are part of the name")
    func names() throws {
        #expect(try Package(purlText: "pkg:npm/%40scope/name@1.0.0").name == "@scope/name")
        #expect(try Package(purlText: "pkg:maven/org.example/thing@1").name == "org.example:thing")
    }

    @Test("what Scout prints is read as well")
    func scout() throws {
        let package = try Package(purlText: "pkg:apk/alpine/openssl@3.5.1-r0?os_name=alpine&os_version=3.22")
        #expect(package.distribution == Distribution(id: "alpine", versionID: "3.22"))
    }

    @Test(
        "what names no package with a version is refused",
        arguments: ["", "express", "pkg:npm/express", "pkg:zzz/a@1", "pkg:npm/@1", "pkg:npm/a%zz@1"]
    )
    func refuses(text: String) {
        let failure = #expect(throws: Failure.self) { try Package(purlText: text) }
        #expect(failure?.code == .malformedInput)
    }
}
