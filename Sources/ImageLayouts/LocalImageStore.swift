// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, image-layout.md; containerd's annotations.

public import Archives
public import Diagnostics
import HostFiles
import JSONValues
public import OCISpec

/// The images of this machine: an OCI layout on disk that other tools can open, too.
///
/// References are annotations in `index.json`: the full name in `io.containerd.image.name`, the tag in
/// `org.opencontainers.image.ref.name` (the full name where several images share a tag). Blobs and index appear whole or not at all, blobs before the index that names them, so a
/// process killed at any moment leaves a valid layout; what it leaves over, `prune` takes away. Processes wait for each other at
/// a lock on the file `.lock`.
public struct LocalImageStore: Sendable {
    /// The folder of the layout.
    public let path: String
    private let limits: Limits

    /// A named or nameless image of the store.
    public struct StoredImage: Sendable, Hashable {
        /// The name; nil for an image whose last name was taken away.
        public let reference: ImageReference?
        /// The image's index or manifest.
        public let descriptor: Descriptor
    }

    /// What was taken away.
    public struct PruneReport: Sendable, Hashable {
        /// Images without a name.
        public let images: [Digest]
        /// Blobs that no image needs, leftovers of killed processes included.
        public let blobCount: Int
        /// The bytes of those.
        public let bytes: Int
    }

    /// Opens the store and makes it where it is not there.
    ///
    /// - Throws: a `Failure`: `cannotCreate`, `inputOutput`.
    public init(path: String, limits: Limits = .standard) throws {
        self.path = path
        self.limits = limits
        try HostFile.makeFolder(path + "/blobs/sha256")
        guard HostFile.kind(of: path + "/index.json") == nil || HostFile.kind(of: path + "/oci-layout") == nil else {
            return
        }
        try locked {
            if HostFile.kind(of: path + "/oci-layout") == nil {
                try HostFile.writeAtomically(ImageWriter.layoutMarker, to: path + "/oci-layout")
            }
            if HostFile.kind(of: path + "/index.json") == nil { try writeIndex([]) }
        }
    }

    /// All images, sorted by name, those without one last.
    public func list() throws -> [StoredImage] {
        try readIndex().map { StoredImage(reference: Self.reference(of: $0), descriptor: $0) }
            .sorted { left, right in
                let names = (left.reference?.description, right.reference?.description)
                switch names {
                case (let one?, let other?): return (one, left.descriptor.digest) < (other, right.descriptor.digest)
                case (nil, nil): return left.descriptor.digest < right.descriptor.digest
                case (let one, _): return one != nil
                }
            }
    }

    /// The image of a name or a digest (whole, or a hexadecimal prefix of at least 12 digits that only one has); nil when there
    /// is none.
    public func find(_ reference: String) throws -> StoredImage? {
        let images = try list()
        if let parsed = try? ImageReference(parsing: reference) {
            let wanted = parsed.withDefaultTag
            if let digest = wanted.digest {
                if let found = images.first(where: {
                    $0.descriptor.digest == digest && $0.reference?.name == wanted.name
                }) {
                    return found
                }
            } else if let found = images.first(where: {
                $0.reference?.name == wanted.name && $0.reference?.tag == wanted.tag
            }) {
                return found
            }
        }
        let hex = reference.hasPrefix("sha256:") ? String(reference.dropFirst(7)) : reference
        guard hex.utf8.count >= 12, hex.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        let matches = images.filter { $0.descriptor.digest.hex.hasPrefix(hex) }
        return Set(matches.map(\.descriptor.digest)).count == 1 ? matches.first : nil
    }

    /// Reads an image of the store.
    ///
    /// - Throws: a `Failure`: `noInput` when there is no such image, else as `ImageArchive.image(reference:platform:)`.
    public func image(_ reference: String, platform: Platform? = nil) throws -> LoadedImage {
        let (archive, name) = try archive(for: reference)
        return try archive.image(reference: name, platform: platform)
    }

    /// An image with all its blobs, to be written elsewhere.
    public func bundle(_ reference: String) throws -> ImageBundle {
        let (archive, name) = try archive(for: reference)
        return try archive.bundle(reference: name)
    }

