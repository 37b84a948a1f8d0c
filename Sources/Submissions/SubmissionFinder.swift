// SPDX-License-Identifier: Apache-2.0

import Archives
public import Diagnostics
import HostFiles

/// Finds the submissions in what an instructor has: folders, archives, a folder of many, the download of a course site.
///
/// The rules, in order, for a folder that is named:
/// 1. With a Dockerfile, `package.json`, workspace marker or image layout at its top, or as a case of grader fixtures
///    (`submission/` beside `expected.json`), it is one submission.
/// 2. Else it holds many. What a course site named (`SubmissionLayoutRegistry`) is put together by person, the latest attempt of
///    each; of the rest each folder is one, and each archive and each Dockerfile (also `NAME.Dockerfile`, `Dockerfile.NAME`,
///    `…_Dockerfile`). Other files are reported as ignored.
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
        var found = FoundSubmissions()
        if let out { try Self.requireOutside(out, of: paths, limits: limits) }
        for (index, place) in NamedPlace.places(paths).enumerated() {
            switch HostFile.kind(of: place.path) {
            case .directory?: collect(folder: place.path, of: place, into: &found)
            case .file?:
                if SubmissionName.isDockerfile(HostName.last(of: place.path)) {
                    found.submissions.append(SubmissionMaker.dockerfile(place.path, shown: place.own))
                } else {
                    collect(archive: place, number: index, into: &found)
                }
            default: throw Self.nothing(at: place.path)
            }
        }
        guard !found.submissions.isEmpty else {
            throw Failure(
                .noInput,
                "no submissions were found",
                at: paths.first.map { .file($0) },
                why: found.ignored.isEmpty
                    ? "the folder is empty" : "none of \(found.ignored.count) files is a Dockerfile or an archive",
                fix: "Name a folder with a folder, archive or Dockerfile for each submission."
            )
        }
        return SubmissionCollection(found.submissions, ignored: found.ignored)
    }

    private func collect(folder: String, of place: NamedPlace, into found: inout FoundSubmissions) {
        let entries: [HostFile.WalkedEntry]
        do {
            entries = try HostFile.walk(folder, limits: limits) { _ in false }
        } catch {
            found.submissions.append(SubmissionMaker.unreadable(folder, shown: place.own, error))
            return
        }
        if SubmissionShape.isOne(entries) {
            // What came out of an archive of many is named in it.
            let shown = folder == place.path ? place.own : place.below(SubmissionName.clean(HostName.last(of: folder)))
            found.submissions.append(SubmissionMaker.folder(folder, shown: shown))
            return
        }
        for name in HostFile.unreadableNames(in: folder) {
            let failure = Failure(
                .malformedInput,
                "its name is not UTF-8, so it cannot be opened",
                at: .file(SubmissionName.clean(name)),
                fix: "Rename it."
            )
            let path = folder + "/" + name
            found.submissions.append(
                Submission(
                    id: SubmissionName.id(of: name),
                    path: path,
                    shownPath: place.below(SubmissionName.clean(name)),
                    form: .unreadable(failure)
                )
            )
        }
        let claims = claims(in: folder, entries)
        var groups: [SubmissionOwner: [LayoutClaim]] = [:]
        for claim in claims.values where claim.role != .list { groups[claim.owner, default: []].append(claim) }
        found.submissions += groups.map { SubmissionMaker.submission($0.key, $0.value, folder: folder, place: place) }
        for entry in entries where claims[entry.path] == nil { take(entry, of: folder, place, into: &found) }
    }

    /// What course sites say by the names in a folder.
    private func claims(in folder: String, _ entries: [HostFile.WalkedEntry]) -> [String: LayoutClaim] {
        let named = entries.filter { entry in
            let isKind = entry.kind == .file || (entry.kind == .directory && !isGrades(folder + "/" + entry.path))
            return isKind && !SubmissionName.isClutter(entry.path)
        }
        return SubmissionLayoutRegistry.claims(
            in: DownloadFolder(entries: named.map { .init(name: $0.path, isFolder: $0.kind == .directory) }) { name in
                let bytes = try? HostFile.read(folder + "/" + name, limit: 64 << 20, followsLinks: false)
                return bytes.map { String(decoding: $0, as: UTF8.self) }
            }
        )
    }

    /// Whether a folder is that of the grades, of this batch or another.
    private func isGrades(_ path: String) -> Bool {
        out.map { HostPath.real(path) == $0 } == true || Self.isOutput(path)
    }

    /// Takes what stands in a folder of submissions, and no course site named, for one, or passes it over.
    private func take(
        _ entry: HostFile.WalkedEntry,
        of folder: String,
        _ place: NamedPlace,
        into found: inout FoundSubmissions
    ) {
        let name = entry.path
        let path = folder + "/" + name
        let shown = place.below(SubmissionName.clean(name))
        if SubmissionName.isKnownClutter(name) || (SubmissionName.isClutter(name) && entry.kind == .symlink) { return }
        switch entry.kind {
        case .directory:
            if let out, HostPath.real(path) == out { return }
            if Self.isOutput(path) { return found.ignore(shown, "the grades of a batch") }
            if SubmissionName.isClutter(name), !SubmissionShape.holdsWork(path, limits: limits) {
                return found.ignore(shown, "a hidden folder without a Dockerfile or an archive")
            }
            found.submissions.append(SubmissionMaker.folder(path, shown: shown))
        case .file:
            if SubmissionName.isClutter(name) {
                found.ignore(shown, "a hidden file")
            } else if SubmissionName.isDockerfile(name) {
                found.submissions.append(SubmissionMaker.dockerfile(path, shown: shown))
            } else if SubmissionName.isArchive(name) || SubmissionName.foreignArchive(name) != nil
                || (SubmissionName.document(name) == nil && ArchiveKind(of: path) != nil)
            {
                found.submissions.append(SubmissionMaker.file(path, shown: shown))
            } else {
                found.ignore(shown, "not a Dockerfile, folder or archive")
            }
        case .symlink:
            let failure = Failure(
                .hostileInput,
                "a symbolic link stands in place of a submission",
                at: .file(SubmissionName.clean(name)),
                fix: "Put the files themselves there."
            )
            found.submissions.append(
                Submission(id: SubmissionName.id(of: name), path: path, shownPath: shown, form: .unreadable(failure))
            )
        case .other: found.ignore(shown, "a pipe, socket or device")
        }
    }

    /// An archive that was named: one submission, or a collection that has to be unpacked to see.
    private func collect(archive place: NamedPlace, number: Int, into found: inout FoundSubmissions) {
        let path = place.path
        guard ArchiveKind(of: path) == .folder else {
            found.submissions.append(SubmissionMaker.file(path, shown: place.own))
            return
        }
        let folder = scratch + "/collection-\(number)"
        do {
            guard try CollectionArchive.holdsMany(path, limits: limits) else {
                found.submissions.append(SubmissionMaker.file(path, shown: place.own))
                return
            }
            HostFile.remove(folder)
            try HostFile.makeFolder(folder)
            let reader = try ArchiveReader(.file(at: path), formats: [.tar, .zip], limits: limits)
            let report = try SafeExtractor(limits: limits, strictness: .skipsRefused, decodesNames: true).extract(
                reader,
                intoFolder: folder
            )
            for refusal in report.refused { found.ignore(SubmissionName.clean(refusal.displayPath), refusal.reason) }
        } catch {
            found.submissions.append(SubmissionMaker.unreadable(path, shown: place.own, error))
            return
        }
        collect(folder: SubmissionShape.unwrapped(folder, limits: limits), of: place, into: &found)
    }
}

