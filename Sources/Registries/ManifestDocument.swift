// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, manifest.md and image-index.md; Docker image manifest version 2, schema 1 and 2;
// distribution specification 1.1, "Pulling manifests". CVE-2021-41190: a document must not be both index and manifest.

import Diagnostics
import JSONValues
import OCISpec

/// A manifest or an index as a registry sent it, and believed to be that.
struct ManifestDocument {
    let content: Content
    /// Media type, digest and size.
    let descriptor: Descriptor
    let bytes: [UInt8]

    enum Content {
        case index(ImageIndex)
        case manifest(ImageManifest)
    }

    /// What registries are asked for: the types that are read, and no others.
    static let accepted = [
        MediaType.index, MediaType.manifest, MediaType.dockerManifestList, MediaType.dockerManifest,
    ]

    /// Types that say nothing about what a document is.
    private static let vague = ["application/json", "application/octet-stream", "text/plain"]

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - bytes: those that came; their digest was compared with what was promised before.
    ///   - type: the media type that the answer's head says; nil when it says none.
    init(_ bytes: [UInt8], digest: Digest, type: String?, place: Place, limits: TransferLimits) throws {
        func wrong(_ what: String, _ why: String? = nil, _ fix: String? = nil) -> Failure {
            Failure(.malformedInput, what, at: place, why: why, fix: fix)
        }
        if let type, type.contains("html") {
            throw wrong("a web page came in the place of a manifest", "its type is \(type)")
        }
        guard let members = JSONReader.memberRanges(in: bytes, limits: JSONLimits(sizeBytes: bytes.count, depth: 64))
        else { throw wrong("what came is no manifest", "it is not a JSON object") }
        let head: Head = try Self.decode(bytes, place, "the manifest")
        let oldTypes = ["application/vnd.docker.distribution.manifest.v1"]
        if head.schemaVersion == 1 || members["fsLayers"] != nil
            || oldTypes.contains(where: { (type ?? head.mediaType ?? "").hasPrefix($0) })
        {
            throw wrong(
                "the image is in a form that no tool writes any more",
                "its manifest has schema version 1",
                "build or push it again with a newer tool"
            )
        }
        guard head.schemaVersion == 2 else { throw wrong("what came is no manifest", "its schemaVersion is not 2") }
        let said = type.flatMap { Self.vague.contains($0) ? nil : $0 }
        if let said, let own = head.mediaType, !own.isEmpty, said != own.lowercased() {
            throw wrong("the manifest says of itself what the registry does not", "\(own), and \(said)")
        }
        let shape =
            members["manifests"] != nil
            ? MediaType.index : members["config"] != nil ? MediaType.manifest : ""
        let mediaType = said ?? head.mediaType.flatMap { $0.isEmpty ? nil : $0 } ?? shape
        let isIndex = MediaType.isIndex(mediaType)
        guard isIndex || MediaType.isManifest(mediaType) else {
            throw wrong("what came is neither a manifest nor an index", mediaType.isEmpty ? nil : "it is \(mediaType)")
        }
        let foreign = isIndex ? ["config", "layers"] : ["manifests"]
        if let member = foreign.first(where: { members[$0] != nil }) {
            throw wrong("the document is manifest and index at once", "as \(mediaType) it has no \"\(member)\"")
        }
        if isIndex {
            let index: ImageIndex = try Self.decode(bytes, place, "the index")
            guard index.manifests.count <= limits.manifests else {
                throw Failure(.overLimit, "the index has more than \(limits.manifests) manifests", at: place)
            }
            try Self.check(index.manifests, place)
            content = .index(index)
        } else {
            let manifest: ImageManifest = try Self.decode(bytes, place, "the manifest")
            guard manifest.layers.count <= limits.layers else {
                throw Failure(.overLimit, "the image has more than \(limits.layers) layers", at: place)
            }
            try Self.check([manifest.config] + manifest.layers, place)
            content = .manifest(manifest)
        }
        descriptor = Descriptor(mediaType: mediaType, digest: digest, size: bytes.count)
        self.bytes = bytes
    }

    private struct Head: Decodable {
        let schemaVersion: Int?
        let mediaType: String?
    }

    private static func check(_ descriptors: [Descriptor], _ place: Place) throws {
        if let wrong = descriptors.first(where: { $0.size < 0 }) {
            throw Failure(
                .malformedInput,
                "the manifest names a blob of a negative size",
                at: place,
                why: "\(wrong.digest): \(wrong.size)"
            )
        }
    }

    private static func decode<Value: Decodable>(_ bytes: [UInt8], _ place: Place, _ what: String) throws -> Value {
        do {
            return try JSONReader.decode(Value.self, from: bytes, limits: JSONLimits(sizeBytes: bytes.count, depth: 64))
        } catch {
            throw Failure(.malformedInput, "\(what) cannot be read", at: place, why: error.description, cause: error)
        }
    }
}
