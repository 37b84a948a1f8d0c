// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import ImageAnalysis
import ImagePolicies
import OCISpec
import Reporting
import SeaworthyTestSupport
import Testing
import Workbench

@testable import SeaworthyCommands

/// Whatever is taken from an image's reader, no verdict becomes met by it and no gate opens.
@Suite("Uncertainty only ever removes certainty")
struct UncertaintyTests {
    struct Specimen: Sendable {
        let name: String
        let layer: [String: TestLayer.File]
        let databases: [String]
    }

    static func status(_ packages: [(String, String)]) -> TestLayer.File {
        .text(
            packages.map {
                "Package: \($0.0)\nStatus: install ok installed\nVersion: \($0.1)\nArchitecture: amd64\n"
            }.joined(separator: "\n")
        )
    }

    static func npm(_ name: String, _ version: String, _ license: String = "MIT") -> TestLayer.File {
        .text(#"{"name":"\#(name)","version":"\#(version)","license":"\#(license)"}"#)
    }

    static let passwd = TestLayer.File.text("root:x:0:0::/:/bin/sh\napp:x:1000:1000::/:/bin/sh\n")
    static let debian = TestLayer.File.text("ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n")
    static let alpine = TestLayer.File.text("ID=alpine\nVERSION_ID=3.22.6\n")

    static let specimens: [Specimen] = [
        Specimen(
            name: "Debian",
            layer: [
                "etc/os-release": debian, "etc/passwd": passwd,
                "var/lib/dpkg/status": status([("zlib1g", "1:1.2.13.dfsg-1"), ("openssl", "3.0.11-1~deb12u1")]),
                "usr/share/doc/zlib1g/copyright": .text("Format: copyright-format/1.0/\n\nFiles: *\nLicense: Zlib\n"),
                "usr/share/doc/openssl/copyright": .text(
                    "Format: copyright-format/1.0/\n\nFiles: *\nLicense: Apache-2.0\n"
                ),
            ],
            databases: ["var/lib/dpkg/status"]
        ),
        Specimen(
            name: "Alpine",
            layer: [
                "etc/os-release": alpine, "etc/passwd": passwd,
                "lib/apk/db/installed": .text(
                    "P:zlib\nV:1.3.2-r1\nA:x86_64\nL:Zlib\n\nP:musl\nV:1.2.5-r12\nA:x86_64\nL:MIT\n\n"
                ),
            ],
            databases: ["lib/apk/db/installed"]
        ),
        Specimen(
            name: "an application, clean",
            layer: [
                "etc/passwd": passwd, "app/node_modules/express/package.json": npm("express", "5.2.1"),
            ],
            databases: ["app/node_modules/express/package.json"]
        ),
        Specimen(
            name: "an application with a flaw and a licence",
            layer: [
                "etc/passwd": passwd, "app/node_modules/qs/package.json": npm("qs", "6.7.0"),
                "app/node_modules/agpl/package.json": npm("agpl", "1.0.0", "AGPL-3.0-only"),
            ],
            databases: ["app/node_modules/qs/package.json", "app/node_modules/agpl/package.json"]
        ),
    ]

    static func report(
        _ layers: [[String: TestLayer.File]],
        labels: [String: String] = [:],
        user: String? = "app"
    ) throws -> AnalysisReport {
        let scratch = try ScratchFolder()
        var config = ContainerConfiguration()
        config.user = user
        config.labels = labels.isEmpty ? nil : labels
        let image = try TestImage(
            layers.map { files in TestLayer(files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }) },
            config: config
        )
        let path = try image.ociLayout().writeTar(scratch)
        return try TestRuntime.make(scratch).workbench.analyze("archive://" + path)
    }

    /// Everything that a gate or a reader of verdicts looks at.
    static func expectNoGain(_ after: AnalysisReport, over before: AnalysisReport, _ what: String) {
        for result in after.policies.results where result.state == .passed {
            let old = before.policies.result(result.id)?.state
            #expect(old == .passed, "\(what): \(result.id) is met, and was \(old?.rawValue ?? "not there")")
        }
        for (name, status) in gates {
            let (new, old) = (status(after), status(before))
            #expect(new != .passed || old == .passed, "\(what): \(name) opened")
        }
    }

    static var gates: [(name: String, status: (AnalysisReport) -> Verdict)] {
        [("cves", { ScoutVerdicts.cves($0, VulnerabilityFilter()) }), ("policy", ScoutVerdicts.policy)]
    }

    /// Where packages cannot be read, what rests on packages is never met and no gate is open.
    static func expectBlind(_ report: AnalysisReport, _ what: String) {
        for id in ["fixable-vulnerabilities", "high-profile-vulnerabilities", "copyleft-license"] {
            #expect(report.policies.result(id)?.state != .passed, "\(what): \(id)")
        }
        for (name, status) in gates { #expect(status(report) != .passed, "\(what): \(name)") }
        #expect(!QuickviewDocument(report).target.packagesAreKnown, "\(what)")
        let text = ScoutText.cves(report)
        #expect(
            !text.contains("✓ No vulnerable package") && !text.contains("  No vulnerable packages detected"),
            "\(what)"
        )
    }

    @Test("A label that says what is not known", arguments: Unknown.Scope.allCases, [0, 1, 2, 3])
    func labels(scope: Unknown.Scope, number: Int) throws {
        let specimen = Self.specimens[number]
        let before = try Self.report([specimen.layer])
        let label = UnknownLabel.text([Unknown(reason: "somebody ran something", scope: scope)])
        let after = try Self.report([specimen.layer], labels: [UnknownLabel.name: label])
        Self.expectNoGain(after, over: before, "\(specimen.name), \(scope)")
        if [.application, .packages, .filesystem, .baseImage].contains(scope) {
            Self.expectBlind(after, "\(specimen.name), \(scope)")
        }
    }

    /// Ways to make a database unreadable while it stays where it is.
    static let hidings: [(name: String, file: TestLayer.File)] = [
        ("garbage", .bytes([0x7B, 0xFF, 0x00, 0x01])), ("half of it", .text("{\"name\":\"x\",\n")),
    ]

    @Test("A database that cannot be read, whoever wrote over it", arguments: [0, 1, 2, 3], [0, 1])
    func unreadable(number: Int, way: Int) throws {
        let specimen = Self.specimens[number]
        let before = try Self.report([specimen.layer])
        for database in specimen.databases {
            let upper = [database: Self.hidings[way].file]
            let what = "\(specimen.name), \(database) is \(Self.hidings[way].name)"
            let after = try Self.report([specimen.layer, upper])
            Self.expectNoGain(after, over: before, what)
            Self.expectBlind(after, what)
        }
    }

    @Test("A database of a distribution that is gone", arguments: [0, 1])
    func gone(number: Int) throws {
        let specimen = Self.specimens[number]
        let before = try Self.report([specimen.layer])
        for database in specimen.databases {
            let parts = database.split(separator: "/")
            let whiteout = parts.dropLast().joined(separator: "/") + "/.wh." + (parts.last ?? "")
            let after = try Self.report([specimen.layer, [whiteout: .whiteout]])
            Self.expectNoGain(after, over: before, "\(specimen.name), \(database) is gone")
            Self.expectBlind(after, "\(specimen.name), \(database) is gone")
        }
    }
}
