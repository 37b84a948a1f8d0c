// SPDX-License-Identifier: Apache-2.0

import Foundation
import OCISpec
import SeaworthyTestSupport
import Testing

@Suite("Images that other tools made", .enabled(if: ForeignImage.isThere, ForeignImage.remedy))
struct ForeignImageTests {
    /// A form that an image is handed over in.
    struct Form: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// What skopeo is told, with the destination.
        let copy: @Sendable (_ folder: String) -> [String]
        /// What makes a further file of what skopeo wrote, as a shell line in the folder.
        var then: String?
        /// What we are told.
        let target: @Sendable (_ folder: String) -> String
    }

    static let forms = [
        Form(testDescription: "docker-archive", copy: { ["docker-archive:\($0)/image.tar:example.org/debian:test"] }) {
            "archive://\($0)/image.tar"
        },
        Form(
            testDescription: "oci-archive, gzip layers",
            copy: { ["--dest-compress", "oci-archive:\($0)/image.tar:test"] }
        ) {
            "archive://\($0)/image.tar"
        },
        Form(
            testDescription: "oci-archive, zstd layers",
            copy: { ["--dest-compress-format", "zstd", "oci-archive:\($0)/image.tar:test"] }
        ) { "archive://\($0)/image.tar" },
        Form(testDescription: "dir, plain layers", copy: { ["dir:\($0)/image"] }) { "oci-dir://\($0)/image" },
        Form(testDescription: "dir, gzip layers", copy: { ["--dest-compress", "dir:\($0)/image"] }) { "\($0)/image" },
        Form(testDescription: "dir, Docker's own manifest", copy: { ["--format", "v2s2", "dir:\($0)/image"] }) {
            "archive://\($0)/image"
        },
        Form(testDescription: "oci", copy: { ["oci:\($0)/image:test"] }) { "oci-dir://\($0)/image" },
        Form(
            testDescription: "docker-archive, gzip as a whole",
            copy: { ["docker-archive:\($0)/image.tar:example.org/debian:test"] },
            then: "gzip -1 image.tar"
        ) { "archive://\($0)/image.tar.gz" },
        Form(
            testDescription: "oci-archive, zstd as a whole",
            copy: { ["oci-archive:\($0)/image.tar:test"] },
            then: "zstd -q -1 --rm image.tar"
        ) { "archive://\($0)/image.tar.zst" },
        Form(
            testDescription: "dir, as a tar of the folder",
            copy: { ["oci:\($0)/image:test"] },
            then: "tar -cf image.tar -C image . && rm -r image"
        ) { "archive://\($0)/image.tar" },
    ]

    @Test("are read with dpkg's packages and the tree's files, modes and owners", arguments: forms)
    func read(form: Form) throws {
        let image = try ForeignImage.shared.get()
        let learner = try Learner()
        let folder = learner.scratch.path
        try Judge.run("skopeo", ["--insecure-policy", "copy", "-q", "oci:\(image.layout):image"] + form.copy(folder))
        if let then = form.then { try Judge.run("sh", ["-ec", "cd \"$0\"; \(then)", folder]) }
        let target = form.target(folder)

        let spdx = try learner.seaworthy("scout", "sbom", "--format", "spdx", target)
        #expect(spdx.status == 0, "\(spdx.error)")
        let packages = try ListedPackage.all(inSPDX: spdx.outputBytes).sorted()
        #expect(packages.count > 70)
        #expect(packages == image.packages, "\(Set(packages).symmetricDifference(image.packages).sorted())")
        #expect(!packages.contains { $0.name == "tzdata" })

        let list = try learner.seaworthy("scout", "sbom", "--format", "list", target)
        let lines = Set(list.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") })
        #expect(lines == Set(image.packages.map { "deb \($0.name) \($0.version)" }))

        let listing = try learner.seaworthy("image", "files", "--json", target)
        #expect(listing.status == 0, "\(listing.error)")
        let files = try Judge.json([ListedFile].self, listing.outputBytes)
        let wrong = differences(files, try image.files())
        #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(12))")
        #expect(files.count > 5000)
        #expect(files.contains { $0.type == "hardlink" && $0.path.hasPrefix("/srv/") })
        #expect(Set(files.compactMap(\.layer)) == [0, 1])
    }

    @Test("keep their configuration, and can be loaded, saved and read by skopeo again")
    func roundTrip() throws {
        let image = try ForeignImage.shared.get()
        let learner = try Learner()
        let archive = learner.scratch.path("in.tar")
        try Judge.skopeo("copy", "-q", "oci:\(image.layout):image", "docker-archive:\(archive):example.org/debian:test")
        let load = try learner.seaworthy("image", "load", "-i", archive)
        #expect(load.status == 0, "\(load.error)")
        #expect(load.output.contains("example.org/debian:test"))
        let config = try Judge.json(
            ImageConfiguration.self,
            try Judge.skopeo("inspect", "--config", "oci:\(learner.scratch.path("home"))/images:test")
        )
        #expect(config.config.user == "1000:100")
        #expect(config.config.labels?["made.by"] == "buildah")
        for format in ["docker", "oci"] {
            let out = learner.scratch.path("\(format).tar")
            let save = try learner.seaworthy("image", "save", "--format", format, "-o", out, "example.org/debian:test")
            #expect(save.status == 0, "\(save.error)")
            let place = format == "docker" ? "docker-archive:\(out)" : "oci-archive:\(out)"
            let again = try Judge.skopeo("inspect", "--config", place)
            #expect(try Judge.json(ImageConfiguration.self, again) == config)
            try Judge.skopeo("copy", "-q", place, "dir:\(learner.scratch.path("dir-\(format)"))")
        }
    }
}
