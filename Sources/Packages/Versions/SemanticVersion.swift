// SPDX-License-Identifier: Apache-2.0

// Source: Semantic Versioning 2.0.0, sections 2, 9, 10 and 11.

/// A version `major.minor.patch[-prerelease][+build]`, its numbers as digits without leading zeros.
struct SemanticVersion: Sendable, Hashable {
    typealias Number = [UInt8]

    var major: Number
    var minor: Number
    var patch: Number
    /// The identifiers behind the hyphen; empty for a release.
    var prerelease: [[UInt8]] = []

    static let zero: Number = [UInt8(ascii: "0")]

    /// The three numbers agree.
    func isSameRelease(as other: SemanticVersion) -> Bool {
        major == other.major && minor == other.minor && patch == other.patch
    }

    /// Reads a version with nothing before or after it.
    ///
    /// - Returns: why not, when it is none.
    static func read(_ bytes: ArraySlice<UInt8>) -> Result<SemanticVersion, Defect> {
        var rest = bytes
        guard let major = number(&rest) else { return .failure(.numberWrong) }
        guard dot(&rest), let minor = number(&rest), dot(&rest), let patch = number(&rest) else {
            return .failure(.numberWrong)
        }
        var version = SemanticVersion(major: major, minor: minor, patch: patch)
        if rest.first == UInt8(ascii: "-") {
            let text = rest.dropFirst().prefix { $0 != UInt8(ascii: "+") }
            guard let identifiers = identifiers(text, numbersAreStrict: true) else { return .failure(.prereleaseWrong) }
            version.prerelease = identifiers
            rest = rest.dropFirst(text.count + 1)
        }
        if rest.first == UInt8(ascii: "+") {
            guard identifiers(rest.dropFirst(), numbersAreStrict: false) != nil else { return .failure(.buildWrong) }
            rest = []
        }
        return rest.isEmpty ? .success(version) : .failure(.trailing)
    }

    /// Reads any text, as OSV reads what is not quite of this shape: signs in front fall away, missing numbers are 0, and what
    /// stands behind the numbers is a pre-release.
    static func coerced(_ bytes: [UInt8]) -> SemanticVersion {
        let (numbers, prerelease) = coerced(bytes, count: 3)
        return SemanticVersion(major: numbers[0], minor: numbers[1], patch: numbers[2], prerelease: prerelease)
    }

    /// The same with as many numbers as asked for.
    static func coerced(_ bytes: [UInt8], count: Int) -> (numbers: [Number], prerelease: [[UInt8]]) {
        var rest = bytes.trimmed.drop { "vV=".utf8.contains($0) || $0.isBlank }
        var numbers: [Number] = []
        while numbers.count < count {
            let ahead = numbers.isEmpty ? rest : rest.first == UInt8(ascii: ".") ? rest.dropFirst() : []
            let digits = ahead.prefix(while: \.isDigit)
            guard !digits.isEmpty else { break }
            numbers.append(Digits.stripped(digits))
            rest = ahead.dropFirst(digits.count)
        }
        while numbers.count < count { numbers.append(zero) }
        var tail = rest.prefix { $0 != UInt8(ascii: "+") }
        guard !tail.isEmpty else { return (numbers, []) }
        if let first = tail.first, "-._".utf8.contains(first) { tail = tail.dropFirst() }
        let parts = tail.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return (numbers, parts.map(Array.init))
    }

    /// Takes a number without leading zeros from the front.
    static func number(_ rest: inout ArraySlice<UInt8>) -> Number? {
        let digits = rest.prefix(while: \.isDigit)
        guard let first = digits.first, digits.count == 1 || first != UInt8(ascii: "0") else { return nil }
        rest = rest.dropFirst(digits.count)
        return Array(digits)
    }

    static func dot(_ rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.first == UInt8(ascii: ".") else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Splits identifiers at dots; nil when one is empty, holds a foreign character or, if asked, is a number with a leading 0.
    static func identifiers(_ text: ArraySlice<UInt8>, numbersAreStrict: Bool) -> [[UInt8]]? {
        var result: [[UInt8]] = []
        for part in text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            guard !part.isEmpty, part.allSatisfy({ $0.isAlphanumeric || $0 == UInt8(ascii: "-") }) else { return nil }
            if numbersAreStrict, part.count > 1, part.first == UInt8(ascii: "0"), part.allSatisfy(\.isDigit) {
                return nil
            }
            result.append(Array(part))
        }
        return result
    }

    /// Precedence: build metadata does not count.
    func compared(to other: SemanticVersion, ignoringCase: Bool = false) -> VersionScheme.Comparison {
        for (one, two) in [(major, other.major), (minor, other.minor), (patch, other.patch)] {
            let result = Digits.compare(one, two)
            if result != .equal { return result }
        }
        return Self.compare(prerelease, other.prerelease, ignoringCase: ignoringCase)
    }

    /// Orders pre-releases; none at all is newest.
    static func compare(_ left: [[UInt8]], _ right: [[UInt8]], ignoringCase: Bool = false) -> VersionScheme.Comparison {
        if left.isEmpty || right.isEmpty {
            return left.isEmpty == right.isEmpty ? .equal : left.isEmpty ? .greater : .less
        }
        for (one, two) in zip(left, right) {
            let result: VersionScheme.Comparison
            switch (one.allSatisfy(\.isDigit), two.allSatisfy(\.isDigit)) {
            case (true, true): result = Digits.compare(one, two)
            case (true, false): return .less
            case (false, true): return .greater
            case (false, false):
                result =
                    ignoringCase ? Digits.bytes(one.map(\.lowercased), two.map(\.lowercased)) : Digits.bytes(one, two)
            }
            if result != .equal { return result }
        }
        return left.count == right.count ? .equal : left.count < right.count ? .less : .greater
    }

    /// Why a text is not such a version.
    enum Defect: Error {
        case numberWrong, prereleaseWrong, buildWrong, trailing

        var text: String {
            switch self {
            case .numberWrong: "three numbers without leading zeros, joined by dots, are needed"
            case .prereleaseWrong: "the pre-release has an empty or wrong identifier"
            case .buildWrong: "the build metadata has an empty or wrong identifier"
            case .trailing: "something follows the version"
            }
        }
    }
}

/// Semantic Versioning 2.0, strictly.
struct SemanticVersionOrder: VersionOrder {
    var scheme: VersionScheme { .semver }

    func parse(_ text: String) throws(VersionScheme.ValidationError) -> SemanticVersion {
        switch SemanticVersion.read(Array(text.utf8)[...]) {
        case .success(let version): return version
        case .failure(let defect): throw invalid(text, defect.text)
        }
    }
}

extension VersionOrder where Parsed == SemanticVersion {
    func read(_ text: String) -> SemanticVersion { SemanticVersion.coerced(Array(text.utf8)) }

    func order(_ left: SemanticVersion, _ right: SemanticVersion) -> VersionScheme.Comparison {
        left.compared(to: right)
    }
}
