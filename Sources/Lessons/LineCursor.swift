// SPDX-License-Identifier: Apache-2.0
//
// Source: CommonMark 0.31, section 2.2 "Tabs".

/// A place in a line of Markdown that counts columns, so that a tab reaches to the next multiple of four.
struct LineCursor {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int
    private var column = 0
    /// Columns of a tab that are still to come when only part of it was taken.
    private var pending = 0

    init(bytes: [UInt8], position: Int, end: Int) {
        self.bytes = bytes
        self.position = position
        self.end = end
    }

    /// The columns of white space from here to the first visible character.
    var indent: Int {
        var width = pending
        var place = column + pending
        var index = position
        while index < end {
            if bytes[index] == 0x20 {
                width += 1
                place += 1
            } else if bytes[index] == 0x09 {
                let step = 4 - place % 4
                width += step
                place += step
            } else {
                break
            }
            index += 1
        }
        return width
    }

    /// Whether nothing but white space is left.
    var isBlank: Bool { visible.isEmpty }

    /// What is left, from the first visible character.
    var visible: ArraySlice<UInt8> {
        var index = position
        while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        return bytes[index..<end]
    }

    /// The first visible character; nil when there is none.
    var firstVisible: UInt8? { visible.first }

    /// What is left, with the rest of a half-taken tab as blanks.
    var rest: [UInt8] {
        Array(repeating: 0x20, count: pending) + bytes[position..<end]
    }

    /// Takes white space, at most so many columns of it.
    mutating func skipColumns(upTo count: Int) {
        var left = count
        while left > 0 {
            if pending > 0 {
                let step = min(pending, left)
                pending -= step
                column += step
                left -= step
            } else if position < end, bytes[position] == 0x20 {
                position += 1
                column += 1
                left -= 1
            } else if position < end, bytes[position] == 0x09 {
                position += 1
                pending = 4 - column % 4
            } else {
                return
            }
        }
    }

    /// Takes so many bytes of one column each.
    mutating func advance(bytes count: Int) {
        let step = min(count, end - position)
        position += step
        column += step
    }

    /// Takes the mark of a block quote, and the one blank that may follow it.
    mutating func skipQuoteMark() {
        skipColumns(upTo: 3)
        advance(bytes: 1)
        skipColumns(upTo: 1)
    }
}
