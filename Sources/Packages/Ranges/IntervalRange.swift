// SPDX-License-Identifier: Apache-2.0

// Source: Maven documentation, "Dependency Version Requirement Specification"; NuGet documentation, "Version ranges".

/// Intervals such as `[1.0,2.0)`, joined by commas of which one must hold.
struct IntervalRange<Order: VersionOrder>: Sendable {
    private struct Interval: Sendable {
        var lower: Order.Parsed?
        var lowerIsIn = false
        var upper: Order.Parsed?
        var upperIsIn = false

        /// Nothing can lie between the bounds, whatever is asked: a slip of the pen, which Maven and NuGet refuse.
        func isReversed(_ order: Order) -> Bool {
            guard let lower, let upper else { return false }
            switch order.order(lower, upper) {
            case .less: return false
            case .equal: return !(lowerIsIn && upperIsIn)
            case .greater: return true
            }
        }

        func overlaps(after previous: Interval, _ order: Order) -> Bool {
            guard let end = previous.upper else { return false }
            guard let lower else { return true }
            return order.order(lower, end) == .less
        }
    }

    private let order: Order
    private let intervals: [Interval]

    /// What an ecosystem's notation has of its own.
    enum Dialect: Sendable {
        /// A version without brackets is that version (our reading of a recommendation, which by itself excludes nothing);
        /// intervals stand in order and do not overlap.
        case maven
        /// A version without brackets is a lower bound; `1.2.*` floats.
        case nuget
    }

    init(parsing text: String, order: Order, dialect: Dialect) throws(VersionScheme.ValidationError) {
        self.order = order
        var rest = Array(text.utf8)[...].trimmed
        guard let first = rest.first else { throw order.invalidRange(text, "it is empty") }
        func isOpening(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "[") || byte == UInt8(ascii: "(") }
        func isClosing(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "]") || byte == UInt8(ascii: ")") }
        guard isOpening(first) else {
            if dialect == .nuget, let floating = try Self.floating(rest, order: order) {
                intervals = [floating]
                return
            }
            let version = try order.parse(String(ascii: rest))
            intervals = [
                Interval(lower: version, lowerIsIn: true, upper: dialect == .nuget ? nil : version, upperIsIn: true)
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
                interval.lower = try order.bound(String(ascii: only))
                interval.upper = interval.lower
            case 2:
                if let lower = bounds.first, !lower.isEmpty { interval.lower = try order.bound(String(ascii: lower)) }
                if let upper = bounds.last, !upper.isEmpty { interval.upper = try order.bound(String(ascii: upper)) }
            default:
                throw order.invalidRange(text, "an interval has one or two bounds")
            }
            if interval.isReversed(order) {
                throw order.invalidRange(text, "the lower bound is not below the upper one")
            }
            if dialect == .maven, let previous = result.last, interval.overlaps(after: previous, order) {
                throw order.invalidRange(text, "intervals overlap, or stand out of order")
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

    /// `*`, `1.*`, `1.2.*`: from that number up to the next one; nil when the text does not float.
    private static func floating(
        _ text: ArraySlice<UInt8>,
        order: Order
    ) throws(VersionScheme.ValidationError) -> Interval? {
        guard text.last == UInt8(ascii: "*") else { return nil }
        var stem = text.dropLast()
        if stem.isEmpty { return Interval() }
        guard stem.last == UInt8(ascii: ".") else { return nil }
        stem = stem.dropLast()
        let lower = try order.parse(String(ascii: stem))
        let last = Array(stem.reversed().prefix(while: \.isDigit).reversed())
        let upper = String(ascii: stem.dropLast(last.count)) + String(ascii: Digits.next(after: last))
        return Interval(lower: lower, lowerIsIn: true, upper: try order.parse(upper))
    }

    func contains(_ version: String) -> Bool {
        let candidate = order.read(version)
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
