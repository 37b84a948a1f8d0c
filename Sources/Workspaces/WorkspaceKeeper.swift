// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import HostFiles
import JSONValues

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Creates workspaces, keeps copies of them, puts them back and takes that back.
///
/// Every change follows one order: copy everything as it is into the snapshot store, write down what will be done, do it file
/// by file, write down that it is done. So at any moment of a kill both the state before and the state after can be had
/// again: `undo` gives the one, `finish` the other. Nothing outside of the workspace's own folder and the data home is ever
/// written or removed, and links are kept as links, never followed.
public struct WorkspaceKeeper: Sendable {
    /// The folder that holds snapshots and journals.
    public let dataHome: String
    /// The user's home folder, which never becomes a workspace; nil when there is none.
    public let homeFolder: String?
    /// How much a workspace may hold.
    public let limits: Limits
    /// The copies.
    public let store: SnapshotStore

    /// Makes a keeper for a data home; nothing is written yet.
    public init(dataHome: String, homeFolder: String?, limits: Limits = .workspace) {
        self.dataHome = dataHome
        self.homeFolder = homeFolder
        self.limits = limits
        self.store = SnapshotStore(path: dataHome + "/snapshots")
    }

    /// Opens the workspace at a path.
    ///
    /// - Throws: `noInput` when there is no folder or it is not a workspace, `usage` when it is a folder that must never be one.
    public func open(_ path: String) throws -> Workspace {
        let root = try OpenFolder(path: path)
        let real = try Self.realPath(path)
        try refuseProtected(real)
        guard let marker = try WorkspaceMarker.read(from: root), marker.isComplete else {
            throw Failure(
                .noInput,
                "this folder is not a workspace",
                at: .file(path),
                why: "it has no .seaworthy/workspace.json",
                fix: "Start a lesson with: seaworthy learn LESSON --workspace DIR"
            )
        }
        return Workspace(path: real, marker: marker)
    }

    /// The workspace that a folder lies in: the folder itself or the next one above; nil when there is none.
    public func find(from folder: String) -> Workspace? {
        guard var path = try? Self.realPath(folder) else { return nil }
        while path != "/" && !path.isEmpty {
            if let found = try? open(path) { return found }
            guard let slash = path.lastIndex(of: "/") else { return nil }
            path = String(path[..<slash])
        }
        return nil
    }

    /// Creates a workspace from a lesson's starter folder, or opens the one that is there already for the same lesson.
    ///
    /// Nothing that is there is overwritten: the folder must not exist, be empty (but for `.git`), be this lesson's workspace already, or be one
    /// whose creation was interrupted (then it goes on, and keeps files that were changed meanwhile).
    ///
    /// - Throws: `cannotCreate` when the folder holds something else, `usage` when it must never be a workspace.
    public func create(
        at path: String,
        lesson: String,
        step: String,
        contentVersion: String,
        starter: String
    ) throws -> Workspace {
        try refuseProtected(path)
        let source = try OpenFolder(path: starter)
        let state = WorkspaceState(
            entries: try WorkspaceScan(of: source, limits: limits, into: store).state.entries
                .filter { $0.kind != .special }.map(\.ownerWritable)
        )
        let id = try store.add(state)
        let root = try OpenFolder(making: path, mode: 0o755)
        let real = try Self.realPath(path)
        try refuseProtected(real)
        var digests: [String: String] = [:]
        for entry in state.entries { digests[entry.path.description] = entry.digest }
        if let marker = try WorkspaceMarker.read(from: root) {
            guard marker.lesson == lesson else {
                throw Failure(
                    .cannotCreate,
                    "the folder is the workspace of another lesson",
                    at: .file(path),
                    why: "it belongs to \(marker.lesson)",
                    fix: "Name another folder with --workspace DIR."
                )
            }
            if marker.isComplete { return Workspace(path: real, marker: marker) }
        } else if let other = try root.names(limit: 2).first(where: { !WorkspaceScan.exempt.contains($0) }) {
            throw Failure(
                .cannotCreate,
                "the folder is not empty",
                at: .file(path),
                why: "it holds \(EscapedBytes.text(of: other)), and nothing of yours is ever overwritten",
                fix: "Name an empty or new folder with --workspace DIR."
            )
        }
        return try locked(real) { folder in
            var marker = WorkspaceMarker(
                lesson: lesson,
                step: step,
                contentVersion: contentVersion,
                starter: digests,
                isComplete: false
            )
            try marker.write(to: root)
            let present = try WorkspaceScan(of: root, limits: limits, into: store)
            try StateWriter(store: store).write(state.overlaid(with: present.state), to: root, from: present)
            var journal = WorkspaceJournal()
            journal.starter = id
            journal.entries[step] = id
            try Self.write(journal, to: folder)
            marker = WorkspaceMarker(lesson: lesson, step: step, contentVersion: contentVersion, starter: digests)
            try marker.write(to: root)
            return Workspace(path: real, marker: marker)
        }
    }

