// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics

/// Finds the Dockerfile of a folder of work, and image archives beside it.
///
/// In this order: `Dockerfile`, another spelling of it or `Containerfile` in the folder itself, `*.Dockerfile` or
/// `Dockerfile.*`, then the only one in a folder below. The shown path is relative to the folder.
enum DockerfileFinder {
    struct Found {
        let path: String?
        let shown: WorkPath
        let archives: [String]
    }

    static func find(in folder: String, limits: Limits) throws -> Found {
        let files = try HostFiles.walk(folder, limits: limits) { path in
            let name = path.split(separator: "/").last.map(String.init) ?? path
            return name != "node_modules" && name != ".git" && name != ".seaworthy"
                && path.split(separator: "/").count <= 4
        }.filter { $0.kind == .file || ($0.kind == .symlink && leadsToFile($0.path, in: folder)) }.map(\.path)
        let archives = files.filter { path in
            !path.contains("/") && [".tar", ".tar.gz", ".tgz", ".tar.zst", ".oci"].contains { path.hasSuffix($0) }
        }
        func found(_ path: String) -> Found {
            Found(
                path: folder + "/" + path,
                shown: WorkPath(path) ?? .dockerfile,
                archives: archives.map { folder + "/" + $0 }
            )
        }
        let top = files.filter { !$0.contains("/") }
        let exact = ["Dockerfile", "dockerfile", "DOCKERFILE", "Containerfile"]
        for name in exact where top.contains(name) { return found(name) }
        if let name = top.first(where: { ["dockerfile", "containerfile"].contains($0.lowercased()) }) {
            return found(name)
        }
        let named = top.filter { $0.lowercased().hasSuffix(".dockerfile") || $0.lowercased().hasPrefix("dockerfile.") }
            .filter { !$0.hasSuffix(".dockerignore") }
        if let name = named.first { return found(name) }
        // What browsers and file managers make of a second `Dockerfile`, when there is no first one.
        let copies = top.filter { name in
            let rest = name.lowercased().dropFirst("dockerfile".count)
            return name.lowercased().hasPrefix("dockerfile") && rest.first.map { " -(_".contains($0) } == true
        }
        if let name = copies.first { return found(name) }
        let deeper = files.filter { path in path.split(separator: "/").last.map { exact.contains(String($0)) } ?? false
        }
        if let path = deeper.min(by: { ($0.split(separator: "/").count, $0) < ($1.split(separator: "/").count, $1) }) {
            return found(path)
        }
        return Found(path: nil, shown: .dockerfile, archives: archives.map { folder + "/" + $0 })
    }

    /// Whether a link that is named as a Dockerfile leads to a file of the same folder.
    private static func leadsToFile(_ path: String, in folder: String) -> Bool {
        path.lowercased().contains("dockerfile") && HostFiles.leadsToFile(path, within: folder)
    }
}
