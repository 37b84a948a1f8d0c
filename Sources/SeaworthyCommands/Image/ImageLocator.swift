// SPDX-License-Identifier: Apache-2.0

import Archives
import BaseImages
import Diagnostics
import Foundation
import HostFiles
import ImageLayouts
import OCISpec

/// Finds the image that somebody typed.
///
/// Known are Scout's prefixes (`image://`, `local://`, `registry://`, `archive://`, `oci-dir://`). Without one, the local store
/// is asked by name, then by the beginning of an id, then the base image kit; last, a file or folder of that name is opened.
/// What is written as a path (`./app.tar`, `/tmp/layout`, `app.tar`) and is there is opened first.
struct ImageLocator: Sendable {
    private let runtime: Runtime

    /// Takes the world; nothing is opened yet.
    init(_ runtime: Runtime) { self.runtime = runtime }

    /// The folder of the local store.
    var storePath: String { runtime.home + "/images" }

    /// The local store; it is made where it is not there.
    func store() throws -> LocalImageStore { try LocalImageStore(path: storePath, limits: runtime.limits) }

    /// The user's images of the local store, the kit's left out; none where there is no store, and none is made then.
    func stored() throws -> [LocalImageStore.StoredImage] {
        guard HostFile.kind(of: storePath + "/index.json") != nil else { return [] }
        return try store().list().filter { $0.reference?.domain != BaseImageKit.storeDomain }
    }

    /// The kit's models, imported images of the same names left out; nil where there is no content, or no store.
    func models() -> BaseImageKit? {
        guard let root = try? runtime.contentRoot(), let store = try? store() else { return nil }
        return BaseImageKit(root: root + "/kit", store: ModelsOnly(store: store))
    }

    /// Finds an image.
    ///
    /// - Parameters:
    ///   - text: what was typed.
    ///   - ref: which image of an archive with several; nil means the only one.
    ///   - platform: must be there; nil means the host's, else the first.
    /// - Throws: a `Failure`: `usage` for a text that is no image's name, `noInput` when there is no such image, and what
    ///   reading throws.
    func find(_ text: String, ref: String? = nil, platform: Platform? = nil) throws -> LocatedImage {
        let (place, rest) = try Self.split(text)
        switch place {
        case .path:
            guard !rest.isEmpty else {
                throw Failure(
                    .usage,
                    "the path is missing",
                    at: .reference(text),
                    fix: "write archive://FILE or oci-dir://FOLDER"
                )
            }
            return try open(rest, shown: text, ref: ref, platform: platform)
        case .local:
            if let found = try inStore(rest, platform: platform) { return found }
            throw try missing(rest, in: "it is not in the local store")
        case .registry:
            if let found = try inKit(rest, platform: platform) { return found }
            throw Failure(
                .unavailable,
                "no registry is asked for images",
                at: .reference(text),
                why: "nothing is fetched from a network, and the base image kit does not describe it",
                fix: "load it with `seaworthy image load -i FILE`, or name an archive with archive://FILE"
            )
        case .anywhere:
            if Self.looksLikePath(rest), HostFile.kind(of: runtime.resolve(rest)) != nil {
                return try open(rest, shown: rest, ref: ref, platform: platform)
            }
            if let found = try inStore(rest, platform: platform) ?? inKit(rest, platform: platform) { return found }
            if !rest.isEmpty, HostFile.kind(of: runtime.resolve(rest)) != nil {
                return try open(rest, shown: rest, ref: ref, platform: platform)
            }
            if Self.looksLikePath(rest) {
                throw Failure(.noInput, "there is no such file or folder", at: .file(rest))
            }
            throw try missing(rest, in: "it is neither in the local store nor described by the base image kit")
        }
    }

    /// Finds an image of the local store by a name, a digest, or the beginning of an id that only one image has.
    ///
    /// - Returns: nil when there is none.
    /// - Throws: `usage` when several images have an id that begins so.
    func entry(_ text: String) throws -> LocalImageStore.StoredImage? {
        let images = try stored()
        guard !images.isEmpty else { return nil }
        if let wanted = try? ImageReference(parsing: text).withDefaultTag {
            if let digest = wanted.digest {
                return images.first { $0.descriptor.digest == digest && $0.reference?.name == wanted.name }
            }
            if let found = images.first(where: { $0.reference?.name == wanted.name && $0.reference?.tag == wanted.tag })
            {
                return found
            }
        }
        let hex = text.hasPrefix("sha256:") ? String(text.dropFirst(7)) : text
        guard !hex.isEmpty, hex.utf8.count <= 64,
            hex.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        var matches = images.filter { $0.descriptor.digest.hex.hasPrefix(hex) }
        if matches.isEmpty, hex.utf8.count >= 4 { matches = try byInnerDigest(hex, images) }
        guard Set(matches.map(\.descriptor.digest)).count <= 1 else {
            throw Failure(
                .usage,
                "several images have an id that begins with \(hex)",
                at: .file(storePath),
                fix: "write more of the id: "
                    + Set(matches.map(\.descriptor.digest.short)).sorted().joined(separator: ", ")
            )
        }
        return matches.first
    }

