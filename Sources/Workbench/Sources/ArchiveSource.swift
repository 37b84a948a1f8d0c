// SPDX-License-Identifier: Apache-2.0

/// `archive://`: an archive of images on this machine, as `docker save` and its kin write them.
struct ArchiveSource: SourceProvider {
    let prefix = "archive"
    let findsImages = true

    func find(_ request: SourceRequest, on bench: Workbench) throws -> Source {
        .image(try FoundImage(opening: request, shown: request.text, on: bench))
    }
}
