// SPDX-License-Identifier: Apache-2.0

import HostFiles
package import Workspaces

/// The files that a lesson gives, and that stand in for those which somebody did not hand in.
package struct StarterFiles: Sendable {
    private let files: WorkFiles

    /// The lesson's starter as it was read.
    package init(_ files: WorkFiles) { self.files = files }

    /// When a folder of work is filled.
    package enum Filling: Sendable {
        /// What is not there is filled, whatever else lies there: what was handed in may be a part.
        case always
        /// Only a folder that has none of the lesson's files but a Dockerfile is filled: what is missing in a learner's own folder is
        /// missing.
        case whenBare
    }

    /// The Dockerfile that the lesson begins with; nil when there is none.
    package var dockerfile: [UInt8]? {
        files.resolvedFile("Dockerfile").flatMap { try? files.bytes(of: $0, limit: 4 << 20) }
    }

    /// The paths of its files below a folder, in the order of their names.
    package func paths(below folder: String) -> [String] {
        files.entries.filter { $0.kind == .file && $0.path.hasPrefix(folder + "/") }.map(\.path)
    }

    /// The paths of all its files.
    package var paths: [String] { files.entries.filter { $0.kind == .file }.map(\.path) }

    /// The bytes of one of its files; nil when it has none of that name, or one that is too large to be judged by.
    package func bytes(of path: String) -> [UInt8]? {
        files.resolvedFile(path).flatMap { try? files.bytes(of: $0, limit: 4 << 20) }
    }

    /// A folder of work with what it lacks.
    ///
    /// - Returns: all files, and the paths of those that were filled.
    package func fill(_ work: WorkFiles, _ filling: Filling) -> (files: WorkFiles, filled: [String]) {
        if filling == .whenBare,
            files.top().contains(where: { Self.isGiven($0.path) && !$0.path.hasPrefix(".") && work[$0.path] != nil })
        {
            return (work, [])
        }
        return work.filled(from: files, where: Self.isGiven)
    }

    /// Whether a file stands in for a missing one. The Dockerfile is the work itself, whatever it is called.
    private static func isGiven(_ path: String) -> Bool {
        path != "Dockerfile" && path != ".gitignore" && !path.hasPrefix(".seaworthy")
    }
}
