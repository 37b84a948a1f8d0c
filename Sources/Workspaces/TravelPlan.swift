// SPDX-License-Identifier: Apache-2.0

/// What an undo or a redo would do.
public struct TravelPlan: Sendable, Hashable {
    /// The change that would be taken back or made again.
    public let change: WorkspaceChange
    /// What would become of the files.
    public let difference: StateDifference
    /// What was done to those files since the change: work that would go out of sight. It is kept, and can be had back.
    public let laterWork: StateDifference
    /// What was interrupted, when this is the rest of it; nil when it begins.
    public let restOf: WorkspaceChange.Kind?
}
