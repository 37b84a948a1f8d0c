// SPDX-License-Identifier: Apache-2.0

/// What a change to a workspace does, path by path; each list is sorted.
public struct StateDifference: Sendable, Hashable, Codable {
    /// What comes into being.
    public let added: [WorkspacePath]
    /// What gets other bytes, another kind or other permissions.
    public let changed: [WorkspacePath]
    /// What goes away.
    public let removed: [WorkspacePath]

    /// Takes three sorted lists.
    public init(added: [WorkspacePath] = [], changed: [WorkspacePath] = [], removed: [WorkspacePath] = []) {
        self.added = added
        self.changed = changed
        self.removed = removed
    }

    /// Whether nothing changes.
    public var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }
}
