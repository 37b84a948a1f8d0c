// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles

/// The name under which the data home keeps a workspace's history, and the learner's progress in it.
///
/// It is made of the place where the workspace was begun. The marker in the workspace carries it along, so that the history is found
/// when the folder is moved; a copy gets a name of its own.
public enum WorkspaceRecord {
    /// The name for a workspace that is begun at a real path.
    public static func name(of path: String) -> String {
        String(ContentHasher.digest(of: Array(path.utf8)).dropFirst("sha256:".count).prefix(32))
    }
}

/// The folder of records in the data home: `workspaces/NAME` with `journal.json`, `place` and `lock`.
struct WorkspaceRecords {
    let dataHome: String

    private static let placeName = Array("place".utf8)

    /// What the data home knows of a name.
    enum Known: Equatable {
        case nothing
        /// There is a history. The place is where the workspace was seen last; nil when an older version wrote it.
        case place(String?)
    }

    func path(of name: String) -> String { dataHome + "/workspaces/" + name }

    func known(_ name: String) -> Known {
        let folder = path(of: name)
        guard Self.isName(name), HostFile.kind(of: folder) == .directory else { return .nothing }
        guard let bytes = try? HostFile.read(folder + "/place", limit: 1 << 16) else { return .place(nil) }
        return .place(String(decoding: bytes.last == 0x0A ? bytes.dropLast() : bytes[...], as: UTF8.self))
    }

    /// Opens a record's folder, and makes it where it is not there.
    func folder(_ name: String) throws -> OpenFolder {
        guard Self.isName(name) else { throw Failure(.malformedInput, "not the name of a record", at: .name(name)) }
        return try OpenFolder(making: path(of: name), mode: 0o700)
    }

    static func write(place: String, to folder: borrowing OpenFolder) throws {
        try folder.replaceFile(placeName, mode: 0o600, with: Array(place.utf8) + [0x0A])
    }

    static func hasPlace(_ folder: borrowing OpenFolder) throws -> Bool { try folder.status(placeName) != nil }

    /// A name for a workspace at a path.
    ///
    /// - Parameter goesOn: whether the history of an earlier workspace at that very path may go on.
    func freeName(for path: String, goesOn: Bool) -> String {
        var (name, number) = (WorkspaceRecord.name(of: path), 1)
        while true {
            switch known(name) {
            case .nothing: return name
            case .place(let place): if goesOn, place == nil || place == path { return name }
            }
            number += 1
            name = WorkspaceRecord.name(of: path + "\0\(number)")
        }
    }

    /// A name is text of another program until it is looked at: it must not lead out of the folder.
    private static func isName(_ text: String) -> Bool {
        text.utf8.count == 32 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
