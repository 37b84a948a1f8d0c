// SPDX-License-Identifier: Apache-2.0

import Archives
import ArgumentParser
import BaseImages
import Diagnostics
import HostFiles
import ImageLayouts
import JSONValues
import OCISpec
import Reporting
import SeaworthyTestSupport
import Testing
import Workbench

@testable import SeaworthyCommands

@Suite("Commands on images")
struct ImageCommandTests {
    private let scratch: ScratchFolder
    private let runtime: Runtime
    private let finder: ImageFinder

    init() throws {
        scratch = try ScratchFolder()
        runtime = TestRuntime.make(scratch)
        finder = ImageFinder(runtime.workbench)
    }

    private func run(_ command: some SeaworthyCommand) throws -> SeaworthyCommands.ExitStatus {
        try command.run(runtime)
    }

    private func code(_ command: some SeaworthyCommand) -> Failure.Code? {
        do {
            _ = try command.run(runtime)
            return nil
        } catch {
            return (error as? Failure)?.code
        }
    }

    private func names() throws -> [String] { try finder.stored().map { $0.reference?.familiar ?? "<none>" } }

    private func load(_ image: TestImage, _ name: String) throws {
        let path = try image.dockerSave(names: ["docker.io/" + name]).writeTar(scratch, "load.tar")
        #expect(try run(try ImageLoad.parse(["-q", "-i", path])) == .success)
    }

    @Test("images are loaded, named, saved and taken away again")
    func roundTrip() throws {
        let image = try TestImage([["a": .text("1")]], config: ContainerConfiguration())
        try load(image, "acme/app:v1")
        _ = try run(try ImageTag.parse(["acme/app:v1", "other"]))
        #expect(try names() == ["acme/app:v1", "other:latest"])
        for format in ["docker", "oci"] {
            let path = scratch.path("saved-\(format).tar")
            _ = try run(try ImageSave.parse(["-o", path, "--format", format, "acme/app:v1", "other"]))
            let archive = try ImageSource.open(path: path, limits: .standard)
            #expect(archive.layout == (format == "oci" ? .oci : .dockerSave))
            #expect(archive.entries.count == 1)
            #expect(Set(archive.entries.flatMap(\.references).map(\.familiar)) == ["acme/app:v1", "other:latest"])
            #expect(try archive.image(reference: "other:latest").manifestDigest == image.manifestDigest)
        }
        #expect(try ImageRemove.remove(["acme/app:v1"], runtime) == .success)
        #expect(try names() == ["other:latest"])
        #expect(try ImageRemove.remove([image.manifestDigest.short], runtime) == .success)
        #expect(try names().isEmpty)
    }

    @Test("an image saved by its id has no name in the archive")
    func savesByID() throws {
        let image = try TestImage([["a": .text("1")]])
        try load(image, "acme/app:v1")
        let path = scratch.path("id.tar")
        _ = try run(try ImageSave.parse(["-o", path, image.manifestDigest.short]))
        #expect(try ImageSource.open(path: path, limits: .standard).names.isEmpty)
        _ = try ImageRemove.remove(["acme/app:v1"], runtime)
        _ = try run(try ImageLoad.parse(["-i", path, "--name", "named/now"]))
        #expect(try names() == ["named/now:latest"])
    }

    @Test("a bare tag in a layout is no name")
    func bareTags() throws {
        let image = try TestImage([["a": .text("1")]])
        let path = try image.ociLayout(names: ["latest"]).writeTar(scratch, "bare.tar")
        _ = try run(try ImageLoad.parse(["-i", path]))
        #expect(try names() == ["<none>"])
    }

    @Test("what is not there does not keep the others in, and is the outcome")
    func removesTheRest() throws {
        try load(try TestImage([["a": .text("1")]]), "acme/app:v1")
        let failure = #expect(throws: Failure.self) { try ImageRemove.remove(["nope", "acme/app:v1"], runtime) }
        #expect(failure?.code == .noInput)
        #expect(try names().isEmpty)
        #expect(throws: Failure.self) { try ImageRemove.remove(["No Name\u{7}"], runtime) }
    }

    @Test("prune takes away what has no name, and with --all everything")
    func prunes() throws {
        try load(try TestImage([["a": .text("1")]]), "acme/app:v1")
        try load(try TestImage([["a": .text("2")]]), "acme/app:v1")
        #expect(try names() == ["acme/app:v1", "<none>"])
        _ = try run(try ImagePrune.parse([]))
        #expect(try names() == ["acme/app:v1"])
        _ = try finder.find("node:24-alpine3.22")
        _ = try run(try ImagePrune.parse(["--all", "--force"]))
        #expect(try finder.store().list().isEmpty)
        #expect(try scratch.listing().filter { $0.contains("blobs/sha256/") }.isEmpty)
    }