    /// What a workspace holds now.
    public func state(of workspace: Workspace) throws -> WorkspaceState {
        let root = try OpenFolder(path: workspace.path)
        return try WorkspaceScan(of: root, limits: limits).state
    }

    /// Copies a workspace into the store.
    public func snapshot(_ workspace: Workspace) throws -> SnapshotStore.ID {
        let root = try OpenFolder(path: workspace.path)
        try refuseStoreInside(workspace.path)
        return try store.add(WorkspaceScan(of: root, limits: limits, into: store).state)
    }

    /// What the learner changed since the starter was handed out.
    public func differenceFromStarter(_ workspace: Workspace) throws -> StateDifference {
        let now = try state(of: workspace)
        guard let starter = try locked(workspace.path, { try Self.journal(in: $0).starter }) else {
            return WorkspaceState.empty.difference(to: now)
        }
        return try store.state(starter).difference(to: now)
    }

    /// Writes down that the learner is at a step, and copies the files as they are, so that `reset` can put them back.
    ///
    /// The copy of the first time stays when the step is entered again, unless `isFresh` asks for a new one.
    public func enter(step: String, in workspace: Workspace, isFresh: Bool = false) throws -> Workspace {
        try locked(workspace.path) { folder in
            var journal = try Self.journal(in: folder)
            if isFresh || journal.entries[step] == nil {
                journal.entries[step] = try snapshot(workspace)
                try Self.write(journal, to: folder)
            }
            return try setStep(step, of: workspace)
        }
    }

    // MARK: - Shared with the changes

    /// Runs `body` with the workspace's own folder in the data home, alone among all processes.
    func locked<Result>(_ workspacePath: String, _ body: (borrowing OpenFolder) throws -> Result) throws -> Result {
        try refuseStoreInside(workspacePath)
        let digest = ContentHasher.digest(of: Array(workspacePath.utf8))
        let name = String(digest.dropFirst("sha256:".count).prefix(32))
        let folder = try OpenFolder(making: dataHome + "/workspaces/" + name, mode: 0o700)
        return try folder.locked { try body(folder) }
    }

    func setStep(_ step: String, of workspace: Workspace) throws -> Workspace {
        guard workspace.marker.step != step else { return workspace }
        let root = try OpenFolder(path: workspace.path)
        let marker = workspace.marker.at(step: step)
        try marker.write(to: root)
        return Workspace(path: workspace.path, marker: marker)
    }

    static func journal(in folder: borrowing OpenFolder) throws -> WorkspaceJournal {
        guard try folder.status(journalName) != nil else { return WorkspaceJournal() }
        let bytes = try folder.contents(journalName, limit: 256 << 20)
        do {
            return try JSONReader.decode(WorkspaceJournal.self, from: bytes, limits: .own)
        } catch {
            throw Failure(
                .malformedInput,
                "the workspace's history cannot be read",
                at: .file(folder.place(of: journalName)),
                why: "it is not the JSON that this program writes",
                fix: "Move that file away; the snapshots themselves stay.",
                cause: error
            )
        }
    }

    static func write(_ journal: WorkspaceJournal, to folder: borrowing OpenFolder) throws {
        try folder.replaceFile(journalName, mode: 0o600, with: try SnapshotStore.json(journal))
        try folder.synchronize()
    }

    private static let journalName = Array("journal.json".utf8)

    static func realPath(_ path: String) throws -> String {
        guard let found = realpath(path, nil) else { throw Failure.posix("cannot find the folder", at: path) }
        defer { free(found) }
        return String(cString: found)
    }

    /// Refuses folders that hold more than a lesson: the root, the home folder and those above it, the data home.
    private func refuseProtected(_ path: String) throws {
        let real = (try? Self.realPath(path)) ?? path
        let kept = [homeFolder, dataHome].compactMap { $0 }.map { (try? Self.realPath($0)) ?? $0 }
        let isAbove = kept.contains { ($0 + "/").hasPrefix(real.hasSuffix("/") ? real : real + "/") }
        let isInStore = (real + "/").hasPrefix(((try? Self.realPath(store.path)) ?? store.path) + "/")
        guard real == "/" || isAbove || isInStore else { return }
        throw Failure(
            .usage,
            "this folder cannot be a workspace",
            at: .file(path),
            why: "a workspace is reset as a whole, and this folder holds more than a lesson",
            fix: "Name a folder of its own with --workspace DIR."
        )
    }

    private func refuseStoreInside(_ workspacePath: String) throws {
        let home = (try? Self.realPath(dataHome)) ?? dataHome
        guard (home + "/").hasPrefix(workspacePath + "/") else { return }
        throw Failure(
            .usage,
            "the data home lies inside the workspace",
            at: .file(dataHome),
            why: "copies of the workspace are kept there, so it cannot be a part of it",
            fix: "Set SEAWORTHY_HOME to a folder outside of the workspace."
        )
    }
}

extension Limits {
    /// For a learner's folder, which is copied whole before every reset.
    public static let workspace: Limits = {
        var limits = submission
        limits.entries = 50_000
        limits.expandedBytes = 2 << 30
        limits.entryBytes = 1 << 30
        return limits
    }()
}
