// SPDX-License-Identifier: Apache-2.0
//
// Source: ISO 8601, proleptic Gregorian calendar; the arithmetic follows Howard Hinnant, "chrono-Compatible Low-Level Date
// Algorithms".

/// A day of the Gregorian calendar, which also counts for the years before it was made.
public struct CivilDay: Sendable, Hashable {
    /// Days since 1970-01-01.
    public let epochDays: Int
    /// The year; 0 is the one before 1.
    public let year: Int
    /// The month, from 1.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int

    /// Some 10^12 years, so that no number overflows.
    private static let countable = -(1 << 48)...(1 << 48)

    /// The day that lies so many days after 1970-01-01; a number that no calendar needs becomes the nearest that counts.
    public init(epochDays: Int) {
        let epochDays = min(max(epochDays, Self.countable.lowerBound), Self.countable.upperBound)
        // Years begin in March here, so that the leap day is the last of its year.
        let (era, dayOfEra) = floorDivide(epochDays + 719_468, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let index = (5 * dayOfYear + 2) / 153
        self.epochDays = epochDays
        day = dayOfYear - (153 * index + 2) / 5 + 1
        month = index < 10 ? index + 3 : index - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// A day by its name. The days from the month's end up to 31 are those of the next month, as `mktime` counts.
    ///
    /// - Returns: nil for a month or day that no calendar has, or a year of more than nine digits.
    public init?(year: Int, month: Int, day: Int) {
        guard (-999_999_999...999_999_999).contains(year), (1...12).contains(month), (1...31).contains(day) else {
            return nil
        }
        let (era, yearOfEra) = floorDivide(month <= 2 ? year - 1 : year, by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        self.init(epochDays: era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468)
    }

    /// The day of the week, from 0 for Sunday.
    public var weekday: Int { floorDivide(epochDays + 4, by: 7).remainder }
}

extension CivilDay: Comparable {
    /// Orders as time runs.
    public static func < (left: CivilDay, right: CivilDay) -> Bool { left.epochDays < right.epochDays }
}

extension CivilDay: CustomStringConvertible {
    /// `YYYY-MM-DD`; the year has as many digits as it needs, at least four.
    public var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }
}

/// A quotient that is rounded down, so that the remainder is never negative.
func floorDivide(_ value: Int, by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
}

/// A number with zeros in front.
func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number.magnitude)
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
}
