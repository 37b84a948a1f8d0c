// SPDX-License-Identifier: Apache-2.0

import Advisories
import BaseImages
import BillOfMaterials
import Diagnostics
import Foundation
import ImageFilesystem
import ImagePolicies
import OCISpec
import Packages

@testable import ImageAnalysis

/// The lesson's images as subjects, on models of the real kit.
struct LessonImage {
    var base = "node:lts-slim"
    var user: String?
    var dependencies = LessonImage.locked
    var statements: [InTotoStatement] = []
    var unknowns: [Unknown] = []
    var labels: [String: String] = [:]
    var passwdLine: String?
    var told: BaseImageUse?
    var created: String? = "2026-11-20T00:00:00Z"

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let kit = BaseImageKit(root: root + "/kit", store: NoStore())
    static let digest = Digest.sample(0x77)

    /// What `npm ci` installs of the lesson's application: name, version, licence.
    static let locked: [(name: String, version: String, license: String)] = {
        struct Lock: Decodable {
            struct Entry: Decodable {
                let version: String?
                let license: String?
                let dev: Bool?
            }
            let packages: [String: Entry]
        }
        let path = root + "/lessons/securing-your-image/workspace/package-lock.json"
        let lock = FileManager.default.contents(atPath: path).flatMap { try? JSONDecoder().decode(Lock.self, from: $0) }
        return (lock?.packages ?? [:]).sorted { $0.key < $1.key }.compactMap { place, entry in
            let folder = "node_modules/"
            guard place.hasPrefix(folder), !place.contains("/" + folder), entry.dev != true,
                let version = entry.version, let license = entry.license
            else { return nil }
            return (String(place.dropFirst(folder.count)), version, license)
        }
    }()

    static func analyzer() throws -> ImageAnalyzer {
        ImageAnalyzer(
            advisories: try AdvisoryDatabase.open(embedded: root + "/advisories", home: nil),
            facts: kit.catalog,
            today: "2026-11-23",
            engineVersion: "test",
            limits: .standard
        )
    }

    static func model(_ reference: String) throws -> BaseImage {
        guard let image = try kit.baseImage(try ImageReference(parsing: reference), platform: .linuxAMD64) else {
            throw Failure(.noInput, "the kit has no \(reference)")
        }
        return image
    }

    /// The subject: the model's files, the application's packages on top, one layer of its own.
    func subject() throws -> AnalysisSubject {
        let image = try Self.model(base)
        var tree = image.tree
        for (name, version, license) in dependencies {
            let text = #"{"name":"\#(name)","version":"\#(version)","license":"\#(license)"}"#
            var node = FileNode.file(Array(text.utf8))
            node.layerIndex = image.configuration.rootfs.diffIDs.count
            tree.insert(node, at: ImagePath("/usr/local/app/node_modules/\(name)/package.json"))
        }
        if let passwdLine {
            let passwd: ImagePath = "/etc/passwd"
            tree.insert(.file((tree.bytes(at: passwd) ?? []) + Array((passwdLine + "\n").utf8)), at: passwd)
        }
        var configuration = image.configuration
        configuration.created = created
        configuration.config.user = user ?? configuration.config.user
        configuration.config.labels = (configuration.config.labels ?? [:]).merging(labels) { $1 }
        let own = AnalysisSubject.Layer(diffID: .sample(0x55), digest: .sample(0x56), sizeBytes: 2_500_000)
        configuration.rootfs.diffIDs.append(own.diffID)
        return AnalysisSubject(
            name: "acme/memes-r-us:latest",
            digest: Self.digest,
            configuration: configuration,
            tree: tree,
            layers: image.configuration.rootfs.diffIDs.map { AnalysisSubject.Layer(diffID: $0, sizeBytes: 1000) } + [
                own
            ],
            statements: statements.map { AnalysisSubject.Statement($0, of: Self.digest) },
            unknowns: unknowns,
            base: told
        )
    }