// MARK: - Where the grades go

extension SubmissionFinder {
    /// Makes sure that what was named is there.
    ///
    /// - Throws: `noInput` for the first path where nothing is.
    package static func requireThere(_ paths: [String]) throws {
        for path in paths {
            let kind = HostFile.kind(of: path)
            guard kind == .directory || kind == .file else { throw nothing(at: path) }
        }
    }

    /// Makes sure that the folder for the grades, which may not be there yet, lies in no submission.
    ///
    /// - Throws: `usage` when it does.
    package static func requireOutside(_ out: String, of paths: [String], limits: Limits) throws {
        var there = out
        while HostFile.kind(of: there) == nil, there.contains("/") { there = HostFile.folder(of: there) }
        let rest = out.dropFirst(there.utf8.count).split(separator: "/").joined(separator: "/")
        let real = (HostPath.real(there) ?? there) + (rest.isEmpty ? "" : "/" + rest)
        for path in paths where HostFile.kind(of: path) == .directory {
            guard let folder = HostPath.real(path), real == folder || real.hasPrefix(folder + "/") else { continue }
            let parts = real.dropFirst(folder.utf8.count).split(separator: "/").map(String.init)
            // Right in a folder of many it is passed over; further down, the folder around it is somebody's work.
            let isOne =
                (try? HostFile.walk(folder, limits: limits) { _ in false }).map(SubmissionShape.isOne) ?? false
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
}

/// What has been found so far.
private struct FoundSubmissions {
    var submissions: [Submission] = []
    var ignored: [IgnoredFile] = []

    mutating func ignore(_ name: String, _ reason: String) { ignored.append(IgnoredFile(name: name, reason: reason)) }
}
