// SPDX-License-Identifier: Apache-2.0

// Source: NuGet documentation, "Package versioning".

/// NuGet's order: SemVer with one to four numbers, leading zeros allowed, pre-releases compared without case.
struct NuGetVersionOrder: VersionOrder {
    var scheme: VersionScheme { .nuget }

    struct Parsed {
        var numbers: [[UInt8]]
        var prerelease: [[UInt8]]
    }

    func parse(_ text: String) throws(VersionScheme.ValidationError) -> Parsed {
        let bytes = Array(text.utf8)
        var rest = bytes.trimmed
        let core = rest.prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }
        rest = rest.dropFirst(core.count)
        var numbers: [[UInt8]] = []
        for part in core.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            guard !part.isEmpty, part.allSatisfy(\.isDigit) else {
                throw invalid(text, "numbers joined by dots are needed")
            }
            numbers.append(Digits.stripped(part))
        }
        guard (1...4).contains(numbers.count) else { throw invalid(text, "it has more than four numbers") }
        while numbers.count < 4 { numbers.append(SemanticVersion.zero) }
        var prerelease: [[UInt8]] = []
        if rest.first == UInt8(ascii: "-") {
            let word = rest.dropFirst().prefix { $0 != UInt8(ascii: "+") }
            guard let identifiers = SemanticVersion.identifiers(word, numbersAreStrict: false) else {
                throw invalid(text, SemanticVersion.Defect.prereleaseWrong.text)
            }
            prerelease = identifiers
            rest = rest.dropFirst(word.count + 1)
        }
        if rest.first == UInt8(ascii: "+"),
            SemanticVersion.identifiers(rest.dropFirst(), numbersAreStrict: false) == nil
        {
            throw invalid(text, SemanticVersion.Defect.buildWrong.text)
        }
        return Parsed(numbers: numbers, prerelease: prerelease)
    }

    func read(_ text: String) -> Parsed {
        let (numbers, prerelease) = SemanticVersion.coerced(Array(text.utf8), count: 4)
        return Parsed(numbers: numbers, prerelease: prerelease)
    }

    func order(_ left: Parsed, _ right: Parsed) -> VersionScheme.Comparison {
        let numbers = Digits.compareEach(left.numbers, right.numbers)
        if numbers != .equal { return numbers }
        return SemanticVersion.compare(left.prerelease, right.prerelease, ignoringCase: true)
    }
}
