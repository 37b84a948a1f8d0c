// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation

/// Times as the database keeps them: `2026-11-24T02:21:48.125Z`, UTC, so that text order is time order.
enum Timestamp {
    /// The text of a time, to the millisecond.
    static func text(of date: Date) -> String { instant(of: date).rfc3339(fractionDigits: 3) }

    /// The time of a text that `text(of:)` wrote; nil for anything else.
    static func date(of text: String) -> Date? {
        guard text.utf8.count == 24, let instant = Instant(parsing: text) else { return nil }
        return Date(
            timeIntervalSince1970: Double(instant.epochSeconds) + Double(instant.nanoseconds / 1_000_000) / 1_000
        )
    }

    /// A time for file names: `20261124T022148Z`.
    static func stamp(of date: Date) -> String { instant(of: date).stamp }

    private static func instant(of date: Date) -> Instant {
        // Years of four digits only: what lies outside is a broken clock, and its order does not matter.
        let milliseconds = (max(-62_135_596_800, min(253_402_300_799, date.timeIntervalSince1970)) * 1_000).rounded()
        let seconds = (milliseconds / 1_000).rounded(.down)
        return Instant(epochSeconds: Int(seconds), nanoseconds: Int(milliseconds - seconds * 1_000) * 1_000_000)
    }
}
