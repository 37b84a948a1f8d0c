// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Foundation
import OCISpec
import Testing

/// Real programs as judges; each is skipped aloud where it is not installed.
@Suite("Models before other people's programs")
struct ModelInteroperationTests {
    static let names = [
        "node:lts-slim", "node:24-alpine", "docker/dhi-node:24-alpine3.22", "dhi.io/node:24", "debian:bullseye-slim",
    ]

    /// Writes a model as an OCI layout.
    private func write(_ image: BaseImage, from store: MemoryStore, to folder: String) throws {
        let descriptors = image.manifest.layers + [image.manifest.config]
        var blobs = try descriptors.map { ($0.digest, try store.blob($0.digest)) }
        let manifest = try store.blob(image.manifestDigest)
        blobs.append((image.manifestDigest, manifest))
        for (digest, bytes) in blobs {
            let path = folder + "/blobs/sha256/" + digest.hex
            try KitFixture.write("", to: path)
            try Data(bytes).write(to: URL(fileURLWithPath: path))
        }
        let descriptor = Descriptor(mediaType: MediaType.manifest, digest: image.manifestDigest, size: manifest.count)
        let index = try JSONEncoder().encode(ImageIndex(manifests: [descriptor]))
        try KitFixture.write(String(decoding: index, as: UTF8.self), to: folder + "/index.json")
        try KitFixture.write("{\"imageLayoutVersion\":\"1.0.0\"}", to: folder + "/oci-layout")
    }

    private func program(_ name: String) -> String {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"
        let found = path.split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        return found ?? "/usr/bin/" + name
    }

    @Test("skopeo reads the layout, its configuration and its layers", arguments: names)
    func skopeo(name: String) throws {
        let fixture = KitFixture()
        let image = try #require(try fixture.image(name))
        try KitFixture.inScratchFolder { folder in
            try write(image, from: fixture.store, to: folder + "/layout")
            let inspect = ["inspect", "oci:" + folder + "/layout"]
            guard let seen = try KitFixture.output(program("skopeo"), inspect) else { return }
            #expect(seen.status == 0, "\(seen.text)")
            #expect(seen.text.contains("\"Digest\": \"\(image.manifestDigest)\""))
            let copy = ["copy", "-q", "oci:" + folder + "/layout", "docker-archive:" + folder + "/saved.tar:model:1"]
            let copied = try KitFixture.output(program("skopeo"), copy)
            #expect(copied?.status == 0, "\(copied?.text ?? "")")
        }
    }

    @Test("syft finds exactly the packages of the database", arguments: names)
    func syft(name: String) throws {
        let fixture = KitFixture()
        let image = try #require(try fixture.image(name))
        try KitFixture.inScratchFolder { folder in
            try write(image, from: fixture.store, to: folder + "/layout")
            let arguments = ["oci-dir:" + folder + "/layout", "-q", "-o", "template", "-t", folder + "/list"]
            let template = "{{range .artifacts}}{{.type}} {{.name}} {{.version}}\n{{end}}"
            try KitFixture.write(template, to: folder + "/list")
            guard let output = try KitFixture.output(program("syft"), arguments) else { return }
            #expect(output.status == 0, "\(output.text)")
            let found = output.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
            let system = found.filter { $0.count == 3 && ["deb", "apk"].contains($0[0]) }.map { $0[1] }
            #expect(system.sorted() == image.packageNames.sorted())
        }
    }
}
