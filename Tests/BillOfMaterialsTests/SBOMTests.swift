// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import JSONValues
import OCISpec
import Packages
import Testing

@testable import BillOfMaterials

@Suite("Bills of materials")
struct SBOMTests {
    static let debian = Distribution(id: "debian", versionID: "12")

    static let document = SBOMDocument(
        format: .spdx("SPDX-2.3"),
        name: "example/memes-r-us:updated",
        created: "2026-11-23T10:00:00.123Z",
        tools: ["seaworthy-1.0.0"],
        packages: [
            Package(
                type: .npm,
                name: "@s/JSONStream",
                version: "1.0.0",
                licenses: ["(MIT OR Apache-2.0)"],
                locations: [
                    .init(
                        path: "/app/node_modules/@s/JSONStream/package.json",
                        layerDiffID: "sha256:" + String(repeating: "b", count: 64)
                    )
                ],
                foundBy: "npm"
            ),
            Package(
                type: .deb,
                name: "passwd",
                version: "1:4.13+dfsg1-1",
                architecture: "amd64",
                origin: .init(name: "shadow"),
                distribution: debian,
                licenses: ["GPL-2+", "public-domain"],
                locations: [
                    .init(path: "/var/lib/dpkg/status", layerDiffID: "sha256:" + String(repeating: "a", count: 64))
                ],
                maintainer: "M <m@example.org>",
                summary: "change \"passwords\"\n",
                foundBy: "dpkg"
            ),
            Package(type: .generic, name: "node", version: "24.19.0", foundBy: "node-runtime"),
        ],
        distribution: debian
    )

    @Test("what a list does not know of itself is written and read back", arguments: ["spdx", "cyclonedx"])
    func unknowns(form: String) throws {
        let doubts = ["/var/lib/rpm/Packages is an RPM database, which is not read", "and more"]
        let written = SBOMDocument(
            format: .spdx("SPDX-2.3"),
            name: "a",
            created: "",
            tools: ["seaworthy-1"],
            packages: Self.document.packages,
            unknowns: doubts
        )
        let bytes = form == "spdx" ? SPDXWriter.write(written) : CycloneDXWriter.write(written)
        #expect(try SBOMReader.read(bytes).unknowns == doubts)
        let whole = form == "spdx" ? SPDXWriter.write(Self.document) : CycloneDXWriter.write(Self.document)
        #expect(try SBOMReader.read(whole).unknowns.isEmpty)
        #expect(!Self.text(whole).contains("annotations") && !Self.text(whole).contains("compositions"))
    }

