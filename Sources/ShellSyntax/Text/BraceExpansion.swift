// SPDX-License-Identifier: Apache-2.0
//
// Source: the bash reference manual, "Brace Expansion".

/// `{a,b}` and `{1..3}`, before any other expansion.
package enum BraceExpansion {
    private enum Token {
        case byte(UInt8)
        case part(WordPart)
    }

    private static let limit = 4_096
    private static let openingBrace: UInt8 = 0x7B
    private static let closingBrace: UInt8 = 0x7D

    /// The words that a word stands for; itself when it has no braces. More than 4,096 are cut off.
    package static func expand(_ word: ShellWord) -> [ShellWord] {
        var hasBrace = false
        for case .literal(let bytes, false) in word.parts where bytes.contains(openingBrace) { hasBrace = true }
        guard hasBrace else { return [word] }
        var tokens: [Token] = []
        for part in word.parts {
            if case .literal(let bytes, false) = part {
                tokens += bytes.map { .byte($0) }
            } else {
                tokens.append(.part(part))
            }
        }
        return expand(tokens[...], depth: 0).prefix(limit).map { tokens in
            var parts: [WordPart] = []
            var literal: [UInt8] = []
            for token in tokens {
                switch token {
                case .byte(let byte): literal.append(byte)
                case .part(let part):
                    if !literal.isEmpty { parts.append(.literal(literal, quoted: false)) }
                    literal = []
                    parts.append(part)
                }
            }
            if !literal.isEmpty { parts.append(.literal(literal, quoted: false)) }
            return ShellWord(parts: parts, offset: word.offset)
        }
    }

    private static func expand(_ tokens: ArraySlice<Token>, depth: Int) -> [[Token]] {
        guard depth < 16, let open = tokens.firstIndex(where: isOpening) else { return [Array(tokens)] }
        guard let (close, commas) = closing(tokens, open) else {
            let tail = expand(tokens[(open + 1)...], depth: depth + 1)
            return tail.map { Array(tokens[...open]) + $0 }
        }
        let inside = tokens[(open + 1)..<close]
        var choices: [[Token]] = []
        if commas.isEmpty {
            guard let sequence = sequence(inside) else {
                let head = Array(tokens[...open])
                return expand(tokens[(open + 1)...], depth: depth + 1).map { head + $0 }
            }
            choices = sequence
        } else {
            var start = open + 1
            for comma in commas + [close] {
                choices += expand(tokens[start..<comma], depth: depth + 1)
                start = comma + 1
                if choices.count > limit { break }
            }
        }
        let head = Array(tokens[..<open])
        let tails = expand(tokens[(close + 1)...], depth: depth + 1)
        var result: [[Token]] = []
        for choice in choices {
            for tail in tails {
                result.append(head + choice + tail)
                if result.count > limit { return result }
            }
        }
        return result
    }

    private static func isOpening(_ token: Token) -> Bool {
        if case .byte(openingBrace) = token { true } else { false }
    }

    private static func closing(_ tokens: ArraySlice<Token>, _ open: Int) -> (Int, [Int])? {
        var level = 0
        var commas: [Int] = []
        for index in tokens[open...].indices {
            guard case .byte(let byte) = tokens[index] else { continue }
            switch byte {
            case openingBrace: level += 1
            case closingBrace:
                level -= 1
                if level == 0 { return (index, commas) }
            case UInt8(ascii: ",") where level == 1: commas.append(index)
            default: continue
            }
        }
        return nil
    }

    /// The words of `{first..last}` or `{first..last..step}`; nil when it is neither numbers nor letters.
    private static func sequence(_ inside: ArraySlice<Token>) -> [[Token]]? {
        var bytes: [UInt8] = []
        for token in inside {
            guard case .byte(let byte) = token else { return nil }
            bytes.append(byte)
        }
        var pieces: [Substring] = []
        let text = String(decoding: bytes, as: UTF8.self)
        var rest = text[...]
        while let dots = rest.firstRange(of: "..") {
            pieces.append(rest[..<dots.lowerBound])
            rest = rest[dots.upperBound...]
            if pieces.count > 3 { return nil }
        }
        pieces.append(rest)
        guard pieces.count == 2 || pieces.count == 3 else { return nil }
        let step = pieces.count == 3 ? Int(pieces[2]) : 1
        guard let step, step.magnitude < 1 << 40 else { return nil }
        let stride = max(1, Int(step.magnitude))
        return numbers(pieces[0], pieces[1], stride) ?? letters(Array(pieces[0].utf8), Array(pieces[1].utf8), stride)
    }

    private static func numbers(_ one: Substring, _ two: Substring, _ stride: Int) -> [[Token]]? {
        guard let first = Int(one), let last = Int(two), first.magnitude < 1 << 40, last.magnitude < 1 << 40 else {
            return nil
        }
        let isPadded = [one, two].contains { piece in
            let digits = piece.utf8.first == UInt8(ascii: "-") ? piece.dropFirst() : piece
            return digits.utf8.count > 1 && digits.utf8.first == 0x30
        }
        let width = isPadded ? max(one.utf8.count, two.utf8.count) : 0
        var result: [[Token]] = []
        var value = first
        while first <= last ? value <= last : value >= last {
            let digits = String(value.magnitude)
            let sign = value < 0 ? "-" : ""
            let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count - sign.utf8.count))
            result.append((sign + zeros + digits).utf8.map { .byte($0) })
            if result.count > limit { break }
            value += first <= last ? stride : -stride
        }
        return result
    }

    private static func letters(_ one: [UInt8], _ two: [UInt8], _ stride: Int) -> [[Token]]? {
        let alpha = CharacterClass.ranges(named: "alpha")
        guard one.count == 1, two.count == 1, let first = one.first, let last = two.first,
            alpha.contains(where: { $0.contains(first) }), alpha.contains(where: { $0.contains(last) })
        else { return nil }
        let distance = first <= last ? min(stride, 256) : -min(stride, 256)
        return Swift.stride(from: Int(first), through: Int(last), by: distance).map { value in
            [.byte(UInt8(truncatingIfNeeded: value))]
        }
    }
}
