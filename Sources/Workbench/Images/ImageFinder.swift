// SPDX-License-Identifier: Apache-2.0

package import BaseImages
import Diagnostics
import HostFiles
package import ImageLayouts
package import OCISpec
import Reporting

/// Finds the image that somebody typed, and the images of the local store; see `SourceRegistry` for what may be typed.
package struct ImageFinder: Sendable {
    private let bench: Workbench
    private let fetcher: ImageFetcher?

    /// Takes the workbench; nothing is opened yet.
    ///
    /// - Parameter fetcher: what asks registries; nil where the command does not name the network.
    package init(_ bench: Workbench, fetcher: ImageFetcher? = nil) {
        self.bench = bench
        self.fetcher = fetcher
    }

    /// The folder of the local store.
    package var storePath: String { bench.storePath }

    /// The local store; it is made where it is not there.
    package func store() throws -> LocalImageStore { try bench.store() }

    /// The user's images of the local store, the kit's left out; none where there is no store, and none is made then.
    package func stored() throws -> [LocalImageStore.StoredImage] {
        guard HostFile.kind(of: storePath + "/index.json") != nil else { return [] }
        return try store().list().filter { $0.reference?.domain != BaseImageKit.storeDomain }
    }

    /// The kit; nil where there is no content, or no store.
    package func models() -> BaseImageKit? { try? bench.kit() }

    /// Finds an image.
    ///
    /// - Parameters:
    ///   - text: what was typed.
    ///   - ref: which image of an archive with several; nil means the only one.
    ///   - platform: must be there; nil means the host's, else the first.
    /// - Throws: a `Failure`: `usage` for a text that is no image's name, `noInput` when there is no such image, and what
    ///   reading throws.
    package func find(_ text: String, ref: String? = nil, platform: Platform? = nil) throws -> FoundImage {
        let (provider, rest) = try SourceRegistry.provider(for: text)
        let request = SourceRequest(text: text, rest: rest, reference: ref, platform: platform, fetcher: fetcher)
        guard provider.findsImages, case .image(let found) = try provider.find(request, on: bench) else {
            throw Failure(
                .usage,
                "this names no image",
                at: .reference(text),
                fix: "name an image, archive://FILE or oci-dir://FOLDER"
            )
        }
        return found
    }

    /// Finds an image of the local store by a name, a digest, or the beginning of an id that only one image has.
    ///
    /// - Returns: nil when there is none.
    /// - Throws: `usage` when several images have an id that begins so.
    package func entry(_ text: String) throws -> LocalImageStore.StoredImage? {
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
    package static func key(_ image: LocalImageStore.StoredImage) -> String {
        image.reference?.description ?? image.descriptor.digest.description
    }

    /// The names of an image of the store, sorted; those with a digest in the place of a tag are none that people give.
    package func names(of digest: Digest) throws -> [ImageReference] {
        try stored().filter { $0.descriptor.digest == digest }.compactMap(\.reference)
            .filter { $0.digest == nil }
    }
}

extension ImageFinder {
    /// Why there is no such image: the text is no name, or nobody has it.
    static func missing(_ request: SourceRequest, why: String) -> Failure {
        do {
            _ = try ImageReference(parsing: request.rest)
        } catch {
            return Failure(
                .usage,
                "invalid reference format",
                at: .reference(Self.cut(request.rest)),
                why: error.sentence,
                fix: "write the image as name:tag, in small letters"
            )
        }
        return Failure(
            .noInput,
            "there is no such image",
            at: .reference(request.rest),
            why: why,
            fix: "`seaworthy image ls` shows what there is; `seaworthy image load -i FILE` takes one in"
        )
    }

    /// Enough of a text to know it again.
    private static func cut(_ text: String) -> String {
        text.unicodeScalars.count <= 120 ? text : String(text.unicodeScalars.prefix(120)) + "…"
    }
}