    @Test("a broken archive leaves the store as it was")
    func loadsNothingBroken() throws {
        let image = try TestImage([["a": .text("1")], ["b": .text("2")]])
        var layout = try image.dockerSave()
        let blob = "blobs/sha256/" + Digest.sha256(of: image.layerBlobs[1]).hex
        layout.change(blob) { $0[$0.count - 1] ^= 0xFF }
        #expect(code(try ImageLoad.parse(["-i", try layout.writeTar(scratch, "bad.tar")])) == .malformedInput)
        #expect(try names().isEmpty)
        let climbing = try TestImage([["../../etc/passwd": .text("x")]])
        #expect(
            code(try ImageLoad.parse(["-i", try climbing.dockerSave().writeTar(scratch, "up.tar")])) == .hostileInput
        )
        #expect(code(try ImageLoad.parse(["-i", try scratch.write("junk.tar", "hello")])) == .malformedInput)
        #expect(code(try ImageLoad.parse(["-i", scratch.path("nowhere.tar")])) == .noInput)
        #expect(try scratch.listing().filter { $0.hasPrefix("home/") }.isEmpty)
    }

    @Test("names that images cannot have are refused", arguments: ["A", "a b", "a@sha256:00", "", "a:\u{1b}", "x@y"])
    func refusesNames(name: String) throws {
        try load(try TestImage([["a": .text("1")]]), "acme/app:v1")
        #expect(code(try ImageTag.parse(["acme/app:v1", name])) == .usage)
    }

    @Test("an archive is not written over a folder or into none")
    func savesNowhere() throws {
        try load(try TestImage([["a": .text("1")]]), "acme/app:v1")
        #expect(code(try ImageSave.parse(["-o", scratch.path, "acme/app:v1"])) == .cannotCreate)
        #expect(code(try ImageSave.parse(["-o", scratch.path("no/such/x.tar"), "acme/app:v1"])) == .cannotCreate)
        #expect(code(try ImageSave.parse(["-o", scratch.path("x.tar"), "nope"])) == .noInput)
    }

    @Test("a document has what Docker's has, and says where the image is from")
    func inspects() throws {
        var config = ContainerConfiguration()
        config.user = "node"
        config.labels = ["a": "b"]
        let image = try TestImage([["a": .text("1")]], config: config)
        try load(image, "acme/app:v1")
        let found = try finder.find("acme/app:v1")
        let value = ImageDocument(found, size: ImageSizes(finder).size(of: found.image)).value
        #expect(value["Id"]?.string == image.manifestDigest.description)
        #expect(value["RepoTags"]?.array?.map(\.string) == ["acme/app:v1"])
        #expect(value["RepoDigests"]?.array?.map(\.string) == ["acme/app@" + image.manifestDigest.description])
        #expect(value["Config"]?["User"]?.string == "node")
        #expect(value["Config"]?["Env"] == .null)
        #expect(value["Config"]?["Labels"]?.strings == ["a": "b"])
        #expect(value["RootFS"]?["Layers"]?.array?.count == 1)
        #expect(value["Size"]?.int == image.layerBlobs[0].count)
        #expect(value["Seaworthy"]?["Source"]?.string == "store")
        #expect(value["Architecture"]?.string == "amd64")
    }

    @Test("the history is told backwards, with each step's layer")
    func history() throws {
        let image = try TestImage(
            [["a": .text("12345")], ["b": .text("1")]],
            history: [
                HistoryEntry(createdBy: "first"), HistoryEntry(createdBy: "nothing", emptyLayer: true),
                HistoryEntry(createdBy: "second"),
            ]
        )
        try load(image, "acme/app:v1")
        let found = try finder.find("acme/app:v1")
        let sizes = try ImageSizes(finder).fileBytes(ofLayers: found.image, limits: .standard)
        #expect(sizes == [5, 1])
        let steps = ImageHistory.steps(of: found, sizes: sizes)
        #expect(steps.map(\.entry.createdBy) == ["second", "nothing", "first"])
        #expect(steps.map(\.layer) == [1, nil, 0])
        #expect(steps.map(\.sizeBytes) == [1, 0, 5])
        #expect(steps.map(\.id) == [image.manifestDigest, nil, nil])
    }

    @Test("layers that the history forgets are told all the same, and those it invents have no layer")
    func crookedHistory() throws {
        let short = try TestImage([["a": .text("1")], ["b": .text("22")]], history: [HistoryEntry(createdBy: "x")])
        try load(short, "acme/short:1")
        let found = try finder.find("acme/short:1")
        #expect(ImageHistory.steps(of: found, sizes: [1, 2]).map(\.layer) == [1, 0])
        #expect(
            ImageHistory.steps(of: found, sizes: []).map(\.layer) == [nil]
        )
    }

    @Test("a model's size is the recorded one; a label alone is not believed")
    func sizes() throws {
        let sizes = ImageSizes(finder)
        let model = try finder.find("node:24-alpine3.22")
        let size = sizes.size(of: model.image)
        #expect(size.isRecorded)
        #expect(size.bytes == model.model?.recordedSizeBytes)
        var config = ContainerConfiguration()
        config.labels = model.image.configuration.config.labels
        let liar = try TestImage([["a": .text("1")]], config: config)
        try load(liar, "acme/liar:1")
        let lie = sizes.size(of: try finder.find("acme/liar:1").image)
        #expect(lie == .init(bytes: liar.layerBlobs[0].count, isRecorded: false))
    }

    @Test("an image that cannot be read is listed without its facts")
    func listsBroken() throws {
        let image = try TestImage([["a": .text("1")]])
        try load(image, "acme/app:v1")
        let blob = finder.storePath + "/blobs/sha256/" + image.manifestDigest.hex
        try HostFile.writeAtomically(Array("{}".utf8), to: blob)
        let rows = try ImageList.parse([]).rows(runtime)
        #expect(rows.map(\.repository) == ["acme/app"])
        #expect(rows.first?.platform == nil)
    }

    @Test("filters and formats that there are not are refused")
    func listOptions() throws {
        try load(try TestImage([["a": .text("1")]]), "acme/app:v1")
        #expect(code(try ImageList.parse(["--filter", "colour=red"])) == .usage)
        #expect(code(try ImageList.parse(["--format", "{{.Nope}}"])) == .usage)
        #expect(code(try ImageList.parse(["BAD NAME"])) == .usage)
        #expect(code(try ImageInspect.parse(["acme/app:v1", "--platform", "linux"])) == .usage)
        #expect(code(try ImageInspect.parse(["acme/app:v1", "--platform", "linux/arm64"])) == .noInput)
    }
}
