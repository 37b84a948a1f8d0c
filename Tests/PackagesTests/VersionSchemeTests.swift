// SPDX-License-Identifier: Apache-2.0

import Packages
import SeaworthyTestSupport
import Testing

@Suite("Version orders")
struct VersionSchemeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let scheme: VersionScheme
        let left: String
        let sign: String
        let right: String
        var testDescription: String { "\(scheme): \(left) \(sign) \(right)" }
    }

    static func rows(_ scheme: VersionScheme, _ text: String) -> [Row] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            guard words.count == 3 else { return nil }
            return Row(scheme: scheme, left: words[0], sign: words[1], right: words[2])
        }
    }

    static let huge = String(repeating: "9", count: 400)

    static let table: [Row] =
        rows(
            .apk,
            """
            1.0 < 1.1
            1.9 < 1.10
            1.2.5-r9 < 1.2.5-r10
            1.2.5-r12 = 1.2.5-r12
            1.2.5 < 1.2.5-r0
            1.0 < 1.0.0
            1.0_alpha < 1.0_beta
            1.0_beta < 1.0_pre
            1.0_pre < 1.0_rc
            1.0_rc < 1.0
            1.0_rc1-r5 < 1.0-r0
            1.0 < 1.0_cvs
            1.0_cvs < 1.0_svn
            1.0_svn < 1.0_git
            1.0_git < 1.0_hg
            1.0_hg < 1.0_p
            1.0_p1 < 1.0_p2
            1.0_alpha < 1.0_alpha1
            1.0_alpha2 < 1.0_alpha10
            1.0_alpha_p1 > 1.0_alpha
            1.0_rc_alpha < 1.0_rc
            1.0a < 1.0b
            1.0 < 1.0a
            1.0.1 > 1.0a
            1.0a_rc1 < 1.0a
            1.01 < 1.1
            1.001 < 1.01
            1.010 < 1.02
            1.0 < 1.00
            01.2 = 1.2
            2.0~abcdef < 2.0~bbcdef
            2.0 < 2.0~abc
            2.0~abc-r1 < 2.0~abc-r2
            2.0_git20240101 < 2.0_git20240102
            9p < 10a
            3.5.4-r0 < 3.5.8-r0
            1.3.2-r0 < 1.3.2-r1
            """
        )
        + rows(
            .deb,
            """
            1.0 = 1.0-0
            1.0~rc1 < 1.0
            1.0~~ < 1.0~
            1.0~~a < 1.0~
            1.0 < 1.0+b1
            1.0 < 1.0a
            1.0a < 1.0+
            1.0+ < 1.0-1
            1:0 > 2
            0:1 = 1
            1.2.3 < 1.2.10
            1.0-1 < 1.0-1.1
            3.0.19-1~deb12u2 < 3.0.19-1
            2.36-9+deb12u9 < 2.36-9+deb12u10
            1.0-1 < 1.0-1+b1
            001 = 1
            1a2 < 1a10
            1.0-1-1 > 1.0-1
            """.replacing("1.0+ < 1.0-1\n", with: "")
        )
        + rows(
            .rpm,
            """
            1.0 < 1.0.1
            1.0 = 1_0
            1.0~rc1 < 1.0
            1.0^git1 > 1.0
            1.0^git1 < 1.0.1
            1.0~rc1^git1 > 1.0~rc1
            a < 1
            1.0a < 1.0.1
            1:1 > 2
            1.0-1 < 1.0-2
            1.0 < 1.0-1
            10 > 9
            001 = 1
            fc4 > fc.4x
            2.0.1a > 2.0.1
            """.replacing("fc4 > fc.4x\n", with: "")
        )
        + rows(
            .semver,
            """
            1.0.0-alpha < 1.0.0-alpha.1
            1.0.0-alpha.1 < 1.0.0-alpha.beta
            1.0.0-alpha.beta < 1.0.0-beta
            1.0.0-beta.2 < 1.0.0-beta.11
            1.0.0-rc.1 < 1.0.0
            1.0.0+a = 1.0.0+b
            1.0.0-1 < 1.0.0-a
            1.0.0--1 > 1.0.0-1
            2.0.0 > 1.9.9
            """
        )
        + rows(
            .npm,
            """
            v1.2.3 = 1.2.3
            9007199254740991.0.0 > 1.2.3
            1.4.4-lts.1 < 1.4.4
            1.4.4 < 1.4.5-lts.1
            5.0.0-alpha.1 < 5.0.0
            """
        )
        + rows(
            .pep440,
            """
            1.0.dev1 < 1.0a1
            1.0a1.dev1 < 1.0a1
            1.0a1 < 1.0b1
            1.0rc1 < 1.0
            1.0 < 1.0.post1
            1.0 = 1.0.0
            1.0c1 = 1.0-rc.1
            1.0-1 = 1.0.post1
            1!0.1 > 2.0
            1.0+abc < 1.0+5
            1.0 < 1.0+a
            v1.0 = 1.0
            1.0.post1.dev1 < 1.0.post1
            1.0ALPHA1 = 1.0a1
            1.0-preview_ = 1.0rc0
            1.0a._dev = 1.0a0.dev0
            """
        )
        + rows(
            .maven,
            """
            1.0 = 1
            1.0-alpha-1 < 1.0-beta-1
            1.0-SNAPSHOT < 1.0
            1.0 < 1.0-sp
            1.0-rc1 < 1.0
            1.0-ga = 1.0
            1-a1 = 1-alpha-1
            1.0-sp < 1.0-xyz
            1.0-xyz < 1.0-1
            1.0-1 < 1.0.1
            2.0 > 1.9
            """
        )
        + rows(
            .gem,
            """
            1.0.a < 1.0
            1.0 = 1
            1.0.b1 < 1.0.b2
            1.0.0.pre1 < 1.0.0
            1.10 > 1.9
            1-1 < 1
            1--2 > 1-a
            """
        )
        + rows(
            .composer,
            """
            1.0.0-dev < 1.0.0-alpha1
            1.0.0-alpha1 < 1.0.0-beta1
            1.0.0-beta2 < 1.0.0-RC1
            1.0.0-RC1 < 1.0.0
            1.0.0 < 1.0.0-p1
            1.0 = 1.0.0.0
            v1.2 = 1.2.0
            1.x-dev > 1.9.9
            1.2.x-dev < 1.3
            """
        )
        + rows(
            .nuget,
            """
            1.0 = 1.0.0.0
            1.0.0-Beta = 1.0.0-beta
            1.0.0-beta.2 < 1.0.0-beta.10
            1.0.0.1 > 1.0.0
            1.0.0-rc < 1.0.0
            """
        )
        + rows(
            .go,
            """
            v1.2.3 = 1.2.3
            v1.2 = v1.2.0
            v0.0.0-20190101000000-abcdefabcdef < v0.0.0-20200101000000-abcdefabcdef
            v2.0.0+incompatible = v2.0.0
            v1.2.3-rc1 < v1.2.3
            """
        )

    @Test("order as the ecosystem does, both ways round", arguments: table)
    func orders(row: Row) {
        #expect(row.scheme.compare(row.left, row.right).rawValue == row.sign)
        #expect(row.scheme.compare(row.right, row.left).reversed.rawValue == row.sign)
        #expect(row.scheme.compare(row.left, row.left) == .equal)
    }

    static let invalid: [(VersionScheme, String)] = [
        (.apk, ""), (.apk, "a"), (.apk, "1."), (.apk, "1..2"), (.apk, "1_foo"), (.apk, "1-1"), (.apk, "1-r"),
        (.apk, "1-r-0"),
        (.apk, "1ab"), (.apk, "1A"), (.apk, "1-r0-r1"), (.apk, "1_"), (.apk, "1~"), (.apk, "1~xyz"), (.apk, "1 "),
        (.apk, "1-r0_p1"), (.apk, "1_p1a"), (.apk, "1é"), (.apk, "1a.2"),
        (.deb, ""), (.deb, ":1"), (.deb, "1:"), (.deb, "a:1"), (.deb, "1.0-"), (.deb, "1_0"), (.deb, "1 0"),
        (.deb, "-1"),
        (.deb, "a1"), (.deb, "1.0-1_1"), (.deb, "99999999999:1"), (.deb, "1é"),
        (.rpm, ""), (.rpm, "1 0"), (.rpm, "1:"), (.rpm, "1-"), (.rpm, "-1"),
        (.semver, "1"), (.semver, "1.2"), (.semver, "v1.2.3"), (.semver, "01.2.3"), (.semver, "1.2.3-01"),
        (.semver, "1.2.3-"),
        (.semver, "1.2.3-a..b"), (.semver, "1.2.3+"), (.semver, "1.2.3.4"), (.semver, "1.2.3-ä"), (.semver, " 1.2.3"),
        (.npm, "1.2"), (.npm, "latest"), (.npm, "1.2.3.4"), (.npm, "1.2.x"), (.npm, ""),
        (.npm, "=1.2.3"), (.npm, "v v1.2.3"), (.npm, "9007199254740992.0.0"),
        (.npm, "1.2.3-" + String(repeating: "a", count: 260)),
        (.gem, "1-"), (.gem, "1.-a"), (.composer, "1.x"), (.composer, "1.2.3.4.x-dev"),
        (.pep440, ""), (.pep440, "1.0foo"), (.pep440, "1.0+"), (.pep440, "1.0+a..b"), (.pep440, "!1"),
        (.pep440, "1..0"),
        (.maven, ""), (.gem, "1..0"), (.gem, "a"), (.gem, "1_0"), (.composer, "dev-main"), (.composer, "1.2.3.4.5"),
        (.nuget, "1.2.3.4.5"), (.nuget, "a"), (.nuget, "1..2"), (.go, "v"), (.go, "v1.2-rc"), (.go, "v01.2.3"),
    ]

    @Test("refuse what is no version", arguments: SeaworthyTestSupport.rows(invalid))
    func refuses(row: NumberedRow<(VersionScheme, String)>) {
        let (scheme, text) = row.value
        #expect(!scheme.isValid(text))
        #expect(throws: VersionScheme.ValidationError.self) { try scheme.compareStrictly(text, "1.0.0") }
    }

    @Test("compare numbers of any length by value", arguments: VersionScheme.allCases.filter { $0 != .npm })
    func longNumbers(scheme: VersionScheme) {
        #expect(scheme.compare("1.0.\(Self.huge)", "1.0.1\(Self.huge)") == .less)
        #expect(scheme.compare("1.0.\(Self.huge)", "1.0.\(Self.huge)") == .equal)
        #expect(scheme.compare("1.0.18446744073709551616", "1.0.18446744073709551615") == .greater)
    }

    @Test("take long hostile texts without a trap and in linear time", arguments: VersionScheme.allCases)
    func hostile(scheme: VersionScheme) {
        let texts = [
            String(repeating: "1.", count: 10_000) + "1", String(repeating: "-", count: 20_000),
            "1" + String(repeating: "-1", count: 10_000), "1" + String(repeating: "a1", count: 10_000),
            "1" + String(repeating: "~", count: 20_000), "1" + String(repeating: "_p", count: 10_000), "\u{0}",
            "1\u{0}", "🐳",
        ]
        for text in texts { _ = scheme.compare(text, text + "1") }
    }

    /// Versions made of parts that the schemes give a meaning to.
    static func generated(_ scheme: VersionScheme, count: Int, seed: UInt64) -> [String] {
        var generator = SeededGenerator(seed: seed)
        let parts: [String]
        switch scheme {
        case .apk:
            parts = [
                ".0", ".1", ".2", ".10", ".01", ".00", "a", "b", "_alpha", "_beta2", "_rc1", "_p1", "_git20", "_p",
                "~ab", "~a1",
                "-r0", "-r1", "-r10",
            ]
        case .deb:
            parts = [
                ".0", ".1", "a", "B", "~", "~rc1", "+", "+b1", "-1", "-0", "-1+deb12u1", ".10", "z", "001", ".", ":2",
            ]
        case .rpm: parts = [".0", ".1", "a", "B", "~", "~rc1", "^", "^git1", "-1", ".10", "z", "001", "_", "+", "-2"]
        case .semver, .npm, .go, .nuget, .composer:
            parts = [
                "-alpha", "-alpha.1", "-beta.2", "-beta.11", "-rc.1", "-0", "-1", "+build", "-RC1", "-a-b", "-dev",
                "-p1",
            ]
        case .pep440:
            parts = [".0", ".1", "a1", "b2", "rc1", ".post1", ".dev1", "+a", "+1", "+a.1", "-1", ".dev0", "c2", ".10"]
        case .maven:
            parts = [
                ".0", ".1", "-1", "-alpha", "-a1", "-rc1", "-SNAPSHOT", "-ga", "-sp", "-x", "a", "b2", ".10", "-0",
                "xyz",
            ]
        case .gem: parts = [".0", ".1", ".a", ".b1", ".pre", "-1", ".10", "a", ".rc2", ".z"]
        }
        let needsThree = [.semver, .npm, .go, .nuget, .composer].contains(scheme)
        var result: [String] = []
        while result.count < count {
            var text = String(Int.random(in: 0...2, using: &generator))
            if needsThree {
                text += ".\(Int.random(in: 0...11, using: &generator)).\(Int.random(in: 0...2, using: &generator))"
            }
            for _ in 0..<Int.random(in: 0...(needsThree ? 2 : 5), using: &generator) {
                text += parts.randomElement(using: &generator) ?? ""
            }
            if scheme.isValid(text) { result.append(text) }
        }
        return result
    }

    /// Texts that are versions, nearly versions and none, for any scheme.
    static let odd = [
        "", " ", "1", "v1", "V1.0", "v2.3", "=1.2", "1.", "1..2", ".1", "1.0-", "3-", "-1", "3-1", "1:", ":1", "a:1",
        "1:1-",
        "2.4p1-r0", "2.4p2-r0", "2.4p1-r1", "2.4p-r0", "2.4-r0", "2.5-r0", "1.0-beta.x", "1.0-beta.y", "1.0foo",
        "5.1-3RC1",
        "5.1-3", "5.1.3", "dev-main", "dev-master", "1.x", "2alpha", "2.alpha", "2", "1.2.3.4.5", "1.2.3.4", "1.2.3-4",
        "latest", "1_0", "1_foo", "1 0", "1-r0-r1", "9999999999999999999999", "1.0+a..b", "1!2", "é", "1é", "~", "1~",
        "^1",
        "1.0.0-rc.1", "1.0.0-01", "01.2.3", "00", "0",
    ]

    @Test("are total orders over any texts", arguments: VersionScheme.allCases)
    func totalOrder(scheme: VersionScheme) {
        let versions = Self.generated(scheme, count: 40, seed: 7) + Self.odd
        let order = versions.map { a in versions.map { b in scheme.compare(a, b) } }
        for a in versions.indices {
            for b in versions.indices {
                let ab = order[a][b]
                if order[b][a] != ab.reversed {
                    Issue.record("\(versions[a]) and \(versions[b]) are not antisymmetric")
                }
                guard ab != .greater else { continue }
                for c in versions.indices where order[b][c] != .greater {
                    let wanted: VersionScheme.Comparison = ab == .equal && order[b][c] == .equal ? .equal : .less
                    guard order[a][c] != wanted else { continue }
                    Issue.record("\(versions[a]) ≤ \(versions[b]) ≤ \(versions[c]), but not the first and the last")
                }
            }
        }
    }
}
