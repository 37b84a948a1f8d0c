// SPDX-License-Identifier: Apache-2.0

import Packages
import Testing

@testable import PackageCatalogers

extension GoCataloger: SampledCataloger {
    static let samples = [
        CatalogerSample(
            GoCataloger(),
            "/app/server",
            bytes: GoCatalogerTests.program(
                "go1.24.3",
                "path\texample.com/shop\nmod\texample.com/shop\t(devel)\t\ndep\tgolang.org/x/net\tv0.30.0\th1:x=\n"
            ),
            packages: 2
        )
    ]
}

@Suite("The Go cataloger")
struct GoCatalogerTests {
    /// A program as the Go linker leaves it, as far as anybody looks at it here.
    static func program(_ version: String, _ modules: String, before: Int = 4_096) -> [UInt8] {
        func string(_ bytes: [UInt8]) -> [UInt8] {
            var length = bytes.count
            var head: [UInt8] = []
            repeat {
                head.append(UInt8(length & 0x7F) | (length > 0x7F ? 0x80 : 0))
                length >>= 7
            } while length > 0
            return head + bytes
        }
        let elf: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0]
        let sentinel = [UInt8](repeating: 0x30, count: 16)
        return elf + [UInt8](repeating: 0xFF, count: before) + [0xFF] + Array(" Go buildinf:".utf8) + [8, 2]
            + [UInt8](repeating: 0, count: 16) + string(Array(version.utf8))
            + string(sentinel + Array(modules.utf8) + sentinel) + [UInt8](repeating: 0, count: 100)
    }

    static func modules(_ bytes: [UInt8]) -> [String] {
        CatalogerCompatibilityTests.run(GoCataloger(), [("/app/server", bytes)]).packages.map {
            "\($0.name)@\($0.version)"
        }
    }

    @Test("takes what replaces a module, the own module where it has a version, and Go itself")
    func replaced() {
        let text =
            "path\tm\nmod\tm\tv1.2.0\th1:\ndep\ta\tv1.0.0\n=>\tb\tv2.0.0\th1:\ndep\tc\tv3.0.0\th1:\nbuild\t-compiler\tgc\n"
        #expect(
            Self.modules(Self.program("go1.22 X:boringcrypto", text))
                == ["stdlib@1.22", "m@v1.2.0", "b@v2.0.0", "c@v3.0.0"]
        )
    }

    @Test("records a Go program of an old form, and knows no program in a script")
    func odd() {
        var old = Self.program("go1.17", "")
        if let flags = old.lastIndex(of: 2) { old[flags] = 0 }
        let result = CatalogerCompatibilityTests.run(GoCataloger(), [("/app/server", old)])
        #expect(result.packages.isEmpty)
        #expect(result.unknowns.count == 1)
        #expect(Self.modules(Array("#!/bin/sh\n\u{FF} Go buildinf:".utf8)).isEmpty)
    }
}
