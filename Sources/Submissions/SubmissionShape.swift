// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles
import Workspaces

/// Where in a folder that was handed in the work lies.
enum SubmissionShape {
    /// What of a folder's names counts: not what systems leave behind.
    static func visible(_ entries: [WorkFiles.Entry]) -> [WorkFiles.Entry] {
        entries.filter { !SubmissionName.isClutter($0.path.split(separator: "/").last.map(String.init) ?? "") }
    }

    /// The folder that holds the work: through `submission/` of a grader fixture, and outer folders.
    static func inner(_ files: WorkFiles) -> WorkFiles {
        let entries = visible(files.top())
        var start = ""
        if entries.contains(where: { $0.path == "submission" && $0.kind == .directory }),
            !entries.contains(where: { SubmissionName.marksSubmission($0.path) })
        {
            start = "submission"
        }
        return files.folder(unwrapped(start) { visible(files.top(of: $0)).map { ($0.path, $0.kind) } })
    }

    /// Whether the names at a folder's top are those of one person's work.
    static func isOne(_ entries: [HostFile.WalkedEntry]) -> Bool {
        entries.contains { SubmissionName.marksSubmission($0.path) && $0.kind != .directory }
            || entries.contains { $0.path == ".seaworthy" && $0.kind == .directory }
            || (entries.contains { $0.path == "submission" && $0.kind == .directory }
                && entries.contains { $0.path == "expected.json" })
    }

    /// Whether a folder of this machine holds a Dockerfile or an archive, at its top or one folder down.
    static func holdsWork(_ folder: String, limits: Limits) -> Bool {
        let entries = (try? HostFile.walk(folder, limits: limits) { !$0.contains("/") }) ?? []
        return entries.contains { entry in
            let name = HostName.last(of: entry.path)
            return entry.kind == .file && (SubmissionName.isDockerfile(name) || SubmissionName.isArchive(name))
        }
    }

    /// A folder of this machine, gone into as far as folders hold nothing but one folder.
    static func unwrapped(_ folder: String, limits: Limits) -> String {
        unwrapped(folder) { path in
            let entries = (try? HostFile.walk(path, limits: limits) { _ in false }) ?? []
            return entries.filter { !SubmissionName.isKnownClutter($0.path) }.map { (path + "/" + $0.path, $0.kind) }
        }
    }

    /// Goes through folders that hold nothing but one folder, but for one that a course site named.
    private static func unwrapped(_ start: String, _ content: (String) -> [(path: String, kind: HostFile.Kind)])
        -> String
    {
        var path = start
        for _ in 0..<8 {
            let entries = content(path)
            guard entries.count == 1, let only = entries.first, only.kind == .directory,
                ![".seaworthy", "blobs"].contains(HostName.last(of: only.path)),
                !HostName.last(of: only.path).contains("_assignsubmission_")
            else { break }
            path = only.path
        }
        return path
    }
}