    func report(_ profile: PolicyProfile = .classic) throws -> AnalysisReport {
        try Self.analyzer().analyze(try subject(), profile: profile)
    }

    /// SBOM and provenance in max mode, as BuildKit attaches them.
    mutating func attest(
        sbom packages: [Package]? = nil,
        mode: Provenance.Mode = .max,
        of digest: Digest = LessonImage.digest
    ) throws {
        let subjects = [InTotoStatement.Subject(name: "_", digest: ["sha256": digest.hex])]
        let all = try packages ?? Self.analyzer().analyze(try subject()).packages
        let image = try Self.model(base)
        let name = try ImageReference(parsing: base).withDefaultTag
        statements = [
            InTotoStatement(
                type: InTotoStatement.typeV01,
                subjects: subjects,
                predicateType: InTotoStatement.PredicateType.spdx,
                predicate: Self.spdx(all)
            ),
            InTotoStatement(
                type: InTotoStatement.typeV01,
                subjects: subjects,
                predicateType: InTotoStatement.PredicateType.provenanceV02,
                predicate: Self.provenance(name, image.manifestDigest, mode: mode)
            ),
        ]
    }

    static func spdx(_ packages: [Package]) -> [UInt8] {
        let entries = packages.map { package in
            let license = package.licenseExpression?.description ?? "NOASSERTION"
            return
                #"{"name":"\#(package.name)","SPDXID":"SPDXRef-\#(abs(package.hashValue))","versionInfo":"\#(package.version)","licenseDeclared":"\#(license)","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"\#(package.purl)"}]}"#
        }
        return Array(
            #"{"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","name":"x","packages":[\#(entries.joined(separator: ","))]}"#
                .utf8
        )
    }

    static func provenance(_ base: ImageReference, _ digest: Digest, mode: Provenance.Mode) -> [UInt8] {
        let file = Data("FROM \(base.familiar)\nCOPY . .\n".utf8).base64EncodedString()
        let uri = "pkg:docker/\(base.familiarName)@\(base.tag ?? "latest")?platform=linux%2Famd64"
        let steps =
            mode == .max
            ? #""buildConfig":{"llbDefinition":[{"id":"step0","op":{"Op":{"source":{"identifier":"docker-image://x"}}}}]},"#
            : ""
        let source =
            mode == .max
            ? #","https://mobyproject.org/buildkit@v1#metadata":{"vcs":{"source":"https://example.org/memes.git","revision":"abc"},"source":{"infos":[{"filename":"Dockerfile","data":"\#(file)"}]}}"#
            : ""
        return Array(
            #"{"buildType":"https://mobyproject.org/buildkit@v1","builder":{"id":""},\#(steps)"materials":[{"uri":"\#(uri)","digest":{"sha256":"\#(digest.hex)"}},{"uri":"pkg:docker/docker/dockerfile@1","digest":{"sha256":"\#(String(repeating: "a", count: 64))"}}],"invocation":{"parameters":{"frontend":"dockerfile.v0","args":{}}},"metadata":{"buildInvocationID":"x"\#(source)}}"#
                .utf8
        )
    }
}

/// A store without images: models are assembled and forgotten.
private struct NoStore: BaseImageStore {
    func storedImage(_ reference: ImageReference, platform: Platform) throws -> BaseImage? { nil }
    func holdsImage(_ manifest: Digest, blobs: [Digest]) -> Bool { false }
    func blob(_ digest: Digest) throws -> [UInt8] { throw Failure(.noInput, "no blob") }
    func keep(_ blobs: [ModelBlob], manifest: Descriptor, as name: ImageReference) throws {}
}

extension Digest {
    /// A digest of one byte repeated.
    static func sample(_ byte: UInt8) -> Digest {
        Digest(algorithm: .sha256, hash: [UInt8](repeating: byte, count: 32)) ?? sample(byte)
    }
}
