// SPDX-License-Identifier: Apache-2.0

// Source: Composer documentation, "Versions and constraints"; PHP's version_compare, by which Composer orders what it has
// brought into its own form, and OSV everything.

/// Composer's order: up to four numbers, then a stability (`dev`, `alpha`, `beta`, `RC`, stable, `patch`) with a number.
///
/// A numbered branch (`1.x-dev`) is newer than every release of its number. What Composer takes for no version is compared as it
/// is written: a branch name (`dev-main`) is older than every number.
struct ComposerVersionOrder: VersionOrder {
    var scheme: VersionScheme { .composer }

    struct Parsed {
        var numbers: [[UInt8]]
        /// -4 dev, -3 alpha, -2 beta, -1 release candidate, 0 stable, 1 patch.
        var stability = 0
        var stabilityNumbers: [[UInt8]] = []
        var isDev = false
        /// The pieces of a text that Composer takes for no version; nil for a version.
        var written: [Part]?
    }

    private static let words: [(String, Int)] = [
        ("stable", 0), ("alpha", -3), ("beta", -2), ("patch", 1), ("rc", -1), ("pl", 1), ("a", -3), ("b", -2), ("p", 1),
    ]

    func parse(_ text: String) throws(VersionScheme.ValidationError) -> Parsed {
        let bytes = text.utf8.map(\.lowercased)
        var rest = bytes.trimmed
        if let plus = rest.firstIndex(of: UInt8(ascii: "+")) {
            let build = rest[(plus + 1)...]
            guard !build.isEmpty, build.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                throw invalid(text, "the build metadata is empty or wrong")
            }
            rest = rest[..<plus]
        }
        if rest.first == UInt8(ascii: "v") { rest = rest.dropFirst() }
        var numbers: [[UInt8]] = []
        repeat {
            if !numbers.isEmpty { rest = rest.dropFirst() }
            let digits = rest.prefix(while: \.isDigit)
            guard !digits.isEmpty else { throw invalid(text, "numbers joined by dots are needed") }
            numbers.append(Digits.stripped(digits))
            rest = rest.dropFirst(digits.count)
        } while rest.first == UInt8(ascii: ".") && rest.dropFirst().first?.isDigit ?? false
        if let branch = Self.branch(numbers, rest) { return branch }
        guard numbers.count <= 4 else { throw invalid(text, "it has more than four numbers") }
        while numbers.count < 4 { numbers.append(SemanticVersion.zero) }
        var version = Parsed(numbers: numbers)
        func separator(_ rest: inout ArraySlice<UInt8>) {
            if let first = rest.first, ".-_".utf8.contains(first) { rest = rest.dropFirst() }
        }
        var ahead = rest
        separator(&ahead)
        if let (word, stability) = Self.words.first(where: { ahead.starts(with: $0.0.utf8) }) {
            version.stability = stability
            rest = ahead.dropFirst(word.utf8.count)
            while true {
                var number = rest
                separator(&number)
                let digits = number.prefix(while: \.isDigit)
                guard !digits.isEmpty else { break }
                version.stabilityNumbers.append(Digits.stripped(digits))
                rest = number.dropFirst(digits.count)
            }
        }
        ahead = rest
        separator(&ahead)
        if ahead.elementsEqual("dev".utf8) {
            version.isDev = true
            if version.stability == 0 { version.stability = -4 }
            rest = []
        }
        guard rest.isEmpty else { throw invalid(text, "\"\(String(ascii: rest))\" has no meaning there") }
        return version
    }

    /// `1.x-dev`, `1.2.*-dev`: what is open counts as 9999999, as Composer normalises it; nil when the text is something else.
    private static func branch(_ numbers: [[UInt8]], _ rest: ArraySlice<UInt8>) -> Parsed? {
        var (numbers, rest) = (numbers, rest)
        let count = numbers.count
        while rest.first == UInt8(ascii: "."), let wild = rest.dropFirst().first,
            wild == UInt8(ascii: "x") || wild == UInt8(ascii: "*")
        {
            numbers.append(Array("9999999".utf8))
            rest = rest.dropFirst(2)
        }
        guard numbers.count > count, numbers.count <= 4,
            rest.elementsEqual("-dev".utf8) || rest.elementsEqual(".dev".utf8)
        else { return nil }
        while numbers.count < 4 { numbers.append(Array("9999999".utf8)) }
        return Parsed(numbers: numbers, stability: -4, isDev: true)
    }

    func read(_ text: String) -> Parsed {
        do {
            return try parse(text)
        } catch {
            var rest = text.utf8.map(\.lowercased).trimmed[...]
            if rest.first == UInt8(ascii: "v"), rest.dropFirst().first?.isDigit ?? false { rest = rest.dropFirst() }
            return Parsed(numbers: [], written: Self.parts(rest))
        }
    }

    func order(_ left: Parsed, _ right: Parsed) -> VersionScheme.Comparison {
        let (one, other) = (left.parts, right.parts)
        for index in 0..<max(one.count, other.count) {
            let result = Part.compare(
                index < one.count ? one[index] : .end,
                index < other.count ? other[index] : .end
            )
            if result != .equal { return result }
        }
        return .equal
    }

    /// The numbers and words of a text, as `version_compare` takes it apart.
    private static func parts(_ text: ArraySlice<UInt8>) -> [Part] {
        var result: [Part] = []
        var rest = text
        while let first = rest.first {
            let run: ArraySlice<UInt8>
            if first.isDigit {
                run = rest.prefix(while: \.isDigit)
                result.append(.number(Array(run)))
            } else if first.isLetter {
                run = rest.prefix(while: \.isLetter)
                result.append(.word(Part.weight(of: run)))
            } else {
                run = rest.prefix(1)
            }
            rest = rest.dropFirst(run.count)
        }
        return result
    }
}

extension ComposerVersionOrder {
    /// One piece of a version. Words weigh less than the end (pre-releases) or more than every number (patches).
    enum Part: Sendable {
        case number([UInt8])
        case word(Int)
        case end

        /// `version_compare` knows a word by its beginning; one that it does not know is older than all that it knows.
        static func weight(of word: ArraySlice<UInt8>) -> Int {
            let known: [(String, Int)] = [("dev", 1), ("a", 2), ("b", 3), ("rc", 4), ("p", 7)]
            return known.first { word.starts(with: $0.0.utf8) }?.1 ?? 0
        }

        private var weight: Int {
            switch self {
            case .word(let weight): weight
            case .end: 5
            case .number: 6
            }
        }

        static func compare(_ one: Part, _ other: Part) -> VersionScheme.Comparison {
            if case .number(let a) = one, case .number(let b) = other { return Digits.compare(a, b) }
            return one.weight == other.weight ? .equal : one.weight < other.weight ? .less : .greater
        }
    }
}

extension ComposerVersionOrder.Parsed {
    /// The version as Composer writes it before it compares: four numbers, a word with its numbers, `dev`.
    fileprivate var parts: [ComposerVersionOrder.Part] {
        if let written { return written }
        var result = numbers.map(ComposerVersionOrder.Part.number)
        switch stability {
        case -3: result.append(.word(2))
        case -2: result.append(.word(3))
        case -1: result.append(.word(4))
        case 1: result.append(.word(7))
        default: break
        }
        if stability != 0, stability != -4 { result += stabilityNumbers.map(ComposerVersionOrder.Part.number) }
        if isDev { result.append(.word(1)) }
        return result
    }
}
