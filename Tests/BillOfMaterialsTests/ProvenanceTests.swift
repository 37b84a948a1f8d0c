// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import JSONValues
import OCISpec
import Testing

@testable import BillOfMaterials

@Suite("Provenance")
struct ProvenanceTests {
    static let hex = String(repeating: "ab", count: 32)
    static let layer = String(repeating: "cd", count: 32)

    static func digest(_ hex: String) throws -> Digest { try Digest(parsing: "sha256:" + hex) }

    static func full() throws -> Provenance {
        var result = Provenance()
        result.builderID = "https://example.org/builder"
        result.builderPlatform = "linux/amd64"
        result.dockerfileVersion = "1.26.0"
        result.materials = [
            .init(image: try ImageReference(parsing: "node:lts-slim"), digest: try digest(hex), platform: .linuxAMD64),
            .init(uri: "https://example.org/repo.git", digest: ["sha1": "00"]),
        ]
        result.configSource = .init(path: "Dockerfile")
        result.arguments = ["build-arg:A": "1", "label:l": "2", "target": "runtime"]
        result.locals = ["context", "dockerfile"]
        result.secrets = [.init(id: "npm", isOptional: true)]
        result.ssh = [.init(id: "default")]
        result.invocationID = "abc"
        result.startedOn = "2026-11-23T10:00:00Z"
        result.finishedOn = "2026-11-23T10:00:05Z"
        result.areMaterialsComplete = true
        result.versionControl = ["revision": "r", "localdir:context": "."]
        result.steps = [
            .init(
                id: "step0",
                operation: .source(
                    identifier: "docker-image://docker.io/library/node:lts-slim@sha256:" + hex,
                    attributes: [:]
                ),
                platform: "linux/amd64"
            ),
            .init(
                id: "step1",
                operation: .source(identifier: "local://context", attributes: ["local.sharedkeyhint": "context"])
            ),
            .init(
                id: "step2",
                operation: .files([
                    .makeDirectory(path: "/app", mode: 493), .copy(source: "/p.json", destination: "/app/"),
                ]),
                inputs: ["step0:0", "step1:0"],
                platform: "linux/arm/v7"
            ),
            .init(
                id: "step3",
                operation: .execution(
                    .init(
                        arguments: ["/bin/sh", "-c", "npm ci"],
                        environment: ["A=1"],
                        workingDirectory: "/app",
                        user: "node"
                    )
                ),
                inputs: ["step2:0"],
                platform: "linux/amd64"
            ),
            .init(id: "step4", operation: .result, inputs: ["step3:0"]),
        ]
        result.digestMapping = ["sha256:00": "step0"]
        result.sources = [
            .init(filename: "Dockerfile", data: Array("FROM node:lts-slim AS runtime\nRUN npm ci\n".utf8))
        ]
        result.locations = ["step0": [.init(lines: [1...1])], "step3": [.init(lines: [2...2])]]
        let base = Descriptor(
            mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
            digest: try digest(hex),
            size: 5
        )
        let top = Descriptor(
            mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
            digest: try digest(layer),
            size: 7
        )
        result.layers = ["step0:0": [[base]], "step3:0": [[base, top]]]
        return result
    }

    @Test("reads back as it was written, in both versions", arguments: Provenance.Version.allCases)
    func roundTrip(version: Provenance.Version) throws {
        let written = try Self.full()
        let bytes = ProvenanceWriter.predicate(of: written, version: version)
        let read = try ProvenanceReader.read(bytes)
        #expect(read.version == version)
        #expect(read.provenance == written)
        #expect(read.provenance.mode == .max)
        #expect(ProvenanceWriter.predicate(of: read.provenance, version: version) == bytes)
    }

