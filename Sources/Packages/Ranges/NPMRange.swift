// SPDX-License-Identifier: Apache-2.0

// Source: node-semver 7, README "Ranges", and its behaviour (strict, includePrerelease off).

/// A range as `package.json` writes it: `^1.2`, `~1.2.3`, `1.x`, `1.2 - 2.3`, `>=1 <2`, joined by `||`.
struct NPMRange: Sendable {
    /// One of these sets must hold; all comparators of a set must hold. An empty set is any version.
    private(set) var alternatives: [[Comparator]]

    struct Comparator: Sendable {
        enum Operation: Sendable { case less, lessOrEqual, equal, greaterOrEqual, greater }
        let operation: Operation
        let version: SemanticVersion

        func contains(_ candidate: SemanticVersion) -> Bool {
            switch (operation, candidate.compared(to: version)) {
            case (.less, .less), (.greater, .greater), (.equal, .equal): true
            case (.lessOrEqual, .less), (.lessOrEqual, .equal): true
            case (.greaterOrEqual, .greater), (.greaterOrEqual, .equal): true
            default: false
            }
        }
    }

    init(parsing text: String) throws(VersionScheme.ValidationError) {
        var sets: [[Comparator]] = []
        let bytes = Array(text.utf8)
        for part in Self.splitAlternatives(bytes[...]) {
            var parser = Parser(rest: part.trimmed)
            // As there, a comparator of a number that JavaScript cannot count makes the range invalid.
            guard let set = parser.set(), set.allSatisfy({ NPMVersionOrder.canHold($0.version) }) else {
                throw .rangeInvalid(text, scheme: .npm, why: "\"\(String(ascii: part.trimmed))\" is no range")
            }
            sets.append(set)
        }
        alternatives = sets
    }

    /// Whether a version lies in the range.
    ///
    /// A pre-release does so only if a comparator of the set names a pre-release of the same three numbers.
    func contains(_ version: SemanticVersion) -> Bool {
        alternatives.contains { set in
            guard set.allSatisfy({ $0.contains(version) }) else { return false }
            return version.prerelease.isEmpty
                || set.contains { !$0.version.prerelease.isEmpty && $0.version.isSameRelease(as: version) }
        }
    }

    private static func splitAlternatives(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var result: [ArraySlice<UInt8>] = []
        var start = bytes.startIndex
        var index = start
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "|"), index + 1 < bytes.endIndex, bytes[index + 1] == UInt8(ascii: "|") {
                result.append(bytes[start..<index])
                index += 2
                start = index
            } else {
                index += 1
            }
        }
        result.append(bytes[start...])
        return result
    }
}

extension NPMRange {
    /// A version of which the last numbers may be missing or `x`.
    struct Partial {
        var major: SemanticVersion.Number?
        var minor: SemanticVersion.Number?
        var patch: SemanticVersion.Number?
        var prerelease: [[UInt8]] = []
        /// Whether nothing but one `v` stood in front. `==1.2.3` and `=v=1.2` begin alike, but only what is not a whole version may.
        var isPlain = true

        /// A whole version that node-semver refuses where it does not read it as an x-range.
        var isMisspelt: Bool { patch != nil && !isPlain }

        /// What is missing counts as 0.
        var floor: SemanticVersion {
            SemanticVersion(
                major: major ?? SemanticVersion.zero,
                minor: minor ?? SemanticVersion.zero,
                patch: patch ?? SemanticVersion.zero,
                prerelease: prerelease
            )
        }
    }

    /// Reads one alternative.
    struct Parser {
        var rest: ArraySlice<UInt8>

        mutating func skipBlanks() { rest = rest.drop(while: \.isBlank) }

        mutating func take(_ byte: Character) -> Bool {
            guard let ascii = byte.asciiValue, rest.first == ascii else { return false }
            rest = rest.dropFirst()
            return true
        }

        mutating func set() -> [Comparator]? {
            skipBlanks()
            if rest.isEmpty { return [] }
            let start = rest
            if let from = partial(), rest.first?.isBlank ?? false {
                skipBlanks()
                if take("-"), rest.first?.isBlank ?? false {
                    skipBlanks()
                    if let to = partial(), rest.isEmpty {
                        if from.isMisspelt || (to.isMisspelt && to.prerelease.isEmpty) { return nil }
                        return Self.hyphen(from, to)
                    }
                }
            }
            rest = start
            var result: [Comparator] = []
            while !rest.isEmpty {
                guard let comparators = comparator() else { return nil }
                result += comparators
                guard rest.isEmpty || rest.first?.isBlank ?? false else { return nil }
                skipBlanks()
            }
            return result
        }

        private mutating func comparator() -> [Comparator]? {
            if take("^") {
                skipBlanks()
                return partial().map(Self.caret)
            }
            if take("~") {
                _ = take(">")
                skipBlanks()
                return partial().map(Self.tilde)
            }
            let isLess = take("<")
            let isGreater = !isLess && take(">")
            var hasEqual = take("=")
            skipBlanks()
            // Blanks behind an operator fall away before it is read: `> =1.2` is `>=1.2`.
            if isLess || isGreater, !hasEqual { hasEqual = take("=") }
            guard let partial = partial(), !partial.isMisspelt else { return nil }
            switch (isLess, isGreater, hasEqual) {
            case (true, _, let orEqual): return Self.below(partial, orEqual: orEqual)
            case (_, true, let orEqual): return Self.above(partial, orEqual: orEqual)
            default: return Self.exactly(partial)
            }
        }