    @Test("a document that calls itself incomplete is believed; one that says so of a part is not about all")
    func incomplete() throws {
        func read(_ composition: String) throws -> [String] {
            try SBOMReader.read(
                Array(#"{"bomFormat":"CycloneDX","specVersion":"1.6","compositions":[\#(composition)]}"#.utf8)
            ).unknowns
        }
        #expect(try read(#"{"aggregate":"incomplete"}"#).count == 1)
        #expect(try read(#"{"aggregate":"complete"}"#).isEmpty)
        #expect(try read(#"{"aggregate":"incomplete","assemblies":["x"]}"#).isEmpty)
    }

    /// A document of one package.
    private static func one(_ name: String, _ version: String, _ purl: String, form: String = "spdx") throws
        -> SBOMDocument
    {
        let text =
            switch form {
            case "spdx":
                #"{"spdxVersion":"SPDX-2.3","packages":[{"name":"\#(name)","versionInfo":"\#(version)","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"\#(purl)"}]}]}"#
            case "cyclonedx":
                #"{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library","name":"\#(name)","version":"\#(version)","purl":"\#(purl)"}]}"#
            default:
                #"{"schema":{"version":"16"},"artifacts":[{"name":"\#(name)","version":"\#(version)","purl":"\#(purl)"}]}"#
            }
        return try SBOMReader.read(Array(text.utf8))
    }

    @Test(
        "the purl is a package's identity, its name and version are a label",
        arguments: ["spdx", "cyclonedx", "syft"]
    )
    func identity(form: String) throws {
        for (name, version, purl, expected, isSaid) in [
            ("lodash", "5.0.0", "pkg:npm/lodash@4.17.20", "lodash 4.17.20", true),
            ("left-pad", "4.17.20", "pkg:npm/lodash@4.17.20", "lodash 4.17.20", true),
            (
                "log4j-core", "2.14.1", "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
                "org.apache.logging.log4j:log4j-core 2.14.1", false
            ),
            ("JSONStream", "1.3.5", "pkg:npm/JSONStream@1.3.5", "JSONStream 1.3.5", false),
            ("Flask_Login", "0.6.3", "pkg:pypi/flask-login@0.6.3", "Flask_Login 0.6.3", false),
            ("bash", "0:5.1.8-9.el9", "pkg:rpm/redhat/bash@5.1.8-9.el9?epoch=0", "bash 0:5.1.8-9.el9", false),
            ("bash", "5.1.8", "pkg:rpm/bash@5.1.8", "bash 5.1.8", false),
            ("lodash", "4.17.20", "no purl", "lodash 4.17.20", true),
            ("stdlib", "1.24.3", "pkg:golang/stdlib@1.24.3", "stdlib 1.24.3", false),
        ] {
            let document = try Self.one(name, version, purl, form: form)
            #expect(document.packages.map { "\($0.name) \($0.version)" } == [expected])
            #expect(document.remarks.isEmpty != isSaid, "\(purl): \(document.remarks)")
        }
    }

    @Test("licences are read from a name, an address, or what the document explains itself")
    func licenceForms() throws {
        func cyclone(_ license: String) throws -> [String] {
            let text =
                #"{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library","name":"a","version":"1","licenses":[\#(license)]}]}"#
            return try SBOMReader.read(Array(text.utf8)).packages.flatMap(\.licenses)
        }
        let agpl = "https://opensource.org/licenses/AGPL-3.0"
        #expect(try cyclone(#"{"license":{"name":"Custom","url":"\#(agpl)"}}"#) == [agpl])
        #expect(try cyclone(#"{"license":{"url":"\#(agpl)"}}"#) == [agpl])
        #expect(try cyclone(#"{"license":{"id":"MIT","url":"\#(agpl)"}}"#) == ["MIT"])
        #expect(try cyclone(#"{"license":{}}"#).isEmpty)
        let spdx =
            #"{"spdxVersion":"SPDX-2.3","packages":[{"name":"a","versionInfo":"1","licenseDeclared":"MIT OR LicenseRef-x"}],"hasExtractedLicensingInfos":[{"licenseId":"LicenseRef-x","name":"ours","seeAlsos":["\#(agpl)"]}]}"#
        #expect(try SBOMReader.read(Array(spdx.utf8)).packages.flatMap(\.licenses) == ["MIT OR AGPL-3.0-only"])
    }

    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    static func summary(_ package: Package) -> String {
        let origin = package.origin.map { " from \($0.name)" } ?? ""
        return "\(package.purl) \(package.name)\(origin) \(package.licenseExpression?.description ?? "-") "
            + package.locations.map { "\($0.path) \($0.layerDiffID ?? "-")" }.joined(separator: ",")
    }

    @Test("SPDX reads back as it was written")
    func spdxRoundTrip() throws {
        let read = try SBOMReader.read(SPDXWriter.write(Self.document))
        #expect(read.packages.map(Self.summary) == Self.document.packages.map(Self.summary))
        #expect(read.format == .spdx("SPDX-2.3"))
        #expect(read.tools == ["seaworthy-1.0.0"])
        #expect(read.created == "2026-11-23T10:00:00Z")
        #expect(read.distribution == Self.debian)
        #expect(read.remarks.isEmpty)
        #expect(read.packages.first?.maintainer == "M <m@example.org>")
        #expect(read.packages.first?.summary == "change \"passwords\"\n")
    }

    @Test("CycloneDX reads back as it was written, in both versions", arguments: CycloneDXWriter.Version.allCases)
    func cycloneDXRoundTrip(version: CycloneDXWriter.Version) throws {
        let read = try SBOMReader.read(CycloneDXWriter.write(Self.document, version: version))
        #expect(read.packages.map(Self.summary) == Self.document.packages.map(Self.summary))
        #expect(read.format == .cycloneDX(version.rawValue))
        #expect(read.distribution == Self.debian)
    }

    @Test("SPDX says all that its specification asks for, and nothing twice")
    func spdxShape() throws {
        let value = try JSONValue(parsing: SPDXWriter.write(Self.document))
        let packages = try #require(value["packages"]?.array)
        #expect(packages.count == 4)
        let ids = packages.compactMap { $0["SPDXID"]?.string }
        #expect(Set(ids).count == 4)
        #expect(
            ids.allSatisfy { id in
                id.hasPrefix("SPDXRef-") && id.utf8.allSatisfy { $0 != 0x20 && $0 != 0x5F && $0 != 0x2F && $0 != 0x40 }
            }
        )
        for package in packages {
            for field in ["name", "SPDXID", "downloadLocation", "licenseConcluded", "licenseDeclared", "copyrightText"]
            {
                #expect(package[field]?.string?.isEmpty == false, "\(field)")
            }
        }
        let passwd = try #require(packages.first)
        #expect(passwd["comment"]?.string == "layerID: sha256:" + String(repeating: "a", count: 64))
        #expect(passwd["licenseDeclared"]?.string == "GPL-2.0-or-later AND LicenseRef-public-domain")
        #expect(
            value["hasExtractedLicensingInfos"]?.array?.compactMap { $0["licenseId"]?.string } == [
                "LicenseRef-public-domain"
            ]
        )
        let relationships = try #require(value["relationships"]?.array).compactMap { $0["relationshipType"]?.string }
        #expect(relationships == ["DESCRIBES", "CONTAINS", "CONTAINS", "CONTAINS"])
    }

    @Test("the same document gives the same bytes, whatever the order of its packages")
    func deterministic() {
        let shuffled = SBOMDocument(
            format: Self.document.format,
            name: Self.document.name,
            created: Self.document.created,
            tools: Self.document.tools,
            packages: Self.document.packages.reversed(),
            distribution: Self.debian
        )
        #expect(SPDXWriter.write(shuffled) == SPDXWriter.write(Self.document))
        #expect(CycloneDXWriter.write(shuffled) == CycloneDXWriter.write(Self.document))
    }

    @Test("two packages that differ in nothing get two ids")
    func twins() throws {
        let twin = Package(type: .generic, name: "ä", version: "1", foundBy: "x")
        let document = SBOMDocument(format: .spdx(""), name: "", created: "", tools: [], packages: [twin, twin])
        let ids =
            try JSONValue(parsing: SPDXWriter.write(document))["packages"]?.array?.compactMap { $0["SPDXID"]?.string }
            ?? []
        #expect(ids.count == 3 && Set(ids).count == 3)
    }

    /// Synthetic, in the shape of an old scanner inside an in-toto statement.
    static let old = """
        {"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://spdx.dev/Document",
         "subject":[{"name":"_","digest":{"sha256":"00"}}],
         "predicate":{"spdxVersion":"SPDX-2.2","name":"/run/src/core","creationInfo":{"created":"2023-01-01T00:00:00Z","creators":["Organization: X","Tool: syft-v0.60.1"]},
          "documentDescribes":["SPDXRef-root"],
          "packages":[
           {"SPDXID":"SPDXRef-1","name":"busybox","versionInfo":"1.35.0-r17","licenseConcluded":"GPL-2.0-only","licenseDeclared":"NOASSERTION",
            "sourceInfo":"acquired package info from APK DB: /lib/apk/db/installed","comment":"layerID: sha256:abc",
            "externalRefs":[{"referenceCategory":"SECURITY","referenceType":"cpe23Type","referenceLocator":"cpe:2.3:a"},
             {"referenceCategory":"PACKAGE_MANAGER","referenceType":"purl","referenceLocator":"pkg:alpine/busybox@1.35.0-r17?arch=x86_64&upstream=busybox&distro=alpine-3.16.2"}]},
           {"SPDXID":"SPDXRef-2","name":"qs","versionInfo":"6.2.3","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:npm/qs@6.2.3"}]},
           {"SPDXID":"SPDXRef-root","name":"/run/src/core"}, {"SPDXID":"SPDXRef-3"}, 7 ]}}
        """

    @Test("reads old SPDX inside a statement: both spellings, old purls, missing fields")
    func oldSPDX() throws {
        let read = try SBOMReader.read(Array(Self.old.utf8))
        #expect(read.packages.map(\.name) == ["busybox", "qs"])
        let busybox = try #require(read.packages.first)
        #expect(busybox.type == .apk && busybox.version == "1.35.0-r17" && busybox.architecture == "x86_64")
        #expect(busybox.origin == nil)
        #expect(busybox.licenses == ["GPL-2.0-only"])
        #expect(busybox.distribution == Distribution(id: "alpine", versionID: "3.16.2"))
        #expect(busybox.locations == [.init(path: "/lib/apk/db/installed", layerDiffID: "sha256:abc")])
        #expect(read.tools == ["syft-v0.60.1"])
        #expect(read.remarks.count == 2)
    }

    @Test("reads syft's own JSON with licences as texts and as objects")
    func syft() throws {
        let text = """
            {"artifacts":[{"name":"musl","version":"1.2.5-r1","type":"apk","foundBy":"apk-db-cataloger","locations":[{"path":"/lib/apk/db/installed","layerID":"sha256:1"}],
             "licenses":[{"value":"MIT","spdxExpression":"MIT"},"ISC"],"purl":"pkg:apk/alpine/musl@1.2.5-r1?arch=x86_64"}],
             "distro":{"id":"alpine","versionID":"3.20.1"},"descriptor":{"name":"syft","version":"1.0"},"schema":{"version":"16.0.0"}}
            """
        let read = try SBOMReader.read(Array(text.utf8))
        #expect(read.packages.first?.licenses == ["MIT", "ISC"])
        #expect(read.packages.first?.distribution?.versionID == "3.20.1")
        #expect(read.tools == ["syft-1.0"])
    }

    @Test(
        "refuses what is no bill of materials",
        arguments: [
            "", "{", "[]", "{}", "{\"spdxVersion\":\"SPDX-3.0\"}", "{\"spdxVersion\":7}",
            "{\"bomFormat\":\"CycloneDX\"}",
            "{\"_type\":\"x\",\"predicateType\":\"y\"}", "{\"payloadType\":\"text/plain\",\"payload\":\"\"}",
        ]
    )
    func refuses(text: String) {
        #expect(throws: Failure.self) { try SBOMReader.read(Array(text.utf8)) }
    }

    @Test("refuses what is over the limits")
    func limits() {
        var limits = Limits.standard
        limits.entryBytes = 10
        let failure = #expect(throws: Failure.self) { try SBOMReader.read(Array(Self.old.utf8), limits: limits) }
        #expect(failure?.code == .overLimit)
    }

    @Test("statements read back as they were written, plain and in an envelope")
    func statements() throws {
        let statement = InTotoStatement(
            type: InTotoStatement.typeV1,
            subjects: [.init(name: "pkg:docker/a@b", digest: ["sha256": "00"])],
            predicateType: InTotoStatement.PredicateType.spdx,
            predicate: Array("{\"a\":[1,\"é\"]}".utf8)
        )
        let bytes = try InTotoJSON.write(statement)
        #expect(try InTotoJSON.read(bytes) == statement)
        let envelope =
            "{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"\(Base64.encode(bytes))\",\"signatures\":[]}"
        #expect(try InTotoJSON.read(Array(envelope.utf8)) == statement)
    }

    @Test("base64 is its own inverse and refuses what is none")
    func base64() {
        for length in 0..<70 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37) }
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        }
        #expect(Base64.encode(Array("Man".utf8)) == "TWFu")
        #expect(Base64.encode(Array("M".utf8)) == "TQ==")
        #expect(Base64.decode("A") == nil)
        #expect(Base64.decode("A*==") == nil)
        #expect(Base64.decode("TQ==TQ==") == nil)
    }
}