    /// Takes an image in, under names that point elsewhere afterwards if they did before; each blob is verified.
    ///
    /// An image whose last name goes elsewhere stays, without a name, until `prune`.
    ///
    /// - Returns: the digest of its index or manifest.
    @discardableResult
    public func put(_ bundle: ImageBundle, names: [ImageReference]) throws -> Digest {
        try locked {
            for blob in bundle.blobs {
                let digest = blob.descriptor.digest
                let target = path + "/" + ImageWriter.blobPath(digest)
                if digest.algorithm != .sha256 { try HostFile.makeFolder(HostFile.folder(of: target)) }
                // What is there was right when it was written; a disk may have changed it since, and this is the time to mend it.
                if let file = try? OpenFile(reading: target, followsLinks: false),
                    file.sizeBytes == blob.descriptor.size,
                    (try? ByteSource.file(file).digest(digest.algorithm)) == digest
                {
                    continue
                }
                try ImageWriter.writeBlob(blob, to: target, durable: true)
            }
            var root = bundle.root
            root.annotations = nil
            try changeIndex { index in
                for name in names { Self.point(name, to: root, in: &index) }
                if names.isEmpty, !index.contains(where: { $0.digest == root.digest }) { index.append(root) }
            }
        }
        return bundle.root.digest
    }

    /// A blob of the store that has the promised size; its bytes are not verified.
    ///
    /// - Returns: nil when it is not there.
    public func source(of descriptor: Descriptor) -> ByteSource? {
        let file = path + "/" + ImageWriter.blobPath(descriptor.digest)
        guard let open = try? OpenFile(reading: file, followsLinks: false), open.sizeBytes == descriptor.size else {
            return nil
        }
        return .file(open)
    }

    /// Gives an image of the store one more name.
    ///
    /// - Throws: a `Failure` (`noInput`) when there is no such image.
    public func tag(_ reference: String, as name: ImageReference) throws {
        try locked {
            guard let image = try find(reference) else { throw noSuchImage(reference) }
            try changeIndex { Self.point(name, to: image.descriptor, in: &$0) }
        }
    }

    /// Takes a name away, or with a digest the image with all its names. Blobs stay until `prune`.
    ///
    /// - Returns: the names that went; empty when it was an image without one.
    /// - Throws: a `Failure` (`noInput`) when there is no such image.
    @discardableResult
    public func remove(_ reference: String) throws -> [ImageReference] {
        try locked {
            guard let image = try find(reference) else { throw noSuchImage(reference) }
            var removed: [ImageReference] = []
            let isName = (try? ImageReference(parsing: reference)).map {
                $0.digest == nil && $0.name == image.reference?.name
            }
            try changeIndex { index in
                index.removeAll { descriptor in
                    guard descriptor.digest == image.descriptor.digest else { return false }
                    let name = Self.reference(of: descriptor)
                    guard isName != true || name == image.reference else { return false }
                    if let name { removed.append(name) }
                    return true
                }
            }
            return removed.sorted { $0.description < $1.description }
        }
    }

    /// Takes away images without a name and blobs that no image needs.
    public func prune() throws -> PruneReport {
        try locked {
            let index = try readIndex()
            let dangling = index.filter { Self.reference(of: $0) == nil }.map(\.digest)
            let kept = index.filter { Self.reference(of: $0) != nil }
            let needed = try StoreReachability(path: path, limits: limits).digests(from: kept)
            if !dangling.isEmpty { try writeIndex(kept) }
            var count = 0
            var bytes = 0
            for entry in try HostFile.walk(path, limits: limits) where entry.kind == .file {
                let parts = entry.path.split(separator: "/")
                let isLeftover = parts.last?.hasPrefix(".seaworthy-") == true
                let isBlob = parts.count == 3 && parts[0] == "blobs"
                let isNeeded = isBlob && (try? Digest(parsing: "\(parts[1]):\(parts[2])")).map(needed.contains) == true
                guard isLeftover || (isBlob && !isNeeded), HostFile.remove(path + "/" + entry.path) else { continue }
                count += 1
                bytes += entry.sizeBytes
            }
            return PruneReport(images: dangling.sorted(), blobCount: count, bytes: bytes)
        }
    }
}

