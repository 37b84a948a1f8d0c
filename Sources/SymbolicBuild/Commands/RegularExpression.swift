// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Base Definitions, chapter 9, with GNU's `\+ \? \| \w \s \b \<`.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// A basic or extended regular expression on bytes.
///
/// Matching goes back and forth and gives up after a number of steps; `gaveUp` says so, and the answer is then not known.
final class RegularExpression {
    struct Match {
        var range: Range<Int>
        /// The whole and the groups; nil for a group that took no part.
        var groups: [Range<Int>?]
    }

    private indirect enum Node {
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
    private(set) var groupCount = 0
    private(set) var gaveUp = false
    private let ignoresCase: Bool
    private var steps = 0
    private var text: [UInt8] = []
    private var groups: [Range<Int>?] = []

    private struct Parser {
        let source: [UInt8]
        let isExtended: Bool
        var position = 0
        var groupCount = 0
        var depth = 0
    }

    /// Reads an expression; nil when it is none.
    init?(_ source: [UInt8], isExtended: Bool, ignoresCase: Bool = false) {
        self.ignoresCase = ignoresCase
        var parser = Parser(source: source, isExtended: isExtended)
        guard let node = Self.choice(&parser), parser.position == source.count else { return nil }
        root = node
        groupCount = parser.groupCount
    }

    // MARK: Reading

    private static func isOperator(_ parser: Parser, _ byte: UInt8) -> Bool {
        let source = parser.source
        guard parser.position < source.count else { return false }
        if parser.isExtended { return source[parser.position] == byte }
        return source[parser.position] == 0x5C && parser.position + 1 < source.count
            && source[parser.position + 1] == byte
    }

    private static func skipOperator(_ parser: inout Parser) { parser.position += parser.isExtended ? 1 : 2 }

    private static func choice(_ parser: inout Parser) -> Node? {
        parser.depth += 1
        defer { parser.depth -= 1 }
        guard parser.depth < 32 else { return nil }
        guard let first = sequence(&parser) else { return nil }
        var all = [first]
        while isOperator(parser, UInt8(ascii: "|")) {
            skipOperator(&parser)
            guard let next = sequence(&parser) else { return nil }
            all.append(next)
        }
        return all.count == 1 ? first : .choice(all)
    }

    private static func sequence(_ parser: inout Parser) -> Node? {
        var nodes: [Node] = []
        while parser.position < parser.source.count {
            if isOperator(parser, UInt8(ascii: "|")) { break }
            if isOperator(parser, UInt8(ascii: ")")), parser.depth > 1 { break }
            guard let atom = atom(&parser, isFirst: nodes.isEmpty) else { return nil }
            guard let repeated = repetition(&parser, atom) else { return nil }
            nodes.append(repeated)
        }
        return .sequence(nodes)
    }

    private static func repetition(_ parser: inout Parser, _ atom: Node) -> Node? {
        var node = atom
        var count = 0
        while parser.position < parser.source.count {
            let byte = parser.source[parser.position]
            if byte == UInt8(ascii: "*") {
                parser.position += 1
                node = .repeat(node, 0, Int.max)
            } else if isOperator(parser, UInt8(ascii: "+")) {
                skipOperator(&parser)
                node = .repeat(node, 1, Int.max)
            } else if isOperator(parser, UInt8(ascii: "?")) {
                skipOperator(&parser)
                node = .repeat(node, 0, 1)
            } else if isOperator(parser, UInt8(ascii: "{")) {
                let start = parser.position
                skipOperator(&parser)
                guard let (low, high) = bounds(&parser) else {
                    guard parser.isExtended else { return nil }
                    parser.position = start
                    break
                }
                node = .repeat(node, low, high)
            } else {
                break
            }
            count += 1
            if count > 8 { return nil }
        }
        return node
    }

    private static func bounds(_ parser: inout Parser) -> (Int, Int)? {
        func number() -> Int? {
            var value: Int?
            while parser.position < parser.source.count, ShellParser.isDigit(parser.source[parser.position]) {
                value = min(100_000, (value ?? 0) * 10 + Int(parser.source[parser.position] - 0x30))
                parser.position += 1
            }
            return value
        }
        let low = number()
        var high = low
        if parser.position < parser.source.count, parser.source[parser.position] == UInt8(ascii: ",") {
            parser.position += 1
            high = number() ?? Int.max
        }
        guard isOperator(parser, UInt8(ascii: "}")), low != nil || high != nil else { return nil }
        skipOperator(&parser)
        let bounds = (low ?? 0, high ?? Int.max)
        return bounds.0 <= bounds.1 && bounds.0 <= 1_000 ? bounds : nil
    }

    private static func atom(_ parser: inout Parser, isFirst: Bool) -> Node? {
        let source = parser.source
        let byte = source[parser.position]
        if isOperator(parser, UInt8(ascii: "(")) {
            skipOperator(&parser)
            parser.groupCount += 1
            let number = parser.groupCount
            guard let inner = choice(&parser), isOperator(parser, UInt8(ascii: ")")) else { return nil }
            skipOperator(&parser)
            return .group(inner, number)
        }
        parser.position += 1
        switch byte {
        case UInt8(ascii: "."): return .any
        case UInt8(ascii: "["): return set(&parser)
        case UInt8(ascii: "^") where parser.isExtended || isFirst: return .start
        case UInt8(ascii: "$"):
            if parser.isExtended || parser.position == source.count || isOperator(parser, UInt8(ascii: "|"))
                || isOperator(parser, UInt8(ascii: ")"))
            {
                return .end
            }
            return .byte(byte)
        case UInt8(ascii: "*") where parser.isExtended && isFirst: return .byte(byte)
        case UInt8(ascii: "+") where parser.isExtended && isFirst, UInt8(ascii: "?") where parser.isExtended && isFirst:
            return .byte(byte)
        case 0x5C:
            guard parser.position < source.count else { return nil }
            let letter = source[parser.position]
            parser.position += 1
            switch letter {
            case UInt8(ascii: "n"): return .byte(0x0A)
            case UInt8(ascii: "t"): return .byte(0x09)
            case UInt8(ascii: "w"): return .set(word, negated: false)
            case UInt8(ascii: "W"): return .set(word, negated: true)
            case UInt8(ascii: "s"): return .set(CharacterClass.ranges(named: "space"), negated: false)
            case UInt8(ascii: "S"): return .set(CharacterClass.ranges(named: "space"), negated: true)
            case UInt8(ascii: "<"): return .wordStart
            case UInt8(ascii: ">"): return .wordEnd
            case UInt8(ascii: "b"): return .wordBoundary
            case 0x31...0x39: return .reference(Int(letter - 0x30))
            default: return .byte(letter)
            }
        default: return .byte(byte)
        }
    }

    private static let word: [ClosedRange<UInt8>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]

    private static func set(_ parser: inout Parser) -> Node? {
        let source = parser.source
        var negated = false
        if parser.position < source.count, source[parser.position] == UInt8(ascii: "^") {
            negated = true
            parser.position += 1
        }
        var ranges: [ClosedRange<UInt8>] = []
        var isFirst = true
        while parser.position < source.count {
            let byte = source[parser.position]
            if byte == UInt8(ascii: "]"), !isFirst {
                parser.position += 1
                return .set(ranges, negated: negated)
            }
            isFirst = false
            if byte == UInt8(ascii: "["), parser.position + 1 < source.count,
                source[parser.position + 1] == UInt8(ascii: ":"),
                let end = source[(parser.position + 2)...].firstIndex(of: UInt8(ascii: ":")), end + 1 < source.count,
                source[end + 1] == UInt8(ascii: "]")
            {
                ranges += CharacterClass.ranges(
                    named: String(decoding: source[(parser.position + 2)..<end], as: UTF8.self)
                )
                parser.position = end + 2
                continue
            }
            parser.position += 1
            if parser.position + 1 < source.count, source[parser.position] == UInt8(ascii: "-"),
                source[parser.position + 1] != UInt8(ascii: "]")
            {
                let high = source[parser.position + 1]
                parser.position += 2
                guard byte <= high else { return nil }
                ranges.append(byte...high)
            } else {
                ranges.append(byte...byte)
            }
        }
        return nil
    }

    // MARK: Matching

    /// The first match at or behind a place; nil when there is none, or when it gave up.
    func firstMatch(in text: [UInt8], from start: Int = 0, anchored: Bool = false) -> Match? {
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
                    Execution.changedCase(byte, upper: true) == byte
                    ? Self.folded(byte) : Execution.changedCase(byte, upper: true)
                isInside = ranges.contains { $0.contains(other) }
            }
            return isInside != negated
        default: return nil
        }
    }

    private static func folded(_ byte: UInt8) -> UInt8 { Execution.changedCase(byte, upper: false) }

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
        case .group(let inner, let number):
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
            if single(inner, place) != nil {
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
            return matchRepeat(inner, low, high, 0, place, depth, next)
        }
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
