// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import SeaworthyTestSupport
import Testing

@Suite("Instant")
struct InstantTests {
    static let written: [(seconds: Int, text: String)] = [
        (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
        (4_107_542_399, "2100-02-28T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
        (.max, "9999-12-31T23:59:59Z"), (.min, "0000-01-01T00:00:00Z"),
    ]

    @Test("is written as RFC 3339", arguments: written)
    func writes(seconds: Int, text: String) { #expect(Instant(epochSeconds: seconds).rfc3339() == text) }

    @Test("agrees with Foundation's on any second, and comes back")
    func asFoundation() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let seconds = Int.random(in: -5_000_000_000...50_000_000_000, using: &generator)
            let text = Instant(epochSeconds: seconds).rfc3339()
            #expect(text == Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601))
            #expect(Instant(parsing: text)?.epochSeconds == seconds)
        }
    }

    @Test("writes as many digits of its fraction as are asked for")
    func fractions() {
        let time = Instant(epochSeconds: 1_795_486_908, nanoseconds: 125_000_007)
        #expect(time.rfc3339(fractionDigits: 3) == "2026-11-24T02:21:48.125Z")
        #expect(time.rfc3339(fractionDigits: 9) == "2026-11-24T02:21:48.125000007Z")
        #expect(time.stamp == "20261124T022148Z")
        #expect((time.hour, time.minute, time.second) == (2, 21, 48))
    }

    static let read: [(text: String, seconds: Int, nanoseconds: Int)] = [
        ("1970-01-01T00:00:00Z", 0, 0), ("2026-09-19T00:48:53Z", 1_789_778_933, 0),
        ("2000-02-29T12:00:00.1234567899Z", 951_825_600, 123_456_789), ("1970-01-01t00:00:00.5z", 0, 500_000_000),
        ("2026-09-19T02:48:53+02:00", 1_789_778_933, 0), ("2026-09-18T23:18:53-01:30", 1_789_778_933, 0),
        ("0001-01-01T00:00:00Z", -62_135_596_800, 0), ("2016-12-31T23:59:60Z", 1_483_228_800, 0),
    ]

    @Test("is read as RFC 3339 has it", arguments: read)
    func reads(text: String, seconds: Int, nanoseconds: Int) {
        #expect(Instant(parsing: text) == Instant(epochSeconds: seconds, nanoseconds: nanoseconds))
    }

    @Test(
        "refuses what is no such time",
        arguments: [
            "", "yesterday", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-09-31T00:00:00Z",
            "2026-09-19T24:00:00Z", "2026-09-19T00:60:00Z", "2026-09-19T00:00:61Z", "2026-09-19 00:48:53Z",
            "2026-09-19T00:48:53", "2026-09-19T00:48:53.Z", "2026-09-19T00:48:53+0200", "2026-09-19T00:48:53Zx",
            "2026/09/19T00:48:53Z", "+026-09-19T00:48:53Z", "\u{e4}026-09-19T00:48:53Z", "2026-09-19T00:48:53+24:00",
        ]
    )
    func refuses(text: String) { #expect(Instant(parsing: text) == nil) }
}
