// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Testing

@Suite("CivilDay")
struct CivilDayTests {
    static let days: [(name: String, epochDays: Int, weekday: Int)] = [
        ("1970-01-01", 0, 4), ("1969-12-31", -1, 3), ("2000-02-29", 11_016, 2), ("2000-03-01", 11_017, 3),
        ("2100-02-28", 47_540, 0), ("2100-03-01", 47_541, 1), ("0000-03-01", -719_468, 3), ("2026-12-01", 20_788, 2),
    ]

    @Test("counts days and weekdays", arguments: days)
    func counts(name: String, epochDays: Int, weekday: Int) {
        let day = CivilDay(epochDays: epochDays)
        #expect(day.description == name)
        #expect(day.weekday == weekday)
        #expect(CivilDay(year: day.year, month: day.month, day: day.day) == day)
    }

    @Test("comes back from its name, day by day over eight centuries")
    func roundTrip() {
        var last = CivilDay(epochDays: -150_001)
        for number in -150_000...150_000 {
            let day = CivilDay(epochDays: number)
            if CivilDay(year: day.year, month: day.month, day: day.day)?.epochDays != number || !(last < day) {
                Issue.record("\(day)")
            }
            last = day
        }
    }

    @Test("refuses names of no day, and runs on from the end of a short month")
    func names() {
        #expect(CivilDay(year: 2026, month: 0, day: 1) == nil)
        #expect(CivilDay(year: 2026, month: 13, day: 1) == nil)
        #expect(CivilDay(year: 2026, month: 1, day: 32) == nil)
        #expect(CivilDay(year: .max, month: 1, day: 1) == nil)
        #expect(CivilDay(year: 2026, month: 2, day: 31)?.description == "2026-03-03")
    }

    @Test("does not overflow on numbers that nobody meant", arguments: [Int.max, .min])
    func extremes(number: Int) {
        let day = CivilDay(epochDays: number)
        #expect((1...12).contains(day.month) && (1...31).contains(day.day) && (0...6).contains(day.weekday))
    }
}
