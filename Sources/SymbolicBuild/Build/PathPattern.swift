// SPDX-License-Identifier: Apache-2.0
//
// Source: Go path/filepath.Match, which BuildKit uses for COPY and ADD sources.

import OCISpec

/// A source of COPY or ADD with `*`, `?` and `[…]`, matched component by component.
struct PathPattern {
    private let components: [ImagePath.Name]

    init(_ path: ImagePath) { components = path.components }

    /// Whether a written source needs matching at all.
    static func hasWildcard(_ text: String) -> Bool { text.utf8.contains { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B } }

    var count: Int { components.count }

    /// Whether the component of a path at this depth fits.
    func matches(_ name: ImagePath.Name, at depth: Int) -> Bool {
        depth < components.count && Self.matches(name[...], components[depth][...])
    }

    /// Matches without recursion: on a mismatch the last `*` takes one byte more.
    static func matches(_ name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        var n = name.startIndex
        var p = pattern.startIndex
        var star: (pattern: Int, name: Int)?
        while n < name.endIndex || p < pattern.endIndex {
            if p < pattern.endIndex {
                if pattern[p] == 0x2A {
                    star = (p, n)
                    p += 1
                    continue
                }
                if n < name.endIndex, let next = step(name[n], pattern, p) {
                    n += 1
                    p = next
                    continue
                }
            }
            guard let last = star, last.name < name.endIndex else { return false }
            star = (last.pattern, last.name + 1)
            p = last.pattern + 1
            n = last.name + 1
        }
        return true
    }

    /// The place behind the pattern's element at `place` if it takes `byte`; nil if it does not.
    private static func step(_ byte: UInt8, _ pattern: ArraySlice<UInt8>, _ place: Int) -> Int? {
        switch pattern[place] {
        case 0x3F: return place + 1
        case 0x5C where place + 1 < pattern.endIndex: return pattern[place + 1] == byte ? place + 2 : nil
        case 0x5B:
            var index = place + 1
            var isNegated = false
            if index < pattern.endIndex, pattern[index] == 0x5E {
                isNegated = true
                index += 1
            }
            var isMatch = false
            var isFirst = true
            while index < pattern.endIndex, isFirst || pattern[index] != 0x5D {
                isFirst = false
                var low = pattern[index]
                if low == 0x5C, index + 1 < pattern.endIndex {
                    index += 1
                    low = pattern[index]
                }
                var high = low
                if index + 2 < pattern.endIndex, pattern[index + 1] == 0x2D, pattern[index + 2] != 0x5D {
                    high = pattern[index + 2]
                    index += 2
                }
                if low <= byte, byte <= high { isMatch = true }
                index += 1
            }
            guard index < pattern.endIndex else { return nil }
            return isMatch != isNegated ? index + 1 : nil
        case byte: return place + 1
        default: return nil
        }
    }
}
