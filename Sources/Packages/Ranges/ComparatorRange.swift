// SPDX-License-Identifier: Apache-2.0

// Source: none of one ecosystem; the notation that GitHub's advisories and package tools share.

/// Comparators such as `>=1.0, <2.0`, for ecosystems without a range notation of their own.
///
/// Shape: alternatives joined by `||`; in each, comparators joined by blanks or commas, all of which must hold. Operators are
/// `<`, `<=`, `=`, `==`, `>=`, `>`, `!=`, dpkg's `<<` and `>>`; none means `=`. `*` and an empty alternative are any version.
struct ComparatorRange<Order: VersionOrder>: Sendable {
    typealias Comparator = (operation: ComparatorOperation, version: Order.Parsed)

    private let order: Order
    private let alternatives: [[Comparator]]

    /// - Parameter alternatives: of each, all comparators must hold.
    init(_ alternatives: [[Comparator]], order: Order) {
        self.order = order
        self.alternatives = alternatives
    }

    init(parsing text: String, order: Order) throws(VersionScheme.ValidationError) {
        var sets: [[Comparator]] = []
        for part in text.splitAlternatives {
            var set: [Comparator] = []
            var rest = Array(part.utf8)[...]
            while true {
                rest = rest.drop { $0.isBlank || $0 == UInt8(ascii: ",") }
                if rest.isEmpty { break }
                let operation = ComparatorOperation.take(&rest)
                rest = rest.drop(while: \.isBlank)
                let word = rest.prefix { !$0.isBlank && $0 != UInt8(ascii: ",") }
                rest = rest.dropFirst(word.count)
                if operation == nil, word.elementsEqual([UInt8(ascii: "*")]) { continue }
                guard !word.isEmpty else { throw order.invalidRange(text, "an operator without a version") }
                set.append((operation ?? .equal, try order.parse(String(ascii: word))))
            }
            sets.append(set)
        }
        self.init(sets, order: order)
    }

    func contains(_ version: String) throws(VersionScheme.ValidationError) -> Bool {
        let candidate = try order.parse(version)
        return alternatives.contains { set in
            set.allSatisfy { $0.operation.accepts(order.order(candidate, $0.version)) }
        }
    }
}

/// What a comparator asks for.
enum ComparatorOperation: String, Sendable {
    case less, lessOrEqual, equal, notEqual, greaterOrEqual, greater

    func accepts(_ comparison: VersionScheme.Comparison) -> Bool {
        switch self {
        case .less: comparison == .less
        case .lessOrEqual: comparison != .greater
        case .equal: comparison == .equal
        case .notEqual: comparison != .equal
        case .greaterOrEqual: comparison != .less
        case .greater: comparison == .greater
        }
    }

    private static let spellings: [(String, ComparatorOperation)] = [
        ("<<", .less), ("<=", .lessOrEqual), ("<>", .notEqual), ("<", .less), (">>", .greater), (">=", .greaterOrEqual),
        (">", .greater), ("!=", .notEqual), ("==", .equal), ("=", .equal),
    ]

    /// Takes an operator from the front; nil when none stands there.
    static func take(_ rest: inout ArraySlice<UInt8>) -> ComparatorOperation? {
        guard let (text, operation) = spellings.first(where: { rest.starts(with: $0.0.utf8) }) else { return nil }
        rest = rest.dropFirst(text.utf8.count)
        return operation
    }
}

extension String {
    /// The parts between `||`.
    var splitAlternatives: [String] {
        var result: [String] = []
        var current: [UInt8] = []
        var previousWasBar = false
        for byte in utf8 {
            if byte == UInt8(ascii: "|"), previousWasBar {
                current.removeLast()
                result.append(String(ascii: current))
                current = []
                previousWasBar = false
            } else {
                current.append(byte)
                previousWasBar = byte == UInt8(ascii: "|")
            }
        }
        return result + [String(ascii: current)]
    }
}
