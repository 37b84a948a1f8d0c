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
    /// The name of the workspace's history and record in the data home, so that it is found when the folder is moved; nil in
    /// workspaces of older versions, where the folder's place says it.
    public let record: String?

    /// A marker of the current format, complete unless it is said.
    public init(
        lesson: String,
        step: String,
        contentVersion: String,
        starter: [String: String],
        isComplete: Bool = true,
        record: String? = nil
    ) {
        self.formatVersion = Self.currentFormat
        self.lesson = lesson
        self.step = step
        self.contentVersion = contentVersion
        self.starter = starter
        self.isComplete = isComplete
        self.record = record
    }

    /// The version that this program writes.
    public static let currentFormat = 1

    /// The same at another step.
    func at(step: String, record: String) -> WorkspaceMarker {
        WorkspaceMarker(
            lesson: lesson,
            step: step,
            contentVersion: contentVersion,
            starter: starter,
            isComplete: isComplete,
            record: record
        )
    }

    /// The same once every starter file is there.
    var completed: WorkspaceMarker {
        WorkspaceMarker(
            lesson: lesson,
            step: step,
            contentVersion: contentVersion,
            starter: starter,
            record: record
        )
    }

    static let folderName = Array(".seaworthy".utf8)
    static let fileName = Array("workspace.json".utf8)

    /// Whether a folder says that it is a workspace, in whatever condition its marker is.
    static func isThere(in root: borrowing OpenFolder) throws -> Bool {
        guard try root.status(folderName)?.kind == .folder else { return false }
        return try root.folder(folderName).status(fileName) != nil
    }

    /// Moves a marker that cannot be used aside, so that nothing is written over.
    ///
    /// - Returns: the name that it has now, from the workspace's top; nil when there was none.
    static func moveAside(in root: borrowing OpenFolder) throws -> String? {
        guard let status = try root.status(folderName) else { return nil }
        guard status.kind == .folder else {
            let name = try freeName(in: root, folderName)
            try root.move(folderName, to: name)
            return EscapedBytes.text(of: name)
        }
        let folder = try root.folder(folderName)
        guard try folder.status(fileName) != nil else { return nil }
        let name = try freeName(in: folder, fileName)
        try folder.move(fileName, to: name)
        return EscapedBytes.text(of: folderName + [UInt8(ascii: "/")] + name)
    }

    private static func freeName(in folder: borrowing OpenFolder, _ name: [UInt8]) throws -> [UInt8] {
        var number = 1
        while true {
            let candidate = name + Array(".before-\(number)".utf8)
            if try folder.status(candidate) == nil { return candidate }
            number += 1
        }
    }

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
                fix: adoption(of: root)
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
                .unusableMarker,
                "the workspace was made by a newer version of this program",
                at: .file(place),
                fix: "Use that version. Or " + adoption(of: root)
            )
        }
        do {
            return try JSONReader.decode(WorkspaceMarker.self, from: bytes, limits: .own)
        } catch {
            throw Failure(
                .unusableMarker,
                "the workspace's marker cannot be read",
                at: .file(place),
                why: "it is not the JSON that this program writes",
                fix: adoption(of: root),
                cause: error
            )
        }
    }

    /// The way out of a marker that cannot be used; the files are not touched by it.
    ///
    /// - Parameter lesson: the lesson, where the marker could be read; the current one is taken where it could not.
    static func adoption(of root: borrowing OpenFolder, lesson: String? = nil) -> String {
        let learn = "seaworthy learn" + (lesson.map { " " + ShellText.quoted($0) } ?? "")
        return
            "keep these files and begin a new record with `\(learn) --workspace \(ShellText.quoted(root.place)) --adopt`, or start afresh in another folder with `\(learn) --workspace DIR`"
    }

    /// Writes the marker into a folder, whole or not at all.
    func write(to root: borrowing OpenFolder) throws {
        try root.makeFolder(Self.folderName)
        let folder = try root.folder(Self.folderName)
        try folder.replaceFile(Self.fileName, with: try SnapshotStore.json(self))
        try folder.synchronize()
    }
}
