// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import HostFiles

/// What sort of archive a file is, by its first bytes and, for tars, its first names.
enum ArchiveKind {
    /// A zip or tar of a folder.
    case folder
    /// The archive of an image, as `docker save` and OCI tools write it; judged as it is, not unpacked.
    case image

    /// Looks at a file; nil when it is no archive.
    init?(of path: String) {
        guard HostFile.kindOfLink(path) == .file, let source = try? ByteSource.file(at: path) else { return nil }
        self.init(source)
    }

    /// Looks at a file's bytes; nil when they are no archive.
    init?(_ source: ByteSource) {
        guard let head = try? source.prefix(512) else { return nil }
        let magics: [[UInt8]] = [
            [0x50, 0x4B, 0x03, 0x04], [0x50, 0x4B, 0x05, 0x06], [0x1F, 0x8B], [0x28, 0xB5, 0x2F, 0xFD],
            [0xFD, 0x37, 0x7A, 0x58, 0x5A], [0x42, 0x5A, 0x68],
        ]
        let isTar = head.count >= 262 && head[257..<262].elementsEqual("ustar".utf8)
        guard isTar || magics.contains(where: { head.starts(with: $0) }) else { return nil }
        self = Self.isImage(source) ? .image : .folder
    }

    /// Whether the names are those of an image's archive; a damaged archive is not one, and neither is a zip.
    private static func isImage(_ source: ByteSource) -> Bool {
        guard let reader = try? ArchiveReader(source, limits: .submission) else { return false }
        var hasManifest = false
        var hasBlob = false
        for _ in 0..<1_000 {
            guard let entry = try? reader.next() else { return false }
            if entry.path.elementsEqual("oci-layout".utf8) { return true }
            if entry.path.elementsEqual("manifest.json".utf8) {
                hasManifest = true
            } else if isBlob(entry.path) {
                hasBlob = true
            } else if !entry.path.elementsEqual("index.json".utf8) {
                // An image's archive has nothing beside blobs and descriptors, so the first other name settles it.
                return false
            }
            if hasManifest && hasBlob { return true }
        }
        return false
    }

    private static func isBlob(_ path: [UInt8]) -> Bool {
        path.starts(with: "blobs/".utf8) || path.elementsEqual("repositories".utf8)
            || (path.count >= 64 && path.prefix(64).allSatisfy(isHexadecimal))
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}