        /// Takes `[v=\s]*` and a version whose numbers may be `x`, `X`, `*` or missing.
        private mutating func partial() -> Partial? {
            let prefix = rest.prefix { $0 == UInt8(ascii: "v") || $0 == UInt8(ascii: "=") || $0.isBlank }
            rest = rest.dropFirst(prefix.count)
            guard let major = number() else { return nil }
            var result = Partial(major: major.value, isPlain: prefix.isEmpty || prefix.elementsEqual("v".utf8))
            guard take(".") else { return result }
            guard let minor = number() else { return nil }
            result.minor = major.value == nil ? nil : minor.value
            guard take(".") else { return result }
            guard let patch = number() else { return nil }
            result.patch = result.minor == nil ? nil : patch.value
            if take("-") {
                let text = rest.prefix { $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
                guard let identifiers = SemanticVersion.identifiers(text, numbersAreStrict: true) else { return nil }
                rest = rest.dropFirst(text.count)
                if result.patch != nil { result.prerelease = identifiers }
            }
            if take("+") {
                let text = rest.prefix { $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
                guard SemanticVersion.identifiers(text, numbersAreStrict: false) != nil else { return nil }
                rest = rest.dropFirst(text.count)
            }
            return result
        }

        /// A number, or nil inside for `x`, `X` and `*`; nil outside when neither stands there.
        private mutating func number() -> (value: SemanticVersion.Number?, Void)? {
            if take("x") || take("X") || take("*") { return (nil, ()) }
            return SemanticVersion.number(&rest).map { ($0, ()) }
        }
    }
}

extension NPMRange.Parser {
    private typealias Version = SemanticVersion

    /// Below every version there is: nothing can match.
    private static var nothing: [NPMRange.Comparator] {
        [
            .init(
                operation: .less,
                version: lowest(Version(major: Version.zero, minor: Version.zero, patch: Version.zero))
            )
        ]
    }

    /// The earliest pre-release of a release, which `<` with it excludes whole.
    private static func lowest(_ version: SemanticVersion) -> SemanticVersion {
        var version = version
        version.prerelease = [Version.zero]
        return version
    }

    private static func nextMajor(_ partial: NPMRange.Partial) -> SemanticVersion {
        Version(major: Digits.next(after: partial.floor.major), minor: Version.zero, patch: Version.zero)
    }

    private static func nextMinor(_ partial: NPMRange.Partial) -> SemanticVersion {
        Version(major: partial.floor.major, minor: Digits.next(after: partial.floor.minor), patch: Version.zero)
    }

    private static func nextPatch(_ partial: NPMRange.Partial) -> SemanticVersion {
        let floor = partial.floor
        return Version(major: floor.major, minor: floor.minor, patch: Digits.next(after: floor.patch))
    }

    private static func from(_ floor: SemanticVersion, before ceiling: SemanticVersion) -> [NPMRange.Comparator] {
        [.init(operation: .greaterOrEqual, version: floor), .init(operation: .less, version: lowest(ceiling))]
    }

    private static func caret(_ partial: NPMRange.Partial) -> [NPMRange.Comparator] {
        guard let major = partial.major else { return [] }
        let floor = partial.floor
        guard Digits.isZero(major), let minor = partial.minor else { return from(floor, before: nextMajor(partial)) }
        guard Digits.isZero(minor), partial.patch != nil else { return from(floor, before: nextMinor(partial)) }
        return from(floor, before: nextPatch(partial))
    }

    private static func tilde(_ partial: NPMRange.Partial) -> [NPMRange.Comparator] {
        guard partial.major != nil else { return [] }
        return from(partial.floor, before: partial.minor == nil ? nextMajor(partial) : nextMinor(partial))
    }

    private static func exactly(_ partial: NPMRange.Partial) -> [NPMRange.Comparator] {
        if partial.patch != nil { return [.init(operation: .equal, version: partial.floor)] }
        return tilde(partial)
    }

    private static func above(_ partial: NPMRange.Partial, orEqual: Bool) -> [NPMRange.Comparator] {
        guard partial.major != nil else { return orEqual ? [] : nothing }
        if orEqual { return [.init(operation: .greaterOrEqual, version: partial.floor)] }
        if partial.patch != nil { return [.init(operation: .greater, version: partial.floor)] }
        let next = partial.minor == nil ? nextMajor(partial) : nextMinor(partial)
        return [.init(operation: .greaterOrEqual, version: next)]
    }

    private static func below(_ partial: NPMRange.Partial, orEqual: Bool) -> [NPMRange.Comparator] {
        guard partial.major != nil else { return orEqual ? [] : nothing }
        if partial.patch != nil { return [.init(operation: orEqual ? .lessOrEqual : .less, version: partial.floor)] }
        if !orEqual { return [.init(operation: .less, version: lowest(partial.floor))] }
        let next = partial.minor == nil ? nextMajor(partial) : nextMinor(partial)
        return [.init(operation: .less, version: lowest(next))]
    }

    private static func hyphen(_ from: NPMRange.Partial, _ to: NPMRange.Partial) -> [NPMRange.Comparator] {
        var result: [NPMRange.Comparator] = []
        if from.major != nil { result.append(.init(operation: .greaterOrEqual, version: from.floor)) }
        guard to.major != nil else { return result }
        if to.patch != nil { return result + [.init(operation: .lessOrEqual, version: to.floor)] }
        let next = to.minor == nil ? nextMajor(to) : nextMinor(to)
        return result + [.init(operation: .less, version: lowest(next))]
    }
}
