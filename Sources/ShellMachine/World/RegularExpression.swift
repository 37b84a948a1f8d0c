// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Base Definitions, chapter 9, with GNU's `\+ \? \| \w \s \b \<`.

/// A basic or extended regular expression on bytes.
///
/// Matching goes back and forth and gives up after a number of steps; `gaveUp` says so, and the answer is then not known.
public final class RegularExpression {
    /// Where an expression matched.
    public struct Match {
        /// Where, in bytes of the text.
        public let range: Range<Int>
        /// The whole and the groups; nil for a group that took no part.
        public let groups: [Range<Int>?]
    }

    indirect enum Node {
        case byte(UInt8)
        case any
        case set([ClosedRange<UInt8>], negated: Bool)
        case start, end, wordStart, wordEnd, wordBoundary
        case group(Node, Int)
        case reference(Int)
        case sequence([Node])
        case choice([Node])
        case `repeat`(Node, Int, Int)
    }

    private var root: Node = .sequence([])
    /// How many groups it has.
    public private(set) var groupCount = 0
    /// Whether the last search ended without an answer.
    public private(set) var gaveUp = false
    private let ignoresCase: Bool
    private var steps = 0
    private var text: [UInt8] = []
    private var groups: [Range<Int>?] = []

    /// Reads an expression; nil when it is none.
    public init?(_ source: [UInt8], isExtended: Bool, ignoresCase: Bool = false) {
        self.ignoresCase = ignoresCase
        var parser = Parser(source: source, isExtended: isExtended)
        guard let node = Self.choice(&parser), parser.position == source.count else { return nil }
        root = node
        groupCount = parser.groupCount
    }

    static let word: [ClosedRange<UInt8>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]

    /// The first match at or behind a place; nil when there is none, or when it gave up.
    public func firstMatch(in text: [UInt8], from start: Int = 0, anchored: Bool = false) -> Match? {
        self.text = text
        steps = 0
        gaveUp = false
        guard start <= text.count else { return nil }
        for place in start...text.count {
            groups = Array(repeating: nil, count: groupCount + 1)
            var end: Int?
            if match(
                root,
                place,
                0,
                { position in
                    end = position
                    return true
                }
            ), let end {
                groups[0] = place..<end
                return Match(range: place..<end, groups: groups)
            }
            if gaveUp || anchored { return nil }
        }
        return nil
    }

    private func isWord(_ index: Int) -> Bool {
        index >= 0 && index < text.count && Self.word.contains { $0.contains(text[index]) }
    }

    /// Whether a node that is one byte long matches there; nil for other nodes.
    private func single(_ node: Node, _ place: Int) -> Bool? {
        switch node {
        case .byte(let own):
            guard place < text.count else { return false }
            return text[place] == own || (ignoresCase && Self.folded(text[place]) == Self.folded(own))
        case .any: return place < text.count
        case .set(let ranges, let negated):
            guard place < text.count else { return false }
            let byte = text[place]
            var isInside = ranges.contains { $0.contains(byte) }
            if ignoresCase, !isInside {
                let other =
                    byte.cased(upper: true) == byte
                    ? Self.folded(byte) : byte.cased(upper: true)
                isInside = ranges.contains { $0.contains(other) }
            }
            return isInside != negated
        default: return nil
        }
    }

    private static func folded(_ byte: UInt8) -> UInt8 { byte.cased(upper: false) }

    private func match(_ node: Node, _ place: Int, _ depth: Int, _ next: (Int) -> Bool) -> Bool {
        steps += 1
        guard steps < 400_000, depth < 1_500 else {
            gaveUp = true
            return false
        }
        switch node {
        case .byte, .any, .set: return single(node, place) == true && next(place + 1)
        case .start: return place == 0 && next(place)
        case .end: return place == text.count && next(place)
        case .wordStart: return !isWord(place - 1) && isWord(place) && next(place)
        case .wordEnd: return isWord(place - 1) && !isWord(place) && next(place)
        case .wordBoundary: return isWord(place - 1) != isWord(place) && next(place)
        case .group(let inner, let number): return matchGroup(inner, number, place, depth, next)
        case .reference(let number):
            guard number < groups.count, let range = groups[number] else { return false }
            let count = range.count
            guard place + count <= text.count, text[range].elementsEqual(text[place..<(place + count)]) else {
                return false
            }
            return next(place + count)
        case .sequence(let nodes): return match(nodes[...], place, depth, next)
        case .choice(let nodes):
            for node in nodes {
                if match(node, place, depth + 1, next) { return true }
                if gaveUp { return false }
            }
            return false
        case .repeat(let inner, let low, let high):
            guard single(inner, place) != nil else { return matchRepeat(inner, low, high, 0, place, depth, next) }
            return matchRun(inner, low, high, place, next)
        }
    }

    private func matchGroup(_ inner: Node, _ number: Int, _ place: Int, _ depth: Int, _ next: (Int) -> Bool) -> Bool {
        let old = groups[number]
        if match(
            inner,
            place,
            depth + 1,
            { end in
                let kept = self.groups[number]
                self.groups[number] = place..<end
                if next(end) { return true }
                self.groups[number] = kept
                return false
            }
        ) {
            return true
        }
        groups[number] = old
        return false
    }

    /// A node of one byte again and again, which needs no nesting.
    private func matchRun(_ inner: Node, _ low: Int, _ high: Int, _ place: Int, _ next: (Int) -> Bool) -> Bool {
        var count = 0
        while count < high, single(inner, place + count) == true { count += 1 }
        steps += count / 16
        while count >= low {
            if next(place + count) { return true }
            if gaveUp { return false }
            count -= 1
        }
        return false
    }

    private func match(_ nodes: ArraySlice<Node>, _ place: Int, _ depth: Int, _ next: (Int) -> Bool) -> Bool {
        guard let first = nodes.first else { return next(place) }
        // A run of plain bytes needs no nesting.
        if let isMatch = single(first, place) {
            var index = nodes.startIndex
            var position = place
            guard isMatch else { return false }
            while index < nodes.endIndex, let isMatch = single(nodes[index], position) {
                guard isMatch else { return false }
                index += 1
                position += 1
            }
            return match(nodes[index...], position, depth, next)
        }
        return match(first, place, depth + 1) { self.match(nodes.dropFirst(), $0, depth + 1, next) }
    }

    private func matchRepeat(
        _ inner: Node,
        _ low: Int,
        _ high: Int,
        _ count: Int,
        _ place: Int,
        _ depth: Int,
        _ next: (Int) -> Bool
    ) -> Bool {
        guard depth < 1_500 else {
            gaveUp = true
            return false
        }
        if count < high,
            match(
                inner,
                place,
                depth + 1,
                { end in
                    if end == place, count >= low { return false }
                    return self.matchRepeat(inner, low, high, count + 1, end, depth + 1, next)
                }
            )
        {
            return true
        }
        return count >= low && !gaveUp && next(place)
    }
}
