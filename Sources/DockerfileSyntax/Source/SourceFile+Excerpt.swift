// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit solver/errdefs/source.go (the frame that it prints around an error), read in version 0.32.

public import Diagnostics

extension SourceFile {
    /// The lines around a stretch of the file, with an arrow at those that belong to it.
    ///
    /// Shape: twenty dashes; for each line a blank, its number in three columns, ` | `, `>>>` or three blanks, a blank
    /// and
    /// the text; twenty dashes. Each ends with a line feed. A line feed at the end of the file has an empty line
    /// behind it,
    /// as BuildKit counts.
    ///
    /// - Parameter context: about how many lines to show around the stretch; nil for BuildKit's own number, which is
    /// four
    ///   around a single line and two around several.
    public func excerpt(around range: SourceRange, context: Int? = nil) -> String {
        let rule = String(repeating: "-", count: 20) + "\n"
        let count = bytes.last == UInt8(ascii: "\n") ? lineCount + 1 : lineCount
        let first = min(max(range.start.line, 1), count)
        let last = min(max(range.lastLine, first), count)
        let wanted = context ?? (first == last ? 4 : 2)
        var (start, end, shown) = (first, last, 0)
        while shown < wanted {
            if start > 1 {
                start -= 1
                shown += 1
            }
            if end < count {
                end += 1
                shown += 1
            }
            shown += 1
        }
        var text = rule
        for number in start...end {
            let digits = String(number)
            text += " " + String(repeating: " ", count: max(0, 3 - digits.utf8.count)) + digits + " | "
            text += ((first...last).contains(number) ? ">>> " : "    ") + line(number) + "\n"
        }
        return text + rule
    }
}
