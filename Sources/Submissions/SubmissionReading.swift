// SPDX-License-Identifier: Apache-2.0

import Archives
package import Diagnostics
import HostFiles
import Workspaces

/// A submission as it was read, once: the digest of what was handed in, and what has to be judged for that digest.
package struct SubmissionReading {
    /// The digest of what was handed in: of a file's bytes, or of a folder's names, kinds and contents.
    package let digest: String
    private let content: Content

    private enum Content {
        case files(WorkFiles)
        case file(OpenFile, name: String)
        case archive(OpenFile)
    }

    /// Reads what was handed in.
    ///
    /// - Throws: why it is not judged: a `Failure`, or an `UnjudgedSubmission`.
    package init(_ submission: Submission, limits: Limits) throws {
        switch submission.form {
        case .unreadable(let failure): throw failure
        case .nothing: throw UnjudgedSubmission.missing
        case .folder:
            let files = try WorkFiles(reading: submission.path, limits: limits)
            digest = Self.digest(of: files)
            content = .files(files)
        case .archive:
            let copy = try Self.copy(submission.path, limits: limits)
            digest = copy.digest
            content = .archive(copy.file)
        case .parts(let parts):
            if parts.count == 1, let part = parts.first, HostFile.kindOfLink(part.path) == .file {
                let copy = try Self.copy(part.path, limits: limits)
                digest = copy.digest
                content = .file(copy.file, name: part.name)
            } else {
                let joined = try Self.joined(parts, limits: limits, keepsBytes: true)
                digest = joined.digest
                content = .files(joined.files)
            }
        }
    }

    /// The digest alone, for telling whether a submission was changed since it was graded.
    package static func digest(of submission: Submission, limits: Limits) throws -> String {
        switch submission.form {
        case .unreadable(let failure): throw failure
        case .nothing: throw UnjudgedSubmission.missing
        case .archive: return "\(try ByteSource.file(source(submission.path, limits: limits)).digest())"
        case .folder: return digest(of: try WorkFiles(reading: submission.path, limits: limits, keeping: .digests))
        case .parts(let parts):
            if parts.count == 1, let part = parts.first, HostFile.kindOfLink(part.path) == .file {
                return "\(try ByteSource.file(source(part.path, limits: limits)).digest())"
            }
            return try joined(parts, limits: limits, keepsBytes: false).digest
        }
    }

    /// What has to be judged, out of folders and archives.
    ///
    /// - Parameters:
    ///   - scratch: a folder of ours, for what has to be unpacked; it is left as it was found.
    ///   - starter: the Dockerfile that the lesson begins with; nil when there is none.
    /// - Throws: why it is not judged: a `Failure`, or an `UnjudgedSubmission`.
    package func work(scratch: String, limits: Limits, starter: [UInt8]?) throws -> SubmittedWork {
        let unpacker = Unpacker(scratch: scratch, limits: limits)
        defer { unpacker.clean() }
        let search = WorkSearch(starter: starter, unpacker: unpacker)
        switch content {
        case .files(let files): return try search.work(in: files)
        case .file(let file, let name):
            return try search.work(in: WorkFiles(file, named: name, place: unpacker.folder))
        case .archive(let file): return try search.work(in: unpacker.unpack(file), depth: 1)
        }
    }

    /// The parts of a submission side by side, and their digest.
    ///
    /// - Parameter keepsBytes: whether the files can be read; else only the digest is of use.
    private static func joined(_ parts: [Submission.Part], limits: Limits, keepsBytes: Bool) throws
        -> (files: WorkFiles, digest: String)
    {
        var hasher = BlobHasher()
        var joined: [(name: String, files: WorkFiles)] = []
        for part in parts {
            let folder = HostFile.folder(of: part.path)
            let digest: String
            if HostFile.kindOfLink(part.path) == .directory {
                let files = try WorkFiles(
                    reading: part.path,
                    limits: limits,
                    keeping: keepsBytes ? .everything : .digests
                )
                digest = Self.digest(of: files)
                joined.append((part.name, files))
            } else if keepsBytes {
                let copy = try copy(part.path, limits: limits)
                digest = copy.digest
                joined.append(("", WorkFiles(copy.file, named: part.name, place: folder)))
            } else {
                digest = "\(try ByteSource.file(source(part.path, limits: limits)).digest())"
            }
            hasher.update(Array("\(part.name)\0\(digest)\0".utf8))
        }
        let place = parts.first.map { HostFile.folder(of: $0.path) } ?? "."
        return (WorkFiles.joined(joined, place: place), "\(hasher.digest())")
    }

    private static func digest(of files: WorkFiles) -> String {
        var hasher = BlobHasher()
        for entry in files.entries {
            var line = "\(entry.kind)\0\(entry.path)\0\(entry.linkTarget ?? "")\0"
            if entry.kind == .file { line += "\(entry.mode & 0o111 == 0 ? "" : "x")\0\(entry.digest ?? "")\0" }
            hasher.update(Array(line.utf8))
        }
        return "\(hasher.digest())"
    }

    private static func source(_ path: String, limits: Limits) throws -> OpenFile {
        let source = try OpenFile(reading: path, followsLinks: false)
        guard source.sizeBytes <= limits.expandedBytes else {
            throw Failure(.overLimit, "the file is larger than \(limits.expandedBytes) bytes")
        }
        return source
    }

    /// The file's bytes where nobody else can write, and their digest.
    private static func copy(_ path: String, limits: Limits) throws -> (file: OpenFile, digest: String) {
        let copy = try TemporaryFile.anonymous()
        let sink = HashingSink(copy)
        try sink.write(ByteSource.file(try source(path, limits: limits)).stream())
        return (try copy.openForReading(as: path), "\(sink.digest)")
    }
}
