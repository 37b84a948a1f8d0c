// SPDX-License-Identifier: Apache-2.0

// Source: Maven documentation, "Version Order Specification"; the behaviour of maven-artifact 3.8.

/// Maven's order: any text without blanks is a version.
///
/// A hyphen, and a change between digits and letters, opens a list inside the list. Such a list is always the last item of the
/// one around it, so a version is held flat, one array a depth, and no hostile text can nest it too deep for the stack.
/// A word behind a dot counts as behind a hyphen, as the specification has it; Maven before 3.9 told them apart, in an order
/// that was not transitive.
struct MavenVersionOrder: VersionOrder {
    var scheme: VersionScheme { .maven }

    enum Item: Sendable {
        case number([UInt8])
        /// How much the word weighs: known qualifiers in their order, unknown ones behind them by their text.
        case word([UInt8])
    }

    private static let qualifiers = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"]
    private static let release = Array("5".utf8)

    private static func word(_ text: ArraySlice<UInt8>, beforeDigit: Bool) -> Item {
        var word = String(ascii: text)
        switch word {
        case "a" where beforeDigit: word = "alpha"
        case "b" where beforeDigit: word = "beta"
        case "m" where beforeDigit: word = "milestone"
        case "ga", "final", "release": word = ""
        case "cr": word = "rc"
        default: break
        }
        if let place = qualifiers.firstIndex(of: word) { return .word(Array(String(place).utf8)) }
        return .word(Array("\(qualifiers.count)-\(word)".utf8))
    }

    private static func item(_ run: ArraySlice<UInt8>) -> Item {
        run.first?.isDigit ?? false ? .number(Digits.stripped(run)) : word(run, beforeDigit: false)
    }

    func parse(_ text: String) throws(VersionScheme.ValidationError) -> [[Item]] {
        guard !text.isEmpty else { throw invalid(text, "it is empty") }
        guard !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else {
            throw invalid(text, "it has blanks inside")
        }
        return read(text)
    }

    func read(_ text: String) -> [[Item]] {
        let bytes = text.utf8.map(\.lowercased)
        var lists: [[Item]] = []
        var list: [Item] = []
        var start = 0
        var isDigit = false
        func open() {
            lists.append(list)
            list = []
        }
        // A word in front stands where it does behind a number that weighs nothing: `v1` is `0-v1`. Maven has no list around it, and
        // then no order either: 0 < v1 < 0-alpha-1 < 0.
        if let first = bytes.first, !first.isDigit, first != UInt8(ascii: "."), first != UInt8(ascii: "-") { open() }
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "."), UInt8(ascii: "-"):
                if index > start, !isDigit, !list.isEmpty { open() }
                list.append(index == start ? .number(SemanticVersion.zero) : Self.item(bytes[start..<index]))
                start = index + 1
                if byte == UInt8(ascii: "-") { open() }
            case _ where byte.isDigit:
                if !isDigit, index > start {
                    if !list.isEmpty { open() }
                    list.append(Self.word(bytes[start..<index], beforeDigit: true))
                    start = index
                    open()
                }
                isDigit = true
            default:
                if isDigit, index > start {
                    list.append(Self.item(bytes[start..<index]))
                    start = index
                    open()
                }
                isDigit = false
            }
        }
        if start < bytes.count, !isDigit, !list.isEmpty { open() }
        if start < bytes.count { list.append(Self.item(bytes[start...])) }
        open()
        return Self.normalised(lists)
    }

    /// From the inside out: what weighs nothing falls off the end of each list, lists that hold nothing fall away.
    private static func normalised(_ lists: [[Item]]) -> [[Item]] {
        var result: [[Item]] = []
        for list in lists.reversed() {
            var list = list
            while let last = list.last, weighsNothing(last) { list.removeLast() }
            if !list.isEmpty || !result.isEmpty { result.append(list) }
        }
        return result.reversed()
    }

    private static func weighsNothing(_ item: Item) -> Bool {
        switch item {
        case .number(let digits): Digits.isZero(digits)
        case .word(let weight): weight == release
        }
    }

    func order(_ left: [[Item]], _ right: [[Item]]) -> VersionScheme.Comparison {
        for depth in 0..<max(left.count, right.count) {
            guard depth < left.count else { return Self.compareToNothing(right[depth...]).reversed }
            guard depth < right.count else { return Self.compareToNothing(left[depth...]) }
            let (one, other) = (left[depth], right[depth])
            for index in 0..<max(one.count, other.count) {
                if index < one.count, index < other.count {
                    let result = Self.compare(one[index], other[index])
                    if result != .equal { return result }
                } else if index < one.count {
                    return Self.compare(one[index...], left[(depth + 1)...], toListOf: right[(depth + 1)...])
                } else {
                    return Self.compare(other[index...], right[(depth + 1)...], toListOf: left[(depth + 1)...]).reversed
                }
            }
        }
        return .equal
    }

    /// Compares a list that goes on with one that is over but for the list in it, if there is one.
    private static func compare(
        _ items: ArraySlice<Item>,
        _ inner: ArraySlice<[Item]>,
        toListOf other: ArraySlice<[Item]>
    ) -> VersionScheme.Comparison {
        guard let first = items.first else { return .equal }
        if !other.isEmpty {
            // A number is newer than a list, a word older.
            if case .number = first { return .greater }
            return .less
        }
        for item in items {
            let result = compareToNothing(item)
            if result != .equal { return result }
        }
        return compareToNothing(inner)
    }

    /// Lists against the end of the other version: the first item that weighs something decides.
    private static func compareToNothing(_ lists: ArraySlice<[Item]>) -> VersionScheme.Comparison {
        for list in lists {
            for item in list {
                let result = compareToNothing(item)
                if result != .equal { return result }
            }
        }
        return .equal
    }

    private static func compareToNothing(_ item: Item) -> VersionScheme.Comparison {
        switch item {
        case .number(let digits): Digits.isZero(digits) ? .equal : .greater
        case .word(let weight): Digits.bytes(weight, release)
        }
    }

    private static func compare(_ one: Item, _ other: Item) -> VersionScheme.Comparison {
        switch (one, other) {
        case (.number(let a), .number(let b)): Digits.compare(a, b)
        case (.word(let a), .word(let b)): Digits.bytes(a, b)
        case (.number, .word): .greater
        case (.word, .number): .less
        }
    }
}
