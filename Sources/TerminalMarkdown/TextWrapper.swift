// SPDX-License-Identifier: Apache-2.0

/// Breaks styled text into lines of a width, between words where possible, in one pass.
struct TextWrapper {
    private struct Cell {
        let character: Character
        let width: Int
        let style: Int
        let glue: Glue
    }

    /// What a line break in front of a character would do.
    private enum Glue {
        /// Nothing but break the line.
        case none
        /// Tear a piece of code apart.
        case code
        /// Tear a command apart, which a backslash joins again.
        case command
    }

    private var cells: [Cell] = []
    private var styles: [TextStyle] = []
    private var indexOf: [TextStyle: Int] = [:]

    /// Adds text; line feeds in it break the line in any case.
    ///
    /// - Parameter isCode: whether it stays on one line where that is wide enough: a command that is torn apart runs as two when it
    ///   is pasted.
    mutating func add(_ text: String, _ style: TextStyle, isCode: Bool = false) {
        let index: Int
        if let known = indexOf[style] {
            index = known
        } else {
            index = styles.count
            styles.append(style)
            indexOf[style] = index
        }
        let inside: Glue = isCode ? Self.isCommand(text) ? .command : .code : .none
        var glue = Glue.none
        for character in text {
            let width = character.isASCII ? 1 : DisplayWidth.of(character)
            let shown: Character = character == "\t" ? " " : character
            cells.append(Cell(character: shown, width: width, style: index, glue: glue))
            glue = inside
        }
    }

    /// The text in lines that are no wider than `width` columns.
    func lines(width: Int) -> [StyledLine] {
        var lines: [StyledLine] = []
        var start = 0
        var index = 0
        var column = 0
        var breakAt: Int?
        // The last blank of a piece of code behind which a backslash still fits.
        var tearAt: Int?
        while index < cells.count {
            let cell = cells[index]
            if cell.character == "\n" {
                lines.append(line(start..<index))
                index += 1
                start = index
                column = 0
                (breakAt, tearAt) = (nil, nil)
                continue
            }
            let isPlace = cell.character == " " || (index > start && Self.mayBreak(cells[index - 1], cell))
            if isPlace, cell.glue == .none { breakAt = index }
            if isPlace, cell.glue != .none, column + (cell.glue == .command ? 2 : 0) <= width { tearAt = index }
            if column + cell.width > width, cell.character != " " || cell.glue == .command {
                let place = breakAt.flatMap { $0 > start ? $0 : nil }
                let end = place ?? tearAt.flatMap { $0 > start ? $0 : nil } ?? max(index, start + 1)
                var broken = line(start..<end)
                if place == nil, end == tearAt, cells[end].glue == .command {
                    broken.append(" \\", styles[cells[end].style])
                }
                lines.append(broken)
                start = end
                while start < cells.count, cells[start].character == " " { start += 1 }
                index = start
                column = 0
                (breakAt, tearAt) = (nil, nil)
                continue
            }
            column += cell.width
            index += 1
        }
        if start < cells.count || lines.isEmpty { lines.append(line(start..<cells.count)) }
        return lines
    }

    /// Whether a piece of code is a command that a backslash in front of a line feed continues: not inside of single quotes.
    private static func isCommand(_ text: String) -> Bool {
        let code = text.drop { $0 == "`" }
        return code.first.map { ("a"..."z").contains($0) } ?? false && !code.contains { "'\\#\n".contains($0) }
    }

    /// The width of the widest line when nothing is wrapped, and of the widest word.
    var widths: (natural: Int, word: Int) {
        var natural = 0
        var line = 0
        var word = 0
        var widest = 0
        for cell in cells {
            if cell.character == "\n" {
                line = 0
                word = 0
                continue
            }
            line += cell.width
            natural = max(natural, line)
            word = cell.character == " " ? 0 : word + cell.width
            widest = max(widest, word)
        }
        return (natural, widest)
    }

    private func line(_ range: Range<Int>) -> StyledLine {
        var line = StyledLine()
        var text = ""
        var style = -1
        for cell in cells[range] {
            if cell.style != style {
                if style >= 0 { line.append(text, styles[style]) }
                text = ""
                style = cell.style
            }
            text.append(cell.character)
        }
        if style >= 0 { line.append(text, styles[style]) }
        return line
    }

    /// Wide characters of East Asian scripts may be separated, but not from the punctuation that belongs to them.
    private static func mayBreak(_ left: Cell, _ right: Cell) -> Bool {
        guard left.width == 2 || right.width == 2, left.character != " ", right.width > 0 else { return false }
        let isIdeographic = isEastAsian(left.character) && right.width > 0 || isEastAsian(right.character)
        return isIdeographic && !neverFirst.contains(right.character) && !neverLast.contains(left.character)
    }

    private static func isEastAsian(_ character: Character) -> Bool {
        guard let value = character.unicodeScalars.first?.value else { return false }
        return (0x2E80...0xD7A3).contains(value) || (0xF900...0xFAFF).contains(value)
            || (0x20000...0x3FFFD).contains(value)
    }

    private static let neverFirst: Set<Character> = [
        "、", "。", "，", "．", "：", "；", "！", "？", "）", "」", "』", "】", "〉", "》", "ー", "々", ".", ",", ":", ";", "!", "?",
        ")", "]",
        "\"", "'",
    ]
    private static let neverLast: Set<Character> = ["（", "「", "『", "【", "〈", "《", "(", "[", "\"", "'"]
}
