// SPDX-License-Identifier: Apache-2.0

// Source: rpm-version(7); the behaviour of rpm 4.18.

/// RPM's order.
///
/// Shape: `[epoch:]version[-release]`. A missing epoch is 0; a missing release is older than any release. Characters other than
/// letters, digits, `~` and `^` only separate.
struct RPMVersionOrder: VersionOrder {
    var scheme: VersionScheme { .rpm }

    struct Parsed {
        let epoch: ArraySlice<UInt8>
        let version: ArraySlice<UInt8>
        let release: ArraySlice<UInt8>?
    }

    func parse(_ text: String) throws(VersionScheme.ValidationError) -> Parsed {
        guard !text.isEmpty else { throw invalid(text, "it is empty") }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw invalid(text, "a blank or a foreign character")
        }
        let parsed = read(text)
        guard !parsed.version.isEmpty else { throw invalid(text, "the version is empty") }
        if let release = parsed.release, release.isEmpty { throw invalid(text, "the release is empty") }
        return parsed
    }

    func read(_ text: String) -> Parsed {
        var rest = Array(text.utf8)[...]
        var epoch: ArraySlice<UInt8> = []
        let digits = rest.prefix(while: \.isDigit)
        if rest.dropFirst(digits.count).first == UInt8(ascii: ":") {
            epoch = digits
            rest = rest.dropFirst(digits.count + 1)
        }
        guard let hyphen = rest.lastIndex(of: UInt8(ascii: "-")) else {
            return Parsed(epoch: epoch, version: rest, release: nil)
        }
        return Parsed(epoch: epoch, version: rest[..<hyphen], release: rest[(hyphen + 1)...])
    }

    func order(_ left: Parsed, _ right: Parsed) -> VersionScheme.Comparison {
        let epoch = Digits.compare(left.epoch, right.epoch)
        if epoch != .equal { return epoch }
        let version = Self.rpmvercmp(left.version, right.version)
        if version != .equal { return version }
        switch (left.release, right.release) {
        case (nil, nil): return .equal
        case (nil, _?): return .less
        case (_?, nil): return .greater
        case (let one?, let other?): return Self.rpmvercmp(one, other)
        }
    }

    static func rpmvercmp(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> VersionScheme.Comparison {
        let (tilde, caret) = (UInt8(ascii: "~"), UInt8(ascii: "^"))
        func isSeparator(_ byte: UInt8) -> Bool { !byte.isAlphanumeric && byte != tilde && byte != caret }
        var (one, other) = (left, right)
        while !one.isEmpty || !other.isEmpty {
            one = one.drop(while: isSeparator)
            other = other.drop(while: isSeparator)
            if one.first == tilde || other.first == tilde {
                guard one.first == tilde else { return .greater }
                guard other.first == tilde else { return .less }
                one = one.dropFirst()
                other = other.dropFirst()
                continue
            }
            if one.first == caret || other.first == caret {
                // A caret is newer than the end and older than anything that goes on.
                guard !one.isEmpty else { return .less }
                guard !other.isEmpty else { return .greater }
                guard one.first == caret else { return .greater }
                guard other.first == caret else { return .less }
                one = one.dropFirst()
                other = other.dropFirst()
                continue
            }
            guard let first = one.first, !other.isEmpty else { break }
            let isNumber = first.isDigit
            let a = one.prefix(while: { isNumber ? $0.isDigit : $0.isLetter })
            let b = other.prefix(while: { isNumber ? $0.isDigit : $0.isLetter })
            // Of a number and a word the number is newer.
            if b.isEmpty { return isNumber ? .greater : .less }
            let result = isNumber ? Digits.compare(a, b) : Digits.bytes(a, b)
            if result != .equal { return result }
            one = one.dropFirst(a.count)
            other = other.dropFirst(b.count)
        }
        if one.isEmpty, other.isEmpty { return .equal }
        return one.isEmpty ? .less : .greater
    }
}
