// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Packages
import SeaworthyTestSupport
import Testing

@Suite("LicenseExpression")
struct LicenseExpressionTests {
    static let canonical: [(text: String, canonical: String)] = [
        ("mit", "MIT"), ("MIT", "MIT"), ("(MIT)", "MIT"), ("((mit))", "MIT"),
        ("apache-2.0 or mit", "Apache-2.0 OR MIT"),
        ("MIT AND ISC OR Zlib", "MIT AND ISC OR Zlib"), ("MIT AND (ISC OR Zlib)", "MIT AND (ISC OR Zlib)"),
        ("(MIT AND ISC) OR Zlib", "MIT AND ISC OR Zlib"), ("MIT OR (ISC OR Zlib)", "MIT OR ISC OR Zlib"),
        ("GPL-2.0", "GPL-2.0-only"), ("GPL-2.0+", "GPL-2.0-or-later"), ("gpl-2.0-or-later", "GPL-2.0-or-later"),
        ("GPL-2.0-only+", "GPL-2.0-or-later"), ("AGPL-3.0", "AGPL-3.0-only"), ("Apache-2.0+", "Apache-2.0+"),
        ("GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("GPL-2.0-only with classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("LicenseRef-Mine", "LicenseRef-Mine"), ("DocumentRef-a:LicenseRef-b", "DocumentRef-a:LicenseRef-b"),
        ("MIT WITH AdditionRef-x", "MIT WITH AdditionRef-x"), ("  MIT\tAND\nISC ", "MIT AND ISC"), ("0BSD", "0BSD"),
        ("GPL-2.0-or-later AND LGPL-2.1-or-later", "GPL-2.0-or-later AND LGPL-2.1-or-later"),
    ]

    @Test("reads strictly, writes canonically, and what it writes reads back", arguments: canonical)
    func canonicalForm(text: String, canonical: String) throws {
        let expression = try LicenseExpression(parsing: text)
        #expect(expression.description == canonical)
        #expect(try LicenseExpression(parsing: canonical) == expression)
    }

    static let refused: [String] = [
        "", " ", "NONE", "NOASSERTION", "Foo-1.0", "MIT And ISC", "MIT ISC", "MIT AND", "AND MIT", "OR", "(MIT", "MIT)",
        "()", "MIT +", "MIT++", "GPL-2.0++",
        "MIT WITH", "MIT WITH MIT", "MIT WITH Nothing-exception", "LicenseRef-", "DocumentRef-a:MIT", "MIT/ISC",
        "MIT, ISC",
        "GPL-2.0-with-GCC-exception WITH GCC-exception-3.1", "MÍT", "MIT AND AND ISC",
        String(repeating: "(", count: 100_000),
    ]

    @Test("refuses what is no expression", arguments: rows(refused))
    func refuses(row: NumberedRow<String>) {
        let text = row.value
        #expect(throws: LicenseExpression.ValidationError.self) { try LicenseExpression(parsing: text) }
    }

    static let names: [(text: String, canonical: String)] = [
        ("Expat", "MIT"), ("GPL-2+", "GPL-2.0-or-later"), ("GPL-2", "GPL-2.0-only"), ("LGPL-2.1+", "LGPL-2.1-or-later"),
        ("GPLv3+", "GPL-3.0-or-later"), ("LGPLv3+_or_GPLv2+", "LGPL-3.0-or-later OR GPL-2.0-or-later"),
        ("BSD-3-clause and/or GPL-3+", "BSD-3-Clause OR GPL-3.0-or-later"),
        ("GPL-2+ or Artistic", "GPL-2.0-or-later OR Artistic-1.0-Perl"),
        ("GPL-2+ or Artistic, and BSD-3-clause", "(GPL-2.0-or-later OR Artistic-1.0-Perl) AND BSD-3-Clause"),
        ("GPL-3+ with Bison-2.2 exception", "GPL-3.0-or-later WITH AdditionRef-Bison-2.2-exception"),
        ("GPL-3+ with Autoconf exception and MIT", "GPL-3.0-or-later WITH AdditionRef-Autoconf-exception AND MIT"),
        ("GPL2 GPL3", "GPL-2.0-only AND GPL-3.0-only"), ("GPL-2 AGPL-3", "GPL-2.0-only AND AGPL-3.0-only"),
        ("GPL-2+-with-link-exception", "GPL-2.0-or-later WITH AdditionRef-link-exception"),
        ("AGPLv3", "AGPL-3.0-only"), ("AGPL-3", "AGPL-3.0-only"), ("AGPLv3+", "AGPL-3.0-or-later"),
        ("GNU AGPL v3", "AGPL-3.0-only"),
        ("GNU Affero General Public License v3", "AGPL-3.0-only"),
        ("GNU Affero General Public License v3 or later", "AGPL-3.0-or-later"),
        ("License :: OSI Approved :: GNU Affero General Public License v3 or later (AGPLv3+)", "AGPL-3.0-or-later"),
        ("License :: OSI Approved :: MIT License", "MIT"),
        ("License :: OSI Approved :: Apache Software License", "LicenseRef-Apache-Software-License"),
        ("GNU General Public License, version 2 or any later version", "GPL-2.0-or-later"),
        ("GNU Lesser General Public License v2.1", "LGPL-2.1-only"), ("GFDL-1.3+", "GFDL-1.3-or-later"),
        ("GFDL-NIV-1.3+", "GFDL-1.3-no-invariants-or-later"), ("Apache License, Version 2.0", "Apache-2.0"),
        ("Apache 2.0", "Apache-2.0"),
        ("The MIT License (MIT)", "MIT"), ("MIT/X11", "MIT"), ("BSD 3-Clause", "BSD-3-Clause"),
        ("MIT, ISC", "MIT AND ISC"),
        ("UNLICENSED", "LicenseRef-UNLICENSED"), ("SEE LICENSE IN LICENSE.md", "LicenseRef-SEE-LICENSE-IN-LICENSE.md"),
        ("public-domain", "LicenseRef-public-domain"), ("(MIT OR Apache-2.0)", "MIT OR Apache-2.0"),
        ("openssl", "OpenSSL"),
        ("AGPL", "LicenseRef-AGPL"), ("DONT-CHANGE-THE-GPL", "LicenseRef-DONT-CHANGE-THE-GPL"), ("MPL-2", "MPL-2.0"),
        ("GPL2 BSD-2-Clause", "GPL-2.0-only AND BSD-2-Clause"), ("MIT and", "MIT"), ("((", "LicenseRef-unnamed"),
        (",,", "LicenseRef-unnamed"),
    ]

    @Test("understands what packages write", arguments: names)
    func normalizes(text: String, canonical: String) throws {
        let expression = try #require(LicenseExpression(normalizing: text))
        #expect(expression.description == canonical)
    }

    @Test("knows that nothing is declared", arguments: ["", " ", "NONE", "NOASSERTION", "unknown"])
    func nothing(text: String) { #expect(LicenseExpression(normalizing: text) == nil) }

    @Test("what the loose reader gives, the strict one accepts")
    func looseIsStrict() throws {
        var generator = SeededGenerator(seed: 1)
        let parts = [
            "GPL-2+", " or ", " and ", ", ", "(", ")", "with x exception", "MIT", "Ä", "/", "|", "::", " ", "v3", "+",
            "AGPL", "\u{0}",
        ]
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 1...8, using: &generator)).compactMap { _ in
                parts.randomElement(using: &generator)
            }.joined()
            guard let expression = LicenseExpression(normalizing: text) else { continue }
            #expect(throws: Never.self, "\(text) became \(expression)") {
                try LicenseExpression(parsing: expression.description)
            }
        }
    }

    static let verdicts: [(text: String, plain: Verdict, strict: Verdict)] = [
        ("AGPL-3.0", .failed, .failed), ("AGPL-3.0-or-later", .failed, .failed), ("AGPL-3.0+", .failed, .failed),
        ("AGPLv3", .failed, .failed), ("AGPL-3+", .failed, .failed), ("AGPL", .unknown, .unknown),
        ("AGPL-1.0-only", .passed, .passed),
        ("MIT AND AGPL-3.0-only", .failed, .failed), ("MIT OR AGPL-3.0-only", .passed, .failed),
        ("AGPL-3.0-only OR AGPL-3.0-or-later", .failed, .failed),
        ("AGPL-3.0-only WITH Classpath-exception-2.0", .failed, .failed),
        ("MIT", .passed, .passed), ("GPL-3.0-only", .passed, .passed), ("SEE LICENSE IN X", .unknown, .unknown),
        ("AGPL OR MIT", .passed, .unknown), ("AGPL AND AGPL-3.0-only", .failed, .failed),
        ("LicenseRef-Affero-v3", .failed, .failed),
        ("UNLICENSED", .passed, .passed), ("GNU Affero General Public License", .unknown, .unknown),
    ]

    @Test("judges AGPL version 3", arguments: verdicts)
    func agpl(text: String, plain: Verdict, strict: Verdict) throws {
        let expression = try #require(LicenseExpression(normalizing: text))
        #expect(expression.agpl3Verdict() == plain)
        #expect(expression.agpl3Verdict(strict: true) == strict)
    }

    @Test("a package without a licence is unknown; of several, all apply")
    func packages() {
        func package(_ licenses: [String]) -> Package {
            Package(type: .deb, name: "a", version: "1", licenses: licenses, foundBy: "test")
        }
        #expect(package([]).agpl3Verdict() == .unknown)
        #expect(package(["NOASSERTION"]).agpl3Verdict() == .unknown)
        #expect(package(["Expat", "GPL-2+"]).agpl3Verdict() == .passed)
        #expect(package(["Expat", "AGPL-3+"]).agpl3Verdict() == .failed)
        #expect(package(["Expat", "GPL-2+", "MIT"]).licenseExpression?.description == "MIT AND GPL-2.0-or-later")
        #expect(package(["Expat", "MIT"]).licenseExpression?.description == "MIT")
    }

    @Test("holds the whole SPDX list; replacements and canonical ids are in it")
    func list() throws {
        let all = SPDXLicense.all
        #expect(all.filter { !$0.isException }.count == 733)
        #expect(all.filter(\.isException).count == 86)
        #expect(SPDXLicense.license("agpl-3.0-ONLY")?.isOSIApproved == true)
        #expect(SPDXLicense.license("AGPL-1.0-only")?.isOSIApproved == false)
        #expect(SPDXLicense.license("MIT")?.category == .permissive)
        for license in all {
            if license.isException { continue }
            let expression = try LicenseExpression(parsing: license.id)
            #expect(try LicenseExpression(parsing: expression.description) == expression, "\(license.id)")
        }
    }
}
