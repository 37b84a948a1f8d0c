// SPDX-License-Identifier: Apache-2.0

import Archives
package import HostFiles
package import Workspaces

/// Archives of images in a folder of work: files, and folders that are OCI layouts.
package enum ImageArchives {
    /// Their paths: those at the top, and those beside the Dockerfile where it lies deeper. A file counts by its name or its
    /// bytes; whether it can be read shows when it is.
    static func find(in files: WorkFiles, beside dockerfile: String?) -> [String] {
        var folders = [""]
        if let slash = dockerfile?.lastIndex(of: "/"), let dockerfile { folders.append(String(dockerfile[..<slash])) }
        return folders.flatMap { folder in
            files.top(of: folder).filter { isArchive($0, in: files) }.map(\.path)
        }
    }

    private static func isArchive(_ entry: WorkFiles.Entry, in files: WorkFiles) -> Bool {
        switch entry.kind {
        case .file:
            let name = entry.path.split(separator: "/").last.map(String.init) ?? entry.path
            if name.hasPrefix(".") { return false }
            return ArchiveEnding.isImage(name.lowercased()) || isImage(entry.path, in: files)
        case .directory: return files[entry.path + "/oci-layout"]?.kind == .file
        case .symlink, .other: return false
        }
    }

    /// Whether the bytes are those of an image's archive.
    static func isImage(_ path: String, in files: WorkFiles) -> Bool {
        if files[path]?.kind == .directory { return files[path + "/oci-layout"]?.kind == .file }
        guard let content = try? files.content(of: path) else { return false }
        return ArchiveKind(content) == .image
    }

    /// An archive, open for reading; a layout's folder as a tar.
    ///
    /// - Throws: a `Failure`: `noInput` when there is no such file.
    package static func open(_ path: String, in files: WorkFiles) throws -> OpenFile {
        guard files[path]?.kind == .directory else { return try files.open(path, as: path) }
        let copy = try TemporaryFile.anonymous()
        let tar = try TarWriter(to: copy)
        for entry in files.folder(path).entries {
            let name = Array(entry.path.utf8)
            switch entry.kind {
            case .file:
                let content = try files.content(of: path + "/" + entry.path)
                try tar.add(ArchiveEntry(path: name, kind: .file, mode: 0o644), from: content)
            case .directory: try tar.add(ArchiveEntry(path: name, kind: .directory, mode: 0o755))
            case .symlink, .other: continue
            }
        }
        _ = try tar.finish()
        return try copy.openForReading(as: path)
    }
}
