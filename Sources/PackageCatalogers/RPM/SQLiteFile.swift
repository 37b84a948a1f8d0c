// SPDX-License-Identifier: Apache-2.0

// Source: sqlite.org, "Database File Format" (sections 1.3, 1.6, 2.1, 2.6).

/// A database file of SQLite, read as bytes: rows of one table, in the order of the tree's pages.
///
/// No page is visited twice and nothing is believed that a length says, so the work grows no faster than the file. A log beside the file
/// (`-wal`) is not looked at.
struct SQLiteFile {
    private let bytes: [UInt8]
    private let pageSize: Int
    private let usable: Int

    /// What a column holds.
    enum Value: Sendable, Hashable {
        case null
        case integer(Int)
        case real
        case text([UInt8])
        case blob([UInt8])
    }

    /// Reads the header; nil when it is none of SQLite's.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 512, bytes.starts(with: Array("SQLite format 3\0".utf8)) else { return nil }
        let written = Int(bytes[16]) << 8 | Int(bytes[17])
        let size = written == 1 ? 65_536 : written
        guard size >= 512, size & (size - 1) == 0, bytes.count >= size, size - Int(bytes[20]) >= 480 else { return nil }
        self.bytes = bytes
        pageSize = size
        usable = size - Int(bytes[20])
    }

    /// Visits the rows of a table.
    ///
    /// - Returns: whether the table is there and all of it could be read.
    func forEachRow(of table: String, _ body: ([Value]) -> Void) -> Bool {
        var root: Int?
        // The columns of the schema: type, name, table, page, text.
        let isWhole = walk(1) { values in
            guard values.count >= 4, values[0] == .text(Array("table".utf8)), values[1] == .text(Array(table.utf8)),
                case .integer(let page) = values[3]
            else { return }
            root = page
        }
        guard let root else { return false }
        return walk(root, body) && isWhole
    }

    private func walk(_ root: Int, _ body: ([Value]) -> Void) -> Bool {
        var seen: Set<Int> = []
        var pending = [root]
        var isWhole = true
        while let page = pending.popLast() {
            guard page >= 1, page <= bytes.count / pageSize, seen.insert(page).inserted else {
                isWhole = false
                continue
            }
            let start = (page - 1) * pageSize
            let end = start + pageSize
            let header = start + (page == 1 ? 100 : 0)
            let isLeaf = bytes[header] == 0x0D
            let count = number(at: header + 3, 2)
            let pointers = header + (isLeaf ? 8 : 12)
            guard isLeaf || bytes[header] == 0x05, pointers + 2 * count <= end else {
                isWhole = false
                continue
            }
            var children: [Int] = []
            for index in 0..<count {
                let cell = start + number(at: pointers + 2 * index, 2)
                guard cell >= pointers, cell + 4 <= end else {
                    isWhole = false
                    continue
                }
                if !isLeaf {
                    children.append(number(at: cell, 4))
                } else if let payload = payload(at: cell, end: end), let values = Self.values(payload) {
                    body(values)
                } else {
                    isWhole = false
                }
            }
            if !isLeaf { children.append(number(at: header + 8, 4)) }
            pending += children.reversed()
        }
        return isWhole
    }

    /// The bytes of a row, from its page and those that it flows over to.
    private func payload(at cell: Int, end: Int) -> [UInt8]? {
        var place = cell
        guard let size = Self.varint(bytes, &place, end: end), Self.varint(bytes, &place, end: end) != nil,
            size >= 0, size <= bytes.count
        else { return nil }
        let most = usable - 35
        let least = (usable - 12) * 32 / 255 - 23
        let rest = least + (size - least) % (usable - 4)
        let local = size <= most ? size : rest <= most ? rest : least
        guard place + local <= end else { return nil }
        var result = Array(bytes[place..<place + local])
        guard local < size else { return result }
        guard place + local + 4 <= end else { return nil }
        var page = number(at: place + local, 4)
        var steps = 0
        while result.count < size {
            steps += 1
            guard page >= 1, page <= bytes.count / pageSize, steps <= bytes.count / pageSize else { return nil }
            let start = (page - 1) * pageSize
            result += bytes[start + 4..<start + 4 + min(usable - 4, size - result.count)]
            page = number(at: start, 4)
        }
        return result
    }

    private func number(at place: Int, _ length: Int) -> Int {
        guard place >= 0, place + length <= bytes.count else { return 0 }
        return bytes[place..<place + length].reduce(0) { $0 << 8 | Int($1) }
    }

    /// The columns of a record.
    private static func values(_ record: [UInt8]) -> [Value]? {
        var place = 0
        guard let headerSize = varint(record, &place, end: record.count), headerSize >= place,
            headerSize <= record.count
        else { return nil }
        var types: [Int] = []
        while place < headerSize {
            guard let type = varint(record, &place, end: headerSize), type >= 0 else { return nil }
            types.append(type)
        }
        var result: [Value] = []
        place = headerSize
        for type in types {
            let length = type >= 12 ? (type - 12) / 2 : [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][type]
            guard length <= record.count - place else { return nil }
            let content = record[place..<place + length]
            place += length
            switch type {
            case 0: result.append(.null)
            case 1...6:
                let isNegative = content.first.map { $0 & 0x80 != 0 } ?? false
                result.append(.integer(content.reduce(isNegative ? -1 : 0) { $0 << 8 | Int($1) }))
            case 7: result.append(.real)
            case 8, 9: result.append(.integer(type - 8))
            case 10, 11: return nil
            default: result.append(type % 2 == 0 ? .blob(Array(content)) : .text(Array(content)))
            }
        }
        return result
    }

    /// A number of one to nine bytes, seven bits of each but the last of nine.
    private static func varint(_ bytes: [UInt8], _ place: inout Int, end: Int) -> Int? {
        var result: UInt64 = 0
        for index in 0..<9 {
            guard place < end, place < bytes.count else { return nil }
            let byte = bytes[place]
            place += 1
            if index == 8 { return Int(truncatingIfNeeded: result << 8 | UInt64(byte)) }
            result = result << 7 | UInt64(byte & 0x7F)
            if byte & 0x80 == 0 { return Int(truncatingIfNeeded: result) }
        }
        return nil
    }
}
