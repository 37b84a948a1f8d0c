// SPDX-License-Identifier: Apache-2.0

// Source: apk-tools 3, doc/apk-package.5 and the behaviour of `apk version -t`. apk-tools 2.14 agrees on every version that
// Alpine's policy allows; it differs where a number after a dot has leading zeros of unequal count (`1.0` against `1.00`).

/// Alpine's order.
///
/// Shape: `number{.number}…[letter]{_suffix[number]}…[~hash][-rnumber]`; suffixes alpha, beta, pre, rc come before the bare
/// version, cvs, svn, git, hg, p behind it. Numbers after a dot with a leading zero compare as text, as in Gentoo.
///
/// A text of another shape is ordered as far as it has this one; from there on it is older than whatever could stand there, and
/// two such tails are told apart by their numbers and letters (apk-tools 3 calls them equal).
struct APKVersionOrder: VersionOrder {
    var scheme: VersionScheme { .apk }

    /// A part of a version. The raw values are the order in which a longer version ends up before a shorter one.
    enum Kind: Int {
        case first, number, letter, suffix, suffixNumber, hash, revision, end
        /// What has no meaning where it stands, to the end of the text.
        case broken
    }

    struct Token {
        let kind: Kind
        let text: ArraySlice<UInt8>
        var suffix = 0
    }

    private static let suffixes = ["alpha", "beta", "pre", "rc", "", "cvs", "svn", "git", "hg", "p"].map {
        Array($0.utf8)
    }
    /// The place of the bare version among the suffixes.
    private static let none = 4

    func parse(_ text: String) throws(VersionScheme.ValidationError) -> [Token] {
        let (tokens, problem) = Self.scan(Array(text.utf8))
        if let problem { throw invalid(text, problem) }
        return tokens
    }

    func read(_ text: String) -> [Token] { Self.scan(Array(text.utf8)).tokens }

    /// The parts up to the end, or up to what has no meaning there; that is kept as it stands.
    private static func scan(_ bytes: [UInt8]) -> (tokens: [Token], problem: String?) {
        var rest = bytes[...]
        var tokens: [Token] = []
        func broken(_ from: ArraySlice<UInt8>, _ problem: String) -> (tokens: [Token], problem: String?) {
            (tokens + [Token(kind: .broken, text: from)], problem)
        }
        let first = Self.take(&rest, \.isDigit)
        guard !first.isEmpty else { return broken(rest, "it must begin with a digit") }
        tokens.append(Token(kind: .first, text: first))
        var last = Kind.first
        while let byte = rest.first {
            let start = rest
            switch byte {
            case UInt8(ascii: "."):
                rest = rest.dropFirst()
                let digits = Self.take(&rest, \.isDigit)
                guard last.rawValue <= Kind.number.rawValue else {
                    return broken(start, "a dot may only follow a number")
                }
                guard !digits.isEmpty else { return broken(start, "a dot without a number behind it") }
                tokens.append(Token(kind: .number, text: digits))
            case _ where byte.isLower:
                guard last.rawValue <= Kind.number.rawValue else {
                    return broken(start, "a letter may only follow a number")
                }
                tokens.append(Token(kind: .letter, text: rest.prefix(1)))
                rest = rest.dropFirst()
            case _ where byte.isDigit:
                guard last == .suffix else { return broken(start, "a number where none may stand") }
                tokens.append(Token(kind: .suffixNumber, text: Self.take(&rest, \.isDigit)))
            case UInt8(ascii: "_"):
                rest = rest.dropFirst()
                let word = Self.take(&rest, \.isLower)
                guard last.rawValue <= Kind.suffixNumber.rawValue else { return broken(start, "a suffix too late") }
                guard !word.isEmpty, let place = Self.suffixes.firstIndex(of: Array(word)) else {
                    return broken(start, "\"_\(String(ascii: word))\" is not a suffix")
                }
                tokens.append(Token(kind: .suffix, text: word, suffix: place))
            case UInt8(ascii: "~"):
                rest = rest.dropFirst()
                let hash = Self.take(&rest) { $0.isDigit || ($0 >= 0x61 && $0 <= 0x66) }
                guard last.rawValue < Kind.hash.rawValue, !hash.isEmpty else {
                    return broken(start, "a wrong commit hash")
                }
                tokens.append(Token(kind: .hash, text: hash))
            case UInt8(ascii: "-"):
                guard last.rawValue < Kind.revision.rawValue, rest.dropFirst().first == UInt8(ascii: "r") else {
                    return broken(start, "only -r and a number may follow a hyphen, once")
                }
                rest = rest.dropFirst(2)
                let digits = Self.take(&rest, \.isDigit)
                guard !digits.isEmpty else { return broken(start, "-r without a number") }
                tokens.append(Token(kind: .revision, text: digits))
            default:
                return broken(start, "a character that no version has")
            }
            last = tokens.last?.kind ?? last
        }
        tokens.append(Token(kind: .end, text: []))
        return (tokens, nil)
    }

    /// Takes the bytes of a kind from the front.
    private static func take(_ rest: inout ArraySlice<UInt8>, _ isIn: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let run = rest.prefix(while: isIn)
        rest = rest.dropFirst(run.count)
        return run
    }

    var hasFuzzyOperator: Bool { true }

    func order(_ left: [Token], _ right: [Token]) -> VersionScheme.Comparison {
        Self.order(left, right, isFuzzy: false)
    }

    func orderFuzzily(_ left: [Token], _ right: [Token]) -> VersionScheme.Comparison {
        Self.order(left, right, isFuzzy: true)
    }

    private static func order(_ left: [Token], _ right: [Token], isFuzzy: Bool) -> VersionScheme.Comparison {
        for (one, other) in zip(left, right) {
            guard one.kind == other.kind else {
                return isFuzzy && other.kind == .end ? .equal : Self.mismatch(one, other)
            }
            let result = Self.compare(one, other)
            if result != .equal { return result }
        }
        return .equal
    }

    private static func compare(_ one: Token, _ other: Token) -> VersionScheme.Comparison {
        let zero = UInt8(ascii: "0")
        switch one.kind {
        case .number where one.text.first == zero || other.text.first == zero: return Digits.bytes(one.text, other.text)
        case .first, .number, .suffixNumber, .revision: return Digits.compare(one.text, other.text)
        case .suffix: return one.suffix == other.suffix ? .equal : one.suffix < other.suffix ? .less : .greater
        case .letter, .hash, .end: return Digits.bytes(one.text, other.text)
        case .broken: return Digits.natural(one.text, other.text)
        }
    }

    /// What comes first where one goes on with another kind of part than the other: whoever goes on is newer, unless it goes on
    /// with a suffix of a pre-release.
    private static func mismatch(_ one: Token, _ other: Token) -> VersionScheme.Comparison {
        if one.kind == .suffix, one.suffix < none { return .less }
        if other.kind == .suffix, other.suffix < none { return .greater }
        return one.kind.rawValue > other.kind.rawValue ? .less : .greater
    }
}
