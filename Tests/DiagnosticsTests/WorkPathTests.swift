// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Testing

@Suite("Paths of the work")
struct WorkPathTests {
    @Test("are relative and stay in the folder", arguments: ["Dockerfile", "a/b.c", "...", "a b", "ü/x", "a\\b"])
    func takes(path: String) { #expect(WorkPath(path)?.description == path) }

    @Test("are never those of the machine", arguments: ["", "/", "/work/x", "a/", "a//b", "./a", "a/../b", "..", "."])
    func refuses(path: String) { #expect(WorkPath(path) == nil) }

    @Test("stand in evidence as they are shown")
    func evidence() throws {
        let path = try #require(WorkPath("a/Dockerfile"))
        let evidence = Evidence(kind: .dockerfile, in: path, line: 3, detail: "no USER")
        #expect(evidence == Evidence(kind: .dockerfile, file: "a/Dockerfile", line: 3, endLine: 3, detail: "no USER"))
        let bytes = try JSONEncoder().encode(evidence)
        #expect(try JSONDecoder().decode(Evidence.self, from: bytes) == evidence)
    }
}
