// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Diagnostics
import Foundation
import Lessons
import Workbench
import Workspaces

/// `seaworthy history`: every copy of the workspace that is kept, and what it was made for.
struct History: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "List the copies of your files that are kept; `restore` brings one back.",
        discussion: "A copy is made before every reset, solution, save, restore, goto --files, undo and redo."
    )

    @Option(help: "The workspace.")
    var workspace: String?

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let session = try runtime.session(workspace: workspace)
        let place = try session.needsWorkspace()
        let snapshots = try session.keeper.snapshots(of: place)
        let rows = snapshots.map { snapshot in
            // A snapshot that cannot be read is still named: the others can be had.
            let state = try? session.keeper.store.state(snapshot.id)
            return Row(snapshot, files: state?.entries.filter { $0.kind != .folder }.count)
        }
        if printing.json {
            let document = Document(
                lesson: session.lesson.id,
                workspace: place.path,
                canUndo: try session.keeper.plan(.undo, in: place) != nil,
                canRedo: try session.keeper.plan(.redo, in: place) != nil,
                snapshots: rows
            )
            try runtime.console.print(json: document)
            return .success
        }
        for row in rows { runtime.console.print(row.line) }
        runtime.console.remark(
            "`seaworthy restore SNAPSHOT` brings all files of one back, `restore SNAPSHOT FILE…` some."
        )
        return .success
    }

    private struct Document: Encodable {
        let lesson: String
        let workspace: String
        let canUndo: Bool
        let canRedo: Bool
        let snapshots: [Row]
    }

    /// A snapshot in the list, the newest first.
    private struct Row: Encodable {
        /// The name, short enough to be typed.
        let snapshot: String
        /// The whole name: the digest of the state.
        let digest: String
        /// The number of the change in front of which it was made; null for the beginning of a step and the starter.
        let number: Int?
        let time: String?
        /// `reset`, `solution`, `save`, `restore`, `goto`, `undo`, `redo`, `finish`; `step` or `starter` for what belongs to no change.
        let kind: String
        let label: String
        /// `undo` or `redo` where one of them leads to it.
        let reach: String?
        /// How many files and links it has; null when it cannot be read.
        let files: Int?
        private let words: String

        init(_ snapshot: WorkspaceSnapshot, files: Int?) {
            self.snapshot = snapshot.shortName
            digest = snapshot.id
            number = snapshot.number
            time = snapshot.time.map { Instant(epochSeconds: Int($0.timeIntervalSince1970)).rfc3339() }
            switch snapshot.occasion {
            case .before(let kind, let label):
                self.kind = kind.rawValue
                self.label = label
                words = "before \(ChangeText.name(kind, label))"
            case .entered(let step):
                kind = "step"
                label = step
                words = "on entering the step \(step.harmless)"
            case .starter:
                kind = "starter"
                label = ""
                words = "as the lesson handed them out"
            }
            reach = snapshot.reach?.rawValue
            self.files = files
        }

        var line: String {
            let place = number.map { "#\($0)" } ?? ""
            let count = files.map { $0 == 1 ? "1 file" : "\($0) files" } ?? "cannot be read"
            let columns = [
                place.padded(to: 5), snapshot, (time ?? "").padded(to: 20), words + ", " + count,
            ]
            return columns.joined(separator: "  ") + (reach.map { "  (\($0))" } ?? "")
        }

        private enum CodingKeys: String, CodingKey {
            case snapshot, digest, number, time, kind, label, reach, files
        }
    }
}

extension String {
    /// The text with blanks behind it, at least that many characters long.
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
