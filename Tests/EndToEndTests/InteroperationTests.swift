// SPDX-License-Identifier: Apache-2.0

import Foundation
import OCISpec
import SeaworthyTestSupport
import Testing

@Suite("What we write, read by others", .enabled(if: Judge.areThere("skopeo"), Judge.remedy))
struct InteroperationTests {
    struct Inspection: Decodable {
        let digest: String
        let layers: [String]
        private enum CodingKeys: String, CodingKey {
            case digest = "Digest"
            case layers = "Layers"
        }
    }

    struct Attached: Decodable, Equatable {
        let predicateType: String
        let digest: String
        let subjectMatches: Bool
    }

    /// A learner who has built the hardened solution's image with everything attached.
    static func built(_ arguments: String..., name: String = "acme/app:one") throws -> Learner {
        let learner = try Learner()
        try learner.learn()
        try learner.addBeforeExpose("RUN addgroup --system g && adduser --system --ingroup g u\nUSER u")
        let build = try learner.seaworthy(["build", "-t", name, "--load"] + arguments + ["."])
        try #require(build.status == 0, "\(build.error)")
        return learner
    }

    @Test("an OCI archive with attestations: skopeo inspects, copies all of it, and nothing is lost on the way")
    func ociArchive() throws {
        let learner = try Self.built("--sbom=true", "--provenance=mode=max", "-o", "type=oci,dest=../out.tar")
        let archive = learner.scratch.path("out.tar")
        let index = try Judge.json(ImageIndex.self, try Judge.skopeo("inspect", "--raw", "oci-archive:\(archive)"))
        #expect(index.manifests.count == 2)
        let image = try #require(index.manifests.first { $0.annotations?["vnd.docker.reference.type"] == nil })
        let attestations = try #require(
            index.manifests.first { $0.annotations?["vnd.docker.reference.type"] == "attestation-manifest" }
        )
        #expect(attestations.annotations?["vnd.docker.reference.digest"] == image.digest.description)
        #expect(attestations.platform?.description.contains("unknown") == true)
        let config = try Judge.json(
            ImageConfiguration.self,
            try Judge.skopeo("inspect", "--config", "oci-archive:\(archive)")
        )
        #expect(config.config.user == "u")
        #expect(config.config.cmd == ["node", "src/index.js"])
        let inspection = try Judge.json(Inspection.self, try Judge.skopeo("inspect", "oci-archive:\(archive)"))
        #expect(inspection.layers.count == config.rootfs.diffIDs.count)

