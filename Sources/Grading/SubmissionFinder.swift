// SPDX-License-Identifier: Apache-2.0

import Archives
public import Diagnostics
import HostFiles

/// Finds the submissions in what an instructor has: folders, archives, a folder of many, the download of a course site.
///
/// The rules, in order, for a folder that is named:
/// 1. With a Dockerfile, `package.json`, workspace marker or image layout at its top, or as a case of grader fixtures
///    (`submission/` beside `expected.json`), it is one submission.
/// 2. Else it holds many: each folder in it is one, and each archive and each Dockerfile (also `NAME.Dockerfile`,
///    `Dockerfile.NAME`, `…_Dockerfile`). Other files are reported as ignored; hidden ones are passed over.
///
/// An archive is unpacked into the scratch folder and looked at by the same rules; archives in a collection are submissions,
/// and nothing is unpacked deeper than that. A folder around a folder (`submission/project/…`) is gone through.
///
/// A link among the submissions is not followed; it is an ungradable submission.
public struct SubmissionFinder: Sendable {
    /// How much a collection's archive may hold, all submissions together.
    public let limits: Limits
    /// A folder of ours for what comes out of archives of many.
    public let scratch: String

    /// A folder that is no submission wherever it lies: the one for the grades; nil when there is none.
    public let out: String?

    /// Sets the limits of collections, the folder for what comes out of them, and the one for the grades.
    public init(limits: Limits = .standard, scratch: String, out: String? = nil) {
        self.limits = limits
        self.scratch = scratch
        self.out = out.map { HostPath.real($0) ?? $0 }
    }

    /// Looks through what was named.
    ///
    /// - Throws: `noInput` when a path does not exist or nothing at all was found. What is wrong with one submission is never
    ///   thrown: it becomes an ungradable submission.
    public func find(in paths: [String]) throws -> SubmissionCollection {
        var found: [Submission] = []
        var ignored: [IgnoredFile] = []
        if let out { try Self.requireOutside(out, of: paths, limits: limits) }
        for (index, path) in paths.enumerated() {
            let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
            switch HostFile.kind(of: path) {
            case .directory?: collect(folder: path, into: &found, ignored: &ignored)
            case .file?:
                if SubmissionName.isDockerfile(HostName.last(of: path)) {
                    found.append(Self.dockerfile(path))
                } else {
                    collect(archive: path, number: index, into: &found, ignored: &ignored)
                }
            default: throw Self.nothing(at: path)
            }
        }
        guard !found.isEmpty else {
            throw Failure(
                .noInput,
                "no submissions were found",
                at: paths.first.map { .file($0) },
                why: ignored.isEmpty
                    ? "the folder is empty" : "none of \(ignored.count) files is a Dockerfile or an archive",
                fix: "Name a folder with a folder, archive or Dockerfile for each submission."
            )
        }
        return SubmissionCollection(found, ignored: ignored)
    }

    /// Makes sure that what was named is there.
    ///
    /// - Throws: `noInput` for the first path where nothing is.
    static func requireThere(_ paths: [String]) throws {
        for path in paths {
            let kind = HostFile.kind(of: path)
            guard kind == .directory || kind == .file else { throw nothing(at: path) }
        }
    }

    /// Makes sure that the folder for the grades, which may not be there yet, lies in no submission.
    ///
    /// - Throws: `usage` when it does.
    static func requireOutside(_ out: String, of paths: [String], limits: Limits) throws {
        var there = out
        while HostFile.kind(of: there) == nil, there.contains("/") { there = HostFile.folder(of: there) }
        let rest = out.dropFirst(there.utf8.count).split(separator: "/").joined(separator: "/")
        let real = (HostPath.real(there) ?? there) + (rest.isEmpty ? "" : "/" + rest)
        for path in paths where HostFile.kind(of: path) == .directory {
            guard let folder = HostPath.real(path), real == folder || real.hasPrefix(folder + "/") else { continue }
            let parts = real.dropFirst(folder.utf8.count).split(separator: "/").map(String.init)
            // Right in a folder of many it is passed over; further down, the folder around it is somebody's work.
            let isOne = (try? HostFile.walk(folder, limits: limits) { _ in false }).map(Self.isOne) ?? false
            let outer = parts.first.map { folder + "/" + $0 } ?? folder
            guard isOne || (parts.count > 1 && HostFile.kind(of: outer) == .directory && !isOutput(outer)) else {
                continue
            }
            throw Failure(
                .usage,
                "the folder for the grades lies in a submission",
                at: .file(isOne ? path : path + "/" + (parts.first ?? "")),
                why: "the grades would change what is graded",
                fix: "Name a folder outside of it with --out."
            )
        }
    }

