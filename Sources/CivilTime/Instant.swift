// SPDX-License-Identifier: Apache-2.0
//
// Source: RFC 3339.

/// A point in time, without a zone and without leap seconds.
public struct Instant: Sendable, Hashable {
    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    public let epochSeconds: Int
    /// What is left of a second, 0 to 999999999.
    public let nanoseconds: Int

    /// A point in time; a fraction outside of its range becomes the nearest inside.
    public init(epochSeconds: Int, nanoseconds: Int = 0) {
        self.epochSeconds = epochSeconds
        self.nanoseconds = min(max(nanoseconds, 0), 999_999_999)
    }

    /// The day in UTC.
    public var day: CivilDay { CivilDay(epochDays: floorDivide(epochSeconds, by: 86_400).quotient) }

    private var secondOfDay: Int { floorDivide(epochSeconds, by: 86_400).remainder }
    /// The hour in UTC, 0 to 23.
    public var hour: Int { secondOfDay / 3_600 }
    /// The minute, 0 to 59.
    public var minute: Int { secondOfDay / 60 % 60 }
    /// The second, 0 to 59.
    public var second: Int { secondOfDay % 60 }
}

extension Instant: Comparable {
    /// Orders as time runs.
    public static func < (left: Instant, right: Instant) -> Bool {
        (left.epochSeconds, left.nanoseconds) < (right.epochSeconds, right.nanoseconds)
    }
}

extension Instant {
    /// The seconds of the years that RFC 3339 can write, 0000 to 9999.
    private static let writable = -62_167_219_200...253_402_300_799

    /// RFC 3339 in UTC, such as `2026-11-24T01:02:03Z`; what lies beyond years of four digits becomes the nearest time that does
    /// not.
    ///
    /// - Parameter fractionDigits: how many digits of the second's fraction to write, 0 to 9; the rest is cut off.
    public func rfc3339(fractionDigits: Int = 0) -> String {
        let seconds = min(max(epochSeconds, Self.writable.lowerBound), Self.writable.upperBound)
        let time = Instant(epochSeconds: seconds)
        var text = "\(time.day)T\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))"
        if fractionDigits > 0 { text += "." + padded(nanoseconds, 9).prefix(fractionDigits) }
        return text + "Z"
    }

    /// For file names: `20261124T022148Z`.
    public var stamp: String { rfc3339().filter { $0 != "-" && $0 != ":" } }

    /// Reads RFC 3339, in any zone; digits of the fraction behind the ninth are dropped.
    ///
    /// A leap second counts as the first second of the next minute.
    /// - Returns: nil for any other shape, and for a day or time that does not exist.
    public init?(parsing text: String) {
        var reader = Reader(bytes: Array(text.utf8))
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let dayOfMonth = reader.number(2), reader.take("T") || reader.take("t"),
            let hour = reader.number(2), reader.take(":"), let minute = reader.number(2), reader.take(":"),
            let second = reader.number(2), let nanoseconds = reader.fraction(), let offset = reader.zone(),
            reader.bytes.isEmpty,
            let day = CivilDay(year: year, month: month, day: dayOfMonth), day.day == dayOfMonth,
            hour < 24, minute < 60, second <= 60
        else { return nil }
        self.init(
            epochSeconds: ((day.epochDays * 24 + hour) * 60 + minute) * 60 + second - offset,
            nanoseconds: nanoseconds
        )
    }

    private struct Reader {
        var bytes: ArraySlice<UInt8>

        init(bytes: [UInt8]) { self.bytes = bytes[...] }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard let first = bytes.first, UInt32(first) == character.value else { return false }
            bytes.removeFirst()
            return true
        }

        mutating func number(_ digits: Int) -> Int? {
            guard bytes.count >= digits, bytes.prefix(digits).allSatisfy({ (0x30...0x39).contains($0) }) else {
                return nil
            }
            defer { bytes = bytes.dropFirst(digits) }
            return bytes.prefix(digits).reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }

        /// Nanoseconds; 0 where there is no point.
        mutating func fraction() -> Int? {
            guard take(".") else { return 0 }
            let digits = bytes.prefix { (0x30...0x39).contains($0) }
            guard !digits.isEmpty else { return nil }
            bytes = bytes.dropFirst(digits.count)
            return (digits.prefix(9) + repeatElement(0x30, count: max(0, 9 - digits.count)))
                .reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }

        /// Seconds that the zone is ahead of UTC.
        mutating func zone() -> Int? {
            if take("Z") || take("z") { return 0 }
            let isBehind = take("-")
            guard isBehind || take("+"), let hours = number(2), take(":"), let minutes = number(2), hours < 24,
                minutes < 60
            else { return nil }
            return (hours * 60 + minutes) * 60 * (isBehind ? -1 : 1)
        }
    }
}
