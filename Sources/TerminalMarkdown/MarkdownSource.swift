// SPDX-License-Identifier: Apache-2.0

/// Prepares foreign Markdown for a parser that was written for friendly text.
enum MarkdownSource {
    /// The most marks of quotes and lists at the beginning of one line; a lesson has two or three.
    private static let mostContainers = 32

    /// The bytes to parse: line feeds only, no NUL, no byte order mark, nesting bounded; and whether something was cut off.
    static func prepared(_ markdown: String, mostBytes: Int) -> (bytes: [UInt8], isCut: Bool) {
        let utf8 = markdown.utf8
        var source = Array(utf8.prefix(mostBytes))
        let isCut = utf8.dropFirst(mostBytes).first != nil
        if isCut {
            // Not in the middle of a character.
            while let last = source.last, last & 0xC0 == 0x80 { source.removeLast() }
            if let last = source.last, last >= 0xC0 { source.removeLast() }
        }
        if source.starts(with: [0xEF, 0xBB, 0xBF]) { source.removeFirst(3) }
        var result: [UInt8] = []
        result.reserveCapacity(source.count + 64)
        var start = 0
        while start < source.count {
            var end = start
            while end < source.count, source[end] != 0x0A, source[end] != 0x0D { end += 1 }
            appendLine(source[start..<end], to: &result)
            result.append(0x0A)
            if end + 1 < source.count, source[end] == 0x0D, source[end + 1] == 0x0A { end += 1 }
            start = end + 1
        }
        return (result, isCut)
    }

    private static func appendLine(_ line: ArraySlice<UInt8>, to result: inout [UInt8]) {
        let head = containerMarks(line)
        var body = line
        if head.count > mostContainers {
            // An escaped mark is text, and what follows it is too.
            result.append(contentsOf: line[line.startIndex..<head.limit])
            result.append(0x5C)
            body = line[head.limit...]
        }
        for byte in body {
            if byte == 0 { result.append(contentsOf: [0xEF, 0xBF, 0xBD]) } else { result.append(byte) }
        }
    }

    /// Whether the tables in a text stay within reason: cmark-gfm makes every row as long as the header.
    static func hasModestTables(_ source: [UInt8], mostCells: Int = 100_000) -> Bool {
        var cells = 0
        var columns = 0
        for line in source.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
                columns = 0
                continue
            }
            let isDelimiter = line.allSatisfy { [0x7C, 0x2D, 0x3A, 0x20, 0x09, 0x3E].contains($0) }
            if isDelimiter { columns = max(columns, line.reduce(1) { $1 == 0x7C ? $0 + 1 : $0 }) }
            cells += columns
            if cells > mostCells { return false }
        }
        return true
    }

    /// How many container marks a line begins with, and where the one behind the most allowed stands.
    private static func containerMarks(_ line: ArraySlice<UInt8>) -> (count: Int, limit: Int) {
        var count = 0
        var limit = line.endIndex
        var index = line.startIndex
        while index < line.endIndex {
            let byte = line[index]
            if byte == 0x20 || byte == 0x09 {
                index += 1
                continue
            }
            var width = 0
            if byte == 0x3E {
                width = 1
            } else {
                let digits = line[index...].prefix(10, while: { (0x30...0x39).contains($0) })
                let mark = index + digits.count
                let isBullet = digits.isEmpty && [0x2A, 0x2B, 0x2D].contains(byte)
                let isNumber = !digits.isEmpty && mark < line.endIndex && [0x2E, 0x29].contains(line[mark])
                let behind = mark + 1
                if isBullet || isNumber, behind < line.endIndex, line[behind] == 0x20 || line[behind] == 0x09 {
                    width = digits.count + 1
                }
            }
            guard width > 0 else { break }
            count += 1
            if count == mostContainers + 1 { limit = index }
            index += width
        }
        return (count, limit)
    }
}

extension ArraySlice {
    fileprivate func prefix(_ most: Int, while predicate: (Element) -> Bool) -> ArraySlice<Element> {
        prefix(most).prefix(while: predicate)
    }
}
