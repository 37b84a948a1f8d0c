// SPDX-License-Identifier: Apache-2.0

import Packages
import Testing

@Suite("Version ranges")
struct RangeTests {
    static let rows: [(scheme: VersionScheme, range: String, version: String, isIn: Bool)] = [
        (.npm, "^20.20.0 || ^22.22.0", "22.22.3", true), (.npm, "20.x || 22.x", "24.0.0", false),
        (.npm, "^0.2.3", "0.3.0", false),
        (.npm, "~1.2", "1.2.9", true), (.npm, "*", "1.0.0-rc.1", false), (.npm, "1.2.3 - 2.3", "2.3.9", true),
        (.npm, ">=1.0.0-alpha", "1.0.0-beta", true), (.npm, ">=1.0.0-alpha", "1.1.0-beta", false),
        (.npm, "", "3.0.0", true),
        (.semver, "<2.0.0", "1.9.9", true), (.deb, ">= 1.0~, << 2.0", "2.0~rc1", true),
        (.apk, "<3.5.8-r0", "3.5.4-r0", true),
        (.apk, ">=1 <2 || =3", "3", true), (.apk, "", "1", true), (.rpm, "!=1.0", "1.0", false),
        (.go, ">=v1.2, <v1.3", "1.2.7", true),
        (.pep440, "~=1.4.2", "1.4.9", true), (.pep440, "~=1.4.2", "1.5", false), (.pep440, "==1.*", "1.9", true),
        (.pep440, ">=1.0", "2.0rc1", true), (.pep440, ">=1.0rc1", "1.0rc2", true), (.gem, "~> 2.2", "2.9", true),
        (.gem, "~> 2.2.0", "2.3", false), (.gem, ">= 1, < 2", "1.5", true), (.maven, "[1.0,2.0)", "2.0", false),
        (.maven, "(,1.0],[1.2,)", "1.1", false), (.maven, "[1.5]", "1.5", true), (.nuget, "1.0", "3.0", true),
        (.nuget, "(1.0,)", "1.0", false), (.composer, "^1.2.3", "1.9.0", true), (.composer, "^1.2.3", "2.0.0", false),
        (.composer, "~1.2", "1.9", true), (.composer, "~1.2.3", "1.3.0", false), (.composer, "^0.3", "0.4.0", false),
        (.composer, "1.0.*", "1.0.7", true), (.composer, ">=1.0 <2.0 || 3.*", "3.1", true),
        (.composer, "1.0 - 2.0", "2.0.9", true), (.composer, "1.0 - 2.0", "1.0-beta", true),
        (.composer, "1.0 - 2.0-beta", "2.0", false), (.composer, "1 - 2 || 5 - 6", "5.5", true),
        (.composer, "^0.0.0.5", "0.0.0.9", true), (.composer, "^1.0@dev", "1.9", true), (.composer, "1.X", "1.9", true),
        (.composer, ">=1.5", "1.x-dev", true), (.nuget, "1.*", "1.9", true), (.nuget, "1.9.*", "1.10", false),
        (.nuget, "*", "3", true), (.npm, "> =1.2", "1.2.0", true), (.npm, "=v1.2", "1.2.9", true),
        (.pep440, "===1.0", "1.0", true), (.pep440, "===1.0.0", "1.0", false), (.pep440, "===foo", "1.0", false),
        (.maven, "[1.0,2.0),[2.0,3.0]", "2.0", true),
        // A pre-release lies in what it begins with, and before the release that it leads to.
        (.pep440, "==3.1.*", "3.1b2", true), (.pep440, "==3.1.*", "3.1.dev1", true),
        (.pep440, "==3.1.*", "3.10", false),
        (.pep440, "!=3.1.*", "3.1b2", false), (.pep440, "~=3.1", "3.2a1", true), (.pep440, "<3.1", "3.1b2", false),
        (.pep440, "<3.1rc1", "3.1b2", true), (.pep440, "===foo", "foo", true), (.pep440, "==1.0", "foo", false),
        // apk's fuzzy comparison.
        (.apk, "~1.2", "1.2", true), (.apk, "~1.2", "1.2.9", true), (.apk, "~1.2", "1.20", false),
        (.apk, "~1.2", "1.2.9-r3", true), (.apk, "~1.2", "1.2_rc1", true), (.apk, "~1.2", "1.3", false),
        (.apk, "~1.2", "1", false), (.apk, "=~1.2", "1.2a", true), (.apk, "~=1.2.3", "1.2.3-r0", true),
        (.apk, ">~1.2", "1.3", true), (.apk, ">~1.2", "1.2.1", true), (.apk, ">~1.2", "1.1", false),
        (.apk, "<~1.2", "1.2.9", true), (.apk, "<~1.2", "1.20", false), (.apk, "~1.2 !=1.2.3", "1.2.3", false),
        // Texts that are not quite versions, on either side.
        (.apk, "<2.5-r0", "2.4p1-r0", true), (.apk, ">=2.4-r0", "2.4p1-r0", true),
        (.apk, "<2.4p2-r0", "2.4p1-r0", true),
        (.semver, ">=2.0.0", "v2.3", true), (.npm, "<2.0.0", "1", true), (.npm, ">=1.0.0", "1", true),
        (.rpm, "<3-1", "3-", true), (.rpm, ">2", "3-", true), (.composer, ">=5.1", "5.1-3RC1", true),
        (.composer, "<5.1.3", "5.1-3RC1", true), (.composer, ">=1.0", "dev-main", false), (.gem, "< 2", "2alpha", true),
        (.gem, ">= 1", "2alpha", true), (.deb, "<1:0", "a:1", false), (.go, ">=1.2", "1.2.3.4", true),
        (.nuget, "[1.0,2.0)", "v1.5", true), (.maven, "[1,2)", "1 5", true),
    ]

