// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// A copy of a workspace that can be restored.
public struct WorkspaceSnapshot: Sendable, Hashable {
    /// The name of the state in the store.
    public let id: SnapshotStore.ID
    /// The number of the change in front of which it was made; nil for one that belongs to no change.
    public let number: Int?
    /// When it was made; nil where nobody wrote it down.
    public let time: Date?
    /// What it was made for.
    public let occasion: Occasion
    /// Whether `undo` or `redo` goes to it next or after others.
    public let reach: Reach?

    /// What a snapshot was made for.
    public enum Occasion: Sendable, Hashable {
        /// The files in front of a change.
        case before(WorkspaceChange.Kind, label: String)
        /// The files when a step was entered.
        case entered(step: String)
        /// The files as the lesson handed them out.
        case starter
    }

    /// Which command leads to it without naming it.
    public enum Reach: String, Sendable, Hashable {
        case undo, redo
    }

    /// The name as people type it: the first twelve digits.
    public var shortName: String { String(id.dropFirst("sha256:".count).prefix(12)) }
}
