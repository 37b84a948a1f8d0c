// SPDX-License-Identifier: Apache-2.0

// Source: GNU tar manual, "Storing Sparse Files": the old GNU format and the PAX formats 0.0, 0.1 and 1.0.

import Diagnostics

/// Which stretches of a file with holes stand in the archive.
struct TarSparseMap {
    /// A stretch of the file that has data.
    struct Stretch {
        let offset: Int
        let length: Int
    }

    /// The stretches that are in the archive, in its order.
    let stretches: [Stretch]
    /// The size of the file, holes included.
    let fileSize: Int
    /// The bytes behind the data up to the next block.
    var padding = 0

    /// How many stretches a file may have.
    private static let mostStretches = 1 << 20

    /// The map of the old GNU format, which goes on in blocks behind the header.
    init(gnu header: TarBlock, place: Place, nextBlock: () throws -> [UInt8]) throws {
        var stretches: [Stretch] = []
        func read(_ block: TarBlock, from start: Int, count: Int) throws {
            for index in 0..<count {
                let place24 = start + index * 24
                guard block.byte(place24) != 0 || block.byte(place24 + 12) != 0 else { continue }
                guard let offset = block.number(place24, 12), let length = block.number(place24 + 12, 12) else {
                    throw Self.malformed(place)
                }
                stretches.append(Stretch(offset: offset, length: length))
            }
        }
        try read(header, from: 386, count: 4)
        var goesOn = header.byte(482) != 0
        while goesOn {
            guard stretches.count <= Self.mostStretches else { throw Self.tooMany(place) }
            let block = TarBlock(try nextBlock())
            try read(block, from: 0, count: 21)
            goesOn = block.byte(504) != 0
        }
        guard let size = header.number(483, 12) else { throw Self.malformed(place) }
        self.stretches = stretches
        fileSize = size
    }

    /// The map of the PAX formats 0.0 and 0.1, which stands in the records; nil when there is none.
    init?(_ records: TarRecords.Sparse, place: Place) throws {
        guard let size = records.realSize, !records.numbers.isEmpty || records.name != nil else { return nil }
        stretches = try Self.pairs(records.numbers, place: place)
        fileSize = size
    }

    /// The map of the PAX format 1.0: decimal lines at the beginning of the data, filled up to a block.
    init(inDataOf records: TarRecords.Sparse, stored: Int, place: Place, nextBlock: () throws -> [UInt8]) throws {
        var numbers: [Int] = []
        var value: Int?
        var wanted = 1
        var read = 0
        while numbers.count < wanted {
            read += TarBlock.size
            guard read <= stored else { throw Self.malformed(place) }
            for byte in try nextBlock() {
                if byte == 0x0A {
                    guard let number = value else { throw Self.malformed(place) }
                    value = nil
                    if numbers.isEmpty {
                        guard number <= Self.mostStretches else { throw Self.tooMany(place) }
                        wanted = 1 + 2 * number
                    }
                    numbers.append(number)
                    if numbers.count == wanted { break }
                } else {
                    guard (0x30...0x39).contains(byte), value ?? 0 < 1 << 56 else { throw Self.malformed(place) }
                    value = (value ?? 0) * 10 + Int(byte - 0x30)
                }
            }
        }
        guard let size = records.realSize else { throw Self.malformed(place) }
        stretches = try Self.pairs(Array(numbers.dropFirst()), place: place)
        fileSize = size
    }

    /// Believes the map only when its stretches stand one behind the other within the file, and fill what is stored.
    func check(stored: Int, place: Place) throws {
        var end = 0
        var sum = 0
        for stretch in stretches {
            let (next, overflows) = stretch.offset.addingReportingOverflow(stretch.length)
            guard stretch.offset >= end, stretch.length >= 0, !overflows, next <= fileSize else {
                throw Self.malformed(place)
            }
            end = next
            sum += stretch.length
        }
        guard sum == stored, fileSize <= Int.max - TarBlock.size else { throw Self.malformed(place) }
    }

    private static func pairs(_ numbers: [Int], place: Place) throws -> [Stretch] {
        guard numbers.count % 2 == 0 else { throw malformed(place) }
        guard numbers.count / 2 <= mostStretches else { throw tooMany(place) }
        return stride(from: 0, to: numbers.count, by: 2).map { Stretch(offset: numbers[$0], length: numbers[$0 + 1]) }
    }

    private static func malformed(_ place: Place) -> Failure {
        Failure(.malformedInput, "cannot read the archive", at: place, why: "the map of a file with holes is malformed")
    }

    private static func tooMany(_ place: Place) -> Failure {
        Failure(.overLimit, "a file of the archive has too many holes", at: place, why: "more than \(mostStretches)")
    }
}
