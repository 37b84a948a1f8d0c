// SPDX-License-Identifier: Apache-2.0

public import OCISpec

extension LocalImageStore {
    /// The image of a manifest, which may stand in an index beside its attestations and so have no place of its own in the store's list.
    ///
    /// - Parameter name: where it was found before; the name may point elsewhere by now.
    /// - Throws: a `Failure`: `noSuchImage` when the store has no such image any more, else as `image(_:platform:)`.
    public func image(manifest digest: Digest, name: ImageReference, platform: Platform) throws -> LoadedImage {
        let direct = digest.description
        if try find(direct) != nil { return try image(direct) }
        let images = try list()
        let named = images.filter { $0.reference == name } + images.filter { $0.reference != name }
        for stored in named {
            guard let image = try? image(stored.descriptor.digest.description, platform: platform) else { continue }
            if image.manifestDigest == digest { return image }
        }
        return try image(direct)
    }
}
