// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import HostFiles
import Testing

@testable import Workspaces

@Suite("The files of a folder at one moment")
struct WorkFilesTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func read(_ keeping: WorkFiles.Keeping = .everything, limits: Limits = .workspace) throws -> WorkFiles {
        try WorkFiles(reading: scratch.work, limits: limits, keeping: keeping)
    }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: scratch.work + "/" + name, withDestinationPath: target)
    }

    @Test("are kept as they were when somebody writes, cuts and removes files afterwards")
    func moment() throws {
        try scratch.write("work/small", "old")
        try scratch.write("work/large", String(repeating: "old ", count: 500_000))
        try scratch.write("work/gone", "here")
        let files = try read()
        try scratch.write("work/small", "new and longer")
        try scratch.write("work/large", "cut")
        try FileManager.default.removeItem(atPath: scratch.work + "/gone")
        #expect(try files.bytes(of: "small", limit: 100) == Array("old".utf8))
        #expect(try files.bytes(of: "large", limit: 1 << 22).count == 2_000_000)
        #expect(try files.bytes(of: "gone", limit: 100) == Array("here".utf8))
        #expect(files["large"]?.digest == ContentHasher.digest(of: try files.bytes(of: "large", limit: 1 << 22)))
        let opened = try files.open("large", as: "the large one")
        #expect(opened.sizeBytes == 2_000_000 && opened.place == "the large one")
    }

    @Test("have the state that a look at the workspace itself gives")
    func state() throws {
        let workspace = try scratch.create()
        try scratch.write("work/src/odd % name", "x", mode: 0o640)
        try scratch.write("work/.git/HEAD", "ref")
        try scratch.write("work/\(OpenFolder.temporaryPrefix)1-1", "left behind")
        try FileManager.default.createDirectory(atPath: scratch.work + "/empty", withIntermediateDirectories: false)
        try link("link", to: "../elsewhere %")
        let state = try scratch.keeper.state(of: workspace)
        #expect(try WorkspaceState(read()) == state)
        #expect(try WorkspaceState(read()).digest == state.digest)
        #expect(state.entries.count == 7)
    }

    @Test("give the same digests whether or not their bytes are kept")
    func digests() throws {
        try scratch.write("work/a", "a")
        try scratch.write("work/large", String(repeating: "x", count: 2_000_000))
        let whole = try read()
        let bare = try read(.digests)
        #expect(whole.entries.map(\.digest) == bare.entries.map(\.digest))
        #expect(throws: Failure.self) { try bare.bytes(of: "a", limit: 10) }
        #expect(try read(.bytes).bytes(of: "a", limit: 10) == Array("a".utf8))
    }

    @Test("refuse more bytes together than the limits allow, and a file that is larger than is asked for")
    func limits() throws {
        try scratch.write("work/a", "12345")
        try scratch.write("work/b", "12345")
        var limits = Limits.workspace
        limits.expandedBytes = 10
        #expect(try read(limits: limits).entries.count == 2)
        limits.expandedBytes = 9
        let failure = #expect(throws: Failure.self) { try read(limits: limits) }
        #expect(failure?.code == .overLimit)
        let one = #expect(throws: Failure.self) { try read().bytes(of: "a", limit: 4) }
        #expect(one?.code == .overLimit)
    }

    /// Names, what they lead to, and the file that is found there.
    static let links: [(target: String, found: String?)] = [
        ("src/file", "src/file"), ("./src/../src/file", "src/file"), ("other", "src/file"), ("src", nil), ("none", nil),
        ("../work/src/file", nil), ("/etc/passwd", nil), ("WORK/src/file", "src/file"), ("round", nil), ("", nil),
    ]

    @Test("follow links within the folder alone", arguments: links.indices)
    func follow(index: Int) throws {
        let row = Self.links[index]
        try scratch.write("work/src/file", "x")
        try link("other", to: "src/file")
        try link("round", to: "round")
        if !row.target.isEmpty { try link("link", to: row.target.replacing("WORK", with: scratch.work)) }
        #expect(try read().resolvedFile(row.target.isEmpty ? "" : "link") == row.found)
    }

    @Test("of a folder within are those below it, under their names there")
    func inner() throws {
        try scratch.write("work/a/b/file", "x")
        try scratch.write("work/ab", "y")
        let inner = try read().folder("a")
        #expect(inner.entries.map(\.path) == ["b", "b/file"])
        #expect(inner.place == scratch.work + "/a")
        #expect(try inner.bytes(of: "b/file", limit: 10) == Array("x".utf8))
        #expect(try read().top().map(\.path) == ["a", "ab"])
        #expect(try read().top(of: "a").map(\.path) == ["a/b"])
    }
}
