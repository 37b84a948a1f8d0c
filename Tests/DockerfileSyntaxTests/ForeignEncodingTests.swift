// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileSyntax

@Suite("Dockerfiles in another encoding")
struct ForeignEncodingTests {
    private static let text = "FROM node:lts-slim\nUSER node\nCMD [\"node\", \"é\"]\n"

    private static func utf16(_ text: String, isLittle: Bool, hasMark: Bool) -> [UInt8] {
        ((hasMark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
            let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            return isLittle ? bytes : bytes.reversed()
        }
    }

    private static func utf32(_ text: String, isLittle: Bool, hasMark: Bool) -> [UInt8] {
        ((hasMark ? [0xFEFF] : []) + text.unicodeScalars.map(\.value)).flatMap { unit in
            let bytes = (0..<4).map { UInt8(truncatingIfNeeded: unit >> (8 * $0)) }
            return isLittle ? bytes : bytes.reversed()
        }
    }

    static let files: [(bytes: [UInt8], said: String?)] = [
        (utf16(text, isLittle: true, hasMark: true), "UTF-16 (little-endian)"),
        (utf16(text, isLittle: true, hasMark: false), "UTF-16 (little-endian)"),
        (utf16(text, isLittle: false, hasMark: true), "UTF-16 (big-endian)"),
        (utf16(text, isLittle: false, hasMark: false), "UTF-16 (big-endian)"),
        (utf16("FROM a", isLittle: true, hasMark: false), "UTF-16 (little-endian)"),
        (utf32(text, isLittle: true, hasMark: true), "UTF-32 (little-endian)"),
        (utf32(text, isLittle: false, hasMark: false), "UTF-32 (big-endian)"),
        (Array("%PDF-1.7\n".utf8), "a PDF"), (Array("PK\u{3}\u{4}xx".utf8), "a zip archive or an office document"),
        (Array(text.utf8), nil), ([0xEF, 0xBB, 0xBF] + Array(text.utf8), nil), ([], nil), ([0], nil),
        (Array("FROM a\nRUN echo \0\n".utf8), nil), (Array("FROM a\n# caf".utf8) + [0xE9, 0x0A], nil),
    ]

    @Test("are one error that names the encoding and what mends it; others are read", arguments: files)
    func one(bytes: [UInt8], said: String?) {
        let dockerfile = Dockerfile(parsing: bytes)
        guard let said else {
            #expect(ForeignEncoding(bytes) == nil)
            #expect(!dockerfile.errors.contains { $0.message.contains("UTF-16") })
            return
        }
        #expect(dockerfile.errors.count == 1 && dockerfile.instructions.isEmpty)
        let message = dockerfile.errors.first?.message ?? ""
        #expect(message.contains(said), "\(message)")
        #expect(message.contains("save it as UTF-8") || message.contains("in a text editor"), "\(message)")
        #expect(dockerfile.errors.first?.line == 1)
    }
}
