// SPDX-License-Identifier: Apache-2.0

import Advisories
import Diagnostics
import DockerfileRules
import DockerfileSyntax
import Foundation
import ImageAnalysis
import Packages
import SeaworthyTestSupport
import Testing

@testable import Reporting

/// What every form of a report promises.
@Suite("Every report format")
struct ReportFormatTests {
    /// A form with a report to try it on.
    struct Case: CustomTestStringConvertible {
        let type: String
        let name: String
        let render: @Sendable () throws -> String

        init<Subject: FormattedSubject>(
            _ format: any ReportFormat<Subject>,
            _ subject: @escaping @Sendable () throws -> Subject
        ) {
            type = String(describing: Swift.type(of: format))
            name = format.name
            render = { try format.render(subject()) }
        }

        var testDescription: String { type }
    }

    static let now = "2026-11-23T00:00:00Z"

    /// A Dockerfile that breaks rules with a name that is no friend of a terminal, and one that cannot be parsed.
    static func lint() -> LintListing {
        let files = [
            "FROM node:24-slim AS Build\nWORKDIR a\u{1B}[31m\u{202E}b\nCMD x\n", "FROM\nBOGUS \u{202E}x\n",
            "FROM node:24-slim\n",
        ]
        let reports = files.enumerated().map { index, text in
            let dockerfile = Dockerfile(parsing: text)
            let graph = StageGraph(dockerfile)
            return LintReport(
                path: "folder/\(index).Dockerfile",
                dockerfile,
                graph,
                DockerfileLinter(dockerfile, graph)
            )
        }
        return LintListing(reports, programVersion: "1.2.3")
    }

    /// Two packages with vulnerabilities, one of them with a name that is no friend of any form, and one that has none.
    static func report() throws -> AnalysisReport {
        let matches = [
            ScoutSample.match("CVE-1", .high), ScoutSample.match("CVE-1", .high, "qs|`<b>\u{1B}[31m\n", fixed: nil),
            ScoutSample.match("GHSA-2", .unspecified),
        ]
        let quiet = Package(type: .deb, name: "base-files", version: "12.4", foundBy: "test")
        return try ScoutSample.report(matches: matches, packages: matches.prefix(2).map(\.package) + [quiet])
    }

    static let vulnerabilities = ReportFormatRegistry.vulnerabilities.map { format in
        Case(format) { VulnerabilityListing(try report(), showsLocations: true, now: now) }
    }
    static let packages = ReportFormatRegistry.packages.map { format in
        Case(format) { PackageListing(try report(), now: now) }
    }
    static let lints = ReportFormatRegistry.lint.map { format in Case(format) { lint() } }
    static let cases = vulnerabilities + packages + lints

    @Test("stands in the registry once, in a file of its name")
    func registered() throws {
        let folders = try Checkout.folders(in: "Sources/Reporting/Formats")
        let files = try folders.flatMap {
            try Checkout.names(in: "Sources/Reporting/Formats/\($0)", endingIn: ".swift")
        }
        #expect(files.sorted() == Self.cases.map(\.type).sorted())
        for group in [Self.vulnerabilities, Self.packages, Self.lints] {
            #expect(Set(group.map(\.name)).count == group.count)
            // Each has a --json, which is short for one of the forms.
            #expect(group.contains { $0.name == "json" })
            #expect(group.allSatisfy { $0.name.allSatisfy { $0.isLowercase || $0 == "-" } })
        }
        #expect(ReportFormatRegistry.vulnerabilities.contains { $0.name == VulnerabilityListing.standardFormat.name })
        #expect(ReportFormatRegistry.packages.contains { $0.name == PackageListing.standardFormat.name })
        #expect(ReportFormatRegistry.lint.contains { $0.name == LintListing.standardFormat.name })
    }

    @Test("writes what is kept beside the tests", arguments: cases)
    func golden(format: Case) throws { try GoldenFile.check(format.render(), named: "Formats/\(format.type).txt") }

    /// An image of which one database is not read and one package could not be judged.
    static func doubtful(_ matches: [VulnerabilityMatch] = []) throws -> AnalysisReport {
        let silent = Package(type: .npm, name: "event-stream", version: "3.3.6", foundBy: "t")
        return try ScoutSample.report(
            matches: matches,
            packages: matches.map(\.package) + [silent],
            unknowns: [
                Unknown(reason: "/var/lib/rpm/rpmdb.sqlite is an RPM database, which is not read", scope: .packages)
            ],
            unjudged: [UnjudgedPackage(type: .npm, name: "event-stream", version: "3.3.6", ecosystem: "npm")]
        )
    }

    @Test("says what was found and not read, and what could not be judged, with findings and without")
    func doubts() throws {
        for matches in [[], [ScoutSample.match("CVE-1", .high)]] {
            let report = try Self.doubtful(matches)
            for format in ReportFormatRegistry.vulnerabilities {
                let text = try format.render(VulnerabilityListing(report, now: Self.now))
                let plain = text.replacing("\\/", with: "/").replacing("\\", with: "")
                #expect(plain.contains("rpmdb.sqlite"), "\(format.name)")
                #expect(!plain.contains("No vulnerable packages detected"), "\(format.name)")
                let saysHowMany = ["json", "packages", "only-packages", "markdown"].contains(format.name)
                if saysHowMany { #expect(plain.contains("judged"), "\(format.name)") }
            }
            for format in ReportFormatRegistry.packages {
                let text = try format.render(PackageListing(report, now: Self.now))
                #expect(text.replacing("\\/", with: "/").contains("rpmdb.sqlite"), "\(format.name)")
            }
            #expect(ScoutText.quickview(report).contains("rpmdb.sqlite"))
            #expect(ScoutText.policy(report).contains("rpmdb.sqlite"))
        }
    }

    @Test("a count of zero that says nothing is shown as none, and what is asked of known packages is known")
    func zeros() throws {
        let packages = [
            Package(type: .npm, name: "event-stream", version: "3.3.6", foundBy: "t"),
            Package(type: .npm, name: "lodash", version: "4.17.21", foundBy: "t"),
        ]
        let silent = UnjudgedPackage(type: .npm, name: "event-stream", version: "3.3.6", ecosystem: "npm")
        let report = try ScoutSample.report(packages: packages, unjudged: [silent])
        #expect(ScoutText.quickview(report).contains("1 of 2 packages could be judged"))
        #expect(
            ScoutText.quickview(report).split(separator: "\n").contains {
                $0.contains("Target") && $0.contains("No data")
            }
        )
        let rows = ScoutText.onlyPackages(report, onlyVulnerable: false).split(separator: "\n")
        #expect(rows.contains { $0.contains("event-stream") && $0.contains("No data") })
        #expect(rows.contains { $0.contains("lodash") && $0.contains("0C") })
        var lodash = VulnerabilityFilter()
        lodash.packageNames = [{ $0 == "lodash" }]
        #expect(report.vulnerabilityDoubt(under: lodash) == nil)
        var deb = VulnerabilityFilter()
        deb.packageTypes = [.deb]
        #expect(report.vulnerabilityDoubt(under: deb) == nil)
        var stream = VulnerabilityFilter()
        stream.packageNames = [{ $0.hasPrefix("event") }]
        #expect(report.vulnerabilityDoubt(under: stream) != nil)
        #expect(report.vulnerabilityDoubt(under: VulnerabilityFilter()) != nil)
    }

    @Test("every binary package of a source package is found by its name and counted in its row")
    func binaries() throws {
        func package(_ name: String) -> Package {
            Package(type: .deb, name: name, version: "3.0.15", origin: .init(name: "openssl"), foundBy: "t")
        }
        let packages = [package("libssl3"), package("openssl")]
        let match = VulnerabilityMatch(
            id: "CVE-1",
            package: packages[1],
            packages: packages,
            advisoryName: "openssl",
            severity: .high,
            fixedVersion: "3.0.17"
        )
        let report = try ScoutSample.report(matches: [match], packages: packages)
        for name in ["libssl3", "openssl"] {
            var filter = VulnerabilityFilter()
            filter.packageNames = [{ $0 == name }]
            #expect(filter.shows(match), "\(name)")
            let rows = ScoutText.onlyPackages(report, onlyVulnerable: true).split(separator: "\n")
            #expect(rows.contains { $0.contains(" \(name) ") && $0.contains("1H") }, "\(name)")
        }
        let spdx = CVEsSPDX().render(VulnerabilityListing(report, now: Self.now))
        #expect(spdx.components(separatedBy: "\"advisory\"").count == 3)
    }

    @Test("gives the same bytes twice, whole lines, and nothing that a terminal obeys", arguments: cases)
    func harmless(format: Case) throws {
        let text = try format.render()
        #expect(try format.render() == text)
        #expect(text.hasSuffix("\n"))
        let isJSON = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) != nil
        // JSON carries the text as it is, escaped.
        let controls = text.unicodeScalars.filter { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F }
        #expect(controls.isEmpty)
        if !isJSON { #expect(!text.unicodeScalars.contains("\u{202E}")) }
    }
}
