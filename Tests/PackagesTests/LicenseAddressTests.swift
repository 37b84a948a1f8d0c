// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Packages
import Testing

@Suite("Licences told by an address")
struct LicenseAddressTests {
    @Test(
        "known addresses are licences",
        arguments: [
            ("https://opensource.org/licenses/AGPL-3.0", "AGPL-3.0-only"),
            ("http://www.opensource.org/licenses/mit-license.php", "MIT"),
            ("https://opensource.org/license/mit", "MIT"),
            ("https://opensource.org/license/agpl-v3", "AGPL-3.0-only"),
            ("https://opensource.org/license/mpl-2-0/", "MPL-2.0"),
            ("https://opensource.org/license/isc-license-txt", "ISC"),
            ("https://opensource.org/license/bsd-3-clause", "BSD-3-Clause"),
            ("https://spdx.org/licenses/AGPL-3.0-or-later.html", "AGPL-3.0-or-later"),
            ("https://spdx.org/licenses/Apache-2.0.json", "Apache-2.0"), ("HTTPS://SPDX.ORG/licenses/mit", "MIT"),
            ("https://www.gnu.org/licenses/agpl-3.0.en.html", "AGPL-3.0-only"),
            ("https://www.gnu.org/licenses/agpl-3.0.txt", "AGPL-3.0-only"),
            ("http://gnu.org/licenses/old-licenses/gpl-2.0-standalone.html", "GPL-2.0-only"),
            ("https://www.gnu.org/licenses/lgpl-2.1.html#SEC1", "LGPL-2.1-only"),
            ("http://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
            ("https://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
            ("www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
            ("https://www.mozilla.org/en-US/MPL/2.0/", "MPL-2.0"),
            ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
            ("https://creativecommons.org/licenses/by-sa/4.0/legalcode", "CC-BY-SA-4.0"),
            ("https://licenses.nuget.org/MIT", "MIT"),
            ("https://choosealicense.com/licenses/agpl-3.0/", "AGPL-3.0-only"),
            ("https://www.eclipse.org/legal/epl-2.0/", "EPL-2.0"), ("http://unlicense.org", "Unlicense"),
            ("https://www.boost.org/LICENSE_1_0.txt", "BSL-1.0"),
            ("MIT (https://example.org/LICENSE)", "MIT"),
            ("https://opensource.org/licenses/MIT OR https://opensource.org/licenses/AGPL-3.0", "MIT OR AGPL-3.0-only"),
        ]
    )
    func known(text: String, expected: String) throws {
        #expect(try #require(LicenseExpression(normalizing: text)).description == expected)
    }

    @Test(
        "an address that nobody knows is doubt, and no list of alternatives",
        arguments: [
            "https://example.org/license", "https://github.com/a/b/blob/main/LICENSE",
            "http://opensource.org/licenses/nonsense",
            "https://www.gnu.org/licenses/", "https://spdx.org/licenses/", "//x", "http://", "https://opensource.org",
            "https://example.org/MIT/AGPL-3.0",
        ]
    )
    func unknown(text: String) throws {
        let expression = try #require(LicenseExpression(normalizing: text))
        guard case .reference = expression else {
            Issue.record("\(text) is read as \(expression)")
            return
        }
        #expect(expression.agpl3Verdict() == .unknown)
    }

    @Test(
        "an alternative that nobody understands saves nothing",
        arguments: [
            ("AGPL-3.0 OR Foo", Verdict.unknown), ("AGPL-3.0 OR https://example.org/x", .unknown),
            ("AGPL-3.0 OR MIT", .passed),
            ("(AGPL-3.0 AND MIT) OR Foo", .unknown), ("AGPL-3.0 AND Foo", .failed),
            ("AGPL-3.0 OR AGPL-3.0-or-later", .failed),
            ("AGPL OR Foo", .unknown), ("MIT OR Foo", .passed), ("Foo", .passed), ("Foo OR Bar", .passed),
            ("SEE LICENSE IN LICENSE.md", .unknown), ("AGPL-3.0 OR public-domain", .passed),
            ("https://www.gnu.org/licenses/agpl.html", .unknown),
        ]
    )
    func choices(text: String, expected: Verdict) throws {
        #expect(try #require(LicenseExpression(normalizing: text)).agpl3Verdict() == expected)
    }

    @Test("a word of a package's own metadata that no list has is doubt; of a Debian copyright file it is not")
    func words() {
        func verdict(_ type: PackageType, _ license: String) -> Verdict {
            Package(type: type, name: "p", version: "1", licenses: [license], foundBy: "test").agpl3Verdict()
        }
        #expect(verdict(.npm, "Foo") == .unknown)
        #expect(verdict(.deb, "Foo") == .passed)
        #expect(verdict(.npm, "UNLICENSED") == .passed)
        #expect(verdict(.pypi, "License :: OSI Approved :: MIT License") == .passed)
        #expect(verdict(.deb, "Foo-AGPL-3") == .failed)
    }

    @Test("of a name and an address the one that is understood counts")
    func declared() {
        typealias Case = (name: String?, address: String?, expected: String?)
        let mit = "https://opensource.org/licenses/MIT"
        let cases: [Case] = [
            ("MIT", "https://example.org", "MIT"), ("Custom", mit, mit), (nil, mit, mit), ("", mit, mit),
            ("Custom", nil, "Custom"),
            ("Custom", "https://example.org", "Custom"), (nil, nil, nil), ("", "", nil),
        ]
        for row in cases { #expect(LicenseExpression.declared(name: row.name, address: row.address) == row.expected) }
    }
}
