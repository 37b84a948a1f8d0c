// SPDX-License-Identifier: Apache-2.0

import OCISpec
import Packages
import Testing

@testable import PackageCatalogers

extension NPMCataloger: SampledCataloger {
    static let samples = [
        CatalogerSample(
            NPMCataloger(),
            "/app/node_modules/express/package.json",
            #"{"name":"express","version":"5.2.1"}"#
        ),
        CatalogerSample(NPMCataloger(), "/app/node_modules/@a/b/package.json", #"{"name":"@a/b","version":"1.0.0"}"#),
    ]
}

@Suite("The npm cataloger")
struct NPMCatalogerTests {
    static func catalog(_ files: [(String, String)], environment: [String] = []) -> Catalog {
        var collected = CollectedFiles()
        for (path, text) in files { collected.insert(Array(text.utf8), at: ImagePath(path)) }
        return Catalogers.catalog(collected, configuration: CatalogConfiguration(environmentLines: environment))
    }

    static func licenses(_ member: String) -> [String]? {
        catalog([("/node_modules/a/package.json", "{\"name\":\"a\",\"version\":\"1.0.0\"\(member)}")]).packages.first?
            .licenses
    }

    @Test("finds scoped and nested packages, and one package in two places once")
    func places() {
        let catalog = Self.catalog([
            ("/app/package.json", #"{"name":"app","version":"1.0.0"}"#),
            ("/app/package-lock.json", #"{"packages":{"node_modules/ghost":{"version":"1.0.0"}}}"#),
            ("/app/node_modules/@s/a/package.json", #"{"name":"@s/a","version":"1.0.0"}"#),
            ("/app/node_modules/b/package.json", #"{"name":"b","version":"2.0.0"}"#),
            ("/app/node_modules/c/node_modules/b/package.json", #"{"name":"b","version":"2.0.0"}"#),
            ("/app/node_modules/d/node_modules/b/package.json", #"{"name":"b","version":"1.0.0"}"#),
        ])
        #expect(catalog.packages.map { "\($0.name)@\($0.version)" } == ["@s/a@1.0.0", "b@1.0.0", "b@2.0.0"])
        #expect(catalog.packages.last?.locations.count == 2)
        #expect(catalog.packages.first?.purl.description == "pkg:npm/%40s/a@1.0.0")
    }

    @Test("reads the licence in all its old and new forms")
    func licenceForms() {
        #expect(Self.licenses("") == [])
        #expect(Self.licenses(#","license":"MIT""#) == ["MIT"])
        #expect(Self.licenses(#","license":" MIT ""#) == ["MIT"])
        #expect(Self.licenses(#","license":{"type":"ISC","url":"x"}"#) == ["ISC"])
        #expect(Self.licenses(#","licenses":[{"type":"MIT"},{"type":"Apache-2.0"}]"#) == ["(MIT OR Apache-2.0)"])
        #expect(Self.licenses(#","licenses":["MIT"]"#) == ["MIT"])
        #expect(Self.licenses(#","license":["MIT","BSD"]"#) == ["(MIT OR BSD)"])
        #expect(Self.licenses(#","license":7"#) == [])
        #expect(Self.licenses(#","license":null,"licence":"MIT""#) == ["MIT"])
    }

    @Test("takes the folder's name where the file has none, and leaves out what has no version")
    func stubs() {
        let catalog = Self.catalog([
            ("/node_modules/@s/x/package.json", #"{"version":"1.0.0"}"#),
            ("/node_modules/y/package.json", #"{"main":"index.js"}"#),
            ("/node_modules/z/package.json", "{ broken"),
        ])
        #expect(catalog.packages.map(\.name) == ["@s/x"])
        #expect(catalog.unknowns.count == 1)
    }

    @Test("reads author, description, escapes and a byte order mark")
    func text() throws {
        let catalog = Self.catalog([
            (
                "/node_modules/a/package.json",
                "\u{FEFF}{\"name\":\"a\",\"version\":\"1.0.0\",\"description\":\"\\u00e9\\ud83d\\ude00\",\"author\":{\"name\":\"N\",\"email\":\"e@x\"}}"
            )
        ])
        #expect(catalog.packages.first?.summary == "é😀")
        #expect(catalog.packages.first?.maintainer == "N <e@x>")
    }

    @Test("reads os-release with quotes, comments and escapes, and falls back on older files")
    func distributions() {
        let text =
            "# c\nNAME=\"Docker Hardened Images (Alpine)\"\nID='alpine'\nVERSION_ID=3.22\nPRETTY_NAME=\"a \\\"b\\\"\"\nX\n=\n"
        let found = Self.catalog([("/etc/os-release", text)]).distribution
        #expect(found?.id == "alpine" && found?.versionID == "3.22" && found?.name == "Docker Hardened Images (Alpine)")
        #expect(found?.prettyName == "a \"b\"")
        #expect(
            Self.catalog([("/etc/os-release", "NAME=x\n"), ("/usr/lib/os-release", "ID=b")]).distribution?.id == "b"
        )
        #expect(Self.catalog([("/etc/alpine-release", "3.20.1\n")]).distribution?.versionID == "3.20.1")
        #expect(Self.catalog([("/etc/debian_version", "12.11\n")]).distribution?.versionID == "12")
        #expect(Self.catalog([("/etc/debian_version", "trixie/sid\n")]).distribution?.codename == "trixie")
        #expect(Self.catalog([("/etc/debian_version", "\n")]).distribution == nil)
    }
}
