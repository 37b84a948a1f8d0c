// SPDX-License-Identifier: Apache-2.0

import Archives
public import Diagnostics
import HostFiles

extension WorkFiles {
    /// What is kept of the files that are read.
    public enum Keeping: Sendable {
        /// Digests and bytes.
        case everything
        /// Digests alone, to compare.
        case digests
        /// Bytes alone, of a folder that is ours: nobody else writes there.
        case bytes
    }

    /// Reads a folder.
    ///
    /// Small files are kept in memory up to a sum, the others in a temporary file that has no name. What is gone between the
    /// listing and the reading was not there.
    /// - Throws: a `Failure`: `noInput` when there is no such folder, `overLimit`, `inputOutput`.
    public init(reading folder: String, limits: Limits, keeping: Keeping = .everything) throws {
        var reader = Reader(keeping: keeping, mostBytes: limits.expandedBytes)
        for walked in try HostFile.walk(folder, limits: limits) {
            guard walked.kind == .file else {
                reader.entries.append(Entry(walked))
                continue
            }
            try Self.read(folder + "/" + walked.path, walked, &reader, attempts: 3)
        }
        self.init(place: folder, entries: try reader.finish())
    }

    /// Reads a file, and once more when somebody cut it meanwhile, as editors do that write it anew.
    private static func read(
        _ path: String,
        _ walked: HostFile.WalkedEntry,
        _ reader: inout Reader,
        attempts: Int
    ) throws {
        do {
            try reader.read(try OpenFile(reading: path, followsLinks: false), as: walked)
        } catch let failure as Failure where failure.code == .noInput {
            return
        } catch let failure as Failure where failure.code == .malformedInput && attempts > 1 {
            try read(path, walked, &reader, attempts: attempts - 1)
        }
    }
}

/// Reads files one after another.
private struct Reader {
    let keeping: WorkFiles.Keeping
    /// The most bytes that the files may have together.
    let mostBytes: Int
    var entries: [WorkFiles.Entry] = []
    private var totalBytes = 0
    private var bytesInMemory = 0
    private var spool: TemporaryFile?
    /// Which entries lie in the spool, and where each begins.
    private var spooled: [(index: Int, offset: Int)] = []

    /// The largest file that is kept in memory, and the most bytes of all that are.
    private static let largestInMemory = 1 << 20
    private static let mostInMemory = 64 << 20

    init(keeping: WorkFiles.Keeping, mostBytes: Int) {
        self.keeping = keeping
        self.mostBytes = mostBytes
    }

    mutating func read(_ file: OpenFile, as walked: HostFile.WalkedEntry) throws {
        let size = file.sizeBytes
        guard size <= mostBytes - totalBytes else {
            throw Failure(.overLimit, "the files together are larger than \(mostBytes) bytes")
        }
        let fits = size <= Self.largestInMemory && size <= Self.mostInMemory - bytesInMemory
        switch keeping {
        case .digests:
            let digest = try ByteSource.file(file).digest()
            entries.append(WorkFiles.Entry(walked, size: size, digest: "\(digest)"))
        case .everything, .bytes:
            if fits {
                let bytes = try ByteSource.file(file).readAll(limit: size)
                bytesInMemory += size
                let digest = keeping == .bytes ? nil : ContentHasher.digest(of: bytes)
                entries.append(WorkFiles.Entry(walked, size: size, digest: digest, content: .bytes(bytes)))
            } else {
                try keepOnDisk(file, walked)
            }
        }
        totalBytes += size
    }

    private mutating func keepOnDisk(_ file: OpenFile, _ walked: HostFile.WalkedEntry) throws {
        let spool = try self.spool ?? TemporaryFile.anonymous()
        self.spool = spool
        let hashing = HashingSink(spool)
        let offset = spool.byteCount
        try hashing.write(ByteSource.file(file).stream())
        spooled.append((entries.count, offset))
        entries.append(WorkFiles.Entry(walked, size: file.sizeBytes, digest: "\(hashing.digest)"))
    }

    /// The entries, those in the spool with their bytes.
    mutating func finish() throws -> [WorkFiles.Entry] {
        guard let file = try spool?.openForReading() else { return entries }
        for (index, offset) in spooled {
            let entry = entries[index]
            entries[index] = entry.with(content: try .region(of: file, offset: offset, length: entry.sizeBytes))
        }
        return entries
    }
}

extension WorkFiles.Entry {
    fileprivate init(
        _ walked: HostFile.WalkedEntry,
        size: Int = 0,
        digest: String? = nil,
        content: ByteSource? = nil
    ) {
        self.init(
            path: walked.path,
            kind: walked.kind,
            mode: walked.mode,
            modificationTime: walked.modificationTime,
            sizeBytes: size,
            linkTarget: walked.linkTarget,
            digest: digest,
            content: content
        )
    }
}
