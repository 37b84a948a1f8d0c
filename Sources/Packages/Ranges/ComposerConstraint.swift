// SPDX-License-Identifier: Apache-2.0

// Source: Composer documentation, "Versions and constraints".

/// Constraints: `^1.2`, `~1.2`, `1.2.*`, `1.0 - 2.0`, `>=1.0 <2.0`, joined by `||` or `|`.
struct ComposerConstraint: Sendable {
    private typealias Parsed = ComposerVersionOrder.Parsed
    private let alternatives: [[(operation: ComparatorOperation, version: ComposerVersionOrder.Parsed)]]
    private let order = ComposerVersionOrder()

    init(parsing text: String) throws(VersionScheme.ValidationError) {
        var result: [[(operation: ComparatorOperation, version: ComposerVersionOrder.Parsed)]] = []
        let order = ComposerVersionOrder()
        for part in text.split(separator: "|", omittingEmptySubsequences: true) {
            let words = part.split { $0 == " " || $0 == "," || $0 == "\t" }.map(String.init)
            if words.isEmpty { throw order.invalidRange(text, "an alternative is empty") }
            if words.count == 3, words[1] == "-" {
                let upper = try order.parse(words[2])
                let precision = words[2].split(separator: ".").count
                let end: (operation: ComparatorOperation, version: Parsed) =
                    precision >= 3
                    ? (.lessOrEqual, upper) : (.less, Self.dev(Self.raised(upper, at: max(precision - 1, 0))))
                result.append([(.greaterOrEqual, try order.parse(words[0])), end])
                continue
            }
            var set: [(operation: ComparatorOperation, version: Parsed)] = []
            var pending = ""
            for word in words {
                let whole = pending + word
                pending = ""
                if whole.utf8.allSatisfy({ "<>=!~^".utf8.contains($0) }) {
                    pending = whole
                    continue
                }
                set += try Self.comparators(whole, order: order)
            }
            guard pending.isEmpty else { throw order.invalidRange(text, "an operator without a version") }
            result.append(set)
        }
        guard !result.isEmpty else { throw order.invalidRange(text, "it is empty") }
        alternatives = result
    }

    func contains(_ version: String) throws(VersionScheme.ValidationError) -> Bool {
        let candidate = try order.parse(version)
        return alternatives.contains { set in
            set.allSatisfy { $0.operation.accepts(order.order(candidate, $0.version)) }
        }
    }

    private static func comparators(
        _ word: String,
        order: ComposerVersionOrder
    ) throws(VersionScheme.ValidationError) -> [(operation: ComparatorOperation, version: ComposerVersionOrder.Parsed)]
    {
        var rest = Array(word.utf8)[...]
        let sign = rest.first
        if sign == UInt8(ascii: "^") || sign == UInt8(ascii: "~") {
            let text = String(ascii: rest.dropFirst())
            let version = try order.parse(text)
            let written = text.prefix { $0.isNumber || $0 == "." || $0 == "v" }.split(separator: ".").count
            let place: Int
            if sign == UInt8(ascii: "~") {
                place = max(written - 2, 0)
            } else {
                let first = version.numbers.firstIndex { !Digits.isZero($0) } ?? 3
                place = min(first, max(written - 1, 0))
            }
            return [(.greaterOrEqual, floor(version)), (.less, dev(raised(version, at: place)))]
        }
        if rest.elementsEqual("*".utf8) || rest.elementsEqual("x".utf8) { return [] }
        if rest.last == UInt8(ascii: "*") || rest.last == UInt8(ascii: "x"), ComparatorOperation.take(&rest) == nil {
            let stem = String(ascii: rest.dropLast()).split(separator: ".").map(String.init)
            let version = try order.parse(stem.joined(separator: "."))
            return [(.greaterOrEqual, dev(version)), (.less, dev(raised(version, at: max(stem.count - 1, 0))))]
        }
        rest = Array(word.utf8)[...]
        let operation = ComparatorOperation.take(&rest) ?? .equal
        let version = try order.parse(String(ascii: rest))
        switch operation {
        case .less, .greaterOrEqual: return [(operation, floor(version))]
        default: return [(operation, version)]
        }
    }

    /// A bound without a stability is the development version, the first of its release.
    private static func floor(_ version: ComposerVersionOrder.Parsed) -> ComposerVersionOrder.Parsed {
        version.stability == 0 ? dev(version) : version
    }

    private static func dev(_ version: ComposerVersionOrder.Parsed) -> ComposerVersionOrder.Parsed {
        ComposerVersionOrder.Parsed(numbers: version.numbers, stability: -4, isDev: true)
    }

    private static func raised(_ version: ComposerVersionOrder.Parsed, at place: Int) -> ComposerVersionOrder.Parsed {
        var numbers = version.numbers
        for index in numbers.indices {
            if index == place { numbers[index] = Digits.next(after: numbers[index]) }
            if index > place { numbers[index] = SemanticVersion.zero }
        }
        return ComposerVersionOrder.Parsed(numbers: numbers)
    }
}
