// SPDX-License-Identifier: Apache-2.0
//
// Source: Go path/filepath.Match, which BuildKit uses for COPY and ADD sources; fsutil copy, containsWildcards.

import OCISpec

/// A source of COPY or ADD with `*`, `?` and `[…]`, matched component by component.
///
/// Shape: as `filepath.Match` has it: `[^…]` excludes, `a-z` is a range, `\` takes the meaning from the next character. No
/// element matches a slash. Characters are code points, not bytes.
struct PathPattern {
    private let components: [[Element]]

    private enum Element {
        case literal(Unicode.Scalar)
        case one
        case many
        case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)
    }

    /// Why a pattern is refused.
    struct ValidationError: Error, CustomStringConvertible {
        /// Go's message.
        let description = "syntax error in pattern"
    }

    /// Reads a pattern whose path is already cleaned.
    init(_ path: ImagePath) throws(ValidationError) {
        var components: [[Element]] = []
        for name in path.components { components.append(try Self.elements(name)) }
        self.components = components
    }

    /// Whether a written source needs matching at all.
    static func hasWildcard(_ text: String) -> Bool { hasWildcard(Array(text.utf8)) }

    /// Whether a component needs matching at all; what an escape protects does not count.
    static func hasWildcard(_ name: ImagePath.Name) -> Bool {
        var index = 0
        while index < name.count {
            switch name[index] {
            case 0x5C: index += 2
            case 0x2A, 0x3F, 0x5B: return true
            default: index += 1
            }
        }
        return false
    }

    var count: Int { components.count }

    /// Whether the component of a path at this depth fits.
    func matches(_ name: ImagePath.Name, at depth: Int) -> Bool {
        guard depth < components.count else { return false }
        return Self.matches(Array(String(decoding: name, as: UTF8.self).unicodeScalars), components[depth])
    }

    /// Matches without recursion: on a mismatch the last `*` takes one character more.
    private static func matches(_ name: [Unicode.Scalar], _ pattern: [Element]) -> Bool {
        var n = 0
        var p = 0
        var star: (pattern: Int, name: Int)?
        while n < name.count || p < pattern.count {
            if p < pattern.count {
                if case .many = pattern[p] {
                    star = (p, n)
                    p += 1
                    continue
                }
                if n < name.count, takes(pattern[p], name[n]) {
                    n += 1
                    p += 1
                    continue
                }
            }
            guard let last = star, last.name < name.count else { return false }
            star = (last.pattern, last.name + 1)
            p = last.pattern + 1
            n = last.name + 1
        }
        return true
    }

    private static func takes(_ element: Element, _ scalar: Unicode.Scalar) -> Bool {
        switch element {
        case .literal(let literal): literal == scalar
        case .one, .many: true
        case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
        }
    }

    private static func elements(_ name: ImagePath.Name) throws(ValidationError) -> [Element] {
        let text = Array(String(decoding: name, as: UTF8.self).unicodeScalars)
        var result: [Element] = []
        var offset = 0
        while offset < text.count {
            let scalar = text[offset]
            offset += 1
            switch scalar {
            case "*": result.append(.many)
            case "?": result.append(.one)
            case "[": result.append(try set(text, &offset))
            case "\\":
                guard offset < text.count else { throw ValidationError() }
                result.append(.literal(text[offset]))
                offset += 1
            default: result.append(.literal(scalar))
            }
        }
        return result
    }

    /// The set behind a `[`; a range that runs backwards is no mistake, it matches nothing.
    private static func set(_ text: [Unicode.Scalar], _ offset: inout Int) throws(ValidationError) -> Element {
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        var memberCount = 0
        var isNegated = false
        if offset < text.count, text[offset] == "^" {
            isNegated = true
            offset += 1
        }
        func member() throws(ValidationError) -> Unicode.Scalar {
            guard offset < text.count, text[offset] != "-", text[offset] != "]" else { throw ValidationError() }
            if text[offset] == "\\" { offset += 1 }
            guard offset < text.count else { throw ValidationError() }
            defer { offset += 1 }
            // A set needs its end.
            guard offset + 1 < text.count else { throw ValidationError() }
            return text[offset]
        }
        while true {
            if offset < text.count, text[offset] == "]", memberCount > 0 { break }
            let low = try member()
            var high = low
            if text[offset] == "-" {
                offset += 1
                high = try member()
            }
            if low <= high { ranges.append(low...high) }
            memberCount += 1
        }
        offset += 1
        return .set(ranges, isNegated: isNegated)
    }
}
