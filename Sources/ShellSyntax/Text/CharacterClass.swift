// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Base Definitions, 7.3.1 "LC_CTYPE".

/// The named classes of the POSIX locale.
package enum CharacterClass {
    /// The bytes of a class; none for a name that is no class.
    package static func ranges(named name: String) -> [ClosedRange<UInt8>] {
        switch name {
        case "alpha": [0x41...0x5A, 0x61...0x7A]
        case "digit": [0x30...0x39]
        case "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A]
        case "upper": [0x41...0x5A]
        case "lower": [0x61...0x7A]
        case "space": [0x09...0x0D, 0x20...0x20]
        case "blank": [0x09...0x09, 0x20...0x20]
        case "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]
        case "print": [0x20...0x7E]
        case "graph": [0x21...0x7E]
        case "cntrl": [0x00...0x1F, 0x7F...0x7F]
        case "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66]
        default: []
        }
    }
}
