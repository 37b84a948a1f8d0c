// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles
import Workspaces

/// Finds the Dockerfile of a folder of work, and image archives beside it.
///
/// In this order: `Dockerfile`, another spelling of it or `Containerfile` in the folder itself, `*.Dockerfile` or
/// `Dockerfile.*`, then the only one in a folder below. Paths are relative to the folder.
enum DockerfileFinder {
    struct Found {
        /// The Dockerfile; nil when there is none.
        let path: String?
        /// Where it is, or where it was looked for.
        var shown: WorkPath { path.flatMap { WorkPath($0) } ?? .dockerfile }
        /// The files at the top that are named as archives of images are.
        let archives: [String]
    }

    private static let passedOver: Set<Substring> = ["node_modules", ".git", ".seaworthy"]

    static func find(in work: WorkFiles) -> Found {
        let files = work.entries.filter { entry in
            let folders = entry.path.split(separator: "/").dropLast()
            return folders.count <= 4 && !folders.contains { passedOver.contains($0) }
                && (entry.kind == .file || (entry.kind == .symlink && leadsToFile(entry.path, in: work)))
        }.map(\.path)
        let top = files.filter { !$0.contains("/") }
        let archives = top.filter { ArchiveEnding.isImage($0) }
        return Found(path: dockerfile(among: files, top: top), archives: archives)
    }

    private static func dockerfile(among files: [String], top: [String]) -> String? {
        let exact = ["Dockerfile", "dockerfile", "DOCKERFILE", "Containerfile"]
        for name in exact where top.contains(name) { return name }
        if let name = top.first(where: { ["dockerfile", "containerfile"].contains($0.lowercased()) }) { return name }
        let named = top.filter { $0.lowercased().hasSuffix(".dockerfile") || $0.lowercased().hasPrefix("dockerfile.") }
            .filter { !$0.hasSuffix(".dockerignore") }
        if let name = named.first { return name }
        // What browsers and file managers make of a second `Dockerfile`, when there is no first one.
        let copies = top.filter { name in
            let rest = name.lowercased().dropFirst("dockerfile".count)
            return name.lowercased().hasPrefix("dockerfile") && rest.first.map { " -(_".contains($0) } == true
        }
        if let name = copies.first { return name }
        let deeper = files.filter { path in path.split(separator: "/").last.map { exact.contains(String($0)) } ?? false
        }
        return deeper.min { ($0.split(separator: "/").count, $0) < ($1.split(separator: "/").count, $1) }
    }

    /// Whether a link that is named as a Dockerfile leads to a file of the same folder.
    private static func leadsToFile(_ path: String, in work: WorkFiles) -> Bool {
        path.lowercased().contains("dockerfile") && work.resolvedFile(path) != nil
    }
}
