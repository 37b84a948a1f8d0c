// SPDX-License-Identifier: Apache-2.0

/// A path that an instructor named, and how what lies below it is shown: the same wherever the grader runs.
///
/// Below a single path names are as they are in it. Of several each has in front what tells it from the others.
struct NamedPlace {
    /// The path on the host.
    let path: String
    /// What tells it from the others; empty when it is alone.
    private let front: String

    /// The places of all paths of one run.
    static func places(_ paths: [String]) -> [NamedPlace] {
        let paths = paths.map { $0.count > 1 && $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        guard paths.count > 1 else { return paths.map { NamedPlace(path: $0, front: "") } }
        let parts = paths.map { $0.split(separator: "/") }
        var common = parts[0].dropLast().count
        for part in parts {
            let shared = zip(part.dropLast(), parts[0].dropLast()).prefix { $0 == $1 }.count
            common = min(common, shared)
        }
        return zip(paths, parts).map { path, parts in
            NamedPlace(path: path, front: SubmissionName.clean(parts.dropFirst(common).joined(separator: "/")))
        }
    }

    /// How the path itself is shown.
    var own: String { front.isEmpty ? SubmissionName.clean(HostName.last(of: path)) : front }

    /// How something below it is shown.
    func below(_ name: String) -> String { front.isEmpty ? name : front + "/" + name }
}

/// The last part of a host path.
enum HostName {
    static func last(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
