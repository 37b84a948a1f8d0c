// SPDX-License-Identifier: Apache-2.0

import OCISpec

/// `engine://`: the images of the container engine on this machine, asked through its socket.
struct EngineSource: SourceProvider {
    let prefix = "engine"
    let findsImages = true

    func find(_ request: SourceRequest, on bench: Workbench) throws -> Source {
        guard let reference = try? ImageReference(parsing: request.rest) else {
            throw ImageFinder.missing(request, why: "it is no name of an image")
        }
        let fetcher = request.fetcher ?? ImageFetcher(bench)
        let fetched = try fetcher.fetch(reference, from: .engine, platform: request.platform)
        return .image(FoundImage(fetched, place: .engine))
    }
}
