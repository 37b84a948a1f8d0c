// SPDX-License-Identifier: Apache-2.0
//
// Source: Go strconv.Quote and QuoteRune, which BuildKit uses (`%q`) to write values into history entries; time.Duration.String.

/// Texts, lists, characters and time spans as BuildKit writes them.
package enum GoQuote {
    /// A text between double quotes as Go's `%q` writes it.
    package static func quote(_ text: String) -> String { quote(text.unicodeScalars, mark: "\"") }

    /// A number as Go's `%q` writes it: the character of that number between single quotes.
    package static func character(_ number: Int) -> String {
        let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
        return quote(CollectionOfOne(scalar), mark: "'")
    }

    private static func quote(_ scalars: some Sequence<Unicode.Scalar>, mark: Unicode.Scalar) -> String {
        var result = String(mark)
        for scalar in scalars {
            switch scalar {
            case mark: result += "\\" + String(mark)
            case "\\": result += "\\\\"
            case "\u{07}": result += "\\a"
            case "\u{08}": result += "\\b"
            case "\u{0C}": result += "\\f"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0B}": result += "\\v"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                result += "\\x" + hex(scalar.value, digits: 2)
            case _ where scalar.value >= 0x80 && !scalar.properties.isPrintable:
                result +=
                    scalar.value < 0x10000
                    ? "\\u" + hex(scalar.value, digits: 4) : "\\U" + hex(scalar.value, digits: 8)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + String(mark)
    }

    /// A list as Go's `%q` writes it: quoted, between brackets, blanks between, no commas.
    package static func list(_ items: [String]) -> String { "[" + items.map(quote).joined(separator: " ") + "]" }

    /// A time span as Go writes it: `1m30s`, `1.5s`, `250ms`, `0s`.
    package static func duration(nanoseconds: Int) -> String {
        guard nanoseconds != 0 else { return "0s" }
        let sign = nanoseconds < 0 ? "-" : ""
        let total = nanoseconds.magnitude
        if total < 1_000_000_000 {
            let (unit, size): (String, UInt) =
                total < 1_000 ? ("ns", 1) : total < 1_000_000 ? ("µs", 1_000) : ("ms", 1_000_000)
            return sign + decimal(total, unit: size) + unit
        }
        let seconds = total / 1_000_000_000
        var text = decimal(total % 60_000_000_000, unit: 1_000_000_000) + "s"
        if seconds >= 60 { text = "\(seconds / 60 % 60)m" + text }
        if seconds >= 3_600 { text = "\(seconds / 3_600)h" + text }
        return sign + text
    }

    /// A number of units with as many decimals as it needs.
    private static func decimal(_ value: UInt, unit: UInt) -> String {
        var fraction = value % unit
        guard fraction != 0 else { return String(value / unit) }
        var digits = String(unit).count - 1
        while fraction % 10 == 0 {
            fraction /= 10
            digits -= 1
        }
        let text = String(fraction)
        return "\(value / unit).\(String(repeating: "0", count: digits - text.count))\(text)"
    }

    private static func hex(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isPrintable: Bool {
        switch generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            false
        default: true
        }
    }
}
