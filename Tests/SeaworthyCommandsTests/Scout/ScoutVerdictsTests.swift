// SPDX-License-Identifier: Apache-2.0

import Advisories
import Diagnostics
import ImageAnalysis
import ImagePolicies
import OCISpec
import Packages
import Reporting
import SeaworthyTestSupport
import Testing
import Workbench

@testable import SeaworthyCommands

@Suite("Gates open for what is known")
struct ScoutVerdictsTests {
    static func package(_ name: String, _ version: String, _ type: String = "npm") -> String {
        #"{"name":"\#(name)","versionInfo":"\#(version)","licenseDeclared":"MIT","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:\#(type)/\#(name)@\#(version)"}]}"#
    }

    static func list(_ packages: [String]) -> String {
        #"{"spdxVersion":"SPDX-2.3","packages":[\#(packages.joined(separator: ","))]}"#
    }

    static let clean = package("express", "5.2.1")
    static let bad = package("qs", "6.7.0")
    static let worse = package("lodash", "4.17.4")
    static let gap = package("somebodys-own-thing", "1.0.0", "hex")
    static let otherGap = package("somebodys-own-thing", "2.0.0", "hex")

    static func report(_ packages: [String], _ scratch: ScratchFolder) throws -> AnalysisReport {
        let path = try scratch.write("list.json", Array(list(packages).utf8))
        return try TestRuntime.make(scratch).workbench.analyze("sbom://" + path)
    }

    @Test(
        "cves and policy: 2 for what is found, 3 for what nobody could judge, 0 for neither",
        arguments: rows(
            [
                ([clean], 0, 0), ([bad], 2, 2), ([gap], 3, 3), ([clean, gap], 3, 3), ([bad, gap], 2, 2), ([], 0, 0),
            ] as [([String], Int32, Int32)]
        )
    )
    func single(row: NumberedRow<([String], Int32, Int32)>) throws {
        let (packages, cves, policy) = row.value
        let report = try Self.report(packages, ScratchFolder())
        #expect(SeaworthyCommands.ExitStatus(gate: ScoutVerdicts.cves(report, VulnerabilityFilter())).rawValue == cves)
        #expect(SeaworthyCommands.ExitStatus(gate: ScoutVerdicts.policy(report)).rawValue == policy)
        #expect((report.vulnerabilityDoubt == nil) == (QuickviewDocument(report).target.packagesAreKnown))
    }

    @Test("A gap counts where it was asked for, and nowhere else")
    func filters() throws {
        let report = try Self.report([Self.clean, Self.gap], ScratchFolder())
        func status(_ change: (inout VulnerabilityFilter) -> Void) -> Int32 {
            var filter = VulnerabilityFilter()
            change(&filter)
            return SeaworthyCommands.ExitStatus(gate: ScoutVerdicts.cves(report, filter)).rawValue
        }
        #expect(status { $0.packageTypes = [.npm] } == 0)
        #expect(status { $0.packageTypes = [.generic] } == 3)
        #expect(status { $0.packageNames = [{ $0 == "express" }] } == 0)
        #expect(status { $0.packageNames = [{ $0.hasPrefix("somebody") }] } == 3)
        #expect(status { $0.severities = [.critical] } == 3)
        #expect(status { $0.onlyFixed = true } == 3)
        #expect(status { $0.ids = ["CVE-2021-44228"] } == 3)
    }

    struct Row: Sendable {
        let new: [String]
        let old: [String]
        let vulnerability: Int32
        let policy: Int32
        let package: Int32

        init(_ new: [String], _ old: [String], _ vulnerability: Int32, _ policy: Int32, _ package: Int32) {
            self.new = new
            self.old = old
            self.vulnerability = vulnerability
            self.policy = policy
            self.package = package
        }
    }

    @Test(
        "compare: what cannot be judged is neither worse nor no worse",
        arguments: rows([
            Row([clean], [clean], 0, 0, 0), Row([bad], [bad], 0, 0, 0), Row([clean], [bad], 0, 0, 2),
            Row([bad], [clean], 2, 2, 2), Row([bad, worse], [bad], 2, 0, 2), Row([bad], [bad, worse], 0, 0, 0),
            Row([gap], [clean], 3, 3, 2), Row([clean, gap], [clean], 3, 3, 2), Row([clean], [clean, gap], 0, 0, 0),
            Row([gap], [gap], 0, 3, 0), Row([otherGap], [gap], 3, 3, 0), Row([gap], [bad], 3, 3, 2),
            Row([bad], [gap], 2, 3, 2), Row([bad, gap], [clean], 2, 2, 2), Row([gap, worse], [bad], 2, 3, 2),
        ])
    )
    func comparison(row: NumberedRow<Row>) throws {
        let scratch = try ScratchFolder()
        let (new, old) = (try Self.report(row.value.new, scratch), try Self.report(row.value.old, scratch))
        func status(_ aspects: [ScoutVerdicts.Aspect]) -> Int32 {
            SeaworthyCommands.ExitStatus(
                gate: ScoutVerdicts.compare(new, to: old, on: aspects, anyVulnerability: false)
            ).rawValue
        }
        #expect(status([.vulnerability]) == row.value.vulnerability)
        #expect(status([.policy]) == row.value.policy)
        #expect(status([.package]) == row.value.package)
        #expect(status([]) == 0)
        let each = [row.value.vulnerability, row.value.policy, row.value.package]
        let all = status(ScoutVerdicts.Aspect.allCases)
        #expect(all == (each.contains(2) ? 2 : each.contains(3) ? 3 : 0))
    }

    @Test("compare --exit-code: 2 for other vulnerabilities, 3 where one of both could not be judged")
    func differs() throws {
        let scratch = try ScratchFolder()
        for (new, old, status) in [
            ([Self.clean], [Self.clean], 0), ([Self.bad], [Self.clean], 2), ([Self.clean], [Self.bad], 2),
            ([Self.gap], [Self.clean], 3), ([Self.clean], [Self.gap], 3), ([Self.gap], [Self.gap], 0),
        ] as [([String], [String], Int32)] {
            let reports = (try Self.report(new, scratch), try Self.report(old, scratch))
            #expect(
                SeaworthyCommands.ExitStatus(
                    gate: ScoutVerdicts.compare(reports.0, to: reports.1, on: [], anyVulnerability: true)
                ).rawValue == status
            )
        }
    }
}