    /// Whether a folder holds the grades of a batch.
    private static func isOutput(_ folder: String) -> Bool { HostFile.kind(of: folder + "/grades.sqlite") == .file }

    private static func nothing(at path: String) -> Failure {
        Failure(
            .noInput,
            "there are no submissions at this path",
            at: .file(path),
            why: "no folder or file has this name",
            fix: "Name a folder, a zip or tar, or a Dockerfile."
        )
    }

    private func collect(
        folder: String,
        into found: inout [Submission],
        ignored: inout [IgnoredFile]
    ) {
        let entries: [HostFile.WalkedEntry]
        do {
            entries = try HostFile.walk(folder, limits: limits) { _ in false }
        } catch {
            found.append(Self.unreadable(folder, error))
            return
        }
        if Self.isOne(entries) {
            found.append(Self.folder(folder))
            return
        }
        for name in HostFile.unreadableNames(in: folder) {
            let failure = Failure(
                .malformedInput,
                "its name is not UTF-8, so it cannot be opened",
                at: .file(SubmissionName.clean(name)),
                fix: "Rename it."
            )
            found.append(
                Submission(id: SubmissionName.id(of: name), path: folder + "/" + name, form: .unreadable(failure))
            )
        }
        for entry in entries where !SubmissionName.isClutter(entry.path) {
            take(entry, of: folder, into: &found, ignored: &ignored)
        }
    }

    /// Takes what stands in a folder of submissions for one, or passes it over.
    private func take(
        _ entry: HostFile.WalkedEntry,
        of folder: String,
        into found: inout [Submission],
        ignored: inout [IgnoredFile]
    ) {
        let path = folder + "/" + entry.path
        switch entry.kind {
        case .directory:
            if let out, HostPath.real(path) == out { return }
            if Self.isOutput(path) {
                ignored.append(IgnoredFile(name: SubmissionName.clean(entry.path), reason: "the grades of a batch"))
                return
            }
            found.append(Self.folder(path))
        case .file:
            if SubmissionName.isDockerfile(entry.path) {
                found.append(Self.dockerfile(path))
            } else if SubmissionName.isArchive(entry.path) || SubmissionName.foreignArchive(entry.path) != nil
                || ArchiveKind(of: path) != nil
            {
                found.append(Self.file(path))
            } else {
                ignored.append(
                    IgnoredFile(
                        name: SubmissionName.clean(entry.path),
                        reason: "not a Dockerfile, folder or archive"
                    )
                )
            }
        case .symlink:
            let failure = Failure(
                .hostileInput,
                "a symbolic link stands in place of a submission",
                at: .file(SubmissionName.clean(entry.path)),
                fix: "Put the files themselves there."
            )
            found.append(Submission(id: SubmissionName.id(of: entry.path), path: path, form: .unreadable(failure)))
        case .other:
            ignored.append(IgnoredFile(name: SubmissionName.clean(entry.path), reason: "a pipe, socket or device"))
        }
    }

    /// An archive that was named: one submission, or a collection that has to be unpacked to see.
    private func collect(
        archive path: String,
        number: Int,
        into found: inout [Submission],
        ignored: inout [IgnoredFile]
    ) {
        guard ArchiveKind(of: path) == .folder else {
            found.append(Self.file(path))
            return
        }
        let folder = scratch + "/collection-\(number)"
        let holdsMany: Bool
        do {
            holdsMany = try Self.holdsMany(path, limits: limits)
            guard holdsMany else {
                found.append(Self.file(path))
                return
            }
            HostFile.remove(folder)
            try HostFile.makeFolder(folder)
            let reader = try ArchiveReader(.file(at: path), formats: [.tar, .zip], limits: limits)
            let report = try SafeExtractor(limits: limits, strictness: .skipsRefused).extract(
                reader,
                intoFolder: folder
            )
            ignored += report.refused.map { IgnoredFile(name: SubmissionName.clean($0.displayPath), reason: $0.reason) }
        } catch {
            found.append(Self.unreadable(path, error))
            return
        }
        collect(
            folder: SubmissionShape.unwrapped(folder, limits: limits),
            into: &found,
            ignored: &ignored
        )
    }

