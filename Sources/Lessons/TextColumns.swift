// SPDX-License-Identifier: Apache-2.0

/// How many columns a line takes in a terminal, well enough to find lines that are too wide.
enum TextColumns {
    /// Counts characters as people see them; East Asian wide ones and emoji take two columns.
    static func count(_ line: Substring) -> Int {
        line.reduce(0) { total, character in
            guard let first = character.unicodeScalars.first else { return total }
            switch first.value {
            case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
                0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
                return total + 2
            default:
                return total + (first.properties.isEmojiPresentation ? 2 : 1)
            }
        }
    }
}
