// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles
import JSONValues

/// What makes a folder a workspace: `.seaworthy/workspace.json`.
public struct WorkspaceMarker: Sendable, Hashable, Codable {
    /// The version of this file's form.
    public let formatVersion: Int
    /// The lesson's id.
    public let lesson: String
    /// The id of the step that the files belong to.
    public let step: String
    /// The version of the lesson's content that the starter came from.
    public let contentVersion: String
    /// The digest of each starter file, by path, as it was handed out.
    public let starter: [String: String]
    /// Whether every starter file is there; false only while they are being copied.
    public let isComplete: Bool

    /// A marker of the current format, complete unless it is said.
    public init(
        lesson: String,
        step: String,
        contentVersion: String,
        starter: [String: String],
        isComplete: Bool = true
    ) {
        self.formatVersion = Self.currentFormat
        self.lesson = lesson
        self.step = step
        self.contentVersion = contentVersion
        self.starter = starter
        self.isComplete = isComplete
    }

    /// The version that this program writes.
    public static let currentFormat = 1

    /// The same at another step.
    func at(step: String) -> WorkspaceMarker {
        WorkspaceMarker(
            lesson: lesson,
            step: step,
            contentVersion: contentVersion,
            starter: starter,
            isComplete: isComplete
        )
    }

    static let folderName = Array(".seaworthy".utf8)
    static let fileName = Array("workspace.json".utf8)

    /// Reads the marker of a folder; nil when it has none.
    static func read(from root: borrowing OpenFolder) throws -> WorkspaceMarker? {
        guard let status = try root.status(folderName) else { return nil }
        let place = root.place(of: folderName) + "/workspace.json"
        guard status.kind == .folder else {
            throw Failure(
                .hostileInput,
                "the workspace's marker cannot be read",
                at: .file(place),
                why: ".seaworthy should be a folder and is something else",
                fix: "Move .seaworthy out of the way and start the lesson in another folder."
            )
        }
        let folder = try root.folder(folderName)
        guard try folder.status(fileName)?.kind == .file else { return nil }
        let bytes = try folder.contents(fileName, limit: 16 << 20)
        struct Version: Decodable { let formatVersion: Int }
        if let version = try? JSONReader.decode(Version.self, from: bytes, limits: .own),
            version.formatVersion > currentFormat
        {
            throw Failure(
                .malformedInput,
                "the workspace was made by a newer version of this program",
                at: .file(place),
                fix: "Use that version, or start the lesson in another folder."
            )
        }
        do {
            return try JSONReader.decode(WorkspaceMarker.self, from: bytes, limits: .own)
        } catch {
            throw Failure(
                .malformedInput,
                "the workspace's marker cannot be read",
                at: .file(place),
                why: "it is not the JSON that this program writes",
                fix: "Start the lesson in another folder and copy your files there.",
                cause: error
            )
        }
    }

    /// Writes the marker into a folder, whole or not at all.
    func write(to root: borrowing OpenFolder) throws {
        try root.makeFolder(Self.folderName)
        let folder = try root.folder(Self.folderName)
        try folder.replaceFile(Self.fileName, with: try SnapshotStore.json(self))
        try folder.synchronize()
    }
}