    @Test("answer as the ecosystem does", arguments: rows)
    func contains(scheme: VersionScheme, range: String, version: String, isIn: Bool) throws {
        #expect(try scheme.contains(version, in: range) == isIn)
    }

    @Test(
        "refuse what is no range",
        arguments: [
            (VersionScheme.npm, "latest"), (.npm, "1.2.3.4"), (.npm, ">=1 && <2"), (.npm, "^"), (.deb, ">="),
            (.pep440, "1.0"), (.pep440, "~=1"),
            (.gem, "~>"), (.maven, "[1.0"), (.maven, "(1.0)"), (.maven, ""), (.maven, "[1,2,3]"), (.composer, ""),
            (.composer, "^"), (.apk, ">=x"), (.npm, ">=v=1.2.3"), (.npm, "==1.2.3"), (.npm, "^9007199254740991"),
            (.maven, "[2,1]"), (.maven, "[1,1)"), (.maven, "[1,3],[2,4]"), (.maven, "[3,4],[1,2]"), (.nuget, "[2,1]"),
            (.composer, "1.0 ||"), (.composer, "1.0|||2.0"), (.gem, "== 1"), (.gem, "<> 1"), (.pep440, "==1.0 .*"),
            (.pep440, "==="),
        ]
    )
    func refuses(scheme: VersionScheme, range: String) {
        #expect(throws: VersionScheme.ValidationError.self) { try scheme.contains("1.0.0", in: range) }
    }

    @Test("take hostile ranges without a trap", arguments: VersionScheme.allCases)
    func hostile(scheme: VersionScheme) {
        for text in [
            String(repeating: "|", count: 10_000), String(repeating: "^", count: 10_000),
            String(repeating: "[", count: 10_000),
            String(repeating: ">=1 ", count: 5_000), String(repeating: "1 - ", count: 5_000),
            String(repeating: ",", count: 10_000), "\u{0}",
        ] { _ = try? scheme.contains("1.0.0", in: text) }
    }
}