extension LocalImageStore {
    private func locked<Result>(_ body: () throws -> Result) throws -> Result {
        let lock = try FileLock(path + "/.lock")
        defer { lock.release() }
        return try body()
    }

    private func noSuchImage(_ reference: String) -> Failure {
        Failure(.noSuchImage, "there is no image \(reference) in the local store", at: .file(path))
    }

    private func archive(for reference: String) throws -> (ImageArchive, String) {
        guard let found = try find(reference) else { throw noSuchImage(reference) }
        let archive = try ImageSource.open(path: path, limits: limits)
        return (archive, found.reference?.description ?? found.descriptor.digest.description)
    }

    private func readIndex() throws -> [Descriptor] {
        let file = path + "/index.json"
        let bytes = try HostFile.read(file, limit: limits.entryBytes)
        do {
            return try decodeJSON(ImageIndex.self, from: bytes, what: "the store's index", place: .file(file)).manifests
        } catch let failure as Failure {
            throw failure.advising("Move that file away; the images are then to be loaded or built again.")
        }
    }

    private func writeIndex(_ descriptors: [Descriptor]) throws {
        let sorted = ImageWriter.withDistinctNames(descriptors).sorted {
            ($0.annotations?[Annotation.imageName] ?? "", $0.digest)
                < ($1.annotations?[Annotation.imageName] ?? "", $1.digest)
        }
        try HostFile.writeAtomically(try JSONWriter.bytes(of: ImageIndex(manifests: sorted)), to: path + "/index.json")
    }

    private func changeIndex(_ change: (inout [Descriptor]) -> Void) throws {
        let before = try readIndex()
        var index = before
        change(&index)
        if index != before { try writeIndex(index) }
    }

    private static func reference(of descriptor: Descriptor) -> ImageReference? {
        ImageArchive.names(of: descriptor).lazy.compactMap { try? ImageReference(parsing: $0) }.first
    }

    /// Lets a name point to an image; what it pointed to before keeps its place without a name if it has no other.
    private static func point(_ name: ImageReference, to root: Descriptor, in index: inout [Descriptor]) {
        // A name with a digest is for the image that was fetched by it, and has no tag.
        let full = name.digest == nil ? name.withDefaultTag : name
        var orphans: [Descriptor] = []
        index.removeAll { descriptor in
            guard reference(of: descriptor) == full else { return false }
            var orphan = descriptor
            orphan.annotations = nil
            orphans.append(orphan)
            return true
        }
        var named = root
        named.annotations = ImageWriter.annotations(for: full)
        index.removeAll { $0.digest == root.digest && reference(of: $0) == nil }
        index.append(named)
        for orphan in orphans where !index.contains(where: { $0.digest == orphan.digest }) { index.append(orphan) }
    }
}

/// Finds the blobs that images need.
private struct StoreReachability {
    let path: String
    let limits: Limits

    func digests(from roots: [Descriptor]) throws -> Set<Digest> {
        let container = FolderContainer(folder: try ConfinedFolder(reading: path))
        var result: Set<Digest> = []
        var pending = roots
        while let descriptor = pending.popLast() {
            guard result.insert(descriptor.digest).inserted else { continue }
            let isIndex = MediaType.isIndex(descriptor.mediaType)
            guard isIndex || MediaType.isManifest(descriptor.mediaType), let bytes = try document(descriptor, container)
            else { continue }
            if isIndex {
                pending += try decodeJSON(ImageIndex.self, from: bytes, what: "an index", place: .file(path)).manifests
            } else {
                let manifest = try decodeJSON(ImageManifest.self, from: bytes, what: "a manifest", place: .file(path))
                result.insert(manifest.config.digest)
                result.formUnion(manifest.layers.map(\.digest))
            }
        }
        return result
    }

    /// A manifest or an index; what is not right keeps everything from being taken away, for nobody knows what it needs.
    private func document(_ descriptor: Descriptor, _ container: FolderContainer) throws -> [UInt8]? {
        do {
            return try container.verifiedBytes(descriptor, limits: limits)
        } catch let failure as Failure where failure.code == .malformedInput {
            throw failure.advising("Load or build that image again, or take it away with `seaworthy image rm`.")
        }
    }
}
