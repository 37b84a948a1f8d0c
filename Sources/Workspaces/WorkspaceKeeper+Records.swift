// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles

extension WorkspaceKeeper {
    /// The workspace of a folder, with the record that belongs to it.
    ///
    /// - Throws: `malformedInput` when the marker names a record that this data home does not have.
    func settled(
        _ path: String,
        marker: WorkspaceMarker,
        root: borrowing OpenFolder,
        formerPlaces: [String]
    ) throws -> Workspace {
        let own = WorkspaceRecord.name(of: path)
        let named = marker.record ?? recordOfOlderVersion(own, formerPlaces: formerPlaces)
        switch records.known(named) {
        case .nothing:
            // The folder is where it was begun, so it is this home that is new: a history begins, and nothing else changes.
            guard named == own else { throw Self.foreign(path, marker: marker, root: root) }
        case .place(nil): if named != own { try move(named, to: path) }
        case .place(let place?):
            guard place != path else { break }
            guard isAlive(place, record: named) else {
                try move(named, to: path)
                break
            }
            return try fork(named, to: path, marker: marker, root: root)
        }
        return Workspace(path: path, marker: marker, record: named)
    }

    /// The record of a workspace whose marker names none: that of its place, or of a place that it was moved from.
    private func recordOfOlderVersion(_ own: String, formerPlaces: [String]) -> String {
        guard records.known(own) == .nothing else { return own }
        for place in formerPlaces {
            let name = WorkspaceRecord.name(of: place)
            if records.known(name) != .nothing, !isAlive(place, record: name) { return name }
        }
        return own
    }

    /// Whether a place holds a workspace of that record.
    private func isAlive(_ place: String, record: String) -> Bool {
        guard let marker = try? WorkspaceMarker.read(from: OpenFolder(path: place)) else { return false }
        return (marker.record ?? WorkspaceRecord.name(of: place)) == record
    }

    private func move(_ record: String, to path: String) throws {
        let folder = try records.folder(record)
        try folder.locked { try WorkspaceRecords.write(place: path, to: folder) }
    }

    /// Gives a copied workspace a record of its own, with a copy of the history: its snapshots can be had here as well.
    private func fork(
        _ record: String,
        to path: String,
        marker: WorkspaceMarker,
        root: borrowing OpenFolder
    ) throws -> Workspace {
        try refuseStoreInside(path)
        let source = try records.folder(record)
        let journal = try source.locked { try Self.journal(in: source) }
        let name = records.freeName(for: path, goesOn: false)
        let folder = try records.folder(name)
        try folder.locked {
            try Self.write(journal.forked, to: folder)
            try WorkspaceRecords.write(place: path, to: folder)
        }
        let marker = marker.at(step: marker.step, record: name)
        try marker.write(to: root)
        return Workspace(path: path, marker: marker, record: name)
    }

    private static func foreign(_ path: String, marker: WorkspaceMarker, root: borrowing OpenFolder) -> Failure {
        Failure(
            .unusableMarker,
            "this workspace belongs to another record",
            at: .file(path),
            why: "it was begun elsewhere, and its history is not in this data home; nothing of it was changed",
            fix: WorkspaceMarker.adoption(of: root, lesson: marker.lesson)
        )
    }
}

extension WorkspaceJournal {
    /// The same for a copy of the workspace.
    fileprivate var forked: WorkspaceJournal {
        var copy = self
        copy.format = Self.currentFormat
        return copy
    }
}
