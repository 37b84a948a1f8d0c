// SPDX-License-Identifier: Apache-2.0

import OCISpec
import Packages
import Testing

@testable import PackageCatalogers

extension APKCataloger: SampledCataloger {
    static let samples = [
        CatalogerSample(APKCataloger(), "/lib/apk/db/installed", "P:musl\nV:1.2.5-r12\nA:x86_64\n\n"),
        CatalogerSample(APKCataloger(), "/usr/lib/apk/db/installed", "P:musl\nV:1.2.5-r12\nA:x86_64\n\n"),
    ]
}

@Suite("The apk cataloger")
struct APKCatalogerTests {
    /// Synthetic, in the form that apk writes.
    static let database = """
        C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=
        P:libcrypto3
        V:3.5.8-r0
        A:x86_64
        S:1
        I:2
        T:Crypto library from openssl
        U:https://www.openssl.org/
        L:Apache-2.0
        o:openssl
        m:Somebody <somebody@example.org>
        t:1700000000
        c:abcdef
        D:so:libc.musl-x86_64.so.1
        p:so:libcrypto.so.3=3
        F:usr
        M:0:0:755
        F:usr/lib
        R:libcrypto.so.3
        a:0:0:755
        P:not-a-package

        P:musl
        V:1.2.5-r12
        o:musl
        L:MIT

        """

    static func catalog(_ text: String) -> Catalog {
        var files = CollectedFiles()
        files.insert(Array(text.utf8), at: "/lib/apk/db/installed", layerIndex: 0)
        files.insert(Array("ID=alpine\nVERSION_ID=3.22.6\n".utf8), at: "/etc/os-release")
        return Catalogers.catalog(files)
    }

    @Test("reads name, version, origin, licence and what else the database says")
    func reads() throws {
        let catalog = Self.catalog(Self.database)
        #expect(catalog.packages.map(\.name) == ["libcrypto3", "musl"])
        let package = try #require(catalog.packages.first)
        #expect(package.version == "3.5.8-r0")
        #expect(package.architecture == "x86_64")
        #expect(package.origin == .init(name: "openssl"))
        #expect(package.licenses == ["Apache-2.0"])
        #expect(package.maintainer == "Somebody <somebody@example.org>")
        #expect(package.summary == "Crypto library from openssl")
        #expect(package.distribution?.versionID == "3.22.6")
        #expect(package.locations == [.init(path: "/lib/apk/db/installed", layerIndex: 0)])
        #expect(
            package.purl.description
                == "pkg:apk/alpine/libcrypto3@3.5.8-r0?arch=x86_64&distro=alpine-3.22.6&upstream=openssl"
        )
        #expect(catalog.unknowns.isEmpty)
    }

    @Test("has no origin for a package that is its own")
    func ownOrigin() { #expect(Self.catalog(Self.database).packages.last?.origin == nil) }

    @Test("reads CRLF line ends, and a last entry without an empty line behind it")
    func lineEnds() {
        #expect(Self.catalog("P:a\r\nV:1\r\n\r\nP:b\r\nV:2").packages.map(\.name) == ["a", "b"])
    }

    @Test("records an entry without a version and keeps the others")
    func partial() {
        let catalog = Self.catalog("P:a\n\nP:b\nV:2\n\nnonsense\n")
        #expect(catalog.packages.map(\.name) == ["b"])
        #expect(catalog.unknowns.count == 2)
    }

    @Test("lists a package once where two paths lead to one database")
    func twice() {
        var files = CollectedFiles()
        files.insert(Array("P:a\nV:1\n".utf8), at: "/lib/apk/db/installed")
        files.insert(Array("P:a\nV:1\n".utf8), at: "/usr/lib/apk/db/installed")
        let catalog = Catalogers.catalog(files)
        #expect(catalog.packages.count == 1)
        #expect(
            catalog.packages.first?.locations.map(\.path) == ["/lib/apk/db/installed", "/usr/lib/apk/db/installed"]
        )
    }
}
