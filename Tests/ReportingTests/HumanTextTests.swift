// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Reporting

@Suite("Sizes and ages for people")
struct HumanTextTests {
    static let sizes: [(bytes: Int, text: String)] = [
        (0, "0B"), (-5, "0B"), (1, "1B"), (999, "999B"), (1000, "1kB"), (1234, "1.23kB"), (80_815_687, "80.8MB"),
        (999_499, "999kB"), (999_999, "1MB"), (1_250_000_000, "1.25GB"), (Int.max, "9.22EB"),
    ]

    @Test("sizes have three digits", arguments: sizes)
    func writesSizes(bytes: Int, text: String) { #expect(HumanText.size(bytes) == text) }

    static let ages: [(seconds: Int, text: String)] = [
        (0, "Less than a second"), (-100, "Less than a second"), (1, "1 second"), (59, "59 seconds"),
        (60, "About a minute"),
        (120, "2 minutes"), (3600, "About an hour"), (7200, "2 hours"), (86_400 * 3, "3 days"),
        (86_400 * 20, "2 weeks"),
        (86_400 * 90, "3 months"), (86_400 * 800, "2 years"),
    ]

    @Test("spans are rounded as Docker rounds them", arguments: ages)
    func writesAges(seconds: Int, text: String) { #expect(HumanText.duration(seconds) == text) }

    @Test("what has no time has no age", arguments: [nil, "", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"])
    func noAge(created: String?) { #expect(HumanText.age(of: created, now: 1_000_000) == "N/A") }

    @Test("columns are at least ten wide")
    func columns() {
        #expect(
            ColumnText.render(["A", "LONGER NAME", "C"], [["1", "2", "3"], ["a longer cell", "x", ""]])
                == "A               LONGER NAME   C\n1               2             3\na longer cell   x             "
        )
    }
}
