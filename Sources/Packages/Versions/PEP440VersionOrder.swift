// SPDX-License-Identifier: Apache-2.0

// Source: PEP 440 / PyPA version specifiers; the behaviour of `packaging`.

/// Python's order.
///
/// Shape: `[v][epoch!]release[{a|b|rc}N][.postN][.devN][+local]` with the spellings that PEP 440 normalises. Any other text is
/// older than every version.
struct PEP440VersionOrder: VersionOrder {
    var scheme: VersionScheme { .pep440 }

    struct Parsed: Sendable {
        var epoch: [UInt8]
        var release: [[UInt8]]
        /// 0 alpha, 1 beta, 2 release candidate.
        var pre: (letter: Int, number: [UInt8])?
        var post: [UInt8]?
        var dev: [UInt8]?
        var local: [[UInt8]] = []

        /// What is compared of a text that is no version; nil for a version.
        var legacy: LegacyPythonVersion?

        static let zero = Parsed(epoch: SemanticVersion.zero, release: [SemanticVersion.zero])

        var isPrerelease: Bool { pre != nil || dev != nil }

        /// The one spelling that PEP 440 gives a version.
        var normalised: String {
            if let legacy { return legacy.text }
            var text = Digits.isZero(epoch) ? "" : String(ascii: epoch) + "!"
            text += release.map { String(ascii: $0) }.joined(separator: ".")
            if let pre { text += ["a", "b", "rc"][min(max(pre.letter, 0), 2)] + String(ascii: pre.number) }
            if let post { text += ".post" + String(ascii: post) }
            if let dev { text += ".dev" + String(ascii: dev) }
            if !local.isEmpty { text += "+" + local.map { String(ascii: $0) }.joined(separator: ".") }
            return text
        }
    }

    private static let preWords: [(String, Int)] = [
        ("alpha", 0), ("beta", 1), ("preview", 2), ("pre", 2), ("rc", 2), ("a", 0), ("b", 1), ("c", 2),
    ]

    func parse(_ text: String) throws(VersionScheme.ValidationError) -> Parsed {
        let bytes = text.utf8.map(\.lowercased)
        var rest = bytes.trimmed
        func isSeparator(_ byte: UInt8) -> Bool { ".-_".utf8.contains(byte) }
        func digits(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
            let run = rest.prefix(while: \.isDigit)
            rest = rest.dropFirst(run.count)
            return run
        }
        /// Takes `[sep]word[sep][number]`, the longest word that is there.
        func part(_ rest: inout ArraySlice<UInt8>, _ words: [(String, Int)]) -> (letter: Int, number: [UInt8])? {
            var ahead = rest
            if let first = ahead.first, isSeparator(first) { ahead = ahead.dropFirst() }
            guard let (word, letter) = words.first(where: { ahead.starts(with: $0.0.utf8) }) else { return nil }
            ahead = ahead.dropFirst(word.utf8.count)
            var number = ahead
            if let first = number.first, isSeparator(first) { number = number.dropFirst() }
            let run = digits(&number)
            // A separator with no number behind it belongs to the word (`1.0a.`), as `packaging` reads it.
            rest = number
            return (letter, Digits.stripped(run))
        }

        if rest.first == UInt8(ascii: "v") { rest = rest.dropFirst() }
        var version = Parsed(epoch: SemanticVersion.zero, release: [])
        let lead = rest.prefix(while: \.isDigit)
        if rest.dropFirst(lead.count).first == UInt8(ascii: "!") {
            guard !lead.isEmpty else { throw invalid(text, "the epoch is empty") }
            version.epoch = Digits.stripped(lead)
            rest = rest.dropFirst(lead.count + 1)
        }
        let first = digits(&rest)
        guard !first.isEmpty else { throw invalid(text, "a release number is needed") }
        version.release.append(Digits.stripped(first))
        while rest.first == UInt8(ascii: "."), rest.dropFirst().first?.isDigit ?? false {
            rest = rest.dropFirst()
            version.release.append(Digits.stripped(digits(&rest)))
        }
        version.pre = part(&rest, Self.preWords)
        if rest.first == UInt8(ascii: "-"), rest.dropFirst().first?.isDigit ?? false {
            rest = rest.dropFirst()
            version.post = Digits.stripped(digits(&rest))
        } else {
            version.post = part(&rest, [("post", 0), ("rev", 0), ("r", 0)])?.number
        }
        version.dev = part(&rest, [("dev", 0)])?.number
        if rest.first == UInt8(ascii: "+") {
            for segment in rest.dropFirst().split(omittingEmptySubsequences: false, whereSeparator: isSeparator) {
                guard !segment.isEmpty, segment.allSatisfy(\.isAlphanumeric) else {
                    throw invalid(text, "the local version has an empty or wrong segment")
                }
                version.local.append(segment.allSatisfy(\.isDigit) ? Digits.stripped(segment) : Array(segment))
            }
            rest = []
        }
        guard rest.isEmpty else { throw invalid(text, "\"\(String(ascii: rest))\" has no meaning there") }
        return version
    }

