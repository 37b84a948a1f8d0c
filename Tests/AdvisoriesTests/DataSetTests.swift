// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Packages
import SeaworthyTestSupport
import Testing

@testable import Advisories

/// The embedded data, as everybody uses them.
enum EmbeddedData {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("advisories").path

    static func store() throws -> AdvisoryDatabase { try AdvisoryDatabase.open(embedded: folder, home: nil) }
}

@Suite("The embedded advisory data")
struct DataSetTests {
    @Test("Every file has the size, the number of records and the digest that the manifest says")
    func manifestIsTrue() throws {
        let manifest = try DataSetManifest.read(folder: EmbeddedData.folder).manifest
        var total = 0
        var list = ""
        for file in manifest.files {
            let data = try #require(FileManager.default.contents(atPath: EmbeddedData.folder + "/" + file.name))
            total += data.count
            #expect(data.count == file.size, "\(file.name)")
            if file.kind == .osv { #expect(data.count { $0 == 0x0A } == file.records, "\(file.name)") }
            #expect(try sha256(EmbeddedData.folder + "/" + file.name) == file.digest, "\(file.name)")
            #expect(!file.sources.isEmpty)
            list += file.name + " " + file.digest + "\n"
        }
        #expect(total < 300_000)
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        #expect(FileManager.default.createFile(atPath: scratch, contents: Data(list.utf8)))
        #expect(try sha256(scratch) == manifest.digest)
    }

    @Test("No record is skipped, and only the cups records name no range")
    func recordsAreGood() throws {
        let store = try EmbeddedData.store()
        #expect(store.warnings.isEmpty, "\(store.warnings.map(\.message))")
        for id in ["CVE-2024-47176", "CVE-2024-47076", "CVE-2024-47177"] {
            let records = try store.records(named: id)
            #expect(!records.isEmpty)
            #expect(records.allSatisfy { $0.record.affected.allSatisfy(\.ranges.isEmpty) })
        }
    }

    @Test("Every rating agrees with its vector's own band, unless a word stands beside it")
    func ratingsAgree() throws {
        for file in ["registries", "alpine", "debian", "upstream"] {
            let data = try #require(FileManager.default.contents(atPath: EmbeddedData.folder + "/\(file).ndjson"))
            for record in OSVReader.read(Array(data), file: file).records {
                for rating in record.severity {
                    let vector = try CVSSVector(parsing: rating.score)
                    #expect(vector.severity != .unspecified, "\(record.id)")
                }
                #expect(record.severityWord.map { VulnerabilitySeverity(word: $0) != nil } ?? true, "\(record.id)")
            }
        }
    }

    @Test("Titles are our own: one line, no more than 100 characters, no other record's text")
    func titlesAreShort() throws {
        for file in ["registries", "alpine", "debian", "upstream", "node"] {
            let data = try #require(FileManager.default.contents(atPath: EmbeddedData.folder + "/\(file).ndjson"))
            for record in OSVReader.read(Array(data), file: file).records {
                #expect(
                    !record.summary.isEmpty && record.summary.count <= 100 && !record.summary.contains("\n"),
                    "\(record.id)"
                )
            }
        }
    }

    private func sha256(_ path: String) throws -> String {
        let script = "command -v sha256sum >/dev/null && sha256sum \"$1\" || shasum -a 256 \"$1\""
        return try "sha256:" + SeaworthyBinary.run("/bin/sh", ["-c", script, "sh", path]).output.prefix(64)
    }
}

@Suite("The lesson's arithmetic")
struct LessonArithmeticTests {
    @Test("memes-r-us on node:lts-slim has no fixable critical or high vulnerability, no high-profile one, no gap")
    func memesIsClean() throws {
        let report = try EmbeddedData.store().match(LessonPackages.ltsSlim + LessonPackages.memes)
        #expect(report.matches.filter { $0.severity >= .high && $0.isFixable } == [])
        #expect(report.matches.filter { $0.isHighProfile || $0.isKEV } == [])
        #expect(report.gaps == [])
        #expect(report.undecided == [])
        #expect(report.matches.map(\.id) == ["CVE-2026-12590"])
        let only = try #require(report.matches.first)
        #expect(only.aliases == ["GHSA-v422-hmwv-36x6"])
        #expect(only.severity == .low)
        #expect(only.package.name == "body-parser")
        #expect(only.fixedVersion == "2.3.0")
        #expect(only.affectedRange == ">=2.0.0,<2.3.0")
        #expect(report.dataSet.version == "2026.11.25")
    }

