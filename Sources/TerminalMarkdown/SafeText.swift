// SPDX-License-Identifier: Apache-2.0

/// Makes text from outside fit for a terminal, one character at a time.
enum SafeText {
    /// The text without anything that could command a terminal; in ASCII mode, without anything outside of ASCII.
    ///
    /// Control characters and the bidirectional controls become `?`. Line feeds and tabs stay.
    static func clean(_ text: String, isASCII: Bool) -> String {
        if text.utf8.allSatisfy({ ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x0A || $0 == 0x09 }) { return text }
        var result = ""
        var isGap = false
        for character in text {
            // The blank behind a sign that was dropped goes with it where nothing or a blank stands in front.
            if isGap, character == " ", result.last.map({ $0 == " " }) ?? true {
                isGap = false
                continue
            }
            isGap = false
            if let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1, scalar.isASCII {
                let isAllowed = (scalar.value >= 0x20 && scalar.value < 0x7F) || scalar == "\n" || scalar == "\t"
                result.append(isAllowed ? character : "?")
            } else if isASCII {
                let replacement = ascii(character)
                isGap = replacement.isEmpty
                result += replacement
            } else {
                var scalars = String.UnicodeScalarView()
                for scalar in character.unicodeScalars { scalars.append(isHarmful(scalar) ? "?" : scalar) }
                result += String(scalars)
            }
        }
        return result
    }

    /// The address of a link, without anything that could end an escape sequence.
    static func address(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            if byte > 0x20, byte < 0x7F {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = Array("0123456789ABCDEF")
                result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return result
    }

    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x09: false
        case 0x00..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static let replacements: [Character: String] = [
        "─": "-", "━": "-", "═": "=", "│": "|", "┃": "|", "║": "|", "┼": "+", "┌": "+", "┐": "+", "└": "+", "┘": "+",
        "├": "+", "┤": "+", "┬": "+", "┴": "+", "✓": "v", "✔": "v", "✗": "x", "✘": "x", "•": "*", "◦": "-", "▪": "+",
        "…": "...", "–": "-", "—": "-", "‘": "'", "’": "'", "“": "\"", "”": "\"", "→": "->", "←": "<-", "↗": "^",
        "»": ">", "«": "<", "▸": ">", "▾": "v", "×": "x", "ß": "ss", "æ": "ae", "ø": "o", "€": "EUR", "\u{A0}": " ",
    ]

    /// The nearest thing in ASCII: a known sign, the letter without its accent, nothing for an emoji, else `?`.
    private static func ascii(_ character: Character) -> String {
        if let known = replacements[character] { return known }
        guard let first = character.unicodeScalars.first else { return "" }
        if DisplayWidth.of(character) == 0 { return "" }
        if first.properties.isEmoji || first.properties.isEmojiPresentation || (0x1F1E6...0x1F1FF).contains(first.value)
        {
            return ""
        }
        // Names of letters begin alike: "LATIN SMALL LETTER U WITH DIAERESIS".
        if let name = first.properties.name {
            let words = name.split(separator: " ")
            if words.count >= 4, words[0] == "LATIN", words[2] == "LETTER", let letter = words[3].first,
                words[3].count == 1
            {
                return words[1] == "SMALL" ? letter.lowercased() : String(letter)
            }
        }
        return String(repeating: "?", count: DisplayWidth.of(character))
    }
}
