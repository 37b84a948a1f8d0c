// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import HostFiles
import Workspaces

/// A submission as it was read, once: the digest of what was handed in, and what has to be judged for that digest.
struct SubmissionReading {
    /// The digest of what was handed in: of an archive's bytes, or of a folder's names, kinds and contents.
    let digest: String
    private let content: Content

    private enum Content {
        case folder(WorkFiles)
        case file(OpenFile, name: String)
        case archive(OpenFile)
    }

    /// Reads what was handed in.
    ///
    /// - Throws: why it is ungradable.
    init(_ submission: Submission, limits: Limits) throws {
        switch submission.form {
        case .unreadable(let failure): throw failure
        case .folder:
            let files = try WorkFiles(reading: submission.path, limits: limits)
            digest = Self.digest(of: files)
            content = .folder(files)
        case .file(let name):
            let copy = try Self.copy(submission.path, limits: limits)
            digest = copy.digest
            content = .file(copy.file, name: name)
        case .archive:
            let copy = try Self.copy(submission.path, limits: limits)
            digest = copy.digest
            content = .archive(copy.file)
        }
    }

    /// The digest alone, for telling whether a submission was changed since it was graded.
    static func digest(of submission: Submission, limits: Limits) throws -> String {
        switch submission.form {
        case .unreadable(let failure): throw failure
        case .file, .archive: return "\(try ByteSource.file(source(submission.path, limits: limits)).digest())"
        case .folder: return digest(of: try WorkFiles(reading: submission.path, limits: limits, keeping: .digests))
        }
    }

    /// The folder that holds the work, with what was handed in as an archive unpacked.
    ///
    /// - Parameter scratch: a folder of ours, for what has to be unpacked; it is left as it was found.
    /// - Throws: why it is ungradable.
    func work(scratch: String, limits: Limits) throws -> WorkFiles {
        let unpacker = Unpacker(scratch: scratch, limits: limits)
        defer { unpacker.clean() }
        switch content {
        case .file(let file, let name): return WorkFiles(file, named: name, place: unpacker.folder)
        case .folder(let files):
            let inner = try unpacker.unpackedFurther(SubmissionShape.inner(files))
            try Self.refuseLinksOut(of: inner.place, limits: limits)
            return inner
        case .archive(let file):
            let outer = try unpacker.unpack(file, to: unpacker.folder)
            // An archive in an archive; once more is all that is gone into.
            let inner = try unpacker.unpackedFurther(outer)
            try Self.refuseLinksOut(of: inner.place, limits: limits)
            return inner
        }
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

    /// A link that leads out could show another person's work, or the grader's own files, as one's own.
    private static func refuseLinksOut(of folder: String, limits: Limits) throws {
        let root = HostPath.real(folder) ?? folder
        for entry in try HostFile.walk(folder, limits: limits) where entry.kind == .symlink {
            guard let target = HostPath.real(folder + "/" + entry.path) else { continue }
            guard target == root || target.hasPrefix(root + "/") else {
                throw Failure(
                    .hostileInput,
                    "a symbolic link leads out of the submission",
                    at: .file(SubmissionName.clean(entry.path)),
                    fix: "Hand in the file itself."
                )
            }
        }
    }
}

/// Unpacks archives into a folder of ours and reads them from there.
private struct Unpacker {
    let scratch: String
    let limits: Limits

    var folder: String { scratch + "/submission" }
    private var innerFolder: String { scratch + "/submission-inner" }

    func clean() {
        HostFile.remove(folder)
        HostFile.remove(innerFolder)
    }

    func unpack(_ archive: OpenFile, to folder: String) throws -> WorkFiles {
        HostFile.remove(folder)
        let reader = try ArchiveReader(.file(archive), formats: [.tar, .zip], limits: limits)
        do {
            _ = try SafeExtractor(limits: limits).extract(reader, toNewFolder: folder)
        } catch let failure as Failure where failure.reason == .encrypted {
            throw Failure(
                .malformedInput,
                "the archive is locked with a password",
                at: .file(archive.place),
                fix: "Hand in an archive without a password."
            )
        }
        return try SubmissionShape.inner(WorkFiles(reading: folder, limits: limits, keeping: .bytes))
    }

    /// What the archive holds that is all that somebody handed in, as course sites keep it in a folder of the person's; else the
    /// files as they are.
    func unpackedFurther(_ files: WorkFiles) throws -> WorkFiles {
        let visible = SubmissionShape.visible(files.top())
        guard visible.count == 1, let only = visible.first, only.kind == .file else { return files }
        let content = try files.content(of: only.path)
        switch ArchiveKind(content) {
        case .image: return files
        case .folder:
            let archive = try files.open(only.path, as: files.place + "/" + only.path)
            return try unpack(archive, to: innerFolder)
        case nil:
            guard SubmissionName.isArchive(only.path) || SubmissionName.foreignArchive(only.path) != nil else {
                return files
            }
            throw SubmissionFinder.noArchive(only.path, isEmpty: content.sizeBytes == 0)
        }
    }
}
