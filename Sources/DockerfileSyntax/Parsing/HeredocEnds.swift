// SPDX-License-Identifier: Apache-2.0

/// Finds the line that ends a here-document.
///
/// A search that fails has read the whole file; a file full of here-documents without an end would be read over and
/// over.
/// So after the first failure there is an index of the lines.
struct HeredocEnds {
    private let file: SourceFile
    private var index: [ArraySlice<UInt8>: [Int]]?
    private var tabbedIndex: [ArraySlice<UInt8>: [Int]]?

    init(_ file: SourceFile) { self.file = file }

    /// The first line, from a line on, that is the end word of a here-document; nil when there is none.
    mutating func line(endingWith word: HeredocWord, from start: Int) -> Int? {
        let name = Array(word.name.utf8)[...]
        if let index = word.stripsTabs ? tabbedIndex : index {
            guard let lines = index[name] else { return nil }
            var (low, high) = (0, lines.count)
            while low < high {
                let middle = (low + high) / 2
                if lines[middle] < start { low = middle + 1 } else { high = middle }
            }
            return low < lines.count ? lines[low] : nil
        }
        var number = start
        while number <= file.lineCount {
            if text(number, word.stripsTabs) == name { return number }
            number += 1
        }
        var index: [ArraySlice<UInt8>: [Int]] = [:]
        for number in 1...file.lineCount { index[text(number, word.stripsTabs), default: []].append(number) }
        if word.stripsTabs { tabbedIndex = index } else { self.index = index }
        return nil
    }

    private func text(_ line: Int, _ stripsTabs: Bool) -> ArraySlice<UInt8> {
        let content = file.bytes[file.contentRange(ofLine: line)]
        return stripsTabs ? content.drop { $0 == Bytes.tab } : content
    }
}
