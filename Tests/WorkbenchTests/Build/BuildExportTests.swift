// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import SeaworthyTestSupport
import Testing

@testable import Workbench

@Suite("Where a build goes besides the store")
struct BuildExportTests {
    /// What stands behind `-o`, and whether it is a place.
    static let texts: [(text: String, isPlace: Bool)] = [
        ("out", true), ("-", true), ("type=oci,dest=a.tar", true), ("TYPE=docker", true), ("type=tar,dest=-", true),
        ("type=local,dest=out", true), ("type=image", true), ("type=cacheonly", true), ("type=tar,dest=", true),
        ("type=oci,dest=a=b.tar", true),
        ("dest=out", false), ("type=", false), ("type=OCI", false), ("type=registry", false), ("type=local", false),
        ("type=local,dest=", false), ("type=local,dest=-", false), ("type=oci,dest", false), ("=", false),
        (",=,", false),
        ("type=oci\u{0}", false),
    ]

    @Test("what is no place is refused before anything is built", arguments: texts.indices)
    func parses(index: Int) {
        let row = Self.texts[index]
        #expect(TestBench.code { try BuildExport(parsing: row.text) } == (row.isPlace ? nil : .usage), "\(row.text)")
    }
}

@Suite("The image that was built last")
struct LastBuildTests {
    @Test("it is the one that was taken down last, and none before the first")
    func remembers() throws {
        let scratch = try ScratchFolder()
        let bench = TestBench.make(scratch)
        #expect(LastBuild(bench).name == nil)
        try scratch.write("home/x", "")
        try LastBuild(bench).remember("acme/app:1")
        try LastBuild(bench).remember("acme/app:2")
        #expect(LastBuild(bench).name == "acme/app:2")
    }

    @Test("a file that is too long to be a name is none")
    func tooLong() throws {
        let scratch = try ScratchFolder()
        try scratch.write("home/last-build", String(repeating: "a", count: 5000))
        #expect(LastBuild(TestBench.make(scratch)).name == nil)
    }
}