    /// Whether an archive is one of many submissions: no submission's file lies at its top or in its one outer folder.
    ///
    /// Only names are read. An archive that is damaged is one submission, which then says what is wrong with it.
    private static func holdsMany(_ path: String, limits: Limits) throws -> Bool {
        let reader = try ArchiveReader(.file(at: path), formats: [.tar, .zip], limits: limits)
        var paths: [[String]] = []
        while let entry = try reader.next() {
            if PathHazard(entry.path) != nil { continue }
            var parts = entry.displayPath.split(separator: "/").map(String.init).filter { $0 != "." }
            if parts.isEmpty || SubmissionName.isClutter(parts[0]) { continue }
            if entry.kind == .directory { parts.append("") }
            paths.append(parts)
        }
        // The folders around everything are gone through, as they are for a submission.
        while let first = paths.first?.first, paths.allSatisfy({ $0.count > 1 && $0[0] == first }) {
            paths = paths.map { Array($0.dropFirst()) }.filter { $0 != [""] }
        }
        let top = paths.filter { $0.count == 1 }.compactMap(\.first)
        if top.contains(where: SubmissionName.marksSubmission) { return false }
        if paths.contains(where: { $0.first == ".seaworthy" }) { return false }
        if paths.contains(where: { $0.first == "submission" }) && top.contains("expected.json") { return false }
        let inner = paths.contains { $0.count == 2 && SubmissionName.marksSubmission($0[1]) }
        let cases = paths.contains { $0.count > 2 && $0[1] == "submission" }
        let archives = top.contains { SubmissionName.isArchive($0) || SubmissionName.isDockerfile($0) }
        let nestedArchives = paths.contains { $0.count == 2 && SubmissionName.isArchive($0[1]) }
        return inner || cases || archives || nestedArchives
    }

    private static func isOne(_ entries: [HostFile.WalkedEntry]) -> Bool {
        entries.contains { SubmissionName.marksSubmission($0.path) && $0.kind != .directory }
            || entries.contains { $0.path == ".seaworthy" && $0.kind == .directory }
            || (entries.contains { $0.path == "submission" && $0.kind == .directory }
                && entries.contains { $0.path == "expected.json" })
    }

    private static func folder(_ path: String) -> Submission {
        Submission(id: SubmissionName.id(of: HostName.last(of: path)), path: path, form: .folder)
    }

    private static func file(_ path: String) -> Submission {
        let name = HostName.last(of: path)
        switch ArchiveKind(of: path) {
        case .folder: return Submission(id: SubmissionName.stem(of: name), path: path, form: .archive)
        case .image: return Submission(id: SubmissionName.stem(of: name), path: path, form: .file(name: name))
        case nil:
            return Submission(
                id: SubmissionName.stem(of: name),
                path: path,
                form: .unreadable(noArchive(name, isEmpty: HostFile.isEmpty(path)))
            )
        }
    }

    /// What there is to say of a file that should be an archive and is none that is read.
    static func noArchive(_ name: String, isEmpty: Bool) -> Failure {
        let why: String
        if isEmpty {
            why = "the file is empty"
        } else if let kind = SubmissionName.foreignArchive(name) {
            why = "archives of the kind \(kind) are not read"
        } else {
            why = "its first bytes are not those of a zip or tar"
        }
        return Failure(
            .malformedInput,
            "this is neither a Dockerfile nor an archive",
            at: .file(SubmissionName.clean(name)),
            why: why,
            fix: "Hand in a folder, a zip or a tar of it."
        )
    }

    private static func dockerfile(_ path: String) -> Submission {
        let name = HostName.last(of: path)
        // A bare `Dockerfile` says nothing about whose it is; its folder may.
        let isBare = SubmissionName.isBareDockerfile(name)
        let folder = HostName.last(of: HostFile.folder(of: path))
        let id = isBare && folder != "." && folder != "/" && !folder.isEmpty ? folder : SubmissionName.stem(of: name)
        return Submission(id: SubmissionName.id(of: id), path: path, form: .file(name: "Dockerfile"))
    }

    private static func unreadable(_ path: String, _ error: any Error) -> Submission {
        let name = HostName.last(of: path)
        let failure = (error as? Failure) ?? Failure(.internalFault, "the submission cannot be read", cause: error)
        return Submission(id: SubmissionName.stem(of: name), path: path, form: .unreadable(failure))
    }
}

/// The last part of a host path.
enum HostName {
    static func last(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
