// SPDX-License-Identifier: Apache-2.0

// Source: POSIX.1-2017 pax, "pax Extended Header"; GNU tar manual, "Storing Sparse Files".

import Diagnostics

/// What PAX records and GNU's long names say of the next entry. Records that nobody here needs are gone over, extended
/// attributes among them.
struct TarRecords {
    var path: [UInt8]?
    var linkPath: [UInt8]?
    private(set) var size: Int?
    private(set) var uid: Int?
    private(set) var gid: Int?
    private(set) var userName: String?
    private(set) var groupName: String?
    private(set) var modificationTime: Int?
    private(set) var sparse = Sparse()

    /// The records of files with holes.
    struct Sparse {
        var name: [UInt8]?
        var major: Int?
        var realSize: Int?
        /// Offsets and lengths in turn, as versions 0.0 and 0.1 write them.
        var numbers: [Int] = []

        /// Version 1.0: the map stands before the data.
        var isInData: Bool { major == 1 }
    }

    /// Reads the records of one header; later ones win.
    ///
    /// - Throws: a `Failure` (`malformedInput`) for what is no record, `overLimit` for a map of too many holes.
    mutating func read(_ bytes: [UInt8], place: Place) throws {
        var rest = bytes[...]
        // Some writers fill the header up with NULs.
        while let first = rest.first, first != 0 {
            let digits = rest.prefix(20).prefix { (0x30...0x39).contains($0) }
            guard let length = Int(String(decoding: digits, as: UTF8.self)), length > digits.count + 1,
                length <= rest.count
            else { throw Self.malformed(place) }
            let record = rest.prefix(length)
            rest = rest.dropFirst(length)
            let body = record.dropFirst(digits.count + 1).dropLast()
            guard record[record.startIndex + digits.count] == 0x20, record.last == 0x0A,
                let equals = body.firstIndex(of: 0x3D)
            else { throw Self.malformed(place) }
            try take(
                String(decoding: body[..<equals], as: UTF8.self),
                Array(body[(equals + 1)...]),
                place: place
            )
        }
    }

    private mutating func take(_ key: String, _ value: [UInt8], place: Place) throws {
        func number() throws -> Int? {
            if value.isEmpty { return nil }
            guard let number = Int(String(decoding: value, as: UTF8.self)) else { throw Self.malformed(place, key) }
            return number
        }
        func count() throws -> Int? {
            let number = try number()
            guard number ?? 0 >= 0, number ?? 0 <= Int.max - TarBlock.size else { throw Self.malformed(place, key) }
            return number
        }
        func text() -> String? { value.isEmpty ? nil : String(decoding: value, as: UTF8.self) }
        switch key {
        case "path": path = value.isEmpty ? nil : value
        case "linkpath": linkPath = value.isEmpty ? nil : value
        case "size": size = try count()
        case "uid": uid = try number()
        case "gid": gid = try number()
        case "uname": userName = text()
        case "gname": groupName = text()
        case "mtime":
            let whole = value.prefix { $0 != 0x2E }
            modificationTime = Int(String(decoding: whole, as: UTF8.self))
        case "GNU.sparse.name": sparse.name = value.isEmpty ? nil : value
        case "GNU.sparse.major": sparse.major = try count()
        case "GNU.sparse.size", "GNU.sparse.realsize": sparse.realSize = try count()
        case "GNU.sparse.offset", "GNU.sparse.numbytes":
            if let number = try count() { sparse.numbers.append(number) }
        case "GNU.sparse.map":
            sparse.numbers = try value.split(separator: 0x2C).map { part in
                guard let number = Int(String(decoding: part, as: UTF8.self)), number >= 0 else {
                    throw Self.malformed(place, key)
                }
                return number
            }
        default: break
        }
    }

    private static func malformed(_ place: Place, _ key: String? = nil) -> Failure {
        Failure(
            .malformedInput,
            "cannot read the archive",
            at: place,
            why: key.map { "the record \($0) of an extended header is malformed" } ?? "an extended header is malformed"
        )
    }
}
