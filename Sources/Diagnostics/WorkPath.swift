// SPDX-License-Identifier: Apache-2.0

/// A path of the work that is judged, relative to the work's folder: never one of the machine that it is judged on.
///
/// Shape: names with single slashes between them, no `..` among them.
public struct WorkPath: Sendable, Hashable, CustomStringConvertible {
    /// The path as it is shown.
    public let description: String

    /// Takes a relative path; nil when it is absolute, empty or leads out of the folder.
    public init?(_ path: String) {
        let names = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !names.contains(where: { ["", ".", ".."].contains($0) }) else { return nil }
        description = path
    }

    private init(known: String) { description = known }

    /// Where a Dockerfile is meant to be.
    public static let dockerfile = WorkPath(known: "Dockerfile")
}
