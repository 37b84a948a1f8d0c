// SPDX-License-Identifier: Apache-2.0

package import Diagnostics

/// Shows where a submission failed without the host's folders: a grade says the same wherever it was made.
package struct HidingPaths {
    private let folders: [String]
    private let files: Set<String>

    /// Names the folders that must not show, as they are written and as they resolve.
    ///
    /// - Parameter file: a file that shows by its name alone.
    package init(_ folders: [String?], file: String? = nil) {
        let folders = folders + [file]
        files = Set([file, file.flatMap(HostPath.real)].compactMap { $0 })
        // A relative name such as `src` could be part of what somebody wrote.
        let named = folders.compactMap { $0 }.filter { $0.hasPrefix("/") && $0.count > 1 }
        self.folders = Set(named + named.compactMap(HostPath.real)).filter { $0.count > 1 }
            .sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    }

    /// The failure, its place relative to the folder that it lies in.
    package func callAsFunction(_ failure: Failure) -> Failure { failure.mappingFile(shown) }

    /// The path as it shows.
    package func shown(_ path: String) -> String {
        for folder in folders {
            if path == folder { return files.contains(folder) ? SubmissionName.clean(HostName.last(of: folder)) : "." }
            let front = (folder + "/").utf8
            if path.utf8.starts(with: front) {
                return String(decoding: path.utf8.dropFirst(front.count), as: UTF8.self)
            }
        }
        return path
    }
}
