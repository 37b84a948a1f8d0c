// SPDX-License-Identifier: Apache-2.0

// Source: deb-version(7); the behaviour of dpkg 1.21 (`dpkg --compare-versions`), and of apt where dpkg refuses.

/// Debian's order.
///
/// Shape: `[epoch:]upstream[-revision]`. A text that dpkg only warns about (no digit in front, a foreign character) is no version:
/// no archive accepts such a package.
struct DebianVersionOrder: VersionOrder {
    var scheme: VersionScheme { .deb }

    struct Parsed {
        let epoch: ArraySlice<UInt8>
        let upstream: ArraySlice<UInt8>
        let revision: ArraySlice<UInt8>
    }

    func parse(_ text: String) throws(VersionScheme.ValidationError) -> Parsed {
        let bytes = Array(text.utf8)
        var rest = bytes.trimmed
        guard !rest.isEmpty else { throw invalid(text, "it is empty") }
        guard !rest.contains(where: \.isBlank) else { throw invalid(text, "it has blanks inside") }
        var epoch: ArraySlice<UInt8> = []
        if let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            epoch = rest[..<colon]
            rest = rest[(colon + 1)...]
            guard !epoch.isEmpty else { throw invalid(text, "the epoch is empty") }
            guard epoch.allSatisfy(\.isDigit) else { throw invalid(text, "the epoch is not a number") }
            guard Digits.compare(epoch, Array("2147483647".utf8)) != .greater else {
                throw invalid(text, "the epoch is too big")
            }
            guard !rest.isEmpty else { throw invalid(text, "nothing follows the colon") }
        }
        var revision: ArraySlice<UInt8> = []
        if let hyphen = rest.lastIndex(of: UInt8(ascii: "-")) {
            revision = rest[(hyphen + 1)...]
            rest = rest[..<hyphen]
            guard !revision.isEmpty else { throw invalid(text, "the revision is empty") }
        }
        guard let first = rest.first else { throw invalid(text, "the version number is empty") }
        guard first.isDigit else { throw invalid(text, "it must begin with a digit") }
        guard rest.allSatisfy({ $0.isAlphanumeric || ".-+~:".utf8.contains($0) }) else {
            throw invalid(text, "a character that no version has")
        }
        guard revision.allSatisfy({ $0.isAlphanumeric || ".+~".utf8.contains($0) }) else {
            throw invalid(text, "a character that no revision has")
        }
        return Parsed(epoch: epoch, upstream: rest, revision: revision)
    }

    /// As apt takes any text apart: what stands before the first colon is the epoch, what stands behind the last hyphen the
    /// revision, whatever they hold.
    func read(_ text: String) -> Parsed {
        let bytes = Array(text.utf8)
        var rest = bytes.trimmed
        var epoch: ArraySlice<UInt8> = []
        if let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            epoch = rest[..<colon]
            rest = rest[(colon + 1)...]
        }
        guard let hyphen = rest.lastIndex(of: UInt8(ascii: "-")) else {
            return Parsed(epoch: epoch, upstream: rest, revision: [])
        }
        return Parsed(epoch: epoch, upstream: rest[..<hyphen], revision: rest[(hyphen + 1)...])
    }

    func order(_ left: Parsed, _ right: Parsed) -> VersionScheme.Comparison {
        let epoch = Self.verrevcmp(left.epoch, right.epoch)
        if epoch != .equal { return epoch }
        let upstream = Self.verrevcmp(left.upstream, right.upstream)
        return upstream != .equal ? upstream : Self.verrevcmp(left.revision, right.revision)
    }

    /// Compares runs of non-digits (by `weight`) and runs of digits (by value) in turn.
    private static func verrevcmp(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> VersionScheme.Comparison {
        var (one, other) = (left, right)
        while !one.isEmpty || !other.isEmpty {
            while one.first.map({ !$0.isDigit }) ?? false || other.first.map({ !$0.isDigit }) ?? false {
                let (a, b) = (weight(one.first), weight(other.first))
                if a != b { return a < b ? .less : .greater }
                one = one.dropFirst()
                other = other.dropFirst()
            }
            let (digits, otherDigits) = (one.prefix(while: \.isDigit), other.prefix(while: \.isDigit))
            let result = Digits.compare(digits, otherDigits)
            if result != .equal { return result }
            one = one.dropFirst(digits.count)
            other = other.dropFirst(otherDigits.count)
        }
        return .equal
    }

    /// Tilde before the end, the end and digits before letters, letters before everything else.
    private static func weight(_ byte: UInt8?) -> Int {
        guard let byte, !byte.isDigit else { return 0 }
        if byte == UInt8(ascii: "~") { return -1 }
        return byte.isLetter ? Int(byte) : Int(byte) + 256
    }
}