        let copy = learner.scratch.path("copy")
        try Judge.skopeo("copy", "-q", "--all", "--preserve-digests", "oci-archive:\(archive)", "oci:\(copy):one")
        for command in [
            ["image", "files", "--json"], ["scout", "attestation", "list", "--json"], ["scout", "quickview"],
        ] {
            let ours = try learner.seaworthy(command + ["acme/app:one"])
            let theirs = try learner.seaworthy(command + ["oci-dir://\(copy)"])
            #expect(ours.status == 0, "\(ours.error)")
            // The name, and the width that it asks for, may differ.
            func nameless(_ text: String) -> [[Substring]] {
                text.split(separator: "\n").filter { !$0.contains("Target") && !$0.contains("─") }
                    .map { $0.split(separator: " ") }
            }
            #expect(nameless(theirs.output) == nameless(ours.output))
        }
        let attached = try learner.seaworthy("scout", "attestation", "list", "--json", "oci-dir://\(copy)")
        let rows = try Judge.json([Attached].self, attached.outputBytes)
        #expect(Set(rows.map(\.predicateType)) == ["https://spdx.dev/Document", "https://slsa.dev/provenance/v1"])
        #expect(rows.allSatisfy { $0.subjectMatches })
    }

    @Test("what `image save` writes is a docker-archive and an oci-archive to skopeo, for one image and for several")
    func save() throws {
        let learner = try Self.built()
        let other = try learner.seaworthy(
            "build",
            "-t",
            "acme/other:two",
            "--provenance=false",
            "--build-arg",
            "X=1",
            "."
        )
        #expect(other.status == 0, "\(other.error)")
        let archive = learner.scratch.path("saved.tar")
        let save = try learner.seaworthy("image", "save", "-o", archive, "acme/app:one", "acme/other:two")
        #expect(save.status == 0, "\(save.error)")
        for place in [
            "docker-archive:\(archive):acme/app:one", "docker-archive:\(archive):acme/other:two",
            "oci-archive:\(archive):one",
            "oci-archive:\(archive):two",
        ] {
            let config = try Judge.json(ImageConfiguration.self, try Judge.skopeo("inspect", "--config", place))
            #expect(config.config.user == "u", "\(place)")
            let copy = learner.scratch.path("copy-\(UUID().uuidString)")
            try Judge.skopeo("copy", "-q", place, "dir:\(copy)")
            let theirs = try learner.seaworthy("image", "files", "--json", "oci-dir://\(copy)")
            let ours = try learner.seaworthy("image", "files", "--json", "acme/app:one")
            let (left, right) = (try Self.plain(theirs), try Self.plain(ours))
            #expect(left == right, "\(place)")
        }
    }

    /// A listing without sizes: where the size of a base image's file is only on record, a copy knows the true one of the model.
    static func plain(_ result: SeaworthyBinary.Result) throws -> [String] {
        try Judge.json([ListedFile].self, result.outputBytes).map {
            "\($0.path) \($0.type) \($0.mode) \($0.uid):\($0.gid) \($0.link ?? "") \($0.layer ?? -1)"
        }
    }

    @Test("the store's own folder is an OCI layout to skopeo, every name in it")
    func store() throws {
        let learner = try Self.built("--sbom=true", "--provenance=mode=max")
        let store = learner.scratch.path("home/images")
        let index = try Judge.json(
            ImageIndex.self,
            [UInt8](try Data(contentsOf: URL(fileURLWithPath: store + "/index.json")))
        )
        let names = index.manifests.compactMap { $0.annotations?["org.opencontainers.image.ref.name"] }
        #expect(names.count == index.manifests.count && names.count >= 2)
        for name in names {
            let inspection = try Judge.json(Inspection.self, try Judge.skopeo("inspect", "oci:\(store):\(name)"))
            #expect(index.manifests.contains { $0.digest.description == inspection.digest })
        }
    }

    @Test("images with the same tag keep names of their own in the store")
    func sameTag() throws {
        let learner = try Self.built(name: "acme/app:latest")
        try learner.addBeforeExpose("LABEL second=yes")
        #expect(try learner.seaworthy("build", "-t", "acme/other:latest", ".").status == 0)
        let store = learner.scratch.path("home/images")
        var labels: [String: String] = [:]
        for name in ["docker.io/acme/app:latest", "docker.io/acme/other:latest"] {
            let config = try Judge.json(
                ImageConfiguration.self,
                try Judge.skopeo("inspect", "--config", "oci:\(store):\(name)")
            )
            labels[name] = config.config.labels?["second"] ?? "none"
        }
        #expect(labels == ["docker.io/acme/app:latest": "none", "docker.io/acme/other:latest": "yes"])
    }

    @Test("the docker exporter's archive is read by skopeo, and refuses attestations as BuildKit does")
    func dockerExporter() throws {
        let learner = try Self.built("--provenance=false", "-o", "type=docker,dest=../docker.tar")
        let config = try Judge.skopeo("inspect", "--config", "docker-archive:\(learner.scratch.path("docker.tar"))")
        #expect(try Judge.json(ImageConfiguration.self, config).config.user == "u")
        let refused = try learner.seaworthy("build", "-t", "a", "--sbom=true", "-o", "type=docker,dest=../no.tar", ".")
        #expect(refused.status != 0)
        #expect(refused.error.contains("manifest list"))
        #expect(!FileManager.default.fileExists(atPath: learner.scratch.path("no.tar")))
    }

    @Test(
        "umoci unpacks our layers to the very files that we list",
        .enabled(if: Judge.areThere("umoci", "find") && geteuid() == 0, Judge.remedy)
    )
    func umoci() throws {
        let learner = try Learner()
        try learner.learn()
        // What a stage without RUN writes is the very files: those of a base image's model have their sizes on record only.
        try learner.write(
            "FROM scratch\nCOPY --chown=7:8 . /app/\nCOPY --chmod=751 package.json /deep/er/\nWORKDIR /w\n"
        )
        let build = try learner.seaworthy(
            "build",
            "-t",
            "a/b:one",
            "--provenance=false",
            "-o",
            "type=oci,dest=../out.tar",
            "."
        )
        #expect(build.status == 0, "\(build.error)")
        let (layout, bundle) = (learner.scratch.path("layout"), learner.scratch.path("bundle"))
        try Judge.skopeo("copy", "-q", "oci-archive:\(learner.scratch.path("out.tar"))", "oci:\(layout):one")
        try Judge.run("umoci", ["unpack", "--image", "\(layout):one", bundle])
        let listing = try learner.seaworthy("image", "files", "--json", "oci-dir://\(layout)")
        let wrong = differences(
            try Judge.json([ListedFile].self, listing.outputBytes),
            try FoundFile.all(below: bundle + "/rootfs")
        )
        #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(12))")
    }

    @Test(
        "podman loads what we save",
        .enabled(if: Judge.areThere("podman") && geteuid() == 0, "podman is not installed, or not root")
    )
    func podman() throws {
        let learner = try Self.built("--sbom=true", "--provenance=mode=max")
        let archive = learner.scratch.path("saved.tar")
        #expect(try learner.seaworthy("image", "save", "-o", archive, "acme/app:one").status == 0)
        // podman takes no path of more than 50 bytes here.
        let run = "/tmp/sw-podman-\(getpid())"
        defer { _ = try? Judge.run("rm", ["-rf", run]) }
        let place = ["--storage-driver=vfs", "--root", learner.scratch.path("storage"), "--runroot", run]
        try Judge.run("podman", place + ["load", "-q", "-i", archive])
        let user = try Judge.run(
            "podman",
            place + ["image", "inspect", "--format", "{{.User}} {{.Config.Cmd}}", "acme/app:one"]
        )
        #expect(String(decoding: user, as: UTF8.self) == "u [node src/index.js]\n")
    }
}
