// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import ImageFilesystem
import ImageLayouts
import OCISpec
import SeaworthyTestSupport
import Testing
import Workbench

@testable import Workbench

@Suite("Finding the image that was typed")
struct ImageFinderTests {
    private let scratch: ScratchFolder
    private let finder: ImageFinder
    private let one: TestImage
    private let two: TestImage

    init() throws {
        scratch = try ScratchFolder()
        finder = ImageFinder(TestBench.make(scratch))
        one = try TestImage([["etc/one": .text("1")]])
        two = try TestImage([["etc/two": .text("2")], ["etc/more": .text("3")]])
        let path = try one.dockerSave(names: ["docker.io/acme/app:latest"]).writeTar(scratch, "one.tar")
        let archive = try ImageSource.open(path: path, limits: .standard)
        let store = try finder.store()
        try store.put(
            archive.bundle(),
            names: ["acme/app", "node:lts-slim", "localhost:5000/x:1"].map {
                try ImageReference(parsing: $0).withDefaultTag
            }
        )
    }

    @Test(
        "an image of the store is found by all that names it",
        arguments: [
            "acme/app", "acme/app:latest", "docker.io/acme/app", "image://acme/app", "local://acme/app:latest",
            "index.docker.io/acme/app:latest", "localhost:5000/x:1",
        ]
    )
    func byName(text: String) throws {
        let found = try finder.find(text)
        #expect(found.place == .store)
        #expect(found.id == one.manifestDigest)
        #expect(found.references.map(\.familiar) == ["acme/app:latest", "node:lts-slim", "localhost:5000/x:1"])
    }

    @Test("an image of the store is found by its digest and by what begins it")
    func byDigest() throws {
        let digest = one.manifestDigest
        let texts = [
            digest.description, digest.hex, digest.short, String(digest.hex.prefix(5)),
            "acme/app@" + digest.description,
            one.manifest.config.digest.description, one.manifest.config.digest.short,
        ]
        for text in texts { #expect(try finder.find(text).id == digest, "\(text)") }
    }

    @Test("an imported image wins over a model of the same name")
    func importedWins() throws {
        #expect(try finder.find("node:lts-slim").place == .store)
        let registry = try finder.find("registry://node:lts-slim")
        #expect(registry.place == .kit)
        #expect(registry.model?.of == "docker.io/library/node:lts-slim")
    }

    @Test("a base image of the kit is made when it is asked for, and is not one of the user's")
    func fromKit() throws {
        let found = try finder.find("node:24-alpine3.22")
        #expect(found.place == .kit)
        #expect(found.name == "node:24-alpine3.22")
        #expect(found.image.manifestDigest == found.id)
        #expect(found.modelTree?.node(at: "/etc/alpine-release") != nil)
        #expect(try found.bundle().blobs.count == found.image.layers.count + 2)
        #expect(try finder.stored().compactMap(\.reference?.familiar).contains { $0.contains("alpine") } == false)
        #expect(try finder.find("node@" + found.id.description).id == found.id)
    }

    @Test("archives and folders are found by prefix, and by a path that is written as one")
    func byPath() throws {
        let tar = try two.dockerSave(names: ["docker.io/acme/two:v2"]).writeTar(scratch, "two.tar")
        let layout = try two.ociLayout().writeFolder(scratch, "layout")
        for text in [tar, "archive://" + tar, "image://" + tar, "oci-dir://" + layout, layout] {
            let found = try finder.find(text)
            #expect(found.id == two.manifestDigest, "\(text)")
            #expect(found.place != .store)
        }
        #expect(try finder.find(tar).name == "acme/two:v2")
    }

    @Test("one of several images of an archive is chosen by its name")
    func byRef() throws {
        let archive = try ImageSource.open(
            path: try two.dockerSave(names: ["docker.io/acme/two:v2"]).writeTar(scratch, "two.tar"),
            limits: .standard
        )
        let path = scratch.path("both.tar")
        try ImageWriter.writeDockerArchive(
            [
                .init(try archive.bundle(), names: [try ImageReference(parsing: "acme/two:v2")]),
                .init(try finder.find("acme/app").bundle(), names: [try ImageReference(parsing: "acme/one:v1")]),
            ],
            to: path
        )
        #expect(try finder.find("archive://" + path, ref: "acme/two:v2").id == two.manifestDigest)
        #expect(try finder.find(path, ref: "acme/one:v1").id == one.manifestDigest)
        #expect(Self.code { try finder.find(path) } == .usage)
        #expect(Self.code { try finder.find(path, ref: "acme/three") } == .noInput)
    }

    static let missing: [(text: String, code: Failure.Code)] = [
        ("acme/app:v9", .noInput), ("acme/other", .noInput), ("node:0.1", .noInput), ("deadbeef", .noInput),
        ("archive:///nowhere/x.tar", .noInput), ("oci-dir:///nowhere", .noInput), ("./nowhere.tar", .noInput),
        ("/nowhere/at/all", .noInput), ("Nowhere.tar", .noInput),
        ("local://node:24-alpine3.22", .noInput), ("registry://acme/app", .unavailable), ("", .usage), ("A", .usage),
        ("a b", .usage), ("a\u{1b}[31m", .usage), ("a\u{0}", .usage), ("archive://", .usage), ("image://", .usage),
        ("sbom://x", .usage), ("fs://x", .usage), ("docker://x", .usage), ("://", .usage),
        ("a" + String(repeating: "/a", count: 2000), .usage),
    ]

    @Test("what is not there, or no name, is said as such", arguments: missing)
    func refuses(text: String, code: Failure.Code) {
        let failure = #expect(throws: Failure.self) { try finder.find(text) }
        #expect(failure?.code == code)
        #expect((failure?.description.utf8.count ?? 0) < 2000)
    }

    @Test("the beginning of several ids is ambiguous")
    func ambiguous() throws {
        let store = try finder.store()
        // Sixteen more images: some two ids begin with the same digit.
        for number in 0..<17 {
            let image = try TestImage([["n": .text("\(number)")]])
            let path = try image.dockerSave(names: ["docker.io/n/n:\(number)"]).writeTar(scratch, "\(number).tar")
            try store.put(
                try ImageSource.open(path: path, limits: .standard).bundle(),
                names: [try ImageReference(parsing: "n/n:\(number)")]
            )
        }
        let digits = try finder.stored().map { String($0.descriptor.digest.hex.prefix(1)) }
        let counts = Dictionary(grouping: Set(try finder.stored().map(\.descriptor.digest.hex))) {
            String($0.prefix(1))
        }
        let shared = try #require(digits.first { (counts[$0]?.count ?? 0) > 1 })
        #expect(Self.code { try finder.find(shared) } == .usage)
    }

    @Test("broken archives are refused", arguments: [0, 100, 700, 5_000])
    func broken(length: Int) throws {
        let bytes = try two.dockerSave().tar()
        let path = try scratch.write("cut-\(length).tar", Array(bytes.prefix(length)))
        #expect(Self.code { try finder.find("archive://" + path) } == .malformedInput)
    }

    @Test("looking for images makes no store")
    func leavesNothing() throws {
        let empty = try ScratchFolder()
        let finder = ImageFinder(TestBench.make(empty, ["SEAWORTHY_CONTENT": "/nowhere"]))
        #expect(try finder.stored().isEmpty)
        #expect(Self.code { try finder.find("acme/app") } == .noInput)
        #expect(try empty.listing().isEmpty)
    }

    private static func code(_ body: () throws -> some Any) -> Failure.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? Failure)?.code
        }
    }
}