    /// Images whose manifest or configuration has a digest that begins so, as other tools print ids.
    private func byInnerDigest(
        _ hex: String,
        _ images: [LocalImageStore.StoredImage]
    ) throws -> [LocalImageStore.StoredImage] {
        let store = try store()
        return images.filter { image in
            guard let loaded = try? store.image(Self.key(image)) else { return false }
            return loaded.manifestDigest.hex.hasPrefix(hex) || loaded.configurationDigest.hex.hasPrefix(hex)
        }
    }

    /// What the store calls the image: its name, or its digest when it has none.
    static func key(_ image: LocalImageStore.StoredImage) -> String {
        image.reference?.description ?? image.descriptor.digest.description
    }

    /// The names of an image of the store, sorted.
    func names(of digest: Digest) throws -> [ImageReference] {
        try stored().filter { $0.descriptor.digest == digest }.compactMap(\.reference)
    }
}

extension ImageLocator {
    private enum Place {
        case anywhere, local, registry, path
    }

    private static func split(_ text: String) throws -> (Place, String) {
        guard let mark = text.range(of: "://") else { return (.anywhere, text) }
        let rest = String(text[mark.upperBound...])
        switch text[..<mark.lowerBound] {
        case "image": return (.anywhere, rest)
        case "local": return (.local, rest)
        case "registry": return (.registry, rest)
        case "archive", "oci-dir": return (.path, rest)
        case "fs", "sbom":
            throw Failure(
                .usage,
                "this names no image",
                at: .reference(text),
                fix: "name an image, archive://FILE or oci-dir://FOLDER"
            )
        default:
            throw Failure(
                .usage,
                "unknown prefix",
                at: .reference(text),
                fix: "the prefixes are image://, local://, registry://, archive:// and oci-dir://"
            )
        }
    }

    private static func looksLikePath(_ text: String) -> Bool {
        ["/", "./", "../"].contains { text.hasPrefix($0) }
            || ArchiveEnding.isImage(text)
    }

    private func open(_ path: String, shown: String, ref: String?, platform: Platform?) throws -> LocatedImage {
        let archive = try ImageSource.open(path: runtime.resolve(path), limits: runtime.limits)
        let image = try archive.image(reference: ref, platform: platform)
        let references = image.names.filter { $0.contains(":") || $0.contains("/") }
            .compactMap { try? ImageReference(parsing: $0).withDefaultTag }
        return LocatedImage(
            source: .path(path),
            name: references.first?.familiar ?? shown,
            references: references,
            id: image.indexDigest ?? image.manifestDigest,
            image: image,
            model: nil,
            modelTree: nil,
            bundle: { try archive.bundle(reference: ref) }
        )
    }

    private func inStore(_ text: String, platform: Platform?) throws -> LocatedImage? {
        guard let entry = try entry(text) else { return nil }
        let store = try store()
        let key = Self.key(entry)
        let names = try names(of: entry.descriptor.digest)
        return LocatedImage(
            source: .store,
            name: entry.reference?.familiar ?? entry.descriptor.digest.short,
            references: names,
            id: entry.descriptor.digest,
            image: try store.image(key, platform: platform),
            model: nil,
            modelTree: nil,
            bundle: { try store.bundle(key) }
        )
    }

    /// The kit's image of that name, made if need be.
    private func inKit(_ text: String, platform: Platform?) throws -> LocatedImage? {
        guard let reference = try? ImageReference(parsing: text).withDefaultTag,
            (try? runtime.contentRoot()) != nil
        else { return nil }
        // Models are made in the store: where there can be none, that is what is wrong.
        _ = try store()
        guard let models = models(),
            let base = try models.baseImage(reference, platform: platform ?? .linuxAMD64)
        else { return nil }
        let store = try store()
        let key = base.manifestDigest.description
        return LocatedImage(
            source: .kit,
            name: reference.familiar,
            references: reference.digest == nil ? [reference] : [],
            id: base.manifestDigest,
            image: try store.image(key),
            model: base.model,
            modelTree: base.tree,
            bundle: { try store.bundle(key) }
        )
    }

    private func missing(_ text: String, in why: String) throws -> Failure {
        do {
            _ = try ImageReference(parsing: text)
        } catch {
            return Failure(
                .usage,
                "invalid reference format",
                at: .reference(Self.cut(text)),
                why: error.sentence,
                fix: "write the image as name:tag, in small letters"
            )
        }
        return Failure(
            .noInput,
            "there is no such image",
            at: .reference(text),
            why: why,
            fix: "`seaworthy image ls` shows what there is; `seaworthy image load -i FILE` takes one in"
        )
    }

    /// Enough of a text to know it again.
    private static func cut(_ text: String) -> String {
        text.unicodeScalars.count <= 120 ? text : String(text.unicodeScalars.prefix(120)) + "…"
    }
}

/// The local store as a place for the kit's models alone.
private struct ModelsOnly: BaseImageStore {
    let store: LocalImageStore

    func storedImage(_ reference: ImageReference, platform: Platform) throws -> BaseImage? { nil }
    func holdsImage(_ manifest: Digest, blobs: [Digest]) -> Bool { store.holdsImage(manifest, blobs: blobs) }
    func blob(_ digest: Digest) throws -> [UInt8] { try store.blob(digest) }
    func keep(_ blobs: [ModelBlob], manifest: Descriptor, as name: ImageReference) throws {
        try store.keep(blobs, manifest: manifest, as: name)
    }
}
