// SPDX-License-Identifier: Apache-2.0

import Packages
import Testing

@Suite("PackageURL")
struct PackageURLTests {
    static let canonical: [(text: String, canonical: String)] = [
        ("pkg:npm/express@5.2.1", "pkg:npm/express@5.2.1"),
        ("pkg:npm/%40angular/animation@12.3.1", "pkg:npm/%40angular/animation@12.3.1"),
        ("pkg:npm/@angular/animation@12.3.1", "pkg:npm/%40angular/animation@12.3.1"),
        ("pkg:npm/@angular/animation", "pkg:npm/%40angular/animation"),
        ("PKG:NPM/Express@1.0.0", "pkg:npm/express@1.0.0"),
        ("pkg://npm/express@1.0.0/", "pkg:npm/express@1.0.0"),
        ("pkg:PYPI/Django_package@1.11.1.dev1", "pkg:pypi/django-package@1.11.1.dev1"),
        (
            "pkg:deb/Debian/Curl@7.50.3-1?distro=jessie&arch=i386",
            "pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie"
        ),
        ("pkg:deb/debian/shadow@1%3A4.13%2Bdfsg1-1", "pkg:deb/debian/shadow@1:4.13%2Bdfsg1-1"),
        ("pkg:deb/debian/shadow@1:4.13+dfsg1-1", "pkg:deb/debian/shadow@1:4.13%2Bdfsg1-1"),
        (
            "pkg:golang/google.golang.org/genproto#/googleapis/../api/",
            "pkg:golang/google.golang.org/genproto#googleapis/api"
        ),
        ("pkg:GitHub/Package-URL/PURL-Spec@244fd47e07d1", "pkg:github/package-url/purl-spec@244fd47e07d1"),
        (
            "pkg:maven/org.apache.xmlgraphics/batik-anim@1.9.1?type=zip&classifier=sources",
            "pkg:maven/org.apache.xmlgraphics/batik-anim@1.9.1?classifier=sources&type=zip"
        ),
        (
            "pkg:docker/customer/dockerimage@sha256:244fd47e07d1?repository_url=gcr.io",
            "pkg:docker/customer/dockerimage@sha256:244fd47e07d1?repository_url=gcr.io"
        ),
        ("pkg:docker/node@lts-slim?platform=linux%2famd64", "pkg:docker/node@lts-slim?platform=linux%2Famd64"),
        ("pkg:generic/a?B=c&empty=", "pkg:generic/a?b=c"),
        ("pkg:generic/a%20b@1%2F2", "pkg:generic/a%20b@1%2F2"),
        ("pkg:nuget/EnterpriseLibrary.Common@6.0.1304", "pkg:nuget/EnterpriseLibrary.Common@6.0.1304"),
        ("pkg:generic/n%C3%A4me@1", "pkg:generic/n%C3%A4me@1"),
        (
            "pkg:oci/Debian@sha256%3Aabc?repository_url=docker.io/library/debian",
            "pkg:oci/debian@sha256:abc?repository_url=docker.io%2Flibrary%2Fdebian"
        ),
    ]

    @Test("reads liberally and writes canonically, and what it writes reads back", arguments: canonical)
    func canonicalForm(text: String, canonical: String) throws {
        let purl = try PackageURL(parsing: text)
        #expect(purl.description == canonical)
        #expect(try PackageURL(parsing: canonical) == purl)
        #expect(PackageURL.remarks(on: canonical).isEmpty)
        let rebuilt = try PackageURL(
            type: purl.type,
            namespace: purl.namespace,
            name: purl.name,
            version: purl.version,
            qualifiers: purl.qualifiers,
            subpath: purl.subpath
        )
        #expect(rebuilt == purl)
    }

    static let refused: [(text: String, error: PackageURL.ValidationError)] = [
        ("", .schemeMissing), ("npm/express", .schemeMissing), ("pkg:", .typeWrong("")), ("pkg:npm", .nameMissing),
        ("pkg:npm/", .nameMissing), ("pkg:/express@1", .typeWrong("express@1")),
        ("pkg:n&g?inx/nginx", .typeWrong("n&g")),
        ("pkg:3nginx/nginx@0.8.9", .typeWrong("3nginx")), ("pkg:npm/%zz", .encodingWrong("%zz")),
        ("pkg:npm/a%2", .encodingWrong("a%2")),
        ("pkg:npm/%ff", .encodingWrong("%ff")), ("pkg:npm/a?b%20=c", .qualifierWrong("b%20")),
        ("pkg:npm/a?b", .qualifierWrong("b")),
        ("pkg:npm/a?=c", .qualifierWrong("")), ("pkg:npm/a?b=1&B=2", .qualifierTwice("B")),
        ("pkg:maven/io@1.3.4", .typeRule("maven", "a namespace is needed")),
        ("pkg:pypi/ns/name@1", .typeRule("pypi", "this type has no namespace")),
        ("pkg:cran/A3", .typeRule("cran", "a version is needed")),
        ("pkg:julia/Dates@1", .typeRule("julia", "the qualifier uuid is needed")),
    ]

    @Test("refuses what is none, and says why", arguments: refused)
    func refuses(text: String, error: PackageURL.ValidationError) throws {
        // `n&g?inx`: everything behind the question mark is read as qualifiers first, and `inx/nginx` is none.
        if text.contains("?inx") {
            #expect(throws: PackageURL.ValidationError.self) { try PackageURL(parsing: text) }
        } else {
            #expect(throws: error) { try PackageURL(parsing: text) }
        }
        #expect(!PackageURL.remarks(on: text).isEmpty)
    }

    @Test("a statement without version or qualifiers speaks of all of them")
    func wildcard() throws {
        let statement = try PackageURL(parsing: "pkg:apk/alpine/busybox?os_version=3.22")
        #expect(
            statement.matches(
                try PackageURL(parsing: "pkg:apk/alpine/busybox@1.37.0-r19?os_name=alpine&os_version=3.22")
            )
        )
        #expect(!statement.matches(try PackageURL(parsing: "pkg:apk/alpine/busybox@1.37.0-r19?os_version=3.21")))
        #expect(!statement.matches(try PackageURL(parsing: "pkg:apk/alpine/musl@1?os_version=3.22")))
    }

    @Test("every byte of a name survives writing and reading")
    func roundTrip() throws {
        for value in UInt32(1)...0x2FF {
            guard let scalar = Unicode.Scalar(value), scalar != "/" else { continue }
            let purl = try PackageURL(type: "generic", name: "a\(Character(scalar))b", version: "\(Character(scalar))1")
            #expect(try PackageURL(parsing: purl.description) == purl)
        }
    }
}
