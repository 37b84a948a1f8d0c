// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Judgements
import Testing

/// The document of `check --json`, which the record keeps and scripts read.
@Suite("Check contract")
struct CheckContractTests {
    private func check(_ state: CheckResult.State, points: Int = 0, isAdvisory: Bool = false) -> CheckResult {
        CheckResult(
            id: "c",
            title: "t",
            state: state,
            points: points,
            maxPoints: 2,
            message: "m",
            isAdvisory: isAdvisory,
            blockedBy: state == .skipped ? "parent" : nil
        )
    }

    @Test("does not know yet what nothing was handed in for")
    func notTried() {
        let waiting = CheckResult(id: "c", title: "t", state: .skipped, points: 0, maxPoints: 2, message: "m")
        #expect(StepReport.state(of: [check(.passed), waiting]) == .unknown)
        #expect(StepReport.state(of: [check(.failed), waiting]) == .failed)
    }

    @Test("has every key of the contract, null where there is nothing")
    func keys() throws {
        let evidence = Evidence(kind: .dockerfile, file: "Dockerfile", line: 3, detail: "USER root")
        let result = CheckResult(
            id: "c",
            title: "t",
            state: .skipped,
            points: 0,
            maxPoints: 2,
            message: "m",
            evidence: [evidence],
            blockedBy: "parent"
        )
        let report = StepReport(lesson: "l", step: "s", checks: [result])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let data = try encoder.encode(report)
        #expect(
            String(decoding: data, as: UTF8.self) == #"{"checks":[{"advisory":false,"blockedBy":"parent","diff":null,"#
                + #""evidence":[{"detail":"USER root","endLine":3,"file":"Dockerfile","kind":"dockerfile","line":3}],"#
                + #""expected":null,"fix":null,"found":null,"id":"c","maxPoints":2,"message":"m","points":0,"#
                + #""state":"skipped","title":"t"}],"lesson":"l","maxPoints":2,"points":0,"state":"failed","step":"s"}"#
        )
        #expect(try JSONDecoder().decode(StepReport.self, from: data) == report)
    }

    static let states: [(checks: [CheckResult.State], advice: [CheckResult.State], state: Verdict)] = [
        ([], [], .passed), ([.passed], [], .passed), ([.passed, .failed], [], .failed),
        ([.unknown, .passed], [], .unknown),
        ([.unknown, .failed], [], .failed), ([.failed, .skipped], [], .failed), ([.unknown, .skipped], [], .unknown),
        ([.passed], [.failed], .passed), ([.passed], [.unknown, .skipped], .passed),
        ([.passed, .skipped], [.failed], .failed),
    ]

    @Test("weighs failure over ignorance, and advice not at all", arguments: states)
    func weighs(checks: [CheckResult.State], advice: [CheckResult.State], state: Verdict) {
        let results = checks.map { check($0, points: 1) } + advice.map { check($0, points: 1, isAdvisory: true) }
        let report = StepReport(lesson: "l", step: "s", checks: results)
        #expect(report.state == state)
        #expect(report.points == checks.count && report.maxPoints == 2 * checks.count)
    }

    @Test("does not overflow on points that nobody meant")
    func overflow() {
        let large = CheckResult(id: "c", title: "", state: .passed, points: .max, maxPoints: .max, message: "")
        #expect(StepReport(lesson: "l", step: "s", checks: [large, large]).points == .max)
    }
}
