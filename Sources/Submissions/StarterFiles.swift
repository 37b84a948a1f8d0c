// SPDX-License-Identifier: Apache-2.0

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
