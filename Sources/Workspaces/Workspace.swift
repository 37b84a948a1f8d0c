// SPDX-License-Identifier: Apache-2.0

/// A learner's folder for one lesson, known by the marker in it.
public struct Workspace: Sendable, Hashable {
    /// The folder's real host path, links resolved.
    public let path: String
    /// What the folder says about itself.
    public let marker: WorkspaceMarker
    /// The name of its history and of the learner's progress in it.
    public let record: String
}
