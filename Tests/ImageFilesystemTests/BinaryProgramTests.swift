// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ImageFilesystem

@Suite("What programs say of themselves")
struct BinaryProgramTests {
    static let elf: [UInt8] = [0x7F, 0x45, 0x4C, 0x46]
    static let mark = [0xFF] + Array(" Go buildinf:".utf8)

    static func scan(_ bytes: [UInt8], by size: Int) -> BinaryProgram? {
        var scanner = ProgramScanner()
        for start in stride(from: 0, to: bytes.count, by: size) {
            bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { scanner.read($0, at: start) }
        }
        return scanner.program
    }

    @Test(
        "the mark is found wherever it lies among the stretches in which a file is read",
        arguments: [4, 7, 13, 14, 15, 64]
    )
    func stretches(size: Int) throws {
        for before in 0..<40 {
            let bytes = Self.elf + [UInt8](repeating: 0xFF, count: before) + Self.mark + Array("what follows".utf8)
            let program = try #require(Self.scan(bytes, by: size))
            #expect(program.goBuildInformation == Self.mark + Array("what follows".utf8), "\(before) before")
        }
    }

    @Test("a file is a program by its first bytes alone")
    func kinds() {
        #expect(BinaryProgram(Self.elf) == BinaryProgram(goBuildInformation: nil))
        #expect(BinaryProgram(Self.elf + Array(" Go buildinf:".utf8))?.goBuildInformation == nil)
        #expect(BinaryProgram(Self.elf + Self.mark.dropLast()) == BinaryProgram(goBuildInformation: nil))
        for text in ["", "#!/bin/sh", "\u{7F}EL", "x\u{7F}ELF"] { #expect(BinaryProgram(Array(text.utf8)) == nil) }
        #expect(BinaryProgram(Array("#!".utf8) + Self.mark) == nil)
    }

    @Test("what is kept of a program has an end")
    func bounded() {
        let bytes = Self.elf + Self.mark + [UInt8](repeating: 1, count: 3 << 20)
        #expect(Self.scan(bytes, by: 1 << 16)?.goBuildInformation?.count == 1 << 20)
    }
}
