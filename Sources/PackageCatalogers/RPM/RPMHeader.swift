// SPDX-License-Identifier: Apache-2.0

// Source: rpm.org, "RPM V4 Package format", header structure; rpm's lib/header.c for what the database keeps of it.

/// A header as RPM's database keeps it: how many entries, how many bytes, the entries, the bytes.
struct RPMHeader {
    private let bytes: [UInt8]
    private let entries: [Int: (type: Int, offset: Int)]
    private let data: Int

    /// The tags that are read.
    enum Tag: Int {
        case name = 1000
        case version = 1001
        case release = 1002
        case epoch = 1003
        case summary = 1004
        case vendor = 1011
        case license = 1014
        case architecture = 1022
        case sourcePackage = 1044
    }

    /// Reads the entries; nil where the header is cut or lies of its size.
    init?(_ bytes: [UInt8]) {
        func number(_ place: Int) -> Int { bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
        guard bytes.count >= 8 else { return nil }
        let count = number(0)
        let size = number(4)
        guard count <= 0xFFFF, 8 + count * 16 + size <= bytes.count else { return nil }
        var entries: [Int: (type: Int, offset: Int)] = [:]
        for index in 0..<count {
            let place = 8 + index * 16
            let offset = number(place + 8)
            guard offset < size else { continue }
            entries[number(place)] = (number(place + 4), offset)
        }
        self.bytes = bytes
        self.entries = entries
        data = 8 + count * 16
    }

    /// A text, of several the first; nil where there is none, or an empty one.
    func text(_ tag: Tag) -> String? {
        guard let entry = entries[tag.rawValue], [6, 8, 9].contains(entry.type) else { return nil }
        let content = bytes[(data + entry.offset)...]
        guard let end = content.firstIndex(of: 0), end > content.startIndex else { return nil }
        return String(decoding: content[..<end], as: UTF8.self)
    }

    /// A number of 32 bits; nil where there is none.
    func number(_ tag: Tag) -> Int? {
        guard let entry = entries[tag.rawValue], entry.type == 4, data + entry.offset + 4 <= bytes.count else {
            return nil
        }
        return bytes[data + entry.offset..<data + entry.offset + 4].reduce(0) { $0 << 8 | Int($1) }
    }
}
