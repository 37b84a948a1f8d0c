// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles

/// `image://`, and what has no prefix: the local store is asked by name, then by the beginning of an id, then the base image
/// kit; last, a file or folder of that name is opened.
///
/// What is written as a path (`./app.tar`, `/tmp/layout`, `app.tar`) and is there is opened first.
struct AnywhereSource: SourceProvider {
    let prefix = "image"
    let findsImages = true

    func find(_ request: SourceRequest, on bench: Workbench) throws -> Source {
        let text = request.rest
        let isThere = !text.isEmpty && HostFile.kind(of: bench.surroundings.resolve(text)) != nil
        let looksLikePath = Self.looksLikePath(text)
        if looksLikePath, isThere { return .image(try FoundImage(opening: request, shown: text, on: bench)) }
        if let found = try LocalStoreSource.image(request, on: bench) ?? KitSource.image(request, on: bench) {
            return .image(found)
        }
        if isThere { return .image(try FoundImage(opening: request, shown: text, on: bench)) }
        if looksLikePath { throw Failure(.noInput, "there is no such file or folder", at: .file(text)) }
        throw ImageFinder.missing(
            request,
            why: "it is neither in the local store nor described by the base image kit"
        )
    }

    private static func looksLikePath(_ text: String) -> Bool {
        ["/", "./", "../"].contains { text.hasPrefix($0) } || ArchiveEnding.isImage(text)
    }
}
