// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

/// What the other suites stand on: hundreds of programs are started by one test process.
@Suite("The runner of programs")
struct RunnerTests {
    @Test("leaves no descriptor open behind a run, however many there are")
    func descriptors() throws {
        func count() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/dev/fd").count }
        _ = try SeaworthyBinary.run("/bin/echo", ["once"])
        let before = try count()
        for _ in 0..<40 { #expect(try SeaworthyBinary.run("/bin/echo", ["x"]).output == "x\n") }
        #expect(try count() < before + 20)
    }
}
