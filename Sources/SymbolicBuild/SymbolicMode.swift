// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX chmod, "Extended Description"; without a umask, as BuildKit has it.

/// Changes to permission bits in the notation of chmod, such as `u=rwX,go-w`.
struct SymbolicMode {
    private let clauses: [Substring]

    /// Takes a text that is already known to be well-formed.
    init(_ text: String) { clauses = text.split(separator: ",") }

    /// The bits after the changes.
    func applied(to mode: UInt16, isDirectory: Bool) -> UInt16 {
        var mode = mode
        for clause in clauses {
            let who = clause.prefix { "ugoa".contains($0) }
            let mask = Self.mask(who.isEmpty ? "a" : who)
            var rest = clause[who.endIndex...]
            while let sign = rest.first {
                rest = rest.dropFirst()
                let letters = rest.prefix { !"+-=".contains($0) }
                rest = rest[letters.endIndex...]
                let bits = Self.bits(letters, mode, mask, isDirectory)
                switch sign {
                case "+": mode |= bits
                case "-": mode &= ~bits
                default: mode = (mode & ~mask & ~Self.special(mask)) | bits
                }
            }
        }
        return mode & 0o7777
    }

    private static func mask(_ who: Substring) -> UInt16 {
        who.reduce(0) { result, letter in
            switch letter {
            case "u": result | 0o700
            case "g": result | 0o070
            case "o": result | 0o007
            default: result | 0o777
            }
        }
    }

    /// The bits above the permissions that belong to those whom a mask names.
    private static func special(_ mask: UInt16) -> UInt16 {
        (mask & 0o700 != 0 ? 0o4000 : 0) | (mask & 0o070 != 0 ? 0o2000 : 0) | (mask & 0o007 != 0 ? 0o1000 : 0)
    }

    private static func bits(_ letters: Substring, _ mode: UInt16, _ mask: UInt16, _ isDirectory: Bool) -> UInt16 {
        var result: UInt16 = 0
        for letter in letters {
            switch letter {
            case "r": result |= 0o444 & mask
            case "w": result |= 0o222 & mask
            case "x": result |= 0o111 & mask
            case "X" where isDirectory || mode & 0o111 != 0: result |= 0o111 & mask
            case "s": result |= special(mask) & 0o6000
            case "t": result |= 0o1000
            case "u": result |= spread(mode >> 6 & 7) & mask
            case "g": result |= spread(mode >> 3 & 7) & mask
            case "o": result |= spread(mode & 7) & mask
            default: continue
            }
        }
        return result
    }

    private static func spread(_ bits: UInt16) -> UInt16 { bits << 6 | bits << 3 | bits }
}