    func read(_ text: String) -> Parsed {
        do {
            return try parse(text)
        } catch {
            var parsed = Parsed.zero
            parsed.legacy = LegacyPythonVersion(text)
            return parsed
        }
    }

    func order(_ left: Parsed, _ right: Parsed) -> VersionScheme.Comparison {
        let public_ = orderPublic(left, right)
        if public_ != .equal { return public_ }
        // Local versions: none is oldest; numbers are newer than words.
        for (one, other) in zip(left.local, right.local) {
            let result: VersionScheme.Comparison
            switch (one.allSatisfy(\.isDigit), other.allSatisfy(\.isDigit)) {
            case (true, true): result = Digits.compare(one, other)
            case (true, false): return .greater
            case (false, true): return .less
            case (false, false): result = Digits.bytes(one, other)
            }
            if result != .equal { return result }
        }
        return Self.compare(left.local.count, right.local.count)
    }

    /// The order without local versions.
    func orderPublic(_ left: Parsed, _ right: Parsed) -> VersionScheme.Comparison {
        switch (left.legacy, right.legacy) {
        case (nil, nil): break
        case (nil, _?): return .greater
        case (_?, nil): return .less
        case (let one?, let other?): return one.compared(to: other)
        }
        let epoch = Digits.compare(left.epoch, right.epoch)
        if epoch != .equal { return epoch }
        let release = Self.orderRelease(left.release, right.release)
        if release != .equal { return release }
        let phase = Self.compare(Self.phase(left), Self.phase(right))
        if phase != .equal { return phase }
        if let one = left.pre, let other = right.pre {
            let number = Digits.compare(one.number, other.number)
            if number != .equal { return number }
        }
        switch (left.post, right.post) {
        case (nil, nil): break
        case (nil, _?): return .less
        case (_?, nil): return .greater
        case (let one?, let other?):
            let result = Digits.compare(one, other)
            if result != .equal { return result }
        }
        switch (left.dev, right.dev) {
        case (nil, nil): return .equal
        case (nil, _?): return .greater
        case (_?, nil): return .less
        case (let one?, let other?): return Digits.compare(one, other)
        }
    }

    static func orderRelease(_ left: [[UInt8]], _ right: [[UInt8]]) -> VersionScheme.Comparison {
        for index in 0..<max(left.count, right.count) {
            let one = index < left.count ? left[index] : SemanticVersion.zero
            let other = index < right.count ? right[index] : SemanticVersion.zero
            let result = Digits.compare(one, other)
            if result != .equal { return result }
        }
        return .equal
    }

    /// A bare development release comes before every pre-release, those before the release.
    private static func phase(_ version: Parsed) -> Int {
        if let pre = version.pre { return pre.letter }
        return version.post == nil && version.dev != nil ? -1 : 3
    }

    private static func compare(_ left: Int, _ right: Int) -> VersionScheme.Comparison {
        left == right ? .equal : left < right ? .less : .greater
    }
}
