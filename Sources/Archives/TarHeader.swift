// SPDX-License-Identifier: Apache-2.0

// Source: POSIX.1-2017 pax, "ustar Interchange Format", "pax Extended Header"; GNU tar manual, "Basic Tar Format" (L and K).

import Diagnostics

/// The header blocks of one tar entry.
enum TarHeader {
    /// The 512-byte blocks that stand before an entry's data.
    ///
    /// - Throws: a `Failure` (`internalFault`) when the entry cannot stand in a tar: no path, a NUL in it, a socket.
    static func blocks(for entry: ArchiveEntry) throws -> [[UInt8]] {
        var path = entry.path
        let (type, link, device) = try kind(of: entry)
        if entry.kind == .directory, path.last != 0x2F { path.append(0x2F) }
        guard !path.isEmpty, !path.contains(0), !link.contains(0) else {
            throw Failure(.internalFault, "a path that cannot stand in a tar", at: .entry(entry.displayPath))
        }
        let size = entry.kind == .file ? entry.sizeBytes : 0

        var result: [[UInt8]] = []
        var records: [(key: String, value: [UInt8])] = []
        func long(_ key: String, _ gnuType: UInt8, _ value: [UInt8]) throws {
            if isUTF8(value) {
                records.append((key, value))
            } else {
                // A PAX value must be UTF-8; GNU's long names take any bytes.
                result += try extra(Array("././@LongLink".utf8), mode: 0, type: gnuType, data: value + [0])
            }
        }
        var name = path
        var prefix: [UInt8] = []
        if path.count > 100 {
            if let split = split(path) {
                (prefix, name) = split
            } else {
                try long("path", UInt8(ascii: "L"), path)
                name = Array(path.prefix(100))
            }
        }
        if link.count > 100 { try long("linkpath", UInt8(ascii: "K"), link) }
        records += oversized(entry, size: size)
        if !records.isEmpty {
            let data = records.sorted { $0.key < $1.key }.flatMap { record($0.key, $0.value) }
            let ownName = Array("PaxHeaders.0/".utf8) + (path.split(separator: 0x2F).last ?? [])
            result += try extra(Array(ownName.prefix(100)), mode: 0o644, type: UInt8(ascii: "x"), data: data)
        }
        let time = entry.modificationTime
        result.append(
            try block(
                path: name,
                prefix: prefix,
                mode: entry.mode,
                uid: min(entry.uid, mostID),
                gid: min(entry.gid, mostID),
                size: min(size, mostNumber),
                time: (0...mostNumber).contains(time) ? time : 0,
                type: type,
                link: Array(link.prefix(100)),
                user: entry.userName ?? "",
                group: entry.groupName ?? "",
                device: device
            )
        )
        return result
    }

    /// What fits into a field of seven octal digits.
    private static let mostID: UInt32 = 0o7777777
    /// What fits into a field of eleven octal digits.
    private static let mostNumber = 0o77777777777

    private static func kind(
        of entry: ArchiveEntry
    ) throws -> (type: UInt8, link: [UInt8], device: (major: UInt32, minor: UInt32)) {
        switch entry.kind {
        case .file: (UInt8(ascii: "0"), [], (0, 0))
        case .hardLink(let target): (UInt8(ascii: "1"), target, (0, 0))
        case .symlink(let target): (UInt8(ascii: "2"), target, (0, 0))
        case .character(let major, let minor): (UInt8(ascii: "3"), [], (major, minor))
        case .block(let major, let minor): (UInt8(ascii: "4"), [], (major, minor))
        case .directory: (UInt8(ascii: "5"), [], (0, 0))
        case .fifo: (UInt8(ascii: "6"), [], (0, 0))
        case .socket: throw Failure(.internalFault, "a socket cannot stand in a tar", at: .entry(entry.displayPath))
        }
    }

