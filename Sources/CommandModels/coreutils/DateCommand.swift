// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, date.

import CivilTime
import Diagnostics
import ShellMachine

/// `date`: the time of the build.
enum DateCommand: CommandModel {
    static let names = ["date"]
    static let scope = Unknown.Scope.output
    static let date = CommandOption.value("d", "date")
    static let email = CommandOption.flag("R", "rfc-email")
    static let iso = CommandOption.optionalValue("I", "iso-8601")
    static let options: OptionTable? = OptionTable([
        .flag("u", "utc", "universal"), date, .value("r", "reference", is: .path).unfollowed, email, iso,
        .value("rfc-3339").unfollowed,
        .value("s", "set"),
    ])

    static func run(_ call: inout Invocation) -> Outcome {
        var seconds = call.world.epochSeconds
        if let text = call.value(date) {
            guard text.hasPrefix("@"), let number = Int(text.dropFirst()), number.magnitude < 1 << 50 else {
                return call.unknown("date -d is not followed", .output)
            }
            seconds = number
        }
        var format = call.operands.first ?? "+%a %b %e %H:%M:%S UTC %Y"
        if call.has(iso) {
            format = call.value(iso)?.hasPrefix("s") == true ? "+%Y-%m-%dT%H:%M:%S+00:00" : "+%Y-%m-%d"
        }
        if call.has(email) { format = "+%a, %d %b %Y %H:%M:%S +0000" }
        guard format.hasPrefix("+") else { return call.fail("invalid date '\(format)'") }
        let time = Instant(epochSeconds: seconds)
        var output = ""
        var scalars = format.unicodeScalars.dropFirst()
        while let scalar = scalars.popFirst() {
            guard scalar == "%", var letter = scalars.popFirst() else {
                output.unicodeScalars.append(scalar)
                continue
            }
            let isBare = letter == "-"
            if isBare, let next = scalars.popFirst() { letter = next }
            guard let text = text(letter, time, seconds) else {
                return call.unknown("the date format %\(letter) is not followed", .output)
            }
            // `%-d` leaves out what fills a number up.
            let digits = text.drop { $0 == "0" || $0 == " " }
            output += isBare && Int(text.drop { $0 == " " }) != nil ? (digits.isEmpty ? "0" : String(digits)) : text
        }
        call.out(output + "\n")
        return .success
    }

    /// What stands for a letter behind `%`; nil for one that is not followed.
    private static func text(_ letter: Unicode.Scalar, _ time: Instant, _ seconds: Int) -> String? {
        let (year, month, day) = (time.day.year, time.day.month, time.day.day)
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
        let shortYear = two(((year % 100) + 100) % 100)
        switch letter {
        case "Y": return String(year)
        case "y": return shortYear
        case "m": return two(month)
        case "d": return two(day)
        case "e": return day < 10 ? " \(day)" : String(day)
        case "H": return two(time.hour)
        case "M": return two(time.minute)
        case "S": return two(time.second)
        case "s": return String(seconds)
        case "F": return time.day.description
        case "T": return "\(two(time.hour)):\(two(time.minute)):\(two(time.second))"
        case "D": return "\(two(month))/\(two(day))/\(shortYear)"
        case "a": return ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][time.day.weekday]
        case "b", "h":
            return ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month - 1]
        case "Z": return "UTC"
        case "z": return "+0000"
        case "n": return "\n"
        case "%": return "%"
        default: return nil
        }
    }
}
