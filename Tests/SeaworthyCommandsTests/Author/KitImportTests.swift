// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BaseImages
import Diagnostics
import Foundation
import ImageFilesystem
import OCISpec
import Packages
import SeaworthyTestSupport
import SymbolicBuild
import SystemFiles
import Testing
import Workbench

@testable import SeaworthyCommands

@Suite("Descriptions of real images")
struct KitImportTests {
    private let scratch: ScratchFolder
    private let runtime: Runtime

    init() throws {
        scratch = try ScratchFolder()
        runtime = TestRuntime.make(scratch)
    }

    private func failure(_ command: some SeaworthyCommand) -> Failure? {
        do {
            _ = try command.run(runtime)
            return nil
        } catch {
            return error as? Failure
        }
    }

    /// A small system: busybox, an account, a package, a manifest, odd names, a secret.
    private static func image(_ platform: Platform = .linuxAMD64) throws -> TestImage {
        let base: TestLayer = [
            "bin": .folder(), "bin/busybox": .bytes(Array(repeating: 7, count: 4_096), mode: 0o755),
            "bin/sh": .symlink("/bin/busybox"), "bin/adduser": .symlink("busybox"), "bin/addgroup": .symlink("busybox"),
            "etc": .folder(), "etc/passwd": .text("root:$6$secret:0:0:Jane Doe:/root:/bin/sh\nodd line\n"),
            "etc/group": .text("root:x:0:root\n"), "etc/shadow": .text("root:$6$secret:1:0:::::\n", mode: 0o600),
            "etc/os-release": .text("ID=alpine\nVERSION_ID=3.22.1\n# a remark\nHOME_URL=\"https://example.com\"\n"),
            "etc/motd": .text("SECRET-TEXT\n"), "tmp": .folder(mode: 0o1777),
            "lib/apk/db/installed": .text(
                "P:musl\nV:1.2.5-r0\nA:x86_64\nL:MIT\nm:Jane <jane@example.com>\nF:lib\nR:x\n\n"
            ),
        ]
        let app: TestLayer = [
            "srv/a b/c d.txt": .text("text"), "srv/link to": .symlink("a b"), "srv/tab\tname": .text("x"),
            "srv/setuid": .bytes([1], mode: 0o4755, uid: 7, gid: 8), "srv/other": .hardLink("srv/setuid"),
            "srv/node_modules/express/package.json": .text(
                #"{"name":"express","version":"4.17.1","license":"MIT","author":"Jane Doe"}"#
            ),
            "dev/null": .device(major: 1, minor: 3),
        ]
        var config = ContainerConfiguration()
        config.env = ["PATH=/bin", "TABBED=a\tb\nc"]
        config.user = "app"
        config.cmd = ["sh"]
        config.workingDir = "/srv"
        config.labels = ["one": "two\tthree", "dev.seaworthy.model.of": "something"]
        return try TestImage(
            [base, app],
            config: config,
            history: [
                HistoryEntry(created: "2026-01-01T00:00:00Z", createdBy: "ADD rootfs"),
                HistoryEntry(created: "2026-01-02T00:00:00Z", createdBy: "ENV A=\"x\ty\"\nnext", emptyLayer: true),
                HistoryEntry(created: "2026-01-03T00:00:00Z", createdBy: "RUN a\n\tb"),
            ],
            platform: platform
        )
    }

