// SPDX-License-Identifier: Apache-2.0
//
// Source: Go's time.ParseDuration.

/// Reads spans of time such as `1h30m` or `1.5s`.
enum GoDuration {
    struct ValidationError: Error, CustomStringConvertible {
        let description: String
    }

    private static let units: [String: Int64] = [
        "ns": 1, "us": 1_000, "µs": 1_000, "μs": 1_000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000,
        "h": 3_600_000_000_000,
    ]

    static func nanoseconds(parsing text: String) throws(ValidationError) -> Int64 {
        let invalid = ValidationError(description: "time: invalid duration \(text.quoted)")
        var rest = text.unicodeScalars[...]
        var isNegative = false
        if let sign = rest.first, sign == "-" || sign == "+" {
            isNegative = sign == "-"
            rest = rest.dropFirst()
        }
        if rest.elementsEqual("0".unicodeScalars) { return 0 }
        guard !rest.isEmpty else { throw invalid }
        var total: Int64 = 0
        while let first = rest.first {
            guard first == "." || ("0"..."9").contains(first) else { throw invalid }
            var whole: Int64 = 0
            var digits = 0
            while let digit = rest.first, ("0"..."9").contains(digit) {
                whole = try add(try multiply(whole, 10, invalid), Int64(digit.value - 48), invalid)
                digits += 1
                rest = rest.dropFirst()
            }
            var fraction = 0.0
            if rest.first == "." {
                rest = rest.dropFirst()
                var scale = 0.1
                while let digit = rest.first, ("0"..."9").contains(digit) {
                    fraction += Double(digit.value - 48) * scale
                    scale /= 10
                    digits += 1
                    rest = rest.dropFirst()
                }
            }
            guard digits > 0 else { throw invalid }
            let name = String(String.UnicodeScalarView(rest.prefix { $0 != "." && !("0"..."9").contains($0) }))
            guard !name.isEmpty else {
                throw ValidationError(description: "time: missing unit in duration \(text.quoted)")
            }
            guard let unit = units[name] else {
                throw ValidationError(description: "time: unknown unit \(name.quoted) in duration \(text.quoted)")
            }
            rest = rest.dropFirst(name.unicodeScalars.count)
            total = try add(total, try multiply(whole, unit, invalid), invalid)
            total = try add(total, Int64((fraction * Double(unit)).rounded()), invalid)
        }
        return isNegative ? -total : total
    }

    private static func multiply(
        _ left: Int64,
        _ right: Int64,
        _ error: ValidationError
    ) throws(ValidationError) -> Int64 {
        let (result, overflow) = left.multipliedReportingOverflow(by: right)
        if overflow { throw error }
        return result
    }

    private static func add(_ left: Int64, _ right: Int64, _ error: ValidationError) throws(ValidationError) -> Int64 {
        let (result, overflow) = left.addingReportingOverflow(right)
        if overflow { throw error }
        return result
    }
}
