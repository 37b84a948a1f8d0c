// SPDX-License-Identifier: Apache-2.0

package import BillOfMaterials
package import ImageFilesystem
package import OCISpec

/// What a provider found.
package enum Source: Sendable {
    /// An image.
    case image(FoundImage)
    /// A folder of the host with its files; the bytes are there of those that catalogers want.
    case folder(FileTree, name: String)
    /// A list of packages, and the digest of the document.
    case packages(SBOMDocument, name: String, digest: Digest)
}