    private func archive(_ image: TestImage, names: [String] = ["registry.example.com/team/base:1"]) throws -> String {
        let path = scratch.path("image.tar")
        try Data(image.ociLayout(names: names).tar()).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test("an image is described, added and built from, and nothing of its bytes is in the description")
    func describes() throws {
        let image = try Self.image()
        let (path, folder) = (try archive(image), scratch.path("course"))
        #expect(try KitImport.parse([path, "--kit", folder]).run(runtime) == .success)
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".kit") }.sorted()
        #expect(files.count == 2)
        let text = try files.map { try String(contentsOfFile: folder + "/" + $0, encoding: .utf8) }.joined()
        for secret in ["SECRET-TEXT", "$6$", "Jane", "jane@", "a remark", "odd line"] {
            #expect(!text.contains(secret), "\(secret)")
        }
        #expect(try KitAdd.parse([folder]).run(runtime) == .success)
        let bench = TestRuntime.make(scratch).workbench
        let reference = try ImageReference(parsing: "registry.example.com/team/base:1")
        let model = try #require(try bench.kit().baseImage(reference, platform: .linuxAMD64))
        #expect(model.model?.recordedDigest == image.manifestDigest)
        #expect(model.knowledge.isWhole)
        let config = model.configuration.config
        #expect(config.env == image.configuration.config.env)
        #expect(config.user == "app" && config.workingDir == "/srv" && config.cmd == ["sh"])
        #expect(config.labels?["one"] == "two\tthree")
        #expect(config.labels?[BaseImage.ModelLabel.of] == "registry.example.com/team/base:1")
        #expect(model.configuration.history.map(\.createdBy) == image.configuration.history.map(\.createdBy))
        #expect(model.configuration.history.map(\.emptyLayer) == image.configuration.history.map(\.emptyLayer))
        let tree = model.tree
        for place: ImagePath in ["/srv/a b/c d.txt", "/srv/link to", "/bin/busybox", "/tmp", "/srv/other", "/etc/motd"]
        {
            #expect(tree.node(at: place) != nil, "\(place)")
        }
        #expect(tree.node(at: "/srv/setuid")?.mode == 0o4755)
        #expect(tree.node(at: "/srv/setuid")?.uid == 7)
        #expect(tree.node(at: "/srv/setuid")?.layerIndex == 1)
        #expect(tree.node(at: "/tmp")?.mode == 0o1777)
        #expect(tree.bytes(at: "/etc/motd") == nil)
        #expect(Accounts(tree).user(named: "root")?.uid == 0)
        // By its digest too, and a second run finds it in the store as it is.
        let pinned = try ImageReference(parsing: "registry.example.com/team/base@\(image.manifestDigest)")
        #expect(try bench.kit().baseImage(pinned, platform: .linuxAMD64)?.manifestDigest == model.manifestDigest)
        let again = TestRuntime.make(scratch).workbench
        let second = try again.kit().baseImage(reference, platform: .linuxAMD64)
        #expect(second?.manifestDigest == model.manifestDigest)
        #expect(second?.tree.changes(since: tree).isEmpty == true)
        try buildsFromIt(again)
    }

    private func buildsFromIt(_ bench: Workbench) throws {
        let dockerfile = """
            FROM registry.example.com/team/base:1
            USER root
            RUN addgroup -S web && adduser -S -G web web
            USER web

            """
        let request = BuildRequest(
            dockerfile: Array(dockerfile.utf8),
            context: EmptyContext(),
            epochSeconds: 1_790_000_000,
            limits: .standard
        )
        let outcome = try bench.builder().build(request)
        #expect(outcome.isSuccess, "\(outcome.problem?.message ?? "")")
        #expect(outcome.target?.unknowns.isEmpty == true, "\(outcome.target?.unknowns ?? [])")
        #expect(outcome.target?.accounts.user(named: "web") != nil)
    }

    @Test("the same image gives the same description, and a new one of the same name takes its place")
    func isReproducible() throws {
        let path = try archive(Self.image())
        for folder in ["a", "b", "a"] {
            #expect(try KitImport.parse([path, "--kit", scratch.path(folder)]).run(runtime) == .success)
        }
        let (first, second) = (scratch.path("a"), scratch.path("b"))
        let files = try FileManager.default.subpathsOfDirectory(atPath: first).sorted()
        #expect(files == (try FileManager.default.subpathsOfDirectory(atPath: second)).sorted())
        for file in files where file.hasSuffix(".kit") {
            #expect(
                FileManager.default.contents(atPath: first + "/" + file)
                    == FileManager.default.contents(atPath: second + "/" + file)
            )
        }
        let other = try archive(TestImage([["etc/os-release": .text("ID=debian\n")]]))
        let name = "registry.example.com/team/base:1"
        #expect(try KitImport.parse([other, "--kit", first, "--name", name]).run(runtime) == .success)
        #expect(try KitAdd.parse([first]).run(runtime) == .success)
        let kit = try TestRuntime.make(scratch).workbench.kit()
        let model = try #require(try kit.baseImage(ImageReference(parsing: name), platform: .linuxAMD64))
        #expect(OSRelease.paths.contains { model.tree.bytes(at: $0).map(OSRelease.init)?.distribution?.id == "debian" })
    }

    @Test("an image of the kit's own name is taken before the kit's")
    func winsOverTheKit() throws {
        let path = try archive(Self.image(), names: ["docker.io/library/node:lts-slim"])
        #expect(try KitImport.parse([path, "--kit", scratch.path("course")]).run(runtime) == .success)
        #expect(try KitAdd.parse([scratch.path("course")]).run(runtime) == .success)
        let kit = try TestRuntime.make(scratch).workbench.kit()
        let model = try kit.baseImage(ImageReference(parsing: "node:lts-slim"), platform: .linuxAMD64)
        #expect(model?.configuration.config.user == "app")
        #expect(
            try kit.baseImage(ImageReference(parsing: "node:24-slim"), platform: .linuxAMD64)?.configuration.config.user
                == nil
        )
    }

    @Test("what cannot be described is refused, and nothing is written")
    func refusesImages() throws {
        let folder = scratch.path("course")
        let unnamed = try archive(Self.image(), names: [])
        #expect(failure(try KitImport.parse([unnamed, "--kit", folder]))?.code == .usage)
        for name in ["", "UPPER", "a b", "x@sha256:" + String(repeating: "0", count: 64), "kit.seaworthy.dev/x:1"] {
            #expect(
                failure(try KitImport.parse([unnamed, "--kit", folder, "--name", name]))?.code == .usage,
                "\(name)"
            )
        }
        let arm = try archive(Self.image(Platform(parsing: "linux/arm64") ?? .linuxAMD64))
        #expect(failure(try KitImport.parse([arm, "--kit", folder])) != nil)
        #expect(
            failure(try KitImport.parse([arm, "--kit", folder, "--platform", "linux/arm64"]))?.code == .malformedInput
        )
        #expect(failure(try KitImport.parse([scratch.path("nothing.tar"), "--kit", folder]))?.code == .noInput)
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    /// Folders that are wrong: their index, and the description of the image `one`.
    static let hostile: [(index: String, image: String, why: String)] = {
        let good =
            "of\tx.io/one:1\nas-of\t2026-01-01\ncreated\t2026-01-01T00:00:00Z\nlayer\t2026-01-01T00:00:00Z\t\tRUN\n"
        let line = "I\tone\tx.io/one\t1\n"
        return [
            ("Z\tone\n", good, "not known"), ("I\t../one\tx.io/one\t1\n", good, "no image's name"),
            ("I\ta/b\tx.io/one\t1\n", good, "no image's name"), ("I\tnothing\tx.io/one\t1\n", good, "not there"),
            ("I\tone\tx.io/one\n", good, "neither"), ("I\tone\tone\t1\n", good, "no reference"),
            ("I\tone\tx.io/one\ta:b\n", good, "no reference"), ("I\tone\tx.io/one\t1\tabc\n", good, "no digest"),
            (line + line, good, "twice"), (line + "I\ttwo\tx.io/one\t1\n", good, "twice"),
            ("I\tone\tkit.seaworthy.dev/one\t1\n", good, "no reference"),
            ("I\tdebian-12\tx.io/one\t1\n", good, "kit has an image"), (line, "", "missing"),
            (line, "of\tx\nas-of\t1\ncreated\t1\n", "no layer"),
            (line, good + "config\t{\"Env\":3}\n", "configuration"),
            (line, good + "gap\tnothing\tin part\tx\n", "facet"), (line, good + "x\t-1\ta\n", "size"),
            (line, good + "x\t99999999999999999999\ta\n", "size"), (line, good + "m\t\(1 << 50)\ta\n", "size"),
            (line, good + "t\t../../../etc/passwd\n", "no file of that name"),
            (line, good + "tree\tnothing\n", "cannot be read"),
            (line, good + "dpkg\tnothing\n", "cannot be read"), (line, good + "h\t/nowhere\ta\n", "target"),
            (line, good + "f\t/a\t99\n", "mode"), (line, good + "layer\tyesterday\t\tRUN\n", "no time"),
        ]
    }()

    @Test("a folder that is wrong is refused with its place, and nothing is added", arguments: rows(hostile))
    func refusesFolders(row: NumberedRow<(index: String, image: String, why: String)>) throws {
        let folder = scratch.path("course")
        try FileManager.default.createDirectory(atPath: folder + "/images", withIntermediateDirectories: true)
        try Data(row.value.index.utf8).write(to: URL(fileURLWithPath: folder + "/images.kit"))
        for name in ["one", "two"] {
            let path = folder + "/images/\(name).kit"
            try Data(row.value.image.utf8).write(to: URL(fileURLWithPath: path))
        }
        let found = failure(try KitAdd.parse([folder]))
        #expect([.malformedInput, .noInput].contains(found?.code), "\(found.map { "\($0)" } ?? "nothing was thrown")")
        #expect(found?.description.contains(row.value.why) == true, "\(found.map { "\($0)" } ?? "")")
        #expect(!FileManager.default.fileExists(atPath: scratch.path("home/kit")))
    }

    @Test("a folder without an index, and links out of a folder, are refused")
    func refusesLinks() throws {
        #expect(failure(try KitAdd.parse([scratch.path("nothing")]))?.code == .noInput)
        let folder = scratch.path("course")
        try FileManager.default.createDirectory(atPath: folder + "/images", withIntermediateDirectories: true)
        try Data("I\tone\tx.io/one\t1\n".utf8).write(to: URL(fileURLWithPath: folder + "/images.kit"))
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/images/one.kit",
            withDestinationPath: "/etc/passwd"
        )
        #expect(failure(try KitAdd.parse([folder]))?.code == .malformedInput)
        #expect(!FileManager.default.fileExists(atPath: scratch.path("home/kit")))
    }

    @Test("the list shows repositories, and of one of them its images with their facets")
    func lists() throws {
        #expect(try KitList.parse([]).run(runtime) == .success)
        #expect(try KitList.parse(["python"]).run(runtime) == .success)
        #expect(try KitList.parse(["dhi.io/node", "--tags"]).run(runtime) == .success)
        #expect(try KitList.parse(["dhi.io/node", "--json"]).run(runtime) == .success)
        for name in ["nothing", "", "../x", "python:3.12", "A"] {
            #expect(failure(try KitList.parse([name]))?.code == .noInput, "\(name)")
        }
        #expect(try KitShow.parse(["python:3.12-slim"]).run(runtime) == .success)
        let near = failure(try KitShow.parse(["python:3.12.4-slim"]))
        #expect(near?.description.contains("python:3.12") == true)
    }
}
