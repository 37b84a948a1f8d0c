// SPDX-License-Identifier: Apache-2.0

/// Tables: in columns where they fit, else one row after the other with the header's words in front.
extension BlockRenderer {
    private static let separator = 3
    private static let mostCells = 20_000

    mutating func table(_ table: MarkdownBlock.Table, width: Int) -> [StyledLine] {
        let columns = table.alignments.count
        guard columns > 0, columns * (table.rows.count + 1) <= Self.mostCells else { return flat(table, width: width) }
        let style = TextStyle(.tableHeader)
        let header = (0..<columns).map { cell($0 < table.header.count ? table.header[$0] : [], style) }
        let rows = table.rows.map { row in (0..<columns).map { cell($0 < row.count ? row[$0] : [], .plain) } }
        var natural = Array(repeating: 1, count: columns)
        var words = Array(repeating: 1, count: columns)
        for row in [header] + rows {
            for (index, cell) in row.enumerated() {
                let widths = cell.widths
                natural[index] = max(natural[index], widths.natural)
                words[index] = max(words[index], widths.word)
            }
        }
        let room = width - Self.separator * (columns - 1)
        guard let widths = Self.distribute(room, natural: natural, words: words) else {
            return records(header, rows, width: width)
        }
        var lines = self.row(header, widths, table.alignments)
        var rule = StyledLine()
        for (index, columnWidth) in widths.enumerated() {
            if index > 0 { rule.append(signs.horizontal + signs.cross + signs.horizontal, TextStyle(.tableBorder)) }
            rule.append(repeated(signs.horizontal, columnWidth), TextStyle(.tableBorder))
        }
        lines.append(rule)
        let isWrapped = zip(widths, natural).contains { $0 < $1 }
        for (index, row) in rows.enumerated() {
            // Rows of several lines need something between them.
            if isWrapped, index > 0 { lines.append(rule) }
            lines += self.row(row, widths, table.alignments)
        }
        return lines
    }

    private mutating func cell(_ inlines: [MarkdownInline], _ style: TextStyle) -> TextWrapper {
        var wrapper = TextWrapper()
        keepsCodeWhole = false
        defer { keepsCodeWhole = true }
        add(inlines, style, to: &wrapper)
        return wrapper
    }

    /// The columns' widths: natural where there is room, else no narrower than the widest word; nil when that does not fit.
    static func distribute(_ room: Int, natural: [Int], words: [Int]) -> [Int]? {
        let least = zip(natural, words).map { min($0, max($1, 6)) }
        guard least.reduce(0, +) <= room else { return nil }
        if natural.reduce(0, +) <= room { return natural }
        var widths = least
        var left = room - least.reduce(0, +)
        // Column by column in turn, so that the widest ones share what is left.
        while left > 0 {
            let open = widths.indices.filter { widths[$0] < natural[$0] }
            guard !open.isEmpty else { break }
            let share = max(1, left / open.count)
            for index in open where left > 0 {
                let step = min(share, natural[index] - widths[index], left)
                widths[index] += step
                left -= step
            }
        }
        return widths
    }

    private func row(
        _ cells: [TextWrapper],
        _ widths: [Int],
        _ alignments: [MarkdownBlock.Table.Alignment]
    ) -> [StyledLine] {
        let parts = zip(cells, widths).map { $0.lines(width: $1) }
        let height = parts.map(\.count).max() ?? 0
        return (0..<height).map { lineIndex in
            var line = StyledLine()
            for (index, part) in parts.enumerated() {
                if index > 0 { line.append(" \(signs.vertical) ", TextStyle(.tableBorder)) }
                let content = lineIndex < part.count ? part[lineIndex] : StyledLine()
                let space = max(0, widths[index] - content.width)
                let before: Int
                switch alignments[index] {
                case .left: before = 0
                case .center: before = space / 2
                case .right: before = space
                }
                line.append(blanks(before))
                line.append(content)
                line.append(blanks(space - before))
            }
            return line
        }
    }

    /// Each row as lines of `header: value`, for pages that are too narrow for the table.
    private func records(_ header: [TextWrapper], _ rows: [[TextWrapper]], width: Int) -> [StyledLine] {
        let names = header.map { wrapper in
            wrapper.lines(width: Int.max).map { $0.pieces.map(\.text).joined() }.joined(separator: " ")
        }
        var lines: [StyledLine] = []
        for (index, row) in rows.enumerated() {
            if index > 0 { lines.append(StyledLine()) }
            for (name, cell) in zip(names, row) {
                var label = TextWrapper()
                label.add(name.isEmpty ? "" : name + ":", TextStyle(.tableHeader))
                let value = cell.lines(width: max(Self.narrowest, width - 2))
                if value.allSatisfy(\.isBlank) {
                    lines += label.lines(width: width)
                    continue
                }
                let labelLines = name.isEmpty ? [] : label.lines(width: width)
                if let first = labelLines.first, labelLines.count == 1, value.count == 1,
                    let only = value.first, first.width + 1 + only.width <= width
                {
                    var line = first
                    line.append(" ")
                    line.append(only)
                    lines.append(line)
                } else {
                    lines += labelLines + value.map { $0.prefixed(by: blanks(2)) }
                }
            }
        }
        return lines.isEmpty ? names.map { StyledLine($0, TextStyle(.tableHeader)) } : lines
    }

    /// A table beyond all measure, as plain lines.
    private mutating func flat(_ table: MarkdownBlock.Table, width: Int) -> [StyledLine] {
        ([table.header] + table.rows).flatMap { row -> [StyledLine] in
            var wrapper = TextWrapper()
            for (index, inlines) in row.prefix(1_000).enumerated() {
                if index > 0 { wrapper.add(" \(signs.vertical) ", TextStyle(.tableBorder)) }
                add(inlines, .plain, to: &wrapper)
            }
            return wrapper.lines(width: width)
        }
    }
}
