// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Packages
import SeaworthyTestSupport
import Testing

@testable import BillOfMaterials

@Suite("A package in a bill of materials is what its purl says")
struct PackageIdentityTests {
    struct Row: Sendable {
        let name: String
        let version: String
        let purl: String
        /// Type, name and version as they are judged.
        let identity: String
        /// Whether the label is said to be another.
        let differs: Bool
    }

    static let table: [Row] = [
        // The label is the purl's, in one of the ways in which it is written.
        Row(
            name: "lodash",
            version: "4.17.20",
            purl: "pkg:npm/lodash@4.17.20",
            identity: "npm lodash 4.17.20",
            differs: false
        ),
        Row(
            name: "log4j-core",
            version: "2.14.1",
            purl: "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
            identity: "maven org.apache.logging.log4j:log4j-core 2.14.1",
            differs: false
        ),
        Row(
            name: "org.apache.logging.log4j/log4j-core",
            version: "2.14.1",
            purl: "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
            identity: "maven org.apache.logging.log4j:log4j-core 2.14.1",
            differs: false
        ),
        Row(
            name: "npm:lodash",
            version: "1.0.0",
            purl: "pkg:npm/lodash@1.0.0",
            identity: "npm lodash 1.0.0",
            differs: false
        ),
        Row(
            name: "core",
            version: "1.0.0",
            purl: "pkg:npm/%40angular/core@1.0.0",
            identity: "npm @angular/core 1.0.0",
            differs: false
        ),
        Row(
            name: "Ruamel_Yaml",
            version: "1.0",
            purl: "pkg:pypi/ruamel-yaml@1.0",
            identity: "pypi Ruamel_Yaml 1.0",
            differs: false
        ),
        Row(
            name: "golang.org/x/net",
            version: "0.1.0",
            purl: "pkg:golang/golang.org/x/net@v0.1.0",
            identity: "golang golang.org/x/net 0.1.0",
            differs: false
        ),
        Row(
            name: "bash",
            version: "0:5.1-1",
            purl: "pkg:rpm/redhat/bash@5.1-1",
            identity: "rpm bash 0:5.1-1",
            differs: false
        ),
        Row(
            name: "bind",
            version: "32:9.11-1",
            purl: "pkg:rpm/redhat/bind@9.11-1?epoch=32",
            identity: "rpm bind 32:9.11-1",
            differs: false
        ),
        Row(
            name: "passwd",
            version: "1:4.13",
            purl: "pkg:deb/debian/passwd@1%3A4.13",
            identity: "deb passwd 1:4.13",
            differs: false
        ),
        Row(name: "x", version: "1.0", purl: "pkg:npm/x", identity: "npm x 1.0", differs: false),
        Row(name: "", version: "", purl: "pkg:npm/x@1.0.0", identity: "npm x 1.0.0", differs: false),
        // It is another one.
        Row(
            name: "lodash",
            version: "5.0.0",
            purl: "pkg:npm/lodash@4.17.20",
            identity: "npm lodash 4.17.20",
            differs: true
        ),
        Row(
            name: "left-pad",
            version: "4.17.20",
            purl: "pkg:npm/lodash@4.17.20",
            identity: "npm lodash 4.17.20",
            differs: true
        ),
        Row(
            name: "safe",
            version: "9",
            purl: "pkg:apk/alpine/openssl@3.0.1-r0?distro=alpine-3.22",
            identity: "apk openssl 3.0.1-r0",
            differs: true
        ),
        Row(
            name: "libssl3",
            version: "3.0.11-1",
            purl: "pkg:deb/debian/openssl@3.0.11-1",
            identity: "deb openssl 3.0.11-1",
            differs: true
        ),
        Row(name: "requests", version: "2.32", purl: "pkg:pypi/django@3.0", identity: "pypi django 3.0", differs: true),
        Row(name: "foo:bar", version: "1", purl: "pkg:maven/org/bar@1", identity: "maven org:bar 1", differs: true),
        // It has none that can be read: the label is all there is, and nobody can say which package it is.
        Row(
            name: "lodash",
            version: "4.17.20",
            purl: "npm/lodash@4.17.20",
            identity: "generic lodash 4.17.20",
            differs: true
        ),
        Row(name: "lodash", version: "4.17.20", purl: "pkg:npm", identity: "generic lodash 4.17.20", differs: true),
    ]

    static func spdx(_ row: Row) -> String {
        #"{"spdxVersion":"SPDX-2.3","packages":[{"name":"\#(row.name)","versionInfo":"\#(row.version)","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"\#(row.purl)"}]}]}"#
    }

    static func cycloneDX(_ row: Row) -> String {
        #"{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library","name":"\#(row.name)","version":"\#(row.version)","purl":"\#(row.purl)"}]}"#
    }

    static func syft(_ row: Row) -> String {
        #"{"artifacts":[{"name":"\#(row.name)","version":"\#(row.version)","purl":"\#(row.purl)"}]}"#
    }

    @Test("whatever stands beside it, in every format; where the two differ it is said", arguments: rows(table))
    func identity(row: NumberedRow<Row>) throws {
        for text in [Self.spdx(row.value), Self.cycloneDX(row.value), Self.syft(row.value)] {
            let document = try SBOMReader.read(Array(text.utf8))
            let package = try #require(document.packages.first)
            #expect("\(package.type.rawValue) \(package.name) \(package.version)" == row.value.identity)
            #expect(document.remarks.isEmpty == !row.value.differs, "\(document.remarks)")
        }
    }

    @Test("and without a purl its label is all there is")
    func noPURL() throws {
        let text = #"{"spdxVersion":"SPDX-2.3","packages":[{"name":"lodash","versionInfo":"4.17.20"}]}"#
        let document = try SBOMReader.read(Array(text.utf8))
        #expect(document.packages.map(\.type) == [.generic])
        #expect(document.remarks.isEmpty)
    }

    @Test("What is declared and what was concluded are both evidence")
    func licenses() throws {
        for (declared, concluded, expected) in [
            ("MIT", "NOASSERTION", ["MIT"]), ("NOASSERTION", "MIT", ["MIT"]), ("MIT", "MIT", ["MIT"]),
            ("MIT", "AGPL-3.0-only", ["MIT", "AGPL-3.0-only"]), ("NONE", "NOASSERTION", []),
        ] {
            let text =
                #"{"spdxVersion":"SPDX-2.3","packages":[{"name":"x","licenseDeclared":"\#(declared)","licenseConcluded":"\#(concluded)"}]}"#
            #expect(try SBOMReader.read(Array(text.utf8)).packages.first?.licenses == expected)
        }
    }
}
