// SPDX-License-Identifier: Apache-2.0

/// What the names of archives end in. A name is only a hint: what a file is, its bytes say.
package enum ArchiveEnding {
    /// Tars, also compressed ones.
    package static let tars = [
        ".tar", ".tar.gz", ".tgz", ".tar.zst", ".tzst", ".tar.xz", ".txz", ".tar.bz2", ".tbz2",
    ]
    /// Archives of an image.
    package static let images = tars + [".oci"]
    /// Archives of a folder.
    package static let folders = [".zip"] + tars

    /// Whether a name says that the file is the archive of an image.
    package static func isImage(_ name: String) -> Bool { images.contains { name.hasSuffix($0) } }
}
