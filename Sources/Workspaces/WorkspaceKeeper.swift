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
    /// A workspace that was moved takes its history along; a copy of one gets a copy of the history, and a record of its own.
    /// - Parameter formerPlaces: where workspaces of older versions were, which say nothing of their record themselves.
    /// - Throws: `noInput` when there is no folder or it is not a workspace, `usage` when it is a folder that must never be one,
    ///   `malformedInput` when its marker is damaged or of a home that this one knows nothing of.
    public func open(_ path: String, formerPlaces: [String] = []) throws -> Workspace {
        let root = try OpenFolder(path: path)
        let real = try Self.realPath(path)
        try refuseProtected(real)
        guard let marker = try WorkspaceMarker.read(from: root), marker.isComplete else {
            throw Failure(
                .noInput,
                "this folder is not a workspace",
                at: .file(path),
                why: "it has no .seaworthy/workspace.json",
                fix:
                    "Start a lesson with `seaworthy learn --workspace DIR`, or take these files for your work with `seaworthy learn --workspace \(ShellText.quoted(path)) --adopt`."
            )
        }
        return try settled(real, marker: marker, root: root, formerPlaces: formerPlaces)
    }

    /// The workspace that a folder lies in: the folder itself or the next one above; nil when there is none.
    ///
    /// - Throws: what `open` throws of a workspace that is there and cannot be used: one above it must not be taken instead.
    public func find(from folder: String, formerPlaces: [String] = []) throws -> Workspace? {
        guard var path = try? Self.realPath(folder) else { return nil }
        while path != "/" && !path.isEmpty {
            if !isProtected(path), Self.hasMarker(path) {
                do {
                    return try open(path, formerPlaces: formerPlaces)
                } catch let failure as Failure where failure.code == .noInput {
                    // Its creation was interrupted: there is no work in it yet.
                }
            }
            guard let slash = path.lastIndex(of: "/") else { return nil }
            path = String(path[..<slash])
        }
        return nil
    }

    private static func hasMarker(_ path: String) -> Bool {
        do {
            return try WorkspaceMarker.isThere(in: OpenFolder(path: path))
        } catch {
            return false
        }
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
        let (state, id) = try starterState(starter)
        let root = try OpenFolder(making: path, mode: 0o755)
        let real = try Self.realPath(path)
        try refuseProtected(real)
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
            if marker.isComplete { return try settled(real, marker: marker, root: root, formerPlaces: []) }
        } else if let other = try root.names(limit: 2).first(where: { !WorkspaceScan.exempt.contains($0) }) {
            throw Failure(
                .folderHoldsFiles,
                "the folder is not empty",
                at: .file(path),
                why: "it holds \(EscapedBytes.text(of: other)), and nothing of yours is ever overwritten",
                fix:
                    "Name an empty or new folder with --workspace DIR, or take the files for your work as they are with --adopt."
            )
        }
        try refuseStoreInside(real)
        let record = records.freeName(for: real, goesOn: true)
        return try locked(record, at: real) { folder in
            var marker = WorkspaceMarker(
                lesson: lesson,
                step: step,
                contentVersion: contentVersion,
                starter: Self.digests(state),
                isComplete: false,
                record: record
            )
            try marker.write(to: root)
            let present = try WorkspaceScan(of: root, limits: limits, into: store)
            try StateWriter(store: store).write(state.overlaid(with: present.state), to: root, from: present)
            try Self.begin(id, step: step, with: id, in: folder)
            marker = marker.completed
            try marker.write(to: root)
            return Workspace(path: real, marker: marker, record: record)
        }
    }

    /// Takes a folder that holds work of a lesson for a workspace: a copy without its marker, or one whose marker is damaged or of
    /// another home. No file of the work is touched; an old marker is moved aside.
    ///
    /// - Returns: the workspace, and the name that the old marker has now, from the workspace's top.
    public func adopt(
        _ path: String,
        lesson: String,
        step: String,
        contentVersion: String,
        starter: String
    ) throws -> (workspace: Workspace, oldMarker: String?) {
        try refuseProtected(path)
        let (state, id) = try starterState(starter)
        let root = try OpenFolder(path: path)
        let real = try Self.realPath(path)
        try refuseProtected(real)
        try refuseStoreInside(real)
        let record = records.freeName(for: real, goesOn: true)
        return try locked(record, at: real) { folder in
            let present = try store.add(WorkspaceScan(of: root, limits: limits, into: store).state)
            let oldMarker = try WorkspaceMarker.moveAside(in: root)
            try Self.begin(id, step: step, with: present, in: folder)
            let marker = WorkspaceMarker(
                lesson: lesson,
                step: step,
                contentVersion: contentVersion,
                starter: Self.digests(state),
                record: record
            )
            try marker.write(to: root)
            return (Workspace(path: real, marker: marker, record: record), oldMarker)
        }
    }

    /// Begins a history, or goes on with the one of an earlier workspace at the same place: its snapshots can still be restored.
    private static func begin(
        _ starter: SnapshotStore.ID,
        step: String,
        with entry: SnapshotStore.ID,
        in folder: borrowing OpenFolder
    ) throws {
        var journal = try Self.journal(in: folder)
        journal.starter = starter
        journal.entries = [step: entry]
        journal.past = []
        journal.future = []
        try write(journal, to: folder)
    }

    private func starterState(_ starter: String) throws -> (WorkspaceState, SnapshotStore.ID) {
        let source = try OpenFolder(path: starter)
        let state = WorkspaceState(
            entries: try WorkspaceScan(of: source, limits: limits, into: store).state.entries
                .filter { $0.kind != .special }.map { $0.ownerWritable.owned(by: nil) }
        )
        return (state, try store.add(state))
    }

    private static func digests(_ state: WorkspaceState) -> [String: String] {
        var digests: [String: String] = [:]
        for entry in state.entries { digests[entry.path.description] = entry.digest }
        return digests
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
        guard let starter = try locked(workspace, { try Self.journal(in: $0).starter }) else {
            return WorkspaceState.empty.difference(to: now)
        }
        return try store.state(starter).difference(to: now)
    }

    /// Writes down that the learner is at a step, and copies the files as they are, so that `reset` can put them back.
    ///
    /// The copy of the first time stays when the step is entered again, unless `isFresh` asks for a new one.
    public func enter(step: String, in workspace: Workspace, isFresh: Bool = false) throws -> Workspace {
        try locked(workspace) { folder in
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
    func locked<Result>(_ workspace: Workspace, _ body: (borrowing OpenFolder) throws -> Result) throws -> Result {
        try refuseStoreInside(workspace.path)
        return try locked(workspace.record, at: workspace.path, body)
    }

    private func locked<Result>(
        _ record: String,
        at path: String,
        _ body: (borrowing OpenFolder) throws -> Result
    ) throws -> Result {
        let folder = try records.folder(record)
        return try folder.locked {
            if try !WorkspaceRecords.hasPlace(folder) { try WorkspaceRecords.write(place: path, to: folder) }
            return try body(folder)
        }
    }

    var records: WorkspaceRecords { WorkspaceRecords(dataHome: dataHome) }

    func setStep(_ step: String, of workspace: Workspace) throws -> Workspace {
        guard workspace.marker.step != step || workspace.marker.record != workspace.record else { return workspace }
        let root = try OpenFolder(path: workspace.path)
        let marker = workspace.marker.at(step: step, record: workspace.record)
        try marker.write(to: root)
        return Workspace(path: workspace.path, marker: marker, record: workspace.record)
    }

    static func journal(in folder: borrowing OpenFolder) throws -> WorkspaceJournal {
        guard try folder.status(journalName) != nil else { return WorkspaceJournal() }
        let bytes = try folder.contents(journalName, limit: 256 << 20)
        let journal: WorkspaceJournal
        do {
            journal = try JSONReader.decode(WorkspaceJournal.self, from: bytes, limits: .own)
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
        guard journal.format <= WorkspaceJournal.currentFormat else {
            throw Failure(
                .malformedInput,
                "the workspace's history was written by a newer version of this program",
                at: .file(folder.place(of: journalName)),
                fix: "Use that version."
            )
        }
        return journal
    }

    static func write(_ journal: WorkspaceJournal, to folder: borrowing OpenFolder) throws {
        if journal.format < WorkspaceJournal.currentFormat {
            // What an older version wrote stays beside the new form, as it was.
            let copy = Array("journal-\(journal.format).json".utf8)
            if try folder.status(copy) == nil {
                let old = try folder.contents(journalName, limit: 256 << 20)
                try folder.replaceFile(copy, mode: 0o600, with: old)
            }
        }
        try folder.replaceFile(journalName, mode: 0o600, with: try SnapshotStore.json(journal))
        try folder.synchronize()
    }

    static let journalName = Array("journal.json".utf8)

    static func realPath(_ path: String) throws -> String {
        guard let found = realpath(path, nil) else { throw Failure.posix("cannot find the folder", at: path) }
        defer { free(found) }
        return String(cString: found)
    }

    /// Whether a folder holds more than a lesson: the root, the home folder and those above it, the data home.
    func isProtected(_ path: String) -> Bool {
        let real = (try? Self.realPath(path)) ?? path
        let kept = [homeFolder, dataHome].compactMap { $0 }.map { (try? Self.realPath($0)) ?? $0 }
        let isAbove = kept.contains { ($0 + "/").hasPrefix(real.hasSuffix("/") ? real : real + "/") }
        let isInStore = (real + "/").hasPrefix(((try? Self.realPath(store.path)) ?? store.path) + "/")
        return real == "/" || isAbove || isInStore
    }

    func refuseProtected(_ path: String) throws {
        guard isProtected(path) else { return }
        throw Failure(
            .usage,
            "this folder cannot be a workspace",
            at: .file(path),
            why: "a workspace is reset as a whole, and this folder holds more than a lesson",
            fix: "Name a folder of its own with --workspace DIR."
        )
    }

    func refuseStoreInside(_ workspacePath: String) throws {
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
