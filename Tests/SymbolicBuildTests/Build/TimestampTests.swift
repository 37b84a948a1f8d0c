// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

@testable import SymbolicBuild

@Suite("Timestamps")
struct TimestampTests {
    static let table: [(seconds: Int, text: String)] = [
        (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
        (4_107_542_399, "2100-02-28T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"), (.max, "9999-12-31T23:59:59Z"),
        (.min, "0000-01-01T00:00:00Z"),
    ]

    @Test("are RFC 3339", arguments: table)
    func texts(seconds: Int, text: String) { #expect(Timestamp.text(seconds) == text) }

    @Test("agree with Foundation's on any second")
    func asFoundation() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let seconds = Int.random(in: -5_000_000_000...50_000_000_000, using: &generator)
            #expect(Timestamp.text(seconds) == Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601))
        }
    }
}
