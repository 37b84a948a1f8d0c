// SPDX-License-Identifier: Apache-2.0
//
// Source: RFC 3339; the day arithmetic follows the proleptic Gregorian calendar.

/// Times as an image's JSON has them.
public enum Timestamp {
    /// The seconds since 1970 of the years that the format can write, 0000 to 9999.
    private static let writable = -62_167_219_200...253_402_300_799

    /// RFC 3339 in UTC with whole seconds, such as `2026-11-24T01:02:03Z`; what lies beyond years of four digits becomes the
    /// nearest time that does not.
    public static func text(_ epochSeconds: Int) -> String {
        let epochSeconds = min(max(epochSeconds, writable.lowerBound), writable.upperBound)
        let days = floorDivide(epochSeconds, 86_400)
        let seconds = epochSeconds - days * 86_400
        let (year, month, day) = date(days)
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let paddedYear = String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
        return
            "\(paddedYear)-\(two(month))-\(two(day))T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))Z"
    }

    private static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }

    /// Year, month and day of a number of days since 1970-01-01.
    private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
