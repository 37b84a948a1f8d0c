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

    @Test("A package without licence is a remark; none with one is no data; no package at all is met")
    func silence() throws {
        let some = try #require(
            Sample.with { $0.packages = [Sample.package("ok"), Sample.package("x", "1", [])] }.judge("copyleft-license")
        )
        #expect(some.state == .passed && some.remarks.count == 1)
        #expect(
            Sample.with { $0.packages = [Sample.package("x", "1", [])] }.judge("copyleft-license")?.state == .unknown
        )
        #expect(Sample.with { $0.packages = [] }.judge("copyleft-license")?.state == .passed)
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
