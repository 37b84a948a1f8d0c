// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, image-layout.md; `docker save` archives of Docker 1.10 to 29; skopeo's `dir:` form.

public import Diagnostics
public import HostFiles

/// Opens images in any of the forms that tools write.
///
/// Known are: OCI layouts (folder, or tar that may be compressed with gzip, zstd, xz or bzip2), `docker save` tars of every
/// Docker since 1.10 (the same files in a folder too), and skopeo's `dir:` folders.
public enum ImageSource {
    /// Opens the folder or the file at a path.
    ///
    /// - Throws: a `Failure`: `noInput` when nothing is there; `malformedInput` when it is no image; `hostileInput` when the
    ///   archive would climb out of its folder; `overLimit`. Nothing is written anywhere then.
    public static func open(path: String, limits: Limits) throws -> ImageArchive {
        switch HostFile.kind(of: path) {
        case nil:
            throw Failure(.noInput, "there is no such file or folder", at: .file(path))
        case .directory?:
            return try ImageArchive(
                FolderContainer(folder: try ConfinedFolder(reading: path)),
                isFolder: true,
                limits: limits
            )
        case .file?, .symlink?, .other?: return try open(try OpenFile(reading: path), limits: limits)
        }
    }

    /// Opens an archive that is open for reading; messages call it as the file does.
    ///
    /// - Throws: a `Failure`, as for a path.
    public static func open(_ file: OpenFile, limits: Limits) throws -> ImageArchive {
        try ImageArchive(
            try TarContainer(file, place: .file(file.place), limits: limits),
            isFolder: false,
            limits: limits
        )
    }
}
