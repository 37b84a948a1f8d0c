// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Judgements
import Lessons
import OCISpec
import SeaworthyTestSupport
import Testing

@testable import LessonChecks

/// An archive of an image that lies beside the Dockerfile is judged, or it is said why not.
@Suite("Image archives beside the Dockerfile")
struct UnreadableArchiveTests {
    private static let work = CheckFixture.classic("USER node")

    /// What is wrong with `image.tar`, and words of the reason.
    static let broken: [(what: String, reason: String)] = [
        ("text", "image.tar cannot be read as an image"),
        ("empty", "image.tar cannot be read as an image"),
        ("truncated", "image.tar cannot be read as an image"),
        ("a changed byte", "image.tar cannot be read as an image"),
        ("other files", "image.tar cannot be read as an image (this is no image"),
    ]

    private static func bytes(_ what: String) throws -> [UInt8] {
        let image = try TestImage([["etc/os-release": .text("ID=test\n"), "bin/sh": .text("#!", mode: 0o755)]])
        var whole = try image.ociLayout().tar()
        switch what {
        case "text": return Array("no archive at all".utf8)
        case "empty": return []
        case "truncated": return Array(whole.prefix(whole.count / 2))
        case "a changed byte":
            for index in whole.indices.dropFirst(whole.count / 4) where whole[index] == UInt8(ascii: "o") {
                whole[index] = UInt8(ascii: "0")
            }
            return whole
        case "other files": return try TestArchive.tar(["src/index.js": .text("x")] as TestLayer)
        default: return whole
        }
    }

    @Test("judges the Dockerfile instead and says which archive and why", arguments: broken.indices)
    func says(index: Int) throws {
        let row = Self.broken[index]
        let archives = ["image.tar": try Self.bytes(row.what)]
        for kind in ["policies", "attestations", "smaller-than"] {
            let parameters: [String: LessonParameter.Value] =
                kind == "smaller-than" ? ["base": .string("node:lts-slim")] : [:]
            let alone = try CheckFixture.check(kind, Self.work, parameters)
            let beside = try CheckFixture.check(kind, Self.work, parameters, archives: archives)
            #expect(beside.state == alone.state, "\(kind): a stray file changes no verdict")
            let own = alone.message.replacing(" This is predicted from the Dockerfile; no image was built.", with: "")
            #expect(own != alone.message && beside.message.hasPrefix(own), "\(beside.message)")
            #expect(beside.message.contains(row.reason), "\(beside.message)")
            #expect(beside.message.hasSuffix("so this is predicted from the Dockerfile."), "\(beside.message)")
            #expect(beside.evidence.last?.file == "image.tar")
            #expect(beside.evidence.last?.kind == .workspaceFile)
        }
    }

    @Test("says nothing to checks that do not rest on the image")
    func unconcerned() throws {
        let archives = ["image.tar": try Self.bytes("text")]
        let beside = try CheckFixture.check("user-non-root", Self.work, archives: archives)
        #expect(try beside == CheckFixture.check("user-non-root", Self.work))
    }

    /// An image whose provenance says that it was built from a Dockerfile.
    private static func built(from dockerfile: String) throws -> [UInt8] {
        let image = try TestImage([["etc/os-release": .text("ID=test\n")]])
        let provenance = """
            {"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://slsa.dev/provenance/v0.2",
             "subject":[{"name":"_","digest":{"sha256":"\(image.manifestDigest.hex)"}}],
             "predicate":{"buildType":"https://mobyproject.org/buildkit@v1","builder":{"id":""},
              "invocation":{"configSource":{"entryPoint":"Dockerfile"},"parameters":{"frontend":"dockerfile.v0"}},
              "metadata":{"https://mobyproject.org/buildkit@v1#metadata":{"source":{"infos":[
               {"filename":"Dockerfile","language":"Dockerfile","data":"\(Data(dockerfile.utf8).base64EncodedString())"}]}}}}}
            """
        return try image.ociLayout(statements: [Array(provenance.utf8)]).tar()
    }

    /// What the image beside the Dockerfile was built from, and words about it; nil where it counts.
    static let origins: [(dockerfile: String?, said: String?)] = [
        (work, nil), (work.replacing("\n", with: "\r\n") + "\n", nil),
        (work + "RUN true\n", "image.tar was built from another Dockerfile, so this is predicted from the Dockerfile."),
        (nil, "image.tar does not say from which Dockerfile it was built, so this is predicted from the Dockerfile."),
    ]

    @Test("judges an archive only when its provenance holds this Dockerfile", arguments: origins.indices)
    func provenance(index: Int) throws {
        let row = Self.origins[index]
        let bytes = try row.dockerfile.map(Self.built) ?? Self.bytes("whole")
        let alone = try CheckFixture.check("attestations", Self.work)
        let beside = try CheckFixture.check("attestations", Self.work, archives: ["image.tar": bytes])
        guard let said = row.said else {
            #expect(alone.state == .passed && beside.state == .failed, "\(beside.message)")
            let both = try CheckFixture.check(
                "attestations",
                Self.work,
                archives: ["a.tar": try Self.bytes("text"), "b.tar": try Self.bytes("whole"), "image.tar": bytes]
            )
            #expect(both.message.contains("a.tar cannot be read as an image"), "\(both.message)")
            #expect(both.message.contains("b.tar does not say"), "\(both.message)")
            #expect(both.message.hasSuffix("so this is judged from image.tar."), "\(both.message)")
            return
        }
        #expect(beside.state == alone.state)
        #expect(beside.message.hasSuffix(said), "\(beside.message)")
    }

    @Test("takes a layout's folder as it takes its tar")
    func layoutFolder() throws {
        let image = try TestImage([["etc/os-release": .text("ID=test\n")]])
        var files: [String: [UInt8]] = [:]
        for (path, entry) in try image.ociLayout().files {
            if case .bytes(let bytes) = entry { files["layout/" + path] = bytes }
        }
        let beside = try CheckFixture.check("attestations", Self.work, archives: files)
        #expect(beside.message.contains("layout does not say from which Dockerfile"), "\(beside.message)")
        let alone = try CheckFixture.check("attestations", nil, archives: files)
        #expect(alone.message == "The image lacks an SBOM and provenance.", "\(alone.message)")
    }

    @Test("passes over the bundle that submit wrote, which is no image and means none")
    func bundle() throws {
        let name = SubmissionBundle.name(of: CheckFixture.lessonID, for: "acme")
        let result = try CheckFixture.check("policies", Self.work, archives: [name: try Self.bytes("other files")])
        #expect(try result == CheckFixture.check("policies", Self.work))
        let other = try CheckFixture.check("policies", Self.work, archives: ["other.tar.gz": Array("x".utf8)])
        #expect(other.message.contains("other.tar.gz"))
    }

    @Test("says of an archive without a Dockerfile that it was not judged")
    func alone() throws {
        let result = try CheckFixture.check("policies", nil, archives: ["image.tar": try Self.bytes("text")])
        #expect(result.state == .failed)
        #expect(result.message.contains("image.tar") && result.message.hasSuffix("so it was not judged."))
    }
}