    @Test("The application on express 4.17.1 has twelve findings, five of them high and fixable")
    func express4HasFindings() throws {
        let report = try EmbeddedData.store().match(LessonPackages.express4)
        #expect(report.matches.count == 12, "\(report.matches.map { $0.id + " " + $0.package.name })")
        #expect(report.matches.count { $0.severity == .high && $0.isFixable } == 5)
        #expect(report.counts.critical == 0)
        #expect(report.matches.allSatisfy { $0.severitySource != "none" })
    }

    @Test("An older Debian 12 has findings, and they name the source package once")
    func olderDebianHasFindings() throws {
        let packages = LessonPackages.debian(
            """
            libssl3 3.0.15-1~deb12u1 openssl 3.0.15-1~deb12u1
            openssl 3.0.15-1~deb12u1 openssl 3.0.15-1~deb12u1
            libc6 2.36-9+deb12u2 glibc 2.36-9+deb12u2
            liblzma5 5.4.1-0.2+b1 xz-utils 5.4.1-0.2
            """
        )
        let report = try EmbeddedData.store().match(packages)
        let openssl = report.matches.filter { $0.advisoryName == "openssl" }
        #expect(
            openssl.contains {
                $0.id == "CVE-2025-9230" && $0.severity == .high && $0.fixedVersion == "3.0.17-1~deb12u3"
            }
        )
        #expect(openssl.allSatisfy { $0.package.name == "openssl" && $0.packageNames == ["libssl3", "openssl"] })
        let glibc = report.matches.filter { $0.advisoryName == "glibc" }
        #expect(glibc.contains { $0.id == "CVE-2023-4911" && $0.isKEV && $0.severity == .high })
        // No source rates this one.
        #expect(
            glibc.contains { $0.id == "CVE-2024-33599" && $0.severity == .unspecified && $0.severitySource == "none" }
        )
        // The source version counts, not the binary's rebuild, and the backdoor never reached Debian 12.
        #expect(report.matches.filter { $0.advisoryName == "xz-utils" }.map(\.id) == ["CVE-2025-31115"])
    }

    @Test(
        "Alpine findings go by origin package and release",
        arguments: [
            ("zlib", "1.3.2-r0", "zlib", "3.22.6", ["CVE-2026-85091"]),
            ("zlib", "1.3.2-r0", "zlib", "3.24.2", []),
            ("zlib", "1.3.2-r1", "zlib", "3.22.6", []),
            (
                "libcrypto3", "3.3.4-r0", "openssl", "3.20.1",
                [
                    "CVE-2025-15467", "CVE-2025-69421", "CVE-2025-9230", "CVE-2025-9231", "CVE-2025-9232",
                    "CVE-2026-28387", "CVE-2026-31789", "CVE-2026-31790",
                ]
            ),
            ("xz-libs", "5.4.5-r0", "xz", "3.22.0", ["CVE-2025-31115", "CVE-2026-34743"]),
            ("xz-libs", "5.6.1-r0", "xz", "3.22.0", ["CVE-2024-3094", "CVE-2025-31115", "CVE-2026-34743"]),
            ("libcurl", "8.12.0-r0", "curl", "3.22.0", ["CVE-2025-10148"]),
            ("libcurl", "8.14.1-r1", "curl", "3.22.0", ["CVE-2025-10148", "CVE-2025-9086"]),
        ]
    )
    func alpine(name: String, version: String, origin: String, release: String, expected: [String]) throws {
        let package = LessonPackages.alpine(
            name,
            version,
            origin: origin,
            on: Distribution(id: "alpine", versionID: release)
        )
        let report = try EmbeddedData.store().match([package])
        #expect(report.matches.map(\.id).sorted() == expected)
        #expect(report.matches.allSatisfy { $0.package.name == name })
    }

    @Test(
        "Node.js is matched by line, Windows flaws are left out",
        arguments: [
            ("24.21.0", 0), ("24.14.0", 8), ("22.22.2", 0), ("20.12.1", -1), ("19.0.0", -1),
        ]
    )
    func nodeLines(version: String, count: Int) throws {
        let matches = try EmbeddedData.store().match([LessonPackages.node(version)]).matches
        if count >= 0 { #expect(matches.count == count, "\(matches.map(\.id))") } else { #expect(!matches.isEmpty) }
        let windowsOnly: Set = [
            "CVE-2024-27980", "CVE-2024-36138", "CVE-2025-23084", "CVE-2025-27210", "CVE-2022-32223",
        ]
        #expect(windowsOnly.isDisjoint(with: matches.map(\.id)))
    }

    @Test("Node.js 18 had Rapid Reset, which is high-profile and exploited, under its own record")
    func rapidReset() throws {
        let matches = try EmbeddedData.store().match([LessonPackages.node("18.18.1")]).matches
        let reset = try #require(matches.first { $0.id == "CVE-2023-44487" })
        #expect(reset.isHighProfile && reset.isKEV)
        #expect(reset.fixedVersion == "18.18.2")
        #expect(reset.severity == .high)
        #expect(reset.severitySource == "Node.js")
        // The line is at its end: what came later has no fix there.
        let unfixed = matches.filter { !$0.isFixable }
        #expect(unfixed.allSatisfy { $0.affectedRange.hasPrefix(">=18.0.0") })
    }

    @Test(
        "What the data do not speak of is a gap, not clean",
        arguments: rows(
            [
                (
                    Package(
                        type: .deb,
                        name: "libc6",
                        version: "2.41-12",
                        origin: .init(name: "glibc"),
                        distribution: Distribution(id: "debian", versionID: "13"),
                        foundBy: "test"
                    ), "Debian:13"
                ),
                (
                    Package(
                        type: .apk,
                        name: "musl",
                        version: "1.2.5-r0",
                        distribution: Distribution(id: "alpine", versionID: "3.21.0"),
                        foundBy: "test"
                    ), "Alpine:v3.21"
                ),
                (
                    Package(type: .apk, name: "musl", version: "1.2.5-r0", foundBy: "test"),
                    "apk packages of an unknown distribution"
                ),
                (
                    Package(
                        type: .deb,
                        name: "bash",
                        version: "5.1",
                        distribution: Distribution(id: "debian", versionID: "11"),
                        foundBy: "test"
                    ), "Debian:11"
                ),
                (Package(type: .pypi, name: "flask", version: "3.0.0", foundBy: "test"), "PyPI"),
                (Package(type: .golang, name: "example.org/x", version: "v1.0.0", foundBy: "test"), "Go"),
                (
                    Package(
                        type: .deb,
                        name: "x",
                        version: "1",
                        distribution: Distribution(id: "kali", versionID: "1"),
                        foundBy: "test"
                    ), "deb packages of an unknown distribution"
                ),
            ] as [(Package, String)]
        )
    )
    func gaps(row: NumberedRow<(Package, String)>) throws {
        let (package, ecosystem) = row.value
        let report = try EmbeddedData.store().match([package])
        #expect(report.gaps.map(\.ecosystem) == [ecosystem])
        #expect(report.unknowns.count == 1)
        #expect(report.unknowns.first?.reason.contains("no data") == true)
    }

    @Test("The order of packages and their places changes nothing")
    func isDeterministic() throws {
        let store = try EmbeddedData.store()
        let packages = LessonPackages.express4 + LessonPackages.ltsSlim + [LessonPackages.node("18.18.1")]
        let first = try store.match(packages)
        #expect(try store.match(packages.reversed()) == first)
        #expect(try store.match(packages + packages) == first)
    }
}
