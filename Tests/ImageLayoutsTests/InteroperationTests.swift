// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import Foundation
import ImageLayouts
import OCISpec
import SeaworthyTestSupport
import Testing

/// Real tools as judges. Each test skips aloud where its tool is not installed.
@Suite("Interoperation")
struct InteroperationTests {
    static func tool(_ name: String) -> String? {
        guard let path = SeaworthyBinary.find(name) else {
            print("skipped: \(name) is not installed")
            return nil
        }
        return path
    }

    /// A policy that takes every image, so that the machine's own does not matter.
    static func skopeo(_ arguments: [String], _ scratch: ScratchFolder) throws -> SeaworthyBinary.Result? {
        guard let skopeo = tool("skopeo") else { return nil }
        let policy = try scratch.write("policy.json", #"{"default":[{"type":"insecureAcceptAnything"}]}"#)
        return try SeaworthyBinary.run(
            skopeo,
            ["--policy", policy, "--tmpdir", scratch.path, "--override-os", "linux", "--override-arch", "amd64"]
                + arguments,
            environment: ["HOME": scratch.path]
        )
    }

    static let sources = ["oci-archive", "oci", "docker-archive", "store"]
    static let destinations: [(transport: String, options: [String])] = [
        ("docker-archive", []), ("dir", []), ("dir", ["--dest-compress", "--dest-compress-format", "zstd"]),
        ("oci", []), ("oci", ["--dest-compress-format", "zstd", "--dest-force-compress-format"]),
        ("oci-archive", []), ("oci-archive", ["--dest-decompress"]),
    ]

    @Test(
        "skopeo reads what we write, and we read what skopeo makes of it",
        arguments: sources,
        [Compression.gzip, .zstd, .none]
    )
    func skopeoCopies(source: String, compression: Compression) throws {
        guard Self.tool("skopeo") != nil else { return }
        let scratch = try ScratchFolder()
        let item = ImageWriter.Item(
            try ImageWriterTests.assembly(shape: source == "docker-archive" ? nil : .artifact, compression: compression)
                .bundle(),
            names: [ImageWriterTests.name]
        )
        let reference: String
        switch source {
        case "oci-archive":
            try ImageWriter.writeOCIArchive([item], to: scratch.path("in"))
            reference = "oci-archive:" + scratch.path("in")
        case "oci":
            try ImageWriter.writeOCILayout([item], toNewFolder: scratch.path("in"))
            reference = "oci:" + scratch.path("in") + ":1"
        case "docker-archive":
            try ImageWriter.writeDockerArchive([item], to: scratch.path("in"))
            reference = "docker-archive:" + scratch.path("in")
        default:
            let store = try LocalImageStore(path: scratch.path("in"))
            try store.put(item.bundle, names: item.names)
            reference = "oci:" + scratch.path("in") + ":1"
        }
        let inspected = try #require(try Self.skopeo(["inspect", "--config", reference], scratch))
        #expect(inspected.status == 0, "\(inspected.error)")
        #expect(inspected.output.contains(#""User": "1000""#) || inspected.output.contains(#""User":"1000""#))
        for (number, destination) in Self.destinations.enumerated() {
            let path = scratch.path("out\(number)")
            let name = destination.transport == "dir" ? path : path + ":made:1"
            let copied = try #require(
                try Self.skopeo(
                    ["copy"] + destination.options + [reference, destination.transport + ":" + name],
                    scratch
                )
            )
            guard copied.status == 0 else {
                // Older releases lack options, and Docker's own formats know no zstd; any other refusal is ours to mend.
                let isTheirs = ["unknown flag", "unknown option", "zstd compression is not supported for"]
                    .contains { copied.error.contains($0) }
                #expect(isTheirs, "\(destination): \(copied.error)")
                continue
            }
            let image = try ImageSource.open(path: path, limits: .submission).image()
            #expect(try Sample.paths(image) == Sample.expectedPaths, "\(destination)")
            #expect(image.configuration.config.user == "1000")
            #expect(image.mismatches.isEmpty)
        }
    }

    @Test(
        "an image that buildah makes from nothing is read by us, file by file",
        arguments: ["oci-archive", "docker-archive"]
    )
    func buildah(transport: String) throws {
        guard let buildah = Self.tool("buildah") else { return }
        let scratch = try ScratchFolder()
        let policy = try scratch.write("policy.json", #"{"default":[{"type":"insecureAcceptAnything"}]}"#)
        try scratch.write("tree/etc/motd", "hello")
        try scratch.write("tree/umläut", "x")
        let options = ["--root", scratch.path("root"), "--runroot", scratch.path("run"), "--storage-driver", "vfs"]
        func run(_ arguments: [String]) throws -> SeaworthyBinary.Result {
            try SeaworthyBinary.run(
                buildah,
                options + arguments,
                environment: ["HOME": scratch.path, "BUILDAH_ISOLATION": "chroot"]
            )
        }
        let made = try run(["from", "scratch"])
        guard made.status == 0 else {
            print("skipped: buildah cannot work here: \(made.error)")
            return
        }
        let container = made.output.split(separator: "\n").last.map(String.init) ?? ""
        #expect(try run(["add", container, scratch.path("tree"), "/"]).status == 0)
        #expect(try run(["config", "--user", "7", container]).status == 0)
        let target = transport + ":" + scratch.path("out.tar") + ":built:1"
        let committed = try run(["commit", "--signature-policy", policy, container, target])
        #expect(committed.status == 0, "\(committed.error)")
        let image = try ImageSource.open(path: scratch.path("out.tar"), limits: .submission).image()
        #expect(image.configuration.config.user == "7")
        let paths = Set(try Sample.paths(image).joined().map { $0.hasPrefix("./") ? String($0.dropFirst(2)) : $0 })
        #expect(paths.isSuperset(of: ["etc/", "etc/motd", "umläut"]))
    }

    @Test("umoci unpacks what we write")
    func umoci() throws {
        guard let umoci = Self.tool("umoci") else { return }
        let scratch = try ScratchFolder()
        let item = ImageWriter.Item(try ImageWriterTests.assembly(shape: nil).bundle(), names: [ImageWriterTests.name])
        try ImageWriter.writeOCILayout([item], toNewFolder: scratch.path("in"))
        let unpacked = try SeaworthyBinary.run(
            umoci,
            ["unpack", "--rootless", "--image", scratch.path("in") + ":1", scratch.path("bundle")]
        )
        #expect(unpacked.status == 0, "\(unpacked.error)")
        #expect(try scratch.read("bundle/rootfs/app/main") == Array("run".utf8))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("bundle/rootfs/etc/os-release")))
    }
}
