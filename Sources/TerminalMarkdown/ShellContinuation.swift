// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2024, Shell Command Language, 2.2.1 "Escape Character": a backslash in front of a line feed joins lines.

/// Breaks a long shell command so that pasting it still runs one command.
enum ShellContinuation {
    /// The lines of a command, all but the last ending in a backslash; nil when it cannot be broken so that every line fits.
    ///
    /// Breaks lie only at blanks outside of quotes, comments and here-documents, where a line feed behind a backslash means nothing.
    static func parts(of line: String, room: Int) -> [String]? {
        let indent = line.prefix { $0 == " " }.count
        guard let words = words(of: line), words.count > 1 else { return nil }
        let hanging = indent + 2
        var lines: [String] = []
        var current = String(repeating: " ", count: indent)
        var width = indent
        var isFirst = true
        for (index, word) in words.enumerated() {
            let wordWidth = DisplayWidth.of(word)
            let isLast = index == words.count - 1
            let needed = (isFirst ? 0 : 1) + wordWidth + (isLast ? 0 : 2)
            if !isFirst, width + needed > room {
                lines.append(current + " \\")
                current = String(repeating: " ", count: hanging)
                width = hanging
                isFirst = true
            }
            if width + wordWidth + (isLast ? 0 : 2) > room { return nil }
            if !isFirst {
                current += " "
                width += 1
            }
            current += word
            width += wordWidth
            isFirst = false
        }
        lines.append(current)
        return lines
    }

    /// The words of a simple command, quotes kept; nil for anything in which a line break could mean something else.
    private static func words(of line: String) -> [String]? {
        var words: [String] = []
        var word = ""
        var quote: Character?
        var isEscaped = false
        for character in line {
            if isEscaped {
                word.append(character)
                isEscaped = false
            } else if let open = quote {
                if character == "\\", open == "\"" { isEscaped = true }
                if character == open { quote = nil }
                word.append(character)
            } else {
                switch character {
                case " ":
                    if !word.isEmpty { words.append(word) }
                    word = ""
                case "#" where word.isEmpty: return nil
                case "\\":
                    isEscaped = true
                    word.append(character)
                case "'", "\"", "`":
                    quote = character
                    word.append(character)
                case "<" where word.hasSuffix("<"): return nil
                case "\t": return nil
                default: word.append(character)
                }
            }
        }
        guard quote == nil, !isEscaped else { return nil }
        if !word.isEmpty { words.append(word) }
        return words
    }
}
