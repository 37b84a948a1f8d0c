// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import ImageFilesystem
import ImageLayouts
import OCISpec
import SeaworthyTestSupport
import Testing

@testable import Workbench

@Suite("The ways of naming what a command looks at")
struct SourceRegistryTests {
    @Test("each provider has a file of its name and a line in the registry")
    func files() throws {
        let folder = TestBench.root + "/Sources/Workbench/Sources"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix("Source.swift") && $0 != "Source.swift" }
            .map { String($0.dropLast(6)) }
        #expect(names.sorted() == SourceRegistry.all.map { String(describing: type(of: $0)) }.sorted())
    }

    @Test("no two have one prefix, and each is found by its own")
    func prefixes() throws {
        let prefixes = SourceRegistry.all.map(\.prefix)
        #expect(Set(prefixes).count == prefixes.count)
        for provider in SourceRegistry.all {
            let (found, rest) = try SourceRegistry.provider(for: provider.prefix + "://a://b")
            #expect(found.prefix == provider.prefix && rest == "a://b")
        }
        #expect(try SourceRegistry.provider(for: "acme/app:1").0.prefix == "image")
    }

    static let unknown = ["docker://x", "://", "://x", "ARCHIVE://x", " fs://x", "fs\u{0}://x", "f\u{301}s://x"]

    @Test("an unknown prefix is refused, and the known ones are named", arguments: unknown.indices)
    func refuses(index: Int) throws {
        let failure = #expect(throws: Failure.self) { try SourceRegistry.provider(for: Self.unknown[index]) }
        #expect(failure?.code == .usage)
        #expect(
            failure?.fix == "the prefixes are image://, local://, registry://, engine://, archive:// and oci-dir://"
        )
    }
}

/// What every provider must do, asked of each.
@Suite("Providers of sources")
struct SourceProviderTests {
    private let scratch: ScratchFolder
    private let bench: Workbench

    init() throws {
        scratch = try ScratchFolder()
        bench = TestBench.make(scratch, ["DOCKER_HOST": "unix:///nowhere"])
        let image = try TestImage([["etc/one": .text("1")]])
        let save = try image.dockerSave(names: ["docker.io/acme/app:latest"])
        _ = try save.writeTar(scratch, "app.tar")
        _ = try image.ociLayout().writeFolder(scratch, "layout")
        try bench.store().put(
            ImageFinder(bench).find("archive://app.tar").bundle(),
            names: [try ImageReference(parsing: "acme/app").withDefaultTag]
        )
        _ = try scratch.write("cut.tar", Array(save.tar().prefix(700)))
        _ = try scratch.write("app.json", SourceAnalysisTests.spdx)
        _ = try scratch.write("text.json", "no bill of materials")
        _ = try scratch.write("folder/node_modules/qs/package.json", #"{"name":"qs","version":"6.7.0"}"#)
    }

    /// What is typed, and what comes of it: the word of the kind, or the failure's code.
    static let rows: [(text: String, kind: String?, code: Failure.Code?)] = [
        ("image://acme/app", "image", nil), ("image://app.tar", "image", nil),
        ("image://node:24-alpine3.22", "image", nil),
        ("image://", nil, .usage), ("image://a\u{1b}[31m", nil, .usage), ("image://./none.tar", nil, .noInput),
        ("local://acme/app", "image", nil), ("local://app.tar", nil, .noInput), ("local://A", nil, .usage),
        ("local://../../etc/passwd", nil, .usage),
        ("registry://node:24-alpine3.22", "image", nil), ("registry://acme/app", nil, .unavailable),
        ("registry://a b", nil, .unavailable), ("registry://", nil, .unavailable),
        ("engine://acme/app", nil, .unavailable), ("engine://", nil, .usage), ("engine://A", nil, .usage),
        ("archive://app.tar", "image", nil), ("archive://none.tar", nil, .noInput),
        ("archive://cut.tar", nil, .malformedInput),
        ("archive://", nil, .usage), ("archive://app.json", nil, .malformedInput),
        ("oci-dir://layout", "image", nil), ("oci-dir://none", nil, .noInput),
        ("oci-dir://folder", nil, .malformedInput),
        ("oci-dir://", nil, .usage),
        ("fs://folder", "folder", nil), ("fs://", "folder", nil), ("fs://app.json", nil, .noInput),
        ("fs://none", nil, .noInput),
        ("fs://a\u{0}b", nil, .noInput),
        ("sbom://app.json", "packages", nil), ("sbom://none.json", nil, .noInput),
        ("sbom://text.json", nil, .malformedInput),
        ("sbom://app.tar", nil, .malformedInput),
    ]

    @Test("finds what is there, and says what is not", arguments: rows.indices)
    func finds(index: Int) throws {
        let row = Self.rows[index]
        var kind: String?
        let code = TestBench.code {
            switch try bench.source(row.text) {
            case .image: kind = "image"
            case .folder: kind = "folder"
            case .packages: kind = "packages"
            }
        }
        #expect(kind == row.kind && code == row.code, "\(row.text): \(kind ?? "-"), \(String(describing: code))")
    }

    @Test("every provider has a row of what it finds and a row of what it refuses")
    func rowsAreWhole() throws {
        for provider in SourceRegistry.all {
            let rows = Self.rows.filter { $0.text.hasPrefix(provider.prefix + "://") }
            // What an engine finds is asked of one that answers, in "Fetching images".
            #expect(rows.contains { $0.kind != nil } || provider.prefix == "engine", "\(provider.prefix)")
            #expect(rows.contains { $0.code != nil }, "\(provider.prefix)")
            #expect(rows.allSatisfy { $0.kind == nil || ($0.kind == "image") == provider.findsImages })
        }
    }

    @Test("a folder is a folder: its files are there, links are not followed, and what nobody reads has no bytes")
    func folder() throws {
        _ = try scratch.write("folder/node_modules/qs/index.js", "secret")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("folder/out"),
            withDestinationPath: "/etc"
        )
        guard case .folder(let tree, let name) = try bench.source("fs://folder") else {
            Issue.record("fs:// is no folder")
            return
        }
        #expect(name == "fs://folder")
        #expect(tree.node(at: "/node_modules/qs/package.json") != nil)
        #expect(tree.node(at: "/out/passwd") == nil)
        guard case .symlink? = tree.node(at: "/out")?.kind else {
            Issue.record("the link is no link")
            return
        }
        guard case .file(let content)? = tree.node(at: "/node_modules/qs/index.js")?.kind else {
            Issue.record("the file is no file")
            return
        }
        #expect(content.sizeBytes == 6)
    }

    @Test(
        "what names no image is no image, whatever is there",
        arguments: ["fs://folder", "sbom://app.json", "fs://none"]
    )
    func noImage(text: String) {
        #expect(TestBench.code { try ImageFinder(bench).find(text) } == .usage)
    }
}