    @Test(
        "mode min leaves out steps, sources, layers, build arguments, labels and secrets",
        arguments: Provenance.Version.allCases
    )
    func minimal(version: Provenance.Version) throws {
        let bytes = ProvenanceWriter.predicate(of: try Self.full(), version: version, mode: .min)
        let text = String(decoding: bytes, as: UTF8.self)
        for word in ["llbDefinition", "infos", "layers", "build-arg", "label:", "npm", "default"] {
            #expect(!text.contains(word), "\(word)")
        }
        let read = try ProvenanceReader.read(bytes).provenance
        #expect(read.mode == .min)
        #expect(read.arguments == ["target": "runtime"])
        #expect(read.materials.count == 2)
        let value = try JSONValue(parsing: bytes)
        let request =
            version == .v1
            ? value["runDetails"]?["metadata"]?["buildkit_completeness"]?["request"]
            : value["metadata"]?["completeness"]?["parameters"]
        #expect(request?.bool == false)
    }

    @Test("mode min is complete when nothing had to be left out")
    func minimalComplete() throws {
        var provenance = Provenance()
        provenance.arguments = ["target": "x"]
        let value = try JSONValue(parsing: ProvenanceWriter.predicate(of: provenance, mode: .min))
        #expect(value["runDetails"]?["metadata"]?["buildkit_completeness"]?["request"]?.bool == true)
    }

