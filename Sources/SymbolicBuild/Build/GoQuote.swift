// SPDX-License-Identifier: Apache-2.0
//
// Source: Go strconv.Quote, which BuildKit uses (`%q`) to write lists into history entries.

enum GoQuote {
    /// A text between double quotes as Go's `%q` writes it.
    static func quote(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
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
                result += scalar.value < 0x10000
                    ? "\\u" + hex(scalar.value, digits: 4) : "\\U" + hex(scalar.value, digits: 8)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// A list as Go's `%q` writes it: quoted, between brackets, blanks between, no commas.
    static func list(_ items: [String]) -> String { "[" + items.map(quote).joined(separator: " ") + "]" }

    private static func hex(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isPrintable: Bool {
        switch generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator:
            false
        default: true
        }
    }
}
