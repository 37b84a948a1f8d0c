// SPDX-License-Identifier: Apache-2.0

// Source: POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format" (numbers of base 256).

import Diagnostics

/// A header block of a tar, 512 bytes.
struct TarBlock {
    /// The bytes of every block.
    static let size = 512

    private let bytes: [UInt8]

    /// Takes a block; one that is shorter is filled up with zeros.
    init(_ bytes: [UInt8]) {
        self.bytes =
            bytes.count == Self.size
            ? bytes : Array((bytes + [UInt8](repeating: 0, count: Self.size)).prefix(Self.size))
    }

    /// How many bytes stand behind data of that size up to the next block.
    static func padding(of size: Int) -> Int { (Self.size - size % Self.size) % Self.size }

    /// Whether it marks the end of the tar.
    var isZero: Bool { bytes.allSatisfy { $0 == 0 } }

    /// The sum of bytes that a header must name, its own field counted as blanks.
    ///
    /// - Parameter signed: as some old programs computed it.
    static func checksum(_ bytes: [UInt8], signed: Bool = false) -> Int {
        // A plain loop: in a debug build `reduce` costs most of the time that a tar takes to be written.
        bytes.withUnsafeBufferPointer { buffer in
            var sum = 0
            var own = 0
            var index = 0
            while index < buffer.count {
                let value = signed ? Int(Int8(bitPattern: buffer[index])) : Int(buffer[index])
                if index >= 148, index < 156 { own += value }
                sum += value
                index += 1
            }
            return sum - own + 8 * 0x20
        }
    }

    /// Whether the checksum is the one of these bytes.
    var hasRightChecksum: Bool {
        guard bytes.count == Self.size, let named = octal(148, 8) else { return false }
        return named == Self.checksum(bytes) || named == Self.checksum(bytes, signed: true)
    }

    /// The letter that says what the entry is.
    var type: Character { Character(UnicodeScalar(bytes[156])) }

    /// The path, the prefix of POSIX headers in front of it.
    var path: [UInt8] {
        let name = text(0, 100)
        // GNU's own headers hold other things where POSIX has the prefix.
        guard bytes[257..<263].elementsEqual(Array("ustar\0".utf8)) else { return name }
        let prefix = text(345, 155)
        return prefix.isEmpty ? name : prefix + [0x2F] + name
    }

    /// The target of a link.
    var linkPath: [UInt8] { text(157, 100) }

    /// The permission bits.
    var mode: UInt16 { UInt16(truncatingIfNeeded: number(100, 8) ?? 0) & 0o7777 }

    /// The owner's number, maybe beyond what a system takes.
    var uid: Int { number(108, 8) ?? 0 }

    /// The group's number.
    var gid: Int { number(116, 8) ?? 0 }

    /// Seconds since 1970.
    var modificationTime: Int { number(136, 12) ?? 0 }

    /// The owner's name; nil when there is none.
    var userName: String? { name(265) }

    /// The group's name; nil when there is none.
    var groupName: String? { name(297) }

    /// The numbers of a device.
    var device: (major: UInt32, minor: UInt32) {
        (UInt32(truncatingIfNeeded: number(329, 8) ?? 0), UInt32(truncatingIfNeeded: number(337, 8) ?? 0))
    }

    /// The bytes of data behind the header.
    ///
    /// - Throws: a `Failure` (`malformedInput`) when it is no number, or a negative one.
    func size(place: Place) throws -> Int {
        guard let size = number(124, 12), size >= 0, size <= Int.max - Self.size else {
            throw Failure(
                .malformedInput,
                "an entry of the archive has an impossible size",
                at: place,
                why: String(decoding: path, as: UTF8.self)
            )
        }
        return size
    }

    /// The bytes of a field up to the first NUL.
    func text(_ start: Int, _ width: Int) -> [UInt8] { Array(bytes[start..<(start + width)].prefix { $0 != 0 }) }

    /// One byte of the block.
    func byte(_ index: Int) -> UInt8 { bytes[index] }

    /// A number: octal digits between blanks and NULs, or GNU's base 256; nil when it is neither.
    func number(_ start: Int, _ width: Int) -> Int? {
        guard bytes[start] & 0x80 != 0 else { return octal(start, width) }
        // Two's complement, the marking bit counted as the sign of a wider number.
        let isNegative = bytes[start] & 0x40 != 0
        var value = isNegative ? Int(Int8(bitPattern: bytes[start])) : Int(bytes[start] & 0x3F)
        for byte in bytes[(start + 1)..<(start + width)] {
            let (product, overflows) = value.multipliedReportingOverflow(by: 256)
            guard !overflows else { return nil }
            value = product + Int(byte)
        }
        return value
    }

    private func octal(_ start: Int, _ width: Int) -> Int? {
        var value = 0
        var hasEnded = false
        for byte in bytes[start..<(start + width)].drop(while: { $0 == 0x20 }) {
            if byte == 0 || byte == 0x20 {
                hasEnded = true
                continue
            }
            guard !hasEnded, (0x30...0x37).contains(byte) else { return hasEnded ? value : nil }
            value = value * 8 + Int(byte - 0x30)
        }
        return value
    }

    private func name(_ start: Int) -> String? {
        let bytes = text(start, 32)
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
