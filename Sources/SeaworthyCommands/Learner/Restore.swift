// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Foundation
import Workbench
import Workspaces

/// `seaworthy restore`: bring back all files of a kept copy, or some of them.
struct Restore: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring back the files of a kept copy, all or some; `undo` takes that back.",
        discussion: "`seaworthy history` lists the copies. Progress stays as it is."
    )

    @Argument(help: "The snapshot: its name, or the number in front of it in `history`.")
    var snapshot: String

    @Argument(help: "Files or folders of the workspace; all of it when none is named.")
    var files: [String] = []

    @Flag(name: .customLong("dry-run"), help: "Say what would happen, and do nothing.")
    var dryRun = false

    @Option(help: "The workspace.")
    var workspace: String?

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let session = try runtime.session(workspace: workspace)
        let place = try session.needsWorkspace()
        let found = try session.keeper.snapshot(named: snapshot, in: place)
        let paths = try files.map { try WorkspaceArgument.path($0, in: place, runtime) }
        let plan = try session.keeper.planRestore(found.id, paths: paths, in: place)
        if !printing.json {
            for path in plan.added { runtime.console.remark("  \(path.description.harmless): comes back") }
            for path in plan.changed { runtime.console.remark("  \(path.description.harmless): is replaced") }
            for path in plan.removed { runtime.console.remark("  \(path.description.harmless): goes away") }
        }
        let isDone = !dryRun && !plan.isEmpty
        if isDone { _ = try session.keeper.restore(found.id, paths: paths, in: place, now: runtime.now) }
        if printing.json {
            try runtime.console.print(
                json: Document(snapshot: found.shortName, isDone: isDone, files: ChangeText.paths(plan))
            )
        } else if plan.isEmpty {
            runtime.console.print("Your files are as they are in \(found.shortName) already.")
        } else if dryRun {
            runtime.console.print("Nothing was done: this was a dry run.")
        } else {
            runtime.console.print("Restored from \(found.shortName). `seaworthy undo` takes that back.")
        }
        return .success
    }

    private struct Document: Encodable {
        let snapshot: String
        let isDone: Bool
        let files: [String]
    }
}

/// A file of the workspace as people name it.
enum WorkspaceArgument {
    /// The path below the workspace: from the working directory when that lies in it, else from the workspace's top.
    ///
    /// - Throws: `usage` for what lies outside, or in the workspace's own record or history.
    static func path(_ text: String, in place: Workspace, _ runtime: Runtime) throws -> WorkspacePath {
        let refusal = Failure(.usage, "the file must lie below the workspace", at: .file(text))
        var parts: [Substring] = []
        let current = URL(fileURLWithPath: runtime.currentDirectory).resolvingSymlinksInPath().path
        if text.hasPrefix("/") {
            guard text.hasPrefix(place.path + "/") else { throw refusal }
            parts = text.dropFirst(place.path.count).split(separator: "/")
        } else {
            if (current + "/").hasPrefix(place.path + "/") {
                parts = current.dropFirst(place.path.count).split(separator: "/")
            }
            parts += text.split(separator: "/")
        }
        var resolved: [Substring] = []
        for part in parts where part != "." {
            if part == ".." {
                guard resolved.popLast() != nil else { throw refusal }
            } else {
                resolved.append(part)
            }
        }
        guard let first = resolved.first, first != ".seaworthy", first != ".git" else { throw refusal }
        do {
            return try WorkspacePath(resolved.joined(separator: "/"))
        } catch {
            throw refusal
        }
    }
}
