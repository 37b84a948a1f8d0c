// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics

/// Tells the archive of a whole class from that of one person's work, by its names alone.
enum CollectionArchive {
    /// Whether an archive is one of many submissions: no submission's file lies at its top or in its one outer folder.
    ///
    /// An archive that is damaged is one submission, which then says what is wrong with it.
    static func holdsMany(_ path: String, limits: Limits) throws -> Bool {
        let reader = try ArchiveReader(.file(at: path), formats: [.tar, .zip], limits: limits)
        var paths: [[String]] = []
        while let entry = try reader.next() {
            if PathHazard(entry.path) != nil { continue }
            var parts = entry.decodedPath.split(separator: "/").map(String.init).filter { $0 != "." }
            if parts.isEmpty || SubmissionName.isKnownClutter(parts[0]) { continue }
            if entry.kind == .directory { parts.append("") }
            paths.append(parts)
        }
        // The folders around everything are gone through, as they are for a submission.
        while let first = paths.first?.first, paths.allSatisfy({ $0.count > 1 && $0[0] == first }),
            !isNamedBySite([DownloadFolder.Entry(name: first, isFolder: true)])
        {
            paths = paths.map { Array($0.dropFirst()) }.filter { $0 != [""] }
        }
        let top = paths.filter { $0.count == 1 }.compactMap(\.first)
        if top.contains(where: SubmissionName.marksSubmission) { return false }
        if paths.contains(where: { $0.first == ".seaworthy" }) { return false }
        if paths.contains(where: { $0.first == "submission" }) && top.contains("expected.json") { return false }
        let folders = Set(paths.filter { $0.count > 1 }.compactMap(\.first))
        let entries =
            top.map { DownloadFolder.Entry(name: $0, isFolder: false) }
            + folders.map { DownloadFolder.Entry(name: $0, isFolder: true) }
        if isNamedBySite(entries) { return true }
        let inner = paths.contains { path in
            path.count == 2 && (SubmissionName.isDockerfile(path[1]) || SubmissionName.marksSubmission(path[1]))
        }
        let cases = paths.contains { $0.count > 2 && ["submission", ".git"].contains($0[1]) }
        let archives = top.contains { SubmissionName.isArchive($0) || SubmissionName.isDockerfile($0) }
        let nestedArchives = paths.contains { $0.count == 2 && SubmissionName.isArchive($0[1]) }
        return inner || cases || archives || nestedArchives
    }

    /// Whether a course site named something of it. A repository's name alone says too little for that.
    private static func isNamedBySite(_ entries: [DownloadFolder.Entry]) -> Bool {
        let folder = DownloadFolder(entries: entries) { _ in nil }
        return SubmissionLayoutRegistry.all.contains { layout in
            layout != GitHubClassroomLayout.self && !layout.claims(in: folder).isEmpty
        }
    }
}
