// SPDX-License-Identifier: Apache-2.0
//
// Source: moby/patternmatcher, patternmatcher.go, compile and match: plain comparisons where they are enough, else
// what its
// regular expression would say.

/// A pattern made ready for matching.
enum IgnoreMatcher: Sendable, Hashable {
    case exact(String)
    case prefix(String)
    case suffix(String)
    case elements([Element])

    enum Element: Sendable, Hashable {
        case literal(Unicode.Scalar)
        /// `?`: any character of a segment.
        case one
        /// `*`: any characters of a segment.
        case many
        /// `**` at the end: anything.
        case rest
        /// `**/`: nothing, or anything up to a slash.
        case folders
        /// `[…]`.
        case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)
        /// `^` has its meaning in a regular expression: the start of the path.
        case start
    }

    init?(_ pattern: [Unicode.Scalar]) {
        enum Kind { case exact, prefix, suffix, elements }
        var kind = Kind.exact
        var elements: [Element] = []
        var offset = 0
        var isFirst = true
        while offset < pattern.count {
            let scalar = pattern[offset]
            offset += 1
            switch scalar {
            case "*" where offset < pattern.count && pattern[offset] == "*":
                offset += 1
                if offset < pattern.count, pattern[offset] == "/" { offset += 1 }
                if offset == pattern.count {
                    kind = kind == .exact ? .prefix : .elements
                    elements.append(.rest)
                } else {
                    elements.append(.folders)
                    kind = .elements
                }
                if isFirst { kind = .suffix }
            case "*":
                elements.append(.many)
                kind = .elements
            case "?":
                elements.append(.one)
                kind = .elements
            case "\\":
                guard offset < pattern.count else { return nil }
                elements.append(.literal(pattern[offset]))
                offset += 1
                kind = .elements
            case "[":
                guard let set = Self.set(pattern, &offset) else { return nil }
                elements.append(set)
                kind = .elements
            case "]":
                elements.append(.literal(scalar))
                kind = .elements
            case "^": elements.append(.start)
            default: elements.append(.literal(scalar))
            }
            isFirst = false
        }
        func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            return String(view)
        }
        switch kind {
        case .exact: self = .exact(text(pattern[...]))
        case .prefix: self = .prefix(text(pattern.dropLast(2)))
        case .suffix: self = .suffix(text(pattern.dropFirst(2)))
        case .elements: self = .elements(elements)
        }
    }

    private static func set(_ pattern: [Unicode.Scalar], _ offset: inout Int) -> Element? {
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        var isNegated = false
        if offset < pattern.count, pattern[offset] == "^" {
            isNegated = true
            offset += 1
        }
        func member() -> Unicode.Scalar? {
            if offset < pattern.count, pattern[offset] == "\\" { offset += 1 }
            guard offset < pattern.count else { return nil }
            defer { offset += 1 }
            return pattern[offset]
        }
        while true {
            guard offset < pattern.count else { return nil }
            if pattern[offset] == "]", !ranges.isEmpty { break }
            guard let low = member() else { return nil }
            var high = low
            if offset < pattern.count, pattern[offset] == "-" {
                offset += 1
                guard let end = member() else { return nil }
                high = end
            }
            // A range that runs backwards is no regular expression.
            guard low <= high else { return nil }
            ranges.append(low...high)
        }
        offset += 1
        return .set(ranges, isNegated: isNegated)
    }

    func matches(_ path: String) -> Bool {
        switch self {
        case .exact(let text): return path.utf8.elementsEqual(text.utf8)
        case .prefix(let text): return path.utf8.starts(with: text.utf8)
        case .suffix(let text):
            let (path, text) = (Array(path.utf8), Array(text.utf8))
            if path.count >= text.count, path[(path.count - text.count)...].elementsEqual(text) { return true }
            return text.first == UInt8(ascii: "/") && path[...].elementsEqual(text.dropFirst())
        case .elements(let elements): return Self.matches(elements, path)
        }
    }

    /// Moves all states that the pattern can be in along the path: time grows with the product of the lengths at worst.
    private static func matches(_ elements: [Element], _ path: String) -> Bool {
        // State 2n: before element n. State 2n + 1: inside of `**/`, which may only end behind a slash.
        let count = elements.count
        var states = [Bool](repeating: false, count: 2 * count + 2)
        func enter(_ element: Int, _ states: inout [Bool], isStart: Bool) {
            var element = element
            while true {
                if states[2 * element] { return }
                states[2 * element] = true
                guard element < count else { return }
                switch elements[element] {
                case .many, .rest: element += 1
                case .folders:
                    states[2 * element + 1] = true
                    element += 1
                case .start where isStart: element += 1
                case .literal, .one, .set, .start: return
                }
            }
        }
        enter(0, &states, isStart: true)
        for scalar in path.unicodeScalars {
            var next = [Bool](repeating: false, count: states.count)
            var isAlive = false
            for element in 0..<count {
                if states[2 * element + 1], scalar != "\n" {
                    next[2 * element + 1] = true
                    isAlive = true
                    if scalar == "/" { enter(element + 1, &next, isStart: false) }
                }
                guard states[2 * element] else { continue }
                let goesOn: Int?
                switch elements[element] {
                case .literal(let literal): goesOn = literal == scalar ? element + 1 : nil
                case .one: goesOn = scalar != "/" ? element + 1 : nil
                case .many: goesOn = scalar != "/" ? element : nil
                case .rest: goesOn = scalar != "\n" ? element : nil
                case .set(let ranges, let isNegated):
                    goesOn = ranges.contains { $0.contains(scalar) } != isNegated ? element + 1 : nil
                case .folders, .start: goesOn = nil
                }
                if let goesOn {
                    enter(goesOn, &next, isStart: false)
                    isAlive = true
                }
            }
            guard isAlive else { return false }
            states = next
        }
        return states[2 * count]
    }
}
