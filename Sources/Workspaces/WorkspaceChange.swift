// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// A change of a workspace's files that we made, and all that it takes to take it back.
public struct WorkspaceChange: Sendable, Hashable, Codable {
    /// What sort of change it was.
    public let kind: Kind
    /// What was changed, in a few words, such as `step non-root-user`.
    public let label: String
    /// When it began.
    public let time: Date
    /// The snapshot of the files as they were before.
    public let backup: SnapshotStore.ID
    /// The snapshot of the files as they are after it.
    public let target: SnapshotStore.ID
    /// The step that the workspace was at before.
    public let step: String
    /// The step snapshots that were known before, by step id.
    public let entries: [String: SnapshotStore.ID]
    /// Whether every file was written. A kill leaves false; then both states can still be had.
    public internal(set) var isFinished: Bool
    /// Whether a later undo took it back.
    public internal(set) var isUndone: Bool
}

extension WorkspaceChange {
    /// The sorts of changes.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Files were put back to the beginning of a step or of the lesson.
        case reset
        /// A reference solution was laid over the files.
        case solution
        /// An earlier change was taken back.
        case undo
    }
}

/// What the data home keeps for one workspace.
struct WorkspaceJournal: Codable {
    /// Every change, oldest first.
    var changes: [WorkspaceChange] = []
    /// The snapshot that was taken on entering each step.
    var entries: [String: SnapshotStore.ID] = [:]
    /// The starter as it was handed out.
    var starter: SnapshotStore.ID?
}
