// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import ImageLayouts
import OCISpec

/// `registry://`: what a registry has, where the command or the setting allows to ask it; else what it would have: the models of
/// the base image kit.
struct KitSource: SourceProvider {
    let prefix = "registry"
    let findsImages = true

    func find(_ request: SourceRequest, on bench: Workbench) throws -> Source {
        if let fetcher = request.fetcher { return try Self.fetched(request, by: fetcher) }
        if try bench.registryIsAllowed() {
            do {
                return try Self.fetched(request, by: ImageFetcher(bench))
            } catch let failure as Failure where failure.code == .unavailable || failure.code == .noInput {
                // Where only the setting allowed to ask, the kit answers for a registry that cannot; a model says that it is one.
                if let found = try Self.image(request, on: bench) { return .image(found) }
                throw failure
            }
        }
        if let found = try Self.image(request, on: bench) { return .image(found) }
        throw Failure(
            .unavailable,
            "no registry is asked for images",
            at: .reference(request.text),
            why: "nothing is fetched from a network, and the base image kit does not describe it",
            fix:
                "fetch it with `seaworthy image pull`, load it with `seaworthy image load -i FILE`, or name an archive "
                + "with archive://FILE"
        )
    }

    private static func fetched(_ request: SourceRequest, by fetcher: ImageFetcher) throws -> Source {
        guard let reference = try? ImageReference(parsing: request.rest) else {
            throw ImageFinder.missing(request, why: "it is no name of an image")
        }
        return .image(FoundImage(try fetcher.fetch(reference, platform: request.platform), place: .registry))
    }

    /// The kit's image of that name, made if need be; nil when it describes none, or there is no content.
    static func image(_ request: SourceRequest, on bench: Workbench) throws -> FoundImage? {
        guard let reference = try? ImageReference(parsing: request.rest).withDefaultTag,
            (try? bench.contentRoot()) != nil
        else { return nil }
        // Models are made in the store: where there can be none, that is what is wrong.
        let store = try bench.store()
        guard let base = try bench.kit().model(reference, platform: request.platform ?? .linuxAMD64) else { return nil }
        let key = base.manifestDigest.description
        return FoundImage(
            place: .kit,
            name: reference.familiar,
            references: reference.digest == nil ? [reference] : [],
            id: base.manifestDigest,
            image: try store.image(key),
            model: base.model,
            modelTree: base.tree,
            bundle: { try store.bundle(key) }
        )
    }
}
