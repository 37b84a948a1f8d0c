// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics

/// A submission as a folder that can be judged, and the digest of what it holds.
struct SubmissionFolder {
    /// The folder to judge.
    let path: String
    /// The folder that the batch made for it and removes again; nil when it is the instructor's own.
    let temporary: String?

    /// Brings a submission into the form of a folder.
    ///
    /// - Parameter scratch: a folder of ours, for what has to be unpacked.
    /// - Throws: why it is ungradable.
    init(_ submission: Submission, scratch: String, limits: Limits) throws {
        switch submission.form {
        case .unreadable(let failure): throw failure
        case .folder:
            let inner = try Self.inner(submission.path, limits: limits)
            if let archive = try Self.onlyArchive(in: inner, limits: limits) {
                temporary = scratch + "/submission"
                path = try Self.unpack(archive, to: scratch + "/submission", limits: limits)
            } else {
                temporary = nil
                path = inner
            }
        case .file(let name):
            let folder = scratch + "/submission"
            HostFiles.remove(folder)
            try HostFiles.makeFolder(folder)
            temporary = folder
            path = folder
            let source = try OpenFile(reading: submission.path, followsLinks: false)
            guard source.sizeBytes <= limits.expandedBytes else {
                throw Failure(.overLimit, "the file is larger than \(limits.expandedBytes) bytes", at: .file(name))
            }
            try Self.copy(source, to: folder + "/" + name)
        case .archive:
            let outer = scratch + "/submission"
            let inner = try Self.unpack(submission.path, to: outer, limits: limits)
            if let archive = try Self.onlyArchive(in: inner, limits: limits) {
                // An archive in an archive; once more is all that is gone into.
                temporary = scratch + "/submission-inner"
                path = try Self.unpack(archive, to: scratch + "/submission-inner", limits: limits)
                HostFiles.remove(outer)
            } else {
                temporary = outer
                path = inner
            }
        }
        try Self.refuseLinksOut(of: path, limits: limits)
    }

    /// Removes what was unpacked.
    func close() {
        if let temporary { HostFiles.remove(temporary) }
    }

    /// The digest of what was handed in: of an archive's bytes, or of a folder's names, kinds and contents.
    static func digest(of submission: Submission, limits: Limits) throws -> String {
        switch submission.form {
        case .unreadable(let failure): throw failure
        case .file, .archive:
            let source = try OpenFile(reading: submission.path, followsLinks: false)
            guard source.sizeBytes <= limits.expandedBytes else {
                throw Failure(.overLimit, "the file is larger than \(limits.expandedBytes) bytes")
            }
            return "\(try ByteSource.file(source).digest())"
        case .folder:
            var hasher = BlobHasher()
            var total = 0
            for entry in try HostFiles.walk(submission.path, limits: limits) {
                var line = "\(entry.kind)\0\(entry.path)\0\(entry.linkTarget ?? "")\0"
                if entry.kind == .file {
                    let file = try OpenFile(reading: submission.path + "/" + entry.path, followsLinks: false)
                    total = total.addingReportingOverflow(file.sizeBytes).partialValue
                    guard total >= 0, total <= limits.expandedBytes else {
                        throw Failure(.overLimit, "the files together are larger than \(limits.expandedBytes) bytes")
                    }
                    line += "\(entry.mode & 0o111 == 0 ? "" : "x")\0\(try ByteSource.file(file).digest())\0"
                }
                hasher.update(Array(line.utf8))
            }
            return "\(hasher.digest())"
        }
    }

    /// The folder that holds the work: through `submission/` of a grader fixture, and outer folders.
    private static func inner(_ path: String, limits: Limits) throws -> String {
        let entries = try visible(path, limits: limits)
        var path = path
        if entries.contains(where: { $0.path == "submission" && $0.kind == .directory }),
            !entries.contains(where: { SubmissionName.marksSubmission($0.path) })
        {
            path += "/submission"
        }
        return unwrapped(path, limits: limits)
    }

    /// The archive that is all that somebody handed in, as course sites keep it in a folder of the person's; else nil.
    private static func onlyArchive(in path: String, limits: Limits) throws -> String? {
        let entries = try visible(path, limits: limits)
        guard entries.count == 1, let only = entries.first, only.kind == .file else { return nil }
        let archive = path + "/" + only.path
        let kind = ArchiveKind(of: archive)
        if kind == nil, SubmissionName.isArchive(only.path) || SubmissionName.foreignArchive(only.path) != nil {
            throw SubmissionFinder.noArchive(only.path, isEmpty: HostFiles.isEmpty(archive))
        }
        return kind == .folder ? archive : nil
    }

    private static func unpack(_ archive: String, to folder: String, limits: Limits) throws -> String {
        HostFiles.remove(folder)
        let reader = try ArchiveReader(.file(at: archive), formats: [.tar, .zip], limits: limits)
        do {
            _ = try SafeExtractor(limits: limits).extract(reader, toNewFolder: folder)
        } catch let failure as Failure where failure.reason == .encrypted {
            throw Failure(
                .malformedInput,
                "the archive is locked with a password",
                at: .file(archive),
                fix: "Hand in an archive without a password."
            )
        }
        return try inner(folder, limits: limits)
    }

    /// Goes through folders that hold nothing but one folder.
    static func unwrapped(_ path: String, limits: Limits) -> String {
        var path = path
        for _ in 0..<8 {
            guard let entries = try? visible(path, limits: limits), entries.count == 1, let only = entries.first,
                only.kind == .directory, only.path != ".seaworthy", only.path != "blobs"
            else { break }
            path += "/" + only.path
        }
        return path
    }

    private static func visible(_ path: String, limits: Limits) throws -> [HostFiles.WalkedEntry] {
        try HostFiles.walk(path, limits: limits) { _ in false }.filter { !SubmissionName.isClutter($0.path) }
    }

    /// A link that leads out could show another person's work, or the grader's own files, as one's own.
    private static func refuseLinksOut(of folder: String, limits: Limits) throws {
        let root = HostPath.real(folder) ?? folder
        for entry in try HostFiles.walk(folder, limits: limits) where entry.kind == .symlink {
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

    private static func copy(_ source: OpenFile, to path: String) throws {
        let file = try TemporaryFile(in: HostFiles.folder(of: path))
        let stream = ByteSource.file(source).stream()
        while true {
            let chunk = try stream.nextChunk()
            if chunk.isEmpty { break }
            try file.write(chunk)
        }
        try file.commit(to: path, durable: false)
    }
}
