// SPDX-License-Identifier: Apache-2.0

// Source: Composer documentation, "Versions and constraints".

/// Constraints: `^1.2`, `~1.2`, `1.2.*`, `1.0 - 2.0`, `>=1.0 <2.0`, joined by `||` or `|`.
struct ComposerConstraint: Sendable {
    private typealias Parsed = ComposerVersionOrder.Parsed
    private typealias Comparator = ComparatorRange<ComposerVersionOrder>.Comparator
    private let range: ComparatorRange<ComposerVersionOrder>

    init(parsing text: String) throws(VersionScheme.ValidationError) {
        var result: [[Comparator]] = []
        let order = ComposerVersionOrder()
        for part in Self.alternatives(of: text) {
            let words = part.split { $0 == " " || $0 == "," || $0 == "\t" }.map(String.init)
            if words.isEmpty { throw order.invalidRange(text, "an alternative is empty") }
            var set: [Comparator] = []
            var pending = ""
            var index = 0
            while index < words.count {
                let word = words[index]
                if pending.isEmpty, index + 2 < words.count, words[index + 1] == "-" {
                    set += try Self.hyphen(word, words[index + 2], order: order)
                    index += 3
                    continue
                }
                index += 1
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
        range = ComparatorRange(result, order: order)
    }

    /// The parts between `|` and `||`.
    private static func alternatives(of text: String) -> [Substring] {
        var result: [Substring] = []
        var rest = text[...]
        while let bar = rest.firstIndex(of: "|") {
            result.append(rest[..<bar])
            rest = rest[rest.index(after: bar)...]
            if rest.first == "|" { rest = rest.dropFirst() }
        }
        return result + [rest]
    }

    func contains(_ version: String) -> Bool { range.contains(version) }

    /// `1.0 - 2.0`: an upper bound of fewer than three numbers takes all that begins with it.
    private static func hyphen(
        _ from: String,
        _ to: String,
        order: ComposerVersionOrder
    ) throws(VersionScheme.ValidationError) -> [Comparator] {
        let lower = try order.parse(withoutFlag(from))
        let upper = try order.parse(withoutFlag(to))
        let isWhole = written(to) >= 3 || upper.stability != 0
        return [
            (.greaterOrEqual, floor(lower)),
            isWhole ? (.lessOrEqual, upper) : (.less, dev(raised(upper, at: max(written(to) - 1, 0)))),
        ]
    }

    /// How many numbers a version is written with.
    private static func written(_ version: String) -> Int {
        version.drop { $0 == "v" || $0 == "V" }.prefix { $0.isNumber || $0 == "." }.split(separator: ".").count
    }

    /// The text without a stability flag (`@dev`), which says what may be installed and not which versions there are.
    private static func withoutFlag(_ word: String) -> String {
        guard let at = word.lastIndex(of: "@"),
            ["stable", "rc", "beta", "alpha", "dev"].contains(word[word.index(after: at)...].lowercased())
        else { return word }
        let stem = word[..<at]
        return stem.isEmpty ? "*" : String(stem)
    }

    private static func comparators(
        _ word: String,
        order: ComposerVersionOrder
    ) throws(VersionScheme.ValidationError) -> [Comparator] {
        let word = withoutFlag(word)
        var rest = Array(word.utf8)[...]
        let sign = rest.first
        if sign == UInt8(ascii: "^") || sign == UInt8(ascii: "~") {
            let text = String(ascii: rest.dropFirst())
            let version = try order.parse(text)
            let count = written(text)
            let place: Int
            if sign == UInt8(ascii: "~") {
                place = max(count - 2, 0)
            } else {
                let first = version.numbers.firstIndex { !Digits.isZero($0) } ?? 2
                place = min(first, max(count - 1, 0), 2)
            }
            return [(.greaterOrEqual, floor(version)), (.less, dev(raised(version, at: place)))]
        }
        if let stem = wildcardStem(word) {
            guard !stem.isEmpty else { return [] }
            let version = try order.parse(stem)
            return [(.greaterOrEqual, dev(version)), (.less, dev(raised(version, at: max(written(stem) - 1, 0))))]
        }
        let operation = ComparatorOperation.take(&rest) ?? .equal
        let version = try order.bound(String(ascii: rest))
        switch operation {
        case .less, .greaterOrEqual: return [(operation, version.written == nil ? floor(version) : version)]
        default: return [(operation, version)]
        }
    }

    /// The numbers before the wildcards of `1.2.*`, empty for `*` alone; nil when the word has none at its end.
    private static func wildcardStem(_ word: String) -> String? {
        var parts = word.split(separator: ".", omittingEmptySubsequences: false)
        let count = parts.count
        while let last = parts.last, last == "*" || last == "x" || last == "X" { parts.removeLast() }
        guard parts.count < count else { return nil }
        if parts == ["v"] || parts == ["V"] { return "" }
        return parts.joined(separator: ".")
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
