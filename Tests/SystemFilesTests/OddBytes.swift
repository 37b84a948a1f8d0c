// SPDX-License-Identifier: Apache-2.0

import SeaworthyTestSupport

/// Files that no program would write, made from seeds so that a failure can be had again.
struct OddBytes {
    private var generator: SeededGenerator

    init(seed: Int) { generator = SeededGenerator(seed: UInt64(seed)) }

    private static let pieces: [[UInt8]] = [
        [0x0A], [0x0A], [0x0A, 0x0A], [0x0D, 0x0A], [0x0D], [0x00], [0xFF, 0xFE], [0xC3], [0x20], [0x09], [0x3A],
        Array("root:x:0:0:root:/root:/bin/sh".utf8), Array("node:x:1000:".utf8), Array("# comment".utf8),
        Array("Package: a".utf8), Array("Status: install ok installed".utf8), Array(" more".utf8), Array("P:b".utf8),
        Array("V:1".utf8), Array("F:usr/bin".utf8), Array("R:x".utf8), Array("ID=debian".utf8), Array("NAME=\"x".utf8),
        Array("e\u{301}\u{1F468}\u{200D}\u{1F469}".utf8),
    ]

    /// Some lines and pieces of lines, one after another.
    mutating func file() -> [UInt8] {
        (0..<Int.random(in: 0..<24, using: &generator)).flatMap { _ in
            Self.pieces.randomElement(using: &generator) ?? []
        }
    }
}
