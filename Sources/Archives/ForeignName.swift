// SPDX-License-Identifier: Apache-2.0
//
// Source: APPNOTE.TXT 6.3.10, appendix D (names are code page 437 unless flag 11 or an extra field says UTF-8); Unicode's tables
// CP437.TXT, CP850.TXT and CP1252.TXT.

import HostFiles

/// A name of an archive whose bytes are not UTF-8, as text.
///
/// Old zips do not say in which code page their names are written, and tars never do. Programs of Windows write that of the
/// console (850 in Western Europe, 437 elsewhere), others that of the desktop (1252). The one in which the name reads most like
/// words is taken.
package enum ForeignName {
    /// The name: UTF-8 as it is, else by the likeliest code page; where none makes words of it, with `%` and the digits of
    /// each byte that is not text.
    package static func text(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let read = pages.map { page in (text: page.text(bytes), score: page.score(bytes)) }
        // The first of the best: a zip's own rule stands before the desktop's.
        guard let best = read.map(\.score).max(), best >= 0, let found = read.first(where: { $0.score == best }) else {
            return EscapedBytes.text(of: bytes)
        }
        return found.text
    }

    /// The name as UTF-8.
    package static func utf8(_ bytes: [UInt8]) -> [UInt8] { Array(text(bytes).utf8) }

    /// The upper half of a code page.
    private struct Page: Sendable {
        let scalars: [Unicode.Scalar]

        init(_ upperHalf: String) { scalars = Array(upperHalf.unicodeScalars) }

        func scalar(_ byte: UInt8) -> Unicode.Scalar {
            byte < 0x80 ? Unicode.Scalar(byte) : scalars[Int(byte) - 0x80]
        }

        func text(_ bytes: [UInt8]) -> String {
            var text = String.UnicodeScalarView()
            for byte in bytes { text.append(scalar(byte)) }
            return String(text)
        }

        /// How much the name reads like words: letters that fit the case of the one before count most, frames and holes of the
        /// page against it.
        func score(_ bytes: [UInt8]) -> Int {
            var score = 0
            var before: Unicode.Scalar?
            for byte in bytes {
                let scalar = scalar(byte)
                if byte >= 0x80 { score += Self.weight(scalar, behind: before) }
                before = scalar
            }
            return score
        }

        private static func weight(_ scalar: Unicode.Scalar, behind before: Unicode.Scalar?) -> Int {
            let properties = scalar.properties
            let isLatin = (0xC0...0x24F).contains(scalar.value) && properties.isAlphabetic
            guard isLatin else {
                switch scalar.value {
                // Typographer's quotes and dashes stand in names as they stand in prose.
                case 0x2013...0x201E, 0x2026, 0xA0, 0xAA, 0xBA: return 1
                case 0x2300...0x25FF, 0xFFFD: return -8
                default: return -3
                }
            }
            guard let before, before.properties.isAlphabetic else { return 2 }
            return properties.isUppercase && before.properties.isLowercase ? 0 : 3
        }
    }

    /// Of zips first, then of the desktop.
    private static let pages = [
        Page(
            "\u{C7}\u{FC}\u{E9}\u{E2}\u{E4}\u{E0}\u{E5}\u{E7}\u{EA}\u{EB}\u{E8}\u{EF}\u{EE}\u{EC}\u{C4}\u{C5}"
                + "\u{C9}\u{E6}\u{C6}\u{F4}\u{F6}\u{F2}\u{FB}\u{F9}\u{FF}\u{D6}\u{DC}\u{F8}\u{A3}\u{D8}\u{D7}\u{192}"
                + "\u{E1}\u{ED}\u{F3}\u{FA}\u{F1}\u{D1}\u{AA}\u{BA}\u{BF}\u{AE}\u{AC}\u{BD}\u{BC}\u{A1}\u{AB}\u{BB}"
                + "\u{2591}\u{2592}\u{2593}\u{2502}\u{2524}\u{C1}\u{C2}\u{C0}\u{A9}\u{2563}\u{2551}\u{2557}\u{255D}\u{A2}\u{A5}\u{2510}"
                + "\u{2514}\u{2534}\u{252C}\u{251C}\u{2500}\u{253C}\u{E3}\u{C3}\u{255A}\u{2554}\u{2569}\u{2566}\u{2560}\u{2550}\u{256C}\u{A4}"
                + "\u{F0}\u{D0}\u{CA}\u{CB}\u{C8}\u{131}\u{CD}\u{CE}\u{CF}\u{2518}\u{250C}\u{2588}\u{2584}\u{A6}\u{CC}\u{2580}"
                + "\u{D3}\u{DF}\u{D4}\u{D2}\u{F5}\u{D5}\u{B5}\u{FE}\u{DE}\u{DA}\u{DB}\u{D9}\u{FD}\u{DD}\u{AF}\u{B4}"
                + "\u{AD}\u{B1}\u{2017}\u{BE}\u{B6}\u{A7}\u{F7}\u{B8}\u{B0}\u{A8}\u{B7}\u{B9}\u{B3}\u{B2}\u{25A0}\u{A0}"
        ),
        Page(
            "\u{C7}\u{FC}\u{E9}\u{E2}\u{E4}\u{E0}\u{E5}\u{E7}\u{EA}\u{EB}\u{E8}\u{EF}\u{EE}\u{EC}\u{C4}\u{C5}"
                + "\u{C9}\u{E6}\u{C6}\u{F4}\u{F6}\u{F2}\u{FB}\u{F9}\u{FF}\u{D6}\u{DC}\u{A2}\u{A3}\u{A5}\u{20A7}\u{192}"
                + "\u{E1}\u{ED}\u{F3}\u{FA}\u{F1}\u{D1}\u{AA}\u{BA}\u{BF}\u{2310}\u{AC}\u{BD}\u{BC}\u{A1}\u{AB}\u{BB}"
                + "\u{2591}\u{2592}\u{2593}\u{2502}\u{2524}\u{2561}\u{2562}\u{2556}\u{2555}\u{2563}\u{2551}\u{2557}\u{255D}\u{255C}\u{255B}\u{2510}"
                + "\u{2514}\u{2534}\u{252C}\u{251C}\u{2500}\u{253C}\u{255E}\u{255F}\u{255A}\u{2554}\u{2569}\u{2566}\u{2560}\u{2550}\u{256C}\u{2567}"
                + "\u{2568}\u{2564}\u{2565}\u{2559}\u{2558}\u{2552}\u{2553}\u{256B}\u{256A}\u{2518}\u{250C}\u{2588}\u{2584}\u{258C}\u{2590}\u{2580}"
                + "\u{3B1}\u{DF}\u{393}\u{3C0}\u{3A3}\u{3C3}\u{B5}\u{3C4}\u{3A6}\u{398}\u{3A9}\u{3B4}\u{221E}\u{3C6}\u{3B5}\u{2229}"
                + "\u{2261}\u{B1}\u{2265}\u{2264}\u{2320}\u{2321}\u{F7}\u{2248}\u{B0}\u{2219}\u{B7}\u{221A}\u{207F}\u{B2}\u{25A0}\u{A0}"
        ),
        Page(
            "\u{20AC}\u{FFFD}\u{201A}\u{192}\u{201E}\u{2026}\u{2020}\u{2021}\u{2C6}\u{2030}\u{160}\u{2039}\u{152}\u{FFFD}\u{17D}\u{FFFD}"
                + "\u{FFFD}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}\u{2DC}\u{2122}\u{161}\u{203A}\u{153}\u{FFFD}\u{17E}\u{178}"
                + String(String.UnicodeScalarView((0xA0...0xFF).map { Unicode.Scalar(UInt8($0)) }))
        ),
    ]
}
