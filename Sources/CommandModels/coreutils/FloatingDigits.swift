// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, printf, "Extended Description"; C11, fprintf.

/// The digits of floating-point numbers as `%f`, `%e` and `%g` write them.
enum FloatingDigits {
    /// A number as `%f`, `%e` or `%g` prints it; nil where our own arithmetic could round otherwise.
    static func text(_ value: Double, _ conversion: UInt8, _ precision: Int) -> String? {
        switch conversion | 0x20 {
        case UInt8(ascii: "f"): return fixed(value, precision)
        case UInt8(ascii: "e"): return exponential(value, precision).map { "\($0.digits)e\(exponentText($0.exponent))" }
        default:
            let significant = max(precision, 1)
            guard let (digits, exponent) = exponential(value, significant - 1) else { return nil }
            func trimmed(_ text: String) -> String {
                guard text.utf8.contains(UInt8(ascii: ".")) else { return text }
                var text = text[...]
                while text.utf8.last == 0x30 { text = text.dropLast() }
                return String(text.utf8.last == UInt8(ascii: ".") ? text.dropLast() : text)
            }
            if exponent < -4 || exponent >= significant { return trimmed(digits) + "e\(exponentText(exponent))" }
            return trimmed(fixed(value, significant - 1 - exponent))
        }
    }

    private static func exponentText(_ exponent: Int) -> String {
        (exponent < 0 ? "-" : "+") + (exponent.magnitude < 10 ? "0" : "") + String(exponent.magnitude)
    }

    private static func exponential(_ value: Double, _ precision: Int) -> (digits: String, exponent: Int)? {
        guard value != 0 else { return (fixed(0, precision), 0) }
        var exponent = 0
        var scale = 1.0
        while value / scale >= 10 {
            scale *= 10
            exponent += 1
        }
        var mantissa = value / scale
        while mantissa < 1 {
            scale *= 10
            mantissa = value * scale
            exponent -= 1
        }
        var digits = fixed(mantissa, precision)
        if digits.hasPrefix("10") {
            exponent += 1
            digits = fixed(mantissa / 10, precision)
        }
        return (digits, exponent)
    }

    private static func fixed(_ value: Double, _ places: Int) -> String {
        let places = min(places, 15)
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = (value * scale).rounded(.toNearestOrEven)
        guard scaled < 9e18 else { return String(Int(value.rounded())) }
        var digits = String(Int(scaled))
        while digits.utf8.count <= places { digits = "0" + digits }
        return places == 0 ? digits : String(digits.dropLast(places)) + "." + String(digits.suffix(places))
    }
}
