// SPDX-License-Identifier: Apache-2.0

// Source: Maven documentation, "Dependency Version Requirement Specification"; NuGet documentation, "Version ranges".

/// Intervals such as `[1.0,2.0)`, joined by commas of which one must hold.
struct IntervalRange<Order: VersionOrder>: Sendable {
    private struct Interval: Sendable {
        var lower: Order.Parsed?
        var lowerIsIn = false
        var upper: Order.Parsed?
        var upperIsIn = false
    }

    private let order: Order
    private let intervals: [Interval]

    /// - Parameter bareIsMinimum: whether a version without brackets is a lower bound (NuGet) or that version (our reading of
    ///   Maven's recommendation, which by itself excludes nothing).
    init(parsing text: String, order: Order, bareIsMinimum: Bool) throws(VersionScheme.ValidationError) {
        self.order = order
        var rest = Array(text.utf8)[...].trimmed
        guard let first = rest.first else { throw order.invalidRange(text, "it is empty") }
        func isOpening(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "[") || byte == UInt8(ascii: "(") }
        func isClosing(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "]") || byte == UInt8(ascii: ")") }
        guard isOpening(first) else {
            let version = try order.parse(String(ascii: rest))
            intervals = [
                Interval(lower: version, lowerIsIn: true, upper: bareIsMinimum ? nil : version, upperIsIn: true)
            ]
            return
        }
        var result: [Interval] = []
        while let opening = rest.first {
            guard isOpening(opening), let close = rest.firstIndex(where: isClosing) else {
                throw order.invalidRange(text, "a bracket is missing")
            }
            let body = rest[(rest.startIndex + 1)..<close]
            let bounds = body.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(\.trimmed)
            var interval = Interval()
            interval.lowerIsIn = opening == UInt8(ascii: "[")
            interval.upperIsIn = rest[close] == UInt8(ascii: "]")
            switch bounds.count {
            case 1:
                guard interval.lowerIsIn, interval.upperIsIn, let only = bounds.first, !only.isEmpty else {
                    throw order.invalidRange(text, "a single version stands in square brackets")
                }
                interval.lower = try order.parse(String(ascii: only))
                interval.upper = interval.lower
            case 2:
                if let lower = bounds.first, !lower.isEmpty { interval.lower = try order.parse(String(ascii: lower)) }
                if let upper = bounds.last, !upper.isEmpty { interval.upper = try order.parse(String(ascii: upper)) }
            default:
                throw order.invalidRange(text, "an interval has one or two bounds")
            }
            result.append(interval)
            rest = rest[(close + 1)...].drop(while: \.isBlank)
            if rest.first == UInt8(ascii: ",") {
                rest = rest.dropFirst().drop(while: \.isBlank)
                guard !rest.isEmpty else { throw order.invalidRange(text, "nothing follows the comma") }
            } else if !rest.isEmpty {
                throw order.invalidRange(text, "intervals are joined by commas")
            }
        }
        intervals = result
    }

    func contains(_ version: String) throws(VersionScheme.ValidationError) -> Bool {
        let candidate = try order.parse(version)
        return intervals.contains { interval in
            if let lower = interval.lower {
                let operation: ComparatorOperation = interval.lowerIsIn ? .greaterOrEqual : .greater
                guard operation.accepts(order.order(candidate, lower)) else { return false }
            }
            if let upper = interval.upper {
                let operation: ComparatorOperation = interval.upperIsIn ? .lessOrEqual : .less
                guard operation.accepts(order.order(candidate, upper)) else { return false }
            }
            return true
        }
    }
}
