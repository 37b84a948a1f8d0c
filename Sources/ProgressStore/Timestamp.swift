// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Times as the database keeps them: `2026-11-24T02:21:48.125Z`, UTC, so that text order is time order.
enum Timestamp {
    /// The text of a time, to the millisecond.
    static func text(of date: Date) -> String {
        // Years of four digits only: what lies outside is a broken clock, and its order does not matter.
        let milliseconds = (max(-62_135_596_800, min(253_402_300_799, date.timeIntervalSince1970)) * 1_000).rounded()
        let (seconds, rest) = Int64(milliseconds).quotientAndFloorRemainder(by: 1_000)
        let (days, second) = seconds.quotientAndFloorRemainder(by: 86_400)
        let (year, month, day) = civil(days)
        return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))T\(pad(second / 3_600, 2)):\(pad(second / 60 % 60, 2)):"
            + "\(pad(second % 60, 2)).\(pad(rest, 3))Z"
    }

    /// The time of a text that `text(of:)` wrote; nil for anything else.
    static func date(of text: String) -> Date? {
        let fields = text.split(whereSeparator: { !$0.isASCII || !$0.isNumber }).compactMap { Int64($0) }
        guard text.utf8.count == 24, fields.count == 7, (1...12).contains(fields[1]), (1...31).contains(fields[2])
        else {
            return nil
        }
        let seconds = days(fields[0], fields[1], fields[2]) * 86_400 + fields[3] * 3_600 + fields[4] * 60 + fields[5]
        return Date(timeIntervalSince1970: Double(seconds) + Double(fields[6]) / 1_000)
    }

    /// A time for file names: `20261124T022148Z`.
    static func stamp(of date: Date) -> String {
        String(text(of: date).prefix(19)).filter { $0 != "-" && $0 != ":" } + "Z"
    }

    /// Days since 1970 to year, month and day of the Gregorian calendar.
    private static func civil(_ days: Int64) -> (Int64, Int64, Int64) {
        let shifted = days + 719_468
        let (era, dayOfEra) = shifted.quotientAndFloorRemainder(by: 146_097)
        let year = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let index = (5 * dayOfYear + 2) / 153
        let month = index < 10 ? index + 3 : index - 9
        return (year + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * index + 2) / 5 + 1)
    }

    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let (era, yearOfEra) = (month <= 2 ? year - 1 : year).quotientAndFloorRemainder(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func pad(_ number: Int64, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

extension Int64 {
    fileprivate func quotientAndFloorRemainder(by divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
