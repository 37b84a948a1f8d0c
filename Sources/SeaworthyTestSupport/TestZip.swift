// SPDX-License-Identifier: Apache-2.0

// Source: APPNOTE.TXT 6.3.10.

/// Zips for tests, their members stored, their names the bytes that are given.
public enum TestZip {
    /// A member.
    public struct Member: Sendable {
        /// The name's bytes.
        public let name: [UInt8]
        /// The data.
        public let bytes: [UInt8]

        /// A member whose name is any bytes.
        public init(name: [UInt8], bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }

        /// A text file.
        public init(_ name: String, _ text: String) { self.init(name: Array(name.utf8), bytes: Array(text.utf8)) }
    }

    /// The zip's bytes.
    ///
    /// - Parameter saysUTF8: whether flag 11 says that the names are UTF-8, as old programs never do.
    public static func bytes(_ members: [Member], saysUTF8: Bool = true) -> [UInt8] {
        var body: [UInt8] = []
        var directory: [UInt8] = []
        for member in members {
            let offset = body.count
            let size = member.bytes.count
            let common =
                little(20, 2) + little(saysUTF8 ? 0x0800 : 0, 2) + little(0, 2) + little(0, 2) + little(0x21, 2)
                + little(Int(crc32(member.bytes)), 4) + little(size, 4) + little(size, 4)
                + little(member.name.count, 2) + little(0, 2)
            body += little(0x0403_4B50, 4) + common + member.name + member.bytes
            directory +=
                little(0x0201_4B50, 4) + little(0x0314, 2) + common + little(0, 2) + little(0, 2) + little(0, 2)
                + little(0o100644 << 16, 4) + little(offset, 4) + member.name
        }
        return body + directory + little(0x0605_4B50, 4) + little(0, 4) + little(members.count, 2)
            + little(members.count, 2) + little(directory.count, 4) + little(body.count, 4) + little(0, 2)
    }

    private static func little(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = (crc >> 1) ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        return ~crc
    }
}
