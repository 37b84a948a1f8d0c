// SPDX-License-Identifier: Apache-2.0

// Source: the behaviour of RubyGems 3 (`Gem::Version`); of OSV for texts that RubyGems refuses.

/// RubyGems' order: segments of digits or letters; a segment of letters makes a pre-release.
struct GemVersionOrder: VersionOrder {
    var scheme: VersionScheme { .gem }

    struct Parsed {
        /// The segments as written; `-` became `.pre.`.
        var segments: [[UInt8]]

        var isPrerelease: Bool { segments.contains { $0.first?.isLetter ?? false } }
    }

    func parse(_ text: String) throws(VersionScheme.ValidationError) -> Parsed {
        let bytes = Array(text.utf8)
        let body = bytes.trimmed
        if body.isEmpty { return Parsed(segments: [SemanticVersion.zero]) }
        guard body.first?.isDigit ?? false else { throw invalid(text, "it must begin with a digit") }
        guard body.allSatisfy({ $0.isAlphanumeric || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }) else {
            throw invalid(text, "a character that no version has")
        }
        // One hyphen starts the pre-release; what is behind it may hold more hyphens, also side by side.
        let main = body.prefix { $0 != UInt8(ascii: "-") }
        let tail = main.count == body.count ? nil : body.dropFirst(main.count + 1)
        let parts = [main, tail].compactMap(\.self).flatMap {
            $0.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        }
        guard parts.allSatisfy({ !$0.isEmpty }) else { throw invalid(text, "an empty segment") }
        guard main.split(separator: UInt8(ascii: ".")).first?.allSatisfy(\.isDigit) ?? false else {
            throw invalid(text, "the first segment must be a number")
        }
        return Self.scanned(body)
    }

    func read(_ text: String) -> Parsed { Self.scanned(Array(text.utf8)[...]) }

    /// The runs of digits and of letters, whatever stands between them.
    private static func scanned(_ body: ArraySlice<UInt8>) -> Parsed {
        var segments: [[UInt8]] = []
        var rest = body
        while let first = rest.first {
            guard first.isAlphanumeric else {
                if first == UInt8(ascii: "-") { segments.append(Array("pre".utf8)) }
                rest = rest.dropFirst()
                continue
            }
            let run = first.isDigit ? rest.prefix(while: \.isDigit) : rest.prefix(while: \.isLetter)
            segments.append(first.isDigit ? Digits.stripped(run) : Array(run))
            rest = rest.dropFirst(run.count)
        }
        return Parsed(segments: segments.isEmpty ? [SemanticVersion.zero] : segments)
    }

    func order(_ left: Parsed, _ right: Parsed) -> VersionScheme.Comparison {
        let (one, other) = (Self.canonical(left.segments), Self.canonical(right.segments))
        for index in 0..<max(one.count, other.count) {
            let a = index < one.count ? one[index] : SemanticVersion.zero
            let b = index < other.count ? other[index] : SemanticVersion.zero
            let result: VersionScheme.Comparison
            switch (a.first?.isLetter ?? false, b.first?.isLetter ?? false) {
            case (true, false): return .less
            case (false, true): return .greater
            case (true, true): result = Digits.bytes(a, b)
            case (false, false): result = Digits.compare(a, b)
            }
            if result != .equal { return result }
        }
        return .equal
    }

    /// Without the zeros at the end of the numbers, and those right before the first word.
    private static func canonical(_ segments: [[UInt8]]) -> [[UInt8]] {
        let word = segments.firstIndex { $0.first?.isLetter ?? false } ?? segments.count
        var numbers = Array(segments[..<word])
        while let last = numbers.last, Digits.isZero(last) { numbers.removeLast() }
        var rest = Array(segments[word...])
        while let last = rest.last, last.allSatisfy(\.isDigit), Digits.isZero(last) { rest.removeLast() }
        return numbers + rest
    }
}
