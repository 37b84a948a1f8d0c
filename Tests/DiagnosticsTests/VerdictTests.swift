// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@Suite("Verdicts")
struct VerdictTests {
    static let rows: [(verdicts: [Verdict], all: Verdict)] = [
        ([], .passed),
        ([.passed, .passed], .passed),
        ([.passed, .unknown], .unknown),
        ([.unknown, .passed], .unknown),
        ([.unknown, .failed], .failed),
        ([.failed, .unknown, .passed], .failed),
    ]

    @Test("a failure weighs most, then ignorance", arguments: rows)
    func all(verdicts: [Verdict], all: Verdict) { #expect(Verdict.all(of: verdicts) == all) }
}
