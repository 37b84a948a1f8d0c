// SPDX-License-Identifier: Apache-2.0

import Archives
public import Diagnostics
import JSONValues
public import OCISpec

extension ImageBundle {
    /// Opens the image as if it stood in an archive, to be read and verified before anything of it is kept.
    ///
    /// - Parameters:
    ///   - name: what the archive calls it.
    ///   - place: what messages call the archive.
    /// - Throws: a `Failure`, as `ImageSource.open` does.
    public func opened(as name: ImageReference, at place: Place, limits: Limits) throws -> ImageArchive {
        try ImageArchive(try BundleContainer(self, name: name, place: place), isFolder: false, limits: limits)
    }
}

/// A layout whose blobs are those of a bundle.
private struct BundleContainer: LayoutContainer {
    let place: Place
    private let files: [ImagePath: ByteSource]

    init(_ bundle: ImageBundle, name: ImageReference, place: Place) throws {
        self.place = place
        var root = bundle.root
        root.annotations = ImageWriter.annotations(for: name)
        var files: [ImagePath: ByteSource] = [:]
        for blob in bundle.blobs {
            files[ImagePath("/" + ImageWriter.blobPath(blob.descriptor.digest))] = blob.source
        }
        files["/index.json"] = .bytes(try JSONWriter.bytes(of: ImageIndex(manifests: [root])))
        self.files = files
    }

    func source(at path: ImagePath) throws -> ByteSource? { files[path] }
}