    @Test("holds the field names that BuildKit writes")
    func fieldNames() throws {
        let value = try JSONValue(parsing: ProvenanceWriter.predicate(of: try Self.full()))
        let definition = value["buildDefinition"]
        #expect(definition?["buildType"]?.string?.hasSuffix("slsa-definitions.md") == true)
        #expect(definition?["externalParameters"]?["configSource"]?["path"]?.string == "Dockerfile")
        #expect(definition?["externalParameters"]?["request"]?["locals"]?.array?.first?["name"]?.string == "context")
        let step = definition?["internalParameters"]?["buildConfig"]?["llbDefinition"]?.array?.dropFirst(3).first
        #expect(step?["op"]?["Op"]?["exec"]?["meta"]?["cwd"]?.string == "/app")
        #expect(step?["inputs"]?.array?.first?.string == "step2:0")
        #expect(
            definition?["resolvedDependencies"]?.array?.first?["uri"]?.string
                == "pkg:docker/node@lts-slim?platform=linux%2Famd64"
        )
        let metadata = value["runDetails"]?["metadata"]?["buildkit_metadata"]
        let range = metadata?["source"]?["locations"]?["step3"]?["locations"]?.array?.first?["ranges"]?.array?.first
        #expect(range?["start"]?["line"]?.int == 2 && range?["end"]?["line"]?.int == 2)
        let old = try JSONValue(parsing: ProvenanceWriter.predicate(of: try Self.full(), version: .v02))
        #expect(old["metadata"]?["https://mobyproject.org/buildkit@v1#metadata"]?["vcs"]?["revision"]?.string == "r")
        #expect(old["invocation"]?["configSource"]?["entryPoint"]?.string == "Dockerfile")
    }

    @Test("joins layers, steps and lines")
    func lines() throws {
        let provenance = try Self.full()
        #expect(provenance.lines(ofLayer: try Self.digest(Self.layer)) == 2...2)
        #expect(provenance.lines(ofLayer: try Self.digest(Self.hex)) == 1...1)
        #expect(provenance.lines(ofLayer: try Self.digest(String(repeating: "0", count: 64))) == nil)
    }

    @Test("reads both spellings of the invocation id", arguments: ["invocationId", "invocationID"])
    func spelling(name: String) throws {
        let text = "{\"buildDefinition\":{},\"runDetails\":{\"metadata\":{\"\(name)\":\"x\"}}}"
        #expect(try ProvenanceReader.read(Array(text.utf8)).provenance.invocationID == "x")
    }

    @Test(
        "refuses what is no provenance",
        arguments: ["", "[]", "{}", "{\"buildDefinition\":7}", "{\"predicate\":{}}"]
    )
    func refuses(text: String) {
        #expect(throws: Failure.self) { try ProvenanceReader.read(Array(text.utf8)) }
    }

    @Test("refuses a predicate whose shape is not its type's")
    func typeMismatch() throws {
        let bytes = ProvenanceWriter.predicate(of: try Self.full(), version: .v02)
        #expect(throws: Failure.self) {
            try ProvenanceReader.read(bytes, predicateType: InTotoStatement.PredicateType.provenanceV1)
        }
    }

    @Test("survives hostile numbers and shapes")
    func hostile() throws {
        let text = """
            {"buildDefinition":{"internalParameters":{"buildConfig":{"llbDefinition":[7,{"id":"s","op":{"Op":{"exec":7}}},{"id":"t","op":[]}]}},"resolvedDependencies":[{"uri":7},7]},
             "runDetails":{"metadata":{"buildkit_metadata":{"source":{"infos":[{"data":"*"}],"locations":{"s":{"locations":[{"sourceIndex":-9,"ranges":[{"start":{"line":9},"end":{"line":1}},{"start":{"line":-1}},{"start":{"line":99999999999999999999}}]}]}}},"layers":{"s:0":[[{"digest":"x"}],7]}}}}}
            """
        let read = try ProvenanceReader.read(Array(text.utf8)).provenance
        #expect(read.steps.map(\.id) == ["s", "t"])
        #expect(read.locations["s"]?.first?.lines == [9...9])
        #expect(read.materials.isEmpty)
    }

    static let purls: [(reference: String, purl: String)] = [
        ("docker.io/library/alpine:latest", "pkg:docker/alpine@latest"), ("alpine", "pkg:docker/alpine@latest"),
        ("user/test:v2", "pkg:docker/user/test@v2"), ("ghcr.io/foo/bar:v2", "pkg:docker/ghcr.io/foo/bar@v2"),
        ("docker.io/library/alpine@sha256:" + hex, "pkg:docker/alpine?digest=sha256:" + hex),
        ("alpine:3@sha256:" + hex, "pkg:docker/alpine@3?digest=sha256:" + hex),
        ("localhost:5000/a:b", "pkg:docker/localhost:5000/a@b"),
    ]

    @Test("names images as BuildKit does, and reads them back", arguments: purls)
    func imagePURLs(reference: String, purl: String) throws {
        let image = try ImageReference(parsing: reference)
        #expect(ImagePURL.text(image, digest: nil, platform: nil) == purl)
        #expect(ImagePURL.read(purl)?.reference == image.withDefaultTag)
        #expect(ImagePURL.read(ImagePURL.text(image, digest: nil, platform: .linuxAMD64))?.platform == .linuxAMD64)
    }

    static func base(_ dockerfile: String?, materials: [String] = [], arguments: [String: String] = [:]) throws
        -> Provenance.BaseImage
    {
        var provenance = Provenance()
        if let dockerfile { provenance.sources = [.init(filename: "Dockerfile", data: Array(dockerfile.utf8))] }
        provenance.arguments = arguments
        provenance.materials = materials.map { .init(uri: $0, digest: ["sha256": hex]) }
        return provenance.baseImage
    }

    static func image(_ text: String, known: Bool = true) throws -> Provenance.BaseImage {
        .image(try ImageReference(parsing: text), digest: known ? try digest(hex) : nil)
    }

    @Test("follows stages, arguments and the target to the base image")
    func bases() throws {
        let node = "pkg:docker/node@24?platform=linux%2Famd64"
        #expect(try Self.base("FROM node:24\n", materials: [node]) == Self.image("node:24"))
        #expect(
            try Self.base("# c\nFROM --platform=$BUILDPLATFORM node:24 AS a\nFROM a\n", materials: [node])
                == Self.image("node:24")
        )
        #expect(
            try Self.base("FROM node:24 AS builder\nFROM nginx\nCOPY --from=builder / /\n", materials: [node])
                == Self.image("nginx", known: false)
        )
        #expect(
            try Self.base("FROM node:24 as B\nFROM nginx\n", materials: [node], arguments: ["target": "b"])
                == Self.image("node:24")
        )
        #expect(
            try Self.base("ARG V=22\nARG I=node:${V}\nFROM $I\n", materials: [node], arguments: ["build-arg:V": "24"])
                == Self.image("node:24")
        )
        #expect(try Self.base("ARG V\nFROM node:${V:-24}\n", materials: [node]) == Self.image("node:24"))
        #expect(try Self.base("ARG V=24-slim\nFROM node:${V/-slim/}\n", materials: [node]) == Self.image("node:24"))
        #expect(try Self.base("ARG V=slim-24\nFROM node:${V#slim-}\n", materials: [node]) == Self.image("node:24"))
        #expect(try Self.base("FROM scratch\n") == .scratch)
        #expect(try Self.base("FROM node:$TARGETARCH\n") == Self.image("node:amd64", known: false))
        #expect(
            try Self.base("FROM \\\n# c\n  node:24\nRUN <<EOF\nFROM x\nEOF\n", materials: [node])
                == Self.image("node:24")
        )
        #expect(try Self.base("# escape=`\nFROM `\nnode:24\n", materials: [node]) == Self.image("node:24"))
        for wrong in ["RUN x\n", "FROM a\n", "FROM $X\n"] {
            let target = wrong == "FROM a\n" ? ["target": "zz"] : [:]
            guard case .unknown = try Self.base(wrong, arguments: target) else {
                Issue.record("\(wrong) has no base")
                continue
            }
        }
    }

    @Test("a named context stands for its image, and for nothing known when it is no image")
    func contexts() throws {
        let node = "pkg:docker/node@24"
        let image = ["context:base": "docker-image://node:24"]
        #expect(try Self.base("FROM base\n", materials: [node], arguments: image) == Self.image("node:24"))
        for source in ["local:base", "docker-image://A B", "https://example.org/x.git"] {
            guard case .unknown = try Self.base("FROM base\n", arguments: ["context:base": source]) else {
                Issue.record("\(source) is no image")
                continue
            }
        }
    }

    @Test("without a Dockerfile the only image that is no tool is the base")
    func guessed() throws {
        let node = "pkg:docker/node@24"
        #expect(
            try Self.base(nil, materials: [node, "pkg:docker/docker/dockerfile@1", "https://x"])
                == Self.image("node:24")
        )
        #expect(
            try Self.base(nil, materials: [node, "pkg:docker/me/frontend@1"], arguments: ["source": "me/frontend:1"])
                == Self.image("node:24")
        )
        for materials in [[], [node, "pkg:docker/nginx@1"]] {
            guard case .unknown = try Self.base(nil, materials: materials) else {
                Issue.record("nobody can know the base")
                continue
            }
        }
    }

    @Test("the statement is about the manifest, once for each name")
    func statement() throws {
        let names = [try ImageReference(parsing: "me/app:1"), try ImageReference(parsing: "me/app:2")]
        let subjects = InTotoJSON.subjects(names: names, platform: .linuxAMD64, digest: try Self.digest(Self.hex))
        #expect(
            subjects.map(\.name) == [
                "pkg:docker/me/app@1?platform=linux%2Famd64", "pkg:docker/me/app@2?platform=linux%2Famd64",
            ]
        )
        #expect(
            InTotoJSON.subjects(names: [], platform: .linuxAMD64, digest: try Self.digest(Self.hex)).map(\.name) == [
                "_"
            ]
        )
        let statement = ProvenanceWriter.statement(of: try Self.full(), subjects: subjects)
        let read = try InTotoJSON.read(try InTotoJSON.write(statement))
        #expect(try ProvenanceReader.read(read).provenance == Self.full())
    }
}
