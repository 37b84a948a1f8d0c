// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, chmod, "Extended Description"; GNU coreutils, "Symbolic Modes".

/// A change of permission bits: an octal number or symbolic clauses.
public struct ModeChange: Sendable {
    private struct Clause: Sendable {
        var who: UInt16
        /// Whether `who` was left out, so that the umask counts.
        var isImplied: Bool
        var sign: UInt8
        var bits: UInt16
        var executesConditionally: Bool
        /// Whether the bits were written as a number, which means exactly these.
        var isOctal = false
        /// `u`, `g` or `o` copied from; nil where bits are written.
        var copies: UInt8?
    }

    private var octal: UInt16?
    /// Whether an octal mode of a folder leaves setuid and setgid as they are.
    private var keepsSpecial = false
    private var clauses: [Clause] = []
    private let umask: UInt16

    /// Reads a mode; nil when it is none.
    public init?(_ text: String, umask: UInt16) {
        self.umask = umask
        guard let first = text.utf8.first else { return nil }
        if first >= 0x30, first <= 0x37 {
            guard let value = UInt16(text, radix: 8), value <= 0o7777 else { return nil }
            octal = value
            keepsSpecial = text.utf8.count <= 4
            return
        }
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard add(Array(part.utf8)) else { return nil }
        }
    }

    private mutating func add(_ bytes: [UInt8]) -> Bool {
        var index = 0
        var who: UInt16 = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "u"): who |= 0o4700
            case UInt8(ascii: "g"): who |= 0o2070
            case UInt8(ascii: "o"): who |= 0o1007
            case UInt8(ascii: "a"): who |= 0o7777
            default:
                guard addActions(bytes[index...], who) else { return false }
                return true
            }
            index += 1
        }
        return false
    }

    private mutating func addActions(_ bytes: ArraySlice<UInt8>, _ who: UInt16) -> Bool {
        var rest = bytes
        guard !rest.isEmpty else { return false }
        while let sign = rest.first {
            guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") || sign == UInt8(ascii: "=") else {
                return false
            }
            rest = rest.dropFirst()
            var clause = Clause(
                who: who == 0 ? 0o7777 : who,
                isImplied: who == 0,
                sign: sign,
                bits: 0,
                executesConditionally: false,
                copies: nil
            )
            if let digit = rest.first, (0x30...0x37).contains(digit) {
                // A number behind a sign stands alone, and for everybody.
                guard who == 0, let value = UInt16(String(decoding: rest, as: UTF8.self), radix: 8), value <= 0o7777
                else {
                    return false
                }
                clause.bits = value
                clause.isOctal = true
                rest = rest[rest.endIndex...]
            }
            loop: while let letter = rest.first {
                switch letter {
                case UInt8(ascii: "r"): clause.bits |= 0o444
                case UInt8(ascii: "w"): clause.bits |= 0o222
                case UInt8(ascii: "x"): clause.bits |= 0o111
                case UInt8(ascii: "X"): clause.executesConditionally = true
                case UInt8(ascii: "s"): clause.bits |= 0o6000
                case UInt8(ascii: "t"): clause.bits |= 0o1000
                case UInt8(ascii: "u"), UInt8(ascii: "g"), UInt8(ascii: "o"):
                    guard clause.bits == 0, !clause.executesConditionally, clause.copies == nil else { return false }
                    clause.copies = letter
                case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "="): break loop
                default: return false
                }
                rest = rest.dropFirst()
            }
            clauses.append(clause)
        }
        return true
    }

    /// The bits after the change.
    public func applied(to mode: UInt16, isDirectory: Bool) -> UInt16 {
        if let octal {
            // GNU leaves a folder's setuid and setgid bits unless five digits say otherwise.
            return isDirectory && keepsSpecial ? octal | (mode & 0o6000) : octal
        }
        var result = mode
        for clause in clauses {
            var bits = clause.bits
            if clause.isOctal {
                switch clause.sign {
                case UInt8(ascii: "+"): result |= bits
                case UInt8(ascii: "-"): result &= ~bits
                default: result = bits
                }
                continue
            }
            if let letter = clause.copies {
                let shift: UInt16 = letter == UInt8(ascii: "u") ? 6 : letter == UInt8(ascii: "g") ? 3 : 0
                let triple = (result >> shift) & 7
                bits = triple << 6 | triple << 3 | triple
            }
            if clause.executesConditionally, isDirectory || result & 0o111 != 0 { bits |= 0o111 }
            var mask = clause.who
            // The sticky bit belongs to all; `u`, `g` and `o` alone do not name it but `o` and nobody.
            if clause.isImplied { mask &= ~umask }
            var change = bits & mask
            if bits & 0o4000 != 0 {
                change &= ~0o6000
                if clause.who & 0o4000 != 0 { change |= 0o4000 }
                if clause.who & 0o2000 != 0 { change |= 0o2000 }
            }
            switch clause.sign {
            case UInt8(ascii: "+"): result |= change
            case UInt8(ascii: "-"): result &= ~change
            default:
                var cleared = clause.who & 0o777
                if clause.who & 0o1000 != 0, !isDirectory || bits & 0o1000 != 0 { cleared |= 0o1000 }
                if clause.isImplied || clause.who & 0o7000 == 0o7000 { cleared |= 0o1000 }
                if !isDirectory || bits & 0o6000 != 0 { cleared |= clause.who & 0o6000 }
                result = (result & ~cleared) | change
            }
        }
        return result & 0o7777
    }
}
