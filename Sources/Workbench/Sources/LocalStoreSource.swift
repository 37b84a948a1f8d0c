// SPDX-License-Identifier: Apache-2.0

import ImageLayouts
import OCISpec

/// `local://`: the local store, by a name, a digest, or the beginning of an id.
struct LocalStoreSource: SourceProvider {
    let prefix = "local"
    let findsImages = true

    func find(_ request: SourceRequest, on bench: Workbench) throws -> Source {
        if let found = try Self.image(request, on: bench) { return .image(found) }
        throw ImageFinder.missing(request, why: "it is not in the local store")
    }

    /// The image of the store; nil when there is none.
    static func image(_ request: SourceRequest, on bench: Workbench) throws -> FoundImage? {
        let finder = ImageFinder(bench)
        guard let entry = try finder.entry(request.rest) else { return nil }
        let store = try bench.store()
        let key = ImageFinder.key(entry)
        return FoundImage(
            place: .store,
            name: entry.reference?.familiar ?? entry.descriptor.digest.short,
            references: try finder.names(of: entry.descriptor.digest),
            id: entry.descriptor.digest,
            image: try store.image(key, platform: request.platform),
            bundle: { try store.bundle(key) }
        )
    }
}
