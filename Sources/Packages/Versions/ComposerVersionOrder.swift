// SPDX-License-Identifier: Apache-2.0

// Source: Composer documentation, "Versions and constraints"; PHP's version_compare.

/// Composer's order: up to four numbers, then a stability (`dev`, `alpha`, `beta`, `RC`, stable, `patch`) with a number.
///
/// A numbered branch (`1.x-dev`) is newer than every release of its number. A branch name (`dev-main`) has no place in the order
/// and is refused.
struct ComposerVersionOrder: VersionOrder {
    var scheme: VersionScheme { .composer }

    struct Parsed {
        var numbers: [[UInt8]]
        /// -4 dev, -3 alpha, -2 beta, -1 release candidate, 0 stable, 1 patch.
        var stability = 0
        var stabilityNumbers: [[UInt8]] = []
        var isDev = false
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

    func order(_ left: Parsed, _ right: Parsed) -> VersionScheme.Comparison {
        let numbers = Digits.compareEach(left.numbers, right.numbers)
        if numbers != .equal { return numbers }
        if left.stability != right.stability { return left.stability < right.stability ? .less : .greater }
        for index in 0..<max(left.stabilityNumbers.count, right.stabilityNumbers.count) {
            guard index < left.stabilityNumbers.count else { return .less }
            guard index < right.stabilityNumbers.count else { return .greater }
            let result = Digits.compare(left.stabilityNumbers[index], right.stabilityNumbers[index])
            if result != .equal { return result }
        }
        if left.isDev == right.isDev { return .equal }
        return left.isDev ? .less : .greater
    }
}
