// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/shell/lex.go, convertShellPatternToRegex, trimPrefix, trimSuffix.

/// The pattern of a `#`, `%` or `/` substitution: `*` any characters, `?` one character, neither of them a line feed.
struct GlobPattern {
    private enum Element: Equatable {
        case literal(Unicode.Scalar), one, many
    }
    private let elements: [Element]

    /// Comparisons that one substitution may take; a hostile pattern would take hours.
    private static let maximumSteps = 5_000_000

    init(_ text: [UInt8]) throws(ExpansionError) {
        var elements: [Element] = []
        var scalars = String(decoding: text, as: UTF8.self).unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "*": if elements.last != .many { elements.append(.many) }
            case "?": elements.append(.one)
            case "\\":
                // The escape before `}` and `/` belongs to the substitution, not to the pattern.
                if scalars.first == "}" || scalars.first == "/" { continue }
                let next = scalars.popFirst() ?? "\u{FFFD}"
                guard ["*", "?", "\\"].contains(next) else {
                    let pattern = String(decoding: text, as: UTF8.self)
                    throw ExpansionError("invalid pattern (\(pattern)) in substitution: invalid escape '\\\(next)'")
                }
                elements.append(.literal(next))
            default: elements.append(.literal(scalar))
            }
        }
        self.elements = elements
    }

    private init(elements: [Element]) { self.elements = elements }

    func removingPrefix(of value: [UInt8], longest: Bool) throws(ExpansionError) -> [UInt8] {
        let scalars = Array(String(decoding: value, as: UTF8.self).unicodeScalars)
        var steps = 0
        guard let end = try match(scalars, at: 0, longest: longest, steps: &steps) else { return value }
        return Self.bytes(scalars[end...])
    }

    func removingSuffix(of value: [UInt8], longest: Bool) throws(ExpansionError) -> [UInt8] {
        let scalars = Array(String(decoding: value, as: UTF8.self).unicodeScalars.reversed())
        var steps = 0
        let mirrored = GlobPattern(elements: elements.reversed())
        guard let end = try mirrored.match(scalars, at: 0, longest: longest, steps: &steps) else { return value }
        return Self.bytes(scalars[end...].reversed())
    }

    func replacing(
        in value: [UInt8],
        with text: [UInt8],
        everywhere: Bool,
        maximumBytes: Int
    ) throws(ExpansionError) -> [UInt8] {
        let scalars = Array(String(decoding: value, as: UTF8.self).unicodeScalars)
        var result: [UInt8] = []
        var steps = 0
        var offset = 0
        // Go does not replace an empty match that touches the match before it.
        var previousEnd = -1
        while offset <= scalars.count {
            let end = try match(scalars, at: offset, longest: true, steps: &steps)
            if let end, end > offset || offset != previousEnd {
                result += text
                previousEnd = end
                if !everywhere { return result + Self.bytes(scalars[end...]) }
                if end > offset {
                    offset = end
                    continue
                }
            }
            if offset < scalars.count { result += Self.bytes(scalars[offset...offset]) }
            offset += 1
            guard result.count <= maximumBytes else {
                throw ExpansionError("the expanded word is larger than \(maximumBytes) bytes")
            }
        }
        return result
    }

    private static func bytes(_ scalars: some Sequence<Unicode.Scalar>) -> [UInt8] {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return Array(String(view).utf8)
    }

    /// Where the shortest or longest match that begins at an offset ends.
    private func match(
        _ text: [Unicode.Scalar],
        at start: Int,
        longest: Bool,
        steps: inout Int
    ) throws(ExpansionError) -> Int? {
        // All the states that the pattern can be in, moved along the text.
        var states = Set<Int>()
        func add(_ state: Int, _ states: inout Set<Int>) {
            var state = state
            states.insert(state)
            while state < elements.count, elements[state] == .many {
                state += 1
                states.insert(state)
            }
        }
        add(0, &states)
        var best: Int?
        var offset = start
        while true {
            if states.contains(elements.count) {
                best = offset
                if !longest { return best }
            }
            guard offset < text.count, !states.isEmpty else { return best }
            steps += states.count
            guard steps <= Self.maximumSteps else {
                throw ExpansionError("the pattern takes too long to match")
            }
            var next = Set<Int>()
            let scalar = text[offset]
            for state in states where state < elements.count {
                switch elements[state] {
                case .literal(let literal): if literal == scalar { add(state + 1, &next) }
                case .one: if scalar != "\n" { add(state + 1, &next) }
                case .many: if scalar != "\n" { add(state, &next) }
                }
            }
            states = next
            offset += 1
        }
    }
}
