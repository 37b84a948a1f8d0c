// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Base Definitions, chapter 9, with GNU's `\+ \? \| \w \s \b \<`.

import ShellSyntax

extension RegularExpression {
    /// A text on its way to an expression.
    struct Parser {
        let source: [UInt8]
        let isExtended: Bool
        var position = 0
        var groupCount = 0
        var depth = 0
    }

    private static func isOperator(_ parser: Parser, _ byte: UInt8) -> Bool {
        let source = parser.source
        guard parser.position < source.count else { return false }
        if parser.isExtended { return source[parser.position] == byte }
        return source[parser.position] == 0x5C && parser.position + 1 < source.count
            && source[parser.position + 1] == byte
    }

    private static func skipOperator(_ parser: inout Parser) { parser.position += parser.isExtended ? 1 : 2 }

    static func choice(_ parser: inout Parser) -> Node? {
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
}
