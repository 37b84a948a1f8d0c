// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import HostFiles
import OCISpec

/// Where the files of a layout stand: in a folder or in a tar.
protocol LayoutContainer: Sendable {
    /// The path as the user named it, for messages.
    var place: Place { get }

    /// The file at a path of the layout, links inside it followed; nil when it is not there.
    func source(at path: ImagePath) throws -> ByteSource?
}

/// How large the documents of an image may be.
enum DocumentSize {
    /// Bytes of a manifest, an index or a configuration; registries take manifests of 4 MiB, and parsing costs many times the
    /// size.
    static let most = 8 << 20
}

extension LayoutContainer {
    /// A document, whole; nil when it is not there.
    func bytes(at path: ImagePath, limits: Limits) throws -> [UInt8]? {
        try source(at: path)?.readAll(limit: min(DocumentSize.most, limits.entryBytes))
    }

    /// The file that should hold a blob, in a layout or in skopeo's `dir:` form; nil when it is not there.
    func blob(_ digest: Digest) throws -> ByteSource? {
        if let source = try source(at: ImagePath("/blobs/\(digest.algorithm.rawValue)/\(digest.hex)")) { return source }
        if let source = try source(at: ImagePath("/\(digest.hex)")) { return source }
        return try source(at: ImagePath("/\(digest.hex).manifest.json"))
    }

    /// A manifest, an index, a configuration or an attestation: read whole and believed only when digest and size are right.
    ///
    /// - Parameter most: the bytes that it may have.
    /// - Returns: nil when the blob is not there.
    func verifiedBytes(
        _ descriptor: Descriptor,
        limits: Limits,
        most: Int = DocumentSize.most
    ) throws -> [UInt8]? {
        guard let source = try blob(descriptor.digest) else { return nil }
        try check(descriptor, against: source)
        let bytes = try source.readAll(limit: min(most, limits.entryBytes))
        let found = Digest.digest(of: bytes, descriptor.digest.algorithm)
        guard found == descriptor.digest else {
            throw Failure(
                .malformedInput,
                "a blob is not what its digest says",
                at: place,
                why: "\(descriptor.digest) was promised, the bytes have \(found)"
            )
        }
        return bytes
    }

    /// Compares the size that was promised with the one that is there.
    func check(_ descriptor: Descriptor, against source: ByteSource) throws {
        guard source.sizeBytes == descriptor.size else {
            throw Failure(
                .malformedInput,
                "a blob has the wrong size",
                at: place,
                why: "\(descriptor.digest) should have \(descriptor.size) bytes, it has \(source.sizeBytes)"
            )
        }
    }

    /// What to throw when a blob that is needed is not there.
    func absent(_ digest: Digest, _ what: String) -> Failure {
        Failure(.malformedInput, "\(what) is not in the archive", at: place, why: "the blob \(digest) is absent")
    }
}

/// A layout in a folder.
struct FolderContainer: LayoutContainer {
    let folder: ConfinedFolder
    var place: Place { .file(folder.place) }

    func source(at path: ImagePath) throws -> ByteSource? { try folder.file(at: path).map { .file($0) } }
}

/// skopeo's `dir:` form: the manifest stands under a name of its own, and not under its digest.
struct DirectManifestContainer: LayoutContainer {
    let base: any LayoutContainer
    let digest: Digest
    var place: Place { base.place }

    func source(at path: ImagePath) throws -> ByteSource? {
        try base.source(at: path == ImagePath("/" + digest.hex) ? "/manifest.json" : path)
    }
}

/// A layout in a tar: the tar is read once for where its members stand, afterwards they are read from there.
struct TarContainer: LayoutContainer {
    let place: Place
    private let members: [ImagePath: Member]
    private let file: OpenFile

    private enum Member: Sendable {
        case region(offset: Int, length: Int)
        case link(ImagePath)
        case sparse
    }

    /// Reads the tar's headers. A compressed tar is expanded into a temporary file that has no name.
    ///
    /// - Throws: a `Failure`: `hostileInput` for members that would leave the folder if the tar were unpacked, and for devices;
    ///   `malformedInput` when it is no tar or ends too early; `overLimit`.
    init(_ packed: OpenFile, place: Place, limits: Limits) throws {
        self.place = place
        let source = ByteSource.file(packed)
        if try source.compression() == .none {
            file = packed
        } else {
            let spool = try TemporaryFile.anonymous()
            try spool.write(try source.decompressedStream(limits: limits))
            file = try spool.openForReading()
        }
        // No archive of images has more members than this; each costs memory for as long as the archive is open.
        var limits = limits
        limits.entries = min(limits.entries, 65_536)
        let reader = try ArchiveReader(ByteSource.file(file).stream(), limits: limits, place: place)
        var members: [ImagePath: Member] = [:]
        while let entry = try reader.next() {
            func hostile(_ why: String) -> Failure {
                Failure(.hostileInput, "the archive holds a member that no image has", at: place, why: why)
            }
            if let hazard = PathHazard(entry.path) { throw hostile("\(entry.displayPath): \(hazard.reason)") }
            let path = ImagePath(entry.path)
            switch entry.kind {
            case .directory: continue
            case .file:
                if let offset = reader.dataOffset {
                    // Asked now, so that a tar that was cut is refused before any of it is believed.
                    _ = try ByteSource.region(of: file, offset: offset, length: entry.sizeBytes)
                    members[path] = .region(offset: offset, length: entry.sizeBytes)
                } else {
                    members[path] = .sparse
                }
            case .symlink(let target):
                guard let resolved = Self.resolve(target, from: path.parent) else {
                    throw hostile("\(entry.displayPath): the link leads out of the archive")
                }
                members[path] = .link(resolved)
            case .hardLink(let target):
                if let hazard = PathHazard(target) { throw hostile("\(entry.displayPath): the link: \(hazard.reason)") }
                members[path] = .link(ImagePath(target))
            case .character, .block, .fifo, .socket:
                throw hostile("\(entry.displayPath) is a device, a pipe or a socket")
            }
        }
        self.members = members
    }

    func source(at path: ImagePath) throws -> ByteSource? {
        var path = path
        for _ in 0..<40 {
            switch members[path] {
            case nil: return nil
            case .link(let target)?: path = target
            case .region(let offset, let length)?: return try .region(of: file, offset: offset, length: length)
            case .sparse?:
                throw Failure(
                    .malformedInput,
                    "a member of the archive is stored with holes",
                    at: place,
                    why: path.description,
                    fix: "Save the image again without GNU tar's --sparse."
                )
            }
        }
        throw Failure(.hostileInput, "links of the archive run in circles", at: place, why: path.description)
    }

    /// Where a symbolic link leads, by the letters of its target; nil when that is outside.
    private static func resolve(_ target: [UInt8], from folder: ImagePath) -> ImagePath? {
        guard target.first != 0x2F, !target.isEmpty else { return nil }
        var depth = folder.components.count
        for part in target.split(separator: 0x2F) where !part.elementsEqual([0x2E]) {
            depth += part.elementsEqual([0x2E, 0x2E]) ? -1 : 1
            if depth < 0 { return nil }
        }
        return ImagePath(target, relativeTo: folder)
    }
}
