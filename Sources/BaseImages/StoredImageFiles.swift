// SPDX-License-Identifier: Apache-2.0

import OCISpec
import SystemFiles

/// Which files of a stored image a build may look into.
enum StoredImageFiles {
    /// How large such a file may be; package databases may be larger.
    private static let maximalBytes = 1 << 20

    private static let databases = Set([DpkgStatus.path] + ApkInstalled.paths + OSRelease.paths)

    /// Files that are read under these names wherever they stand: databases and accounts.
    static let places: [ImagePath] =
        databases.sorted() + ["passwd", "group", "shadow", "gshadow"].map { ImagePath("/etc/" + $0) }

    /// Folders whose files are programs, libraries and data of packages.
    private static let systemFolders: [ImagePath] = [
        "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/boot", "/opt", "/usr", "/var", "/proc", "/sys", "/dev",
    ]

    /// Accounts, settings, package databases, manifests, scripts and the application's own files.
    static func isWanted(_ path: ImagePath, sizeBytes: Int) -> Bool {
        let text = path.description
        if databases.contains(path) || path.isInside(DpkgStatus.folder) { return true }
        guard sizeBytes <= maximalBytes, let name = path.name else { return false }
        if path.components.contains(Array("node_modules".utf8)) { return name == Array("package.json".utf8) }
        if path.isInside("/usr/local"), !path.isInside("/usr/local/include"), !path.isInside("/usr/local/share") {
            return true
        }
        if path.isInside(DpkgStatus.infoFolder) { return text.hasSuffix(".list") }
        if path.isInside("/usr/share/doc") { return name == Array("copyright".utf8) }
        return !systemFolders.contains { path.isInside($0) }
    }
}