    /// PAX records for what the header's own fields are too narrow for; paths aside.
    private static func oversized(_ entry: ArchiveEntry, size: Int) -> [(key: String, value: [UInt8])] {
        var records: [(key: String, value: [UInt8])] = []
        if size > mostNumber { records.append(("size", Array(String(size).utf8))) }
        if entry.uid > mostID { records.append(("uid", Array(String(entry.uid).utf8))) }
        if entry.gid > mostID { records.append(("gid", Array(String(entry.gid).utf8))) }
        let time = entry.modificationTime
        if !(0...mostNumber).contains(time) { records.append(("mtime", Array(String(time).utf8))) }
        for (key, name) in [("uname", entry.userName ?? ""), ("gname", entry.groupName ?? "")]
        where name.utf8.count > 31 {
            records.append((key, Array(name.utf8)))
        }
        return records
    }

    /// An entry that says more about the next one: its header and its data.
    private static func extra(_ path: [UInt8], mode: UInt16, type: UInt8, data: [UInt8]) throws -> [[UInt8]] {
        let header = try block(
            path: path,
            prefix: [],
            mode: mode,
            uid: 0,
            gid: 0,
            size: data.count,
            time: 0,
            type: type,
            link: [],
            user: "",
            group: "",
            device: (0, 0)
        )
        return [header, padded(data)]
    }

    private static func block(
        path: [UInt8],
        prefix: [UInt8],
        mode: UInt16,
        uid: UInt32,
        gid: UInt32,
        size: Int,
        time: Int,
        type: UInt8,
        link: [UInt8],
        user: String,
        group: String,
        device: (major: UInt32, minor: UInt32)
    ) throws -> [UInt8] {
        guard device.major <= 0o7777777, device.minor <= 0o7777777 else {
            throw Failure(.internalFault, "a device number that cannot stand in a tar")
        }
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ bytes: some Collection<UInt8>, at offset: Int, _ width: Int) {
            for (index, byte) in bytes.prefix(width).enumerated() { block[offset + index] = byte }
        }
        func octal(_ value: Int, at offset: Int, _ width: Int) {
            let digits = Array(String(value, radix: 8).utf8)
            put(
                repeatElement(UInt8(ascii: "0"), count: max(0, width - 1 - digits.count)) + digits,
                at: offset,
                width - 1
            )
        }
        put(path, at: 0, 100)
        octal(Int(mode), at: 100, 8)
        octal(Int(uid), at: 108, 8)
        octal(Int(gid), at: 116, 8)
        octal(size, at: 124, 12)
        octal(time, at: 136, 12)
        block[156] = type
        put(link, at: 157, 100)
        put(Array("ustar\0".utf8) + Array("00".utf8), at: 257, 8)
        put(user.utf8, at: 265, 31)
        put(group.utf8, at: 297, 31)
        octal(Int(device.major), at: 329, 8)
        octal(Int(device.minor), at: 337, 8)
        put(prefix, at: 345, 155)
        let digits = Array(String(TarBlock.checksum(block), radix: 8).utf8)
        put(repeatElement(UInt8(ascii: "0"), count: 6 - digits.count) + digits + [0, UInt8(ascii: " ")], at: 148, 8)
        return block
    }

    /// Cuts a long path at a slash so that at most 155 bytes stand before it and 1 to 100 behind.
    private static func split(_ path: [UInt8]) -> (prefix: [UInt8], name: [UInt8])? {
        guard path.count <= 256 else { return nil }
        // The slash at the end of a folder's path belongs to the name.
        let last = path.last == 0x2F ? path.count - 1 : path.count
        guard let slash = path[..<last].indices.reversed().first(where: { path[$0] == 0x2F && $0 <= 155 }), slash > 0
        else { return nil }
        let name = path[(slash + 1)...]
        guard !name.isEmpty, name.count <= 100 else { return nil }
        return (Array(path[..<slash]), Array(name))
    }

    /// A PAX record: its own length in decimal, a blank, `key=value`, a line feed.
    private static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = key.utf8.count + value.count + 3
        var length = rest
        while String(length).utf8.count + rest != length { length = String(length).utf8.count + rest }
        return Array("\(length) \(key)=".utf8) + value + [0x0A]
    }

    private static func padded(_ data: [UInt8]) -> [UInt8] {
        data + [UInt8](repeating: 0, count: (512 - data.count % 512) % 512)
    }
}

/// Whether bytes are well-formed UTF-8.
func isUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }
