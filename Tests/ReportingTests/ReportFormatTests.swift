// SPDX-License-Identifier: Apache-2.0

import Advisories
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
