// SPDX-License-Identifier: Apache-2.0

/// `oci-dir://`: a folder of this machine that is an OCI layout.
struct LayoutFolderSource: SourceProvider {
    let prefix = "oci-dir"
    let findsImages = true

    func find(_ request: SourceRequest, on bench: Workbench) throws -> Source {
        .image(try FoundImage(opening: request, shown: request.text, on: bench))
    }
}
