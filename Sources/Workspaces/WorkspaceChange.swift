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
    /// For an undo, a redo or the end of an interrupted change: the number of the change that it belongs to. Nil for a change of its
    /// own, and in histories of older versions.
    public let origin: Int?
    /// For an undo or a redo: the number of the change whose state before it goes to; nil otherwise.
    let source: Int?
    /// The name that the learner's record knows the change by; nil in histories of older versions.
    public let tag: String?
    /// The digest of the stored list of the times that files had before; nil in histories of older versions.
    let times: String?
    /// Whether a later undo took it back; only histories of older versions say it.
    let isUndone: Bool?
}

extension WorkspaceChange {
    /// The sorts of changes.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Files were put back to the beginning of a step or of the lesson.
        case reset
        /// A reference solution was laid over the files.
        case solution
        /// A code block of the lesson was put into a file.
        case save
        /// Files came back from a snapshot.
        case restore
        /// The files of another step's beginning were taken.
        case move = "goto"
        /// An earlier change was taken back.
        case undo
        /// A change that was taken back was made again.
        case redo
        /// A change that a kill had interrupted was brought to its end.
        case finish

        /// Whether it goes along the history instead of adding to it.
        public var isTravel: Bool { [.undo, .redo, .finish].contains(self) }

        /// Whether it takes the learner to another step, so that taking it back brings the step back as well.
        public var movesStep: Bool { self == .reset || self == .move }
    }
}

/// What the data home keeps for one workspace.
struct WorkspaceJournal {
    /// The form of the file that this version writes.
    static let currentFormat = 2

    /// Every change, oldest first; a change's number is its place, from 1. Only ever grows.
    var changes: [WorkspaceChange] = []
    /// The numbers of the changes that undo takes back, the next one last.
    var past: [Int] = []
    /// The numbers of the undos that redo takes back, the next one last.
    var future: [Int] = []
    /// The snapshot that was taken on entering each step.
    var entries: [String: SnapshotStore.ID] = [:]
    /// The starter as it was handed out.
    var starter: SnapshotStore.ID?
    /// The form of the file that it was read from.
    var format = currentFormat

    /// The change of a number.
    func change(_ number: Int) -> WorkspaceChange? {
        changes.indices.contains(number - 1) ? changes[number - 1] : nil
    }

    /// The change of its own that a number belongs to: itself, or what it undid or redid.
    func original(of number: Int) -> Int {
        guard let change = change(number) else { return number }
        if let origin = change.origin { return origin }
        guard change.kind == .undo else { return number }
        // Histories of older versions know it by what it led back to.
        return changes[..<(number - 1)].lastIndex { $0.kind != .undo && $0.backup == change.target }.map { $0 + 1 }
            ?? number
    }
}

extension WorkspaceJournal: Codable {
    private enum CodingKeys: String, CodingKey {
        case changes, past, future, entries, starter, format
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        changes = try container.decode([WorkspaceChange].self, forKey: .changes)
        entries = try container.decode([String: SnapshotStore.ID].self, forKey: .entries)
        starter = try container.decodeIfPresent(SnapshotStore.ID.self, forKey: .starter)
        format = try container.decodeIfPresent(Int.self, forKey: .format) ?? 1
        past =
            try container.decodeIfPresent([Int].self, forKey: .past)
            ?? changes.indices.filter { !changes[$0].kind.isTravel && changes[$0].isUndone != true }.map { $0 + 1 }
        future = try container.decodeIfPresent([Int].self, forKey: .future) ?? []
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Self.currentFormat, forKey: .format)
        try container.encode(changes, forKey: .changes)
        try container.encode(past, forKey: .past)
        try container.encode(future, forKey: .future)
        try container.encode(entries, forKey: .entries)
        try container.encodeIfPresent(starter, forKey: .starter)
    }
}
