// SPDX-License-Identifier: Apache-2.0

// Source: Maven documentation, "Version Order Specification"; the behaviour of maven-artifact 3.9.

/// Maven's order: any text is a version. A hyphen, and a change between digits and letters, opens a list inside the list.
struct MavenVersionOrder: VersionOrder {
    var scheme: VersionScheme { .maven }

    indirect enum Item: Sendable {
        case number([UInt8])
        case word(String)
        case list([Item])

        /// Whether it weighs nothing at the end of a list.
        var isNull: Bool {
            switch self {
            case .number(let digits): Digits.isZero(digits)
            case .word(let word): MavenVersionOrder.weight(word) == MavenVersionOrder.releaseWeight
            case .list(let items): items.isEmpty
            }
        }
    }

    private static let qualifiers = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"]
    static let releaseWeight = "5"

    /// Known qualifiers in their order, unknown ones behind them by their text.
    static func weight(_ word: String) -> String {
        if let place = qualifiers.firstIndex(of: word) { return String(place) }
        return "7-" + word
    }

    func parse(_ text: String) throws(VersionScheme.ValidationError) -> Item {
        let bytes = text.utf8.map(\.lowercased)
        guard !bytes.isEmpty else { throw invalid(text, "it is empty") }
        guard !bytes.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { throw invalid(text, "it has blanks inside") }
        // The lists that are open, outermost first; depth is bounded by closing into an array, not by recursion.
        var open: [[Item]] = [[]]
        func add(_ item: Item) {
            if open.isEmpty { open.append([]) }
            open[open.count - 1].append(item)
        }
        func word(_ text: ArraySlice<UInt8>, followedByDigit: Bool) -> Item {
            var word = String(ascii: text)
            if followedByDigit, text.count == 1 {
                switch word {
                case "a": word = "alpha"
                case "b": word = "beta"
                case "m": word = "milestone"
                default: break
                }
            }
            switch word {
            case "ga", "final", "release": word = ""
            case "cr": word = "rc"
            default: break
            }
            return .word(word)
        }
        func item(_ run: ArraySlice<UInt8>) -> Item {
            run.first?.isDigit ?? false ? .number(Digits.stripped(run)) : word(run, followedByDigit: false)
        }
        var start = 0
        var isDigit = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "."):
                add(index == start ? .number(SemanticVersion.zero) : item(bytes[start..<index]))
                start = index + 1
            case UInt8(ascii: "-"):
                if index == start {
                    add(.number(SemanticVersion.zero))
                } else {
                    // "X-1" with a word before the hyphen: the word belongs to the digits behind it.
                    let behind = index + 1 < bytes.count && bytes[index + 1].isDigit
                    if !isDigit, behind, index > start {
                        if !(open.last?.isEmpty ?? true) { open.append([]) }
                        add(word(bytes[start..<index], followedByDigit: true))
                    } else {
                        add(item(bytes[start..<index]))
                    }
                }
                start = index + 1
                if !(open.last?.isEmpty ?? true) { open.append([]) }
            case _ where byte.isDigit:
                if !isDigit, index > start {
                    if !(open.last?.isEmpty ?? true) { open.append([]) }
                    add(word(bytes[start..<index], followedByDigit: true))
                    start = index
                    open.append([])
                }
                isDigit = true
            default:
                if isDigit, index > start {
                    add(item(bytes[start..<index]))
                    start = index
                    open.append([])
                }
                isDigit = false
            }
            index += 1
        }
        if bytes.count > start {
            if !isDigit, !(open.last?.isEmpty ?? true) { open.append([]) }
            add(item(bytes[start...]))
        }
        // Close from the inside out, dropping what weighs nothing at the ends.
        var inner = Self.normalised(open.popLast() ?? [])
        while let outer = open.popLast() { inner = Self.normalised(outer + [.list(inner)]) }
        return .list(inner)
    }

    /// Without the items at the end, or right before a word or list, that weigh nothing.
    private static func normalised(_ items: [Item]) -> [Item] {
        var items = items
        var index = items.count - 1
        while index >= 0 {
            let item = items[index]
            if item.isNull {
                if index == items.count - 1 {
                    items.remove(at: index)
                } else if case .number = items[index + 1] {
                    break
                } else {
                    items.remove(at: index)
                }
            } else if case .list = item {
                // A list does not shield the zeros before it.
            } else {
                break
            }
            index -= 1
        }
        return items
    }

    func order(_ left: Item, _ right: Item) -> VersionScheme.Comparison { Self.compare(left, right) }

    private static func compare(_ left: Item?, _ right: Item?) -> VersionScheme.Comparison {
        // Lists nest only as the last item, so the walk is a loop: deep nesting costs no stack.
        var (one, other) = (left, right)
        while true {
            guard case .list(let a)? = one, case .list(let b)? = other else {
                if case .list(let a)? = one, other == nil { return compareToNothing(a) }
                if case .list(let b)? = other, one == nil { return compareToNothing(b).reversed }
                return compareLeaves(one, other)
            }
            var next: (Item?, Item?)?
            for index in 0..<max(a.count, b.count) {
                let x = index < a.count ? a[index] : nil
                let y = index < b.count ? b[index] : nil
                if index == max(a.count, b.count) - 1 {
                    next = (x, y)
                    break
                }
                let result = compareShallow(x, y)
                if result != .equal { return result }
            }
            guard let next else { return .equal }
            (one, other) = next
        }
    }

    /// Compares two items of which at most one can be a list (a list is always the last of its list).
    private static func compareShallow(_ one: Item?, _ other: Item?) -> VersionScheme.Comparison {
        switch (one, other) {
        case (.list(let a)?, nil): compareToNothing(a)
        case (nil, .list(let b)?): compareToNothing(b).reversed
        default: compareLeaves(one, other)
        }
    }

    /// A list against the end of the other: its first item that weighs something decides.
    private static func compareToNothing(_ items: [Item]) -> VersionScheme.Comparison {
        var items = items
        while true {
            var inner: [Item]?
            for item in items {
                if case .list(let next) = item {
                    inner = next
                    continue
                }
                let result = compareLeaves(item, nil)
                if result != .equal { return result }
            }
            guard let inner else { return .equal }
            items = inner
        }
    }

    private static func compareLeaves(_ one: Item?, _ other: Item?) -> VersionScheme.Comparison {
        switch (one, other) {
        case (nil, nil): .equal
        case (.number(let a)?, nil): Digits.isZero(a) ? .equal : .greater
        case (nil, .number(let b)?): Digits.isZero(b) ? .equal : .less
        case (.word(let a)?, nil): Digits.bytes(Array(weight(a).utf8), Array(releaseWeight.utf8))
        case (nil, .word(let b)?): Digits.bytes(Array(releaseWeight.utf8), Array(weight(b).utf8))
        case (.number(let a)?, .number(let b)?): Digits.compare(a, b)
        case (.word(let a)?, .word(let b)?): Digits.bytes(Array(weight(a).utf8), Array(weight(b).utf8))
        case (.number?, _?): .greater
        case (_?, .number?): .less
        case (.list?, .word?): .greater
        case (.word?, .list?): .less
        case (.list?, _), (_, .list?): .equal
        }
    }
}
