// SPDX-License-Identifier: Apache-2.0

// Source: none of one ecosystem; the notation that GitHub's advisories and package tools share.

/// Comparators such as `>=1.0, <2.0`, for ecosystems without a range notation of their own.
///
/// Shape: alternatives joined by `||`; in each, comparators joined by blanks or commas, all of which must hold. Operators are
/// `<`, `<=`, `=`, `==`, `>=`, `>`, `!=`, dpkg's `<<` and `>>`, and for apk `~`, alone or beside one of them, which compares no
/// further than its version is written (`~1.2` is 1.2 and 1.2.9 and not 1.20); none means `=`. `*` and an empty alternative are any
/// version.
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
                let fuzzy = order.hasFuzzyOperator ? ComparatorOperation.takeFuzzy(&rest) : nil
                let operation = fuzzy ?? ComparatorOperation.take(&rest)
                rest = rest.drop(while: \.isBlank)
                let word = rest.prefix { !$0.isBlank && $0 != UInt8(ascii: ",") }
                rest = rest.dropFirst(word.count)
                if operation == nil, word.elementsEqual([UInt8(ascii: "*")]) { continue }
                guard !word.isEmpty else { throw order.invalidRange(text, "an operator without a version") }
                set.append((operation ?? .equal, try order.bound(String(ascii: word))))
            }
            sets.append(set)
        }
        self.init(sets, order: order)
    }

    func contains(_ version: String) -> Bool {
        let candidate = order.read(version)
        return alternatives.contains { set in
            set.allSatisfy { comparator in
                let isFuzzy = comparator.operation.isFuzzy
                return comparator.operation.accepts(
                    isFuzzy
                        ? order.orderFuzzily(candidate, comparator.version)
                        : order.order(candidate, comparator.version)
                )
            }
        }
    }
}

/// What a comparator asks for.
enum ComparatorOperation: String, Sendable {
    case less, lessOrEqual, equal, notEqual, greaterOrEqual, greater
    /// apk's, which compare no further than their version is written.
    case similar, similarOrLess, similarOrGreater

    var isFuzzy: Bool {
        switch self {
        case .similar, .similarOrLess, .similarOrGreater: true
        case .less, .lessOrEqual, .equal, .notEqual, .greaterOrEqual, .greater: false
        }
    }

    func accepts(_ comparison: VersionScheme.Comparison) -> Bool {
        switch self {
        case .less: comparison == .less
        case .lessOrEqual, .similarOrLess: comparison != .greater
        case .equal, .similar: comparison == .equal
        case .notEqual: comparison != .equal
        case .greaterOrEqual, .similarOrGreater: comparison != .less
        case .greater: comparison == .greater
        }
    }

    private static let spellings: [(String, ComparatorOperation)] = [
        ("<<", .less), ("<=", .lessOrEqual), ("<>", .notEqual), ("<", .less), (">>", .greater), (">=", .greaterOrEqual),
        (">", .greater), ("!=", .notEqual), ("==", .equal), ("=", .equal),
    ]

    /// Takes an operator with apk's `~` in it from the front; nil when none stands there.
    static func takeFuzzy(_ rest: inout ArraySlice<UInt8>) -> ComparatorOperation? {
        let run = rest.prefix { "<>=~".utf8.contains($0) }
        let operation: ComparatorOperation
        switch String(ascii: run) {
        case "~", "=~", "~=": operation = .similar
        case "<~", "<=~", "<~=": operation = .similarOrLess
        case ">~", ">=~", ">~=": operation = .similarOrGreater
        default: return nil
        }
        rest = rest.dropFirst(run.count)
        return operation
    }

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
