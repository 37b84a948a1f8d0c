// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@testable import ImagePolicies

@Suite("Licences")
struct LicensePolicyTests {
    @Test(
        "AGPL version 3 in every spelling, alone, with others, or as the only choice",
        arguments: [
            (["AGPL-3.0"], Verdict.failed), (["AGPL-3.0-only"], .failed), (["AGPL-3.0-or-later"], .failed),
            (["AGPL-3.0+"], .failed),
            (["AGPLv3"], .failed), (["AGPL-3+"], .failed), (["GNU Affero General Public License v3"], .failed),
            (["agpl-3.0-only"], .failed),
            (["MIT AND AGPL-3.0-only"], .failed), (["MIT", "AGPL-3.0-only"], .failed),
            (["(MIT OR AGPL-3.0-only)"], .passed),
            (["AGPL-3.0-only OR AGPL-3.0-or-later"], .failed), (["AGPL-3.0-only WITH GCC-exception-3.1"], .failed),
            (["AGPL-1.0-only"], .passed), (["GPL-3.0-only"], .passed), (["LGPL-2.1-or-later", "GPL-2+"], .passed),
            (["AGPL"], .unknown), (["SEE LICENSE IN LICENSE.txt"], .unknown), (["UNLICENSED"], .passed),
            (["Custom-Thing"], .unknown), (["MIT OR Custom-Thing"], .passed),
            (["AGPL-3.0-only OR Custom-Thing"], .unknown),
        ]
    )
    func agpl(licenses: [String], state: Verdict) throws {
        let sample = Sample.with { $0.packages = [Sample.package("ok"), Sample.package("x", "1.0.0", licenses)] }
        let result = try #require(sample.judge("copyleft-license"))
        #expect(result.state == state)
        #expect(result.cell == (state == .unknown ? .noData : .count(state == .failed ? 1 : 0, unit: "package")))
        #expect(result.title == (state == .failed ? "AGPL v3 licenses found" : "No AGPL v3 licenses"))
    }

    @Test(
        "Packages without a licence are counted; more of them than the share are no data; no package at all is met",
        arguments: [
            (0, 0, Verdict.passed, "0 packages"), (0, 5, .passed, "0 packages"),
            (1, 1, .passed, "0 packages"), (44, 45, .passed, "0 packages"),
            (45, 44, .unknown, "No data"), (88, 1, .unknown, "No data"), (1, 0, .unknown, "No data"),
        ]
    )
    func silence(silent: Int, declared: Int, state: Verdict, cell: String) throws {
        let sample = Sample.with {
            $0.packages =
                (0..<silent).map { Sample.package("silent\($0)", "1", []) }
                + (0..<declared).map { Sample.package("declared\($0)") }
        }
        let result = try #require(sample.judge("copyleft-license"))
        #expect(result.state == state)
        #expect(result.cell.text == cell)
        #expect(result.cell.isPartial == (silent > 0 && state == .passed))
        let count = "\(silent) of \(silent + declared) packages"
        let said = [result.noDataReason ?? ""] + result.remarks
        #expect(said.contains { $0.hasPrefix(count) } == (silent > 0))
    }

    @Test("The share is a parameter; a forbidden licence counts whatever the others say; nothing declared is never met")
    func share() throws {
        let half = Sample.with { $0.packages = [Sample.package("a"), Sample.package("b", "1", [])] }
        for (share, state) in [(0, Verdict.unknown), (49, .unknown), (50, .passed), (100, .passed)] {
            let policy = try LicensePolicy().setting(["undeclared-share": .number(share)])
            #expect(policy.result(for: half.input).state == state)
        }
        let bad = Sample.with {
            $0.packages = [
                Sample.package("a", "1", ["AGPL-3.0-only"]), Sample.package("b", "1", []), Sample.package("c", "1", []),
            ]
        }
        let result = try #require(bad.judge("copyleft-license"))
        #expect(result.state == .failed)
        #expect(result.cell == .countBesides(1, unit: "package", unjudged: 2, of: 3))
        #expect(result.remarks.first?.hasPrefix("2 of 3 packages declare no licence") == true)
    }

    @Test("Packages that are allowed may have any licence; a purl may leave the version out")
    func ignored() throws {
        let sample = Sample.with {
            $0.packages = [Sample.package("a"), Sample.package("x", "2.0.0", ["AGPL-3.0-only"])]
        }
        for (purl, state) in [
            ("pkg:npm/x", Verdict.passed), ("pkg:npm/x@2.0.0", .passed), ("pkg:npm/x@1.0.0", .failed),
            ("pkg:pypi/x", .failed), ("x", .failed),
        ] {
            let policy = try LicensePolicy().setting(["ignored-packages": .texts([purl])])
            #expect(policy.result(for: sample.input).state == state, "\(purl)")
        }
    }

    @Test("A package in two places counts once; an AGPL one counts beside unknowns")
    func counting() throws {
        let agpl = Sample.package("x", "1", ["AGPL-3.0-only"])
        let sample = Sample.with {
            $0.packages = [agpl, agpl, Sample.package("y", "1", ["AGPL"])]
            $0.unknowns = [Unknown(reason: "u", scope: .packages)]
        }
        #expect(sample.judge("copyleft-license")?.cell == .count(1, unit: "package"))
    }

    @Test(
        "The current profile takes every copyleft licence",
        arguments: [
            (["GPL-2.0-only"], Verdict.failed), (["LGPL-2.1-or-later"], .failed), (["MPL-2.0"], .failed),
            (["MIT OR GPL-2.0-only"], .passed),
            (["MIT"], .passed), (["BSD-3-Clause AND GPL-2.0-or-later"], .failed), (["Custom-Thing"], .unknown),
        ]
    )
    func copyleft(licenses: [String], state: Verdict) {
        let sample = Sample.with { $0.packages = [Sample.package("x", "1", licenses)] }
        #expect(sample.judge("copyleft-license", in: .current)?.state == state)
    }

    @Test("Unknown files and outputs do not touch packages", arguments: [Unknown.Scope.files, .output])
    func harmlessUnknowns(scope: Unknown.Scope) {
        let sample = Sample.with { $0.unknowns = [Unknown(reason: "x", scope: scope)] }
        #expect(sample.judge("copyleft-license")?.state == .passed)
    }
}
