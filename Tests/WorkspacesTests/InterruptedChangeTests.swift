// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import HostFiles
import Testing

@testable import Workspaces

/// A kill is played by taking the journal back to what it is while files are written, and the files to each mixture of the
/// states before and after.
@Suite("Interrupted change")
struct InterruptedChangeTests {
    private static let names = ["Dockerfile", "run.sh", "src/index.js", "stray"]

    @Test("gives back either state from every mixture that a kill can leave", arguments: 0..<16)
    func everyMixture(mask: Int) throws {
        for wantsOld in [true, false] {
            let scratch = try Scratch()
            let keeper = scratch.keeper
            let workspace = try scratch.create()
            for name in Self.names { try scratch.write("work/" + name, "old " + name) }
            let before = try keeper.state(of: workspace)
            _ = try keeper.reset(workspace, to: .lesson, starter: scratch.starter, now: scratch.time)
            let after = try keeper.state(of: workspace)
            for (bit, name) in Self.names.enumerated() where mask & (1 << bit) != 0 {
                try scratch.write("work/" + name, "old " + name)
            }
            try scratch.write("work/\(OpenFolder.temporaryPrefix)123-4", "half a fi")
            try keeper.locked(workspace) { folder in
                var journal = try WorkspaceKeeper.journal(in: folder)
                journal.changes[0].isFinished = false
                try WorkspaceKeeper.write(journal, to: folder)
            }
            #expect(try keeper.unfinishedChange(of: workspace)?.kind == .reset)
            if wantsOld {
                _ = try keeper.undo(workspace, now: scratch.time)
                #expect(try keeper.state(of: workspace) == before)
            } else {
                try keeper.finish(workspace)
                #expect(try keeper.state(of: workspace) == after)
            }
            #expect(try keeper.unfinishedChange(of: workspace) == nil)
            #expect(!scratch.exists("work/\(OpenFolder.temporaryPrefix)123-4"))
        }
    }

    @Test("brings an interrupted undo to its end")
    func interruptedUndo() throws {
        let scratch = try Scratch()
        let keeper = scratch.keeper
        let workspace = try scratch.create()
        try scratch.write("work/Dockerfile", "FROM mine\n")
        let before = try keeper.state(of: workspace)
        _ = try keeper.reset(workspace, to: .lesson, starter: scratch.starter, now: scratch.time)
        _ = try keeper.undo(workspace, now: scratch.time)
        try scratch.write("work/Dockerfile", "FROM node:lts-slim\n")
        try keeper.locked(workspace) { folder in
            var journal = try WorkspaceKeeper.journal(in: folder)
            journal.changes[1].isFinished = false
            try WorkspaceKeeper.write(journal, to: folder)
        }
        #expect(try keeper.undo(workspace, now: scratch.time)?.kind == .reset)
        #expect(try keeper.state(of: workspace) == before)
        #expect(try keeper.undo(workspace, now: scratch.time) == nil)
    }

    @Test("leaves a file that was saved after the backup, and says so")
    func savedMeanwhile() throws {
        let scratch = try Scratch()
        let workspace = try scratch.create()
        let keeper = scratch.keeper
        try scratch.write("work/Dockerfile", "FROM mine\n")
        let root = try OpenFolder(path: scratch.work)
        let scan = try WorkspaceScan(of: root, limits: .workspace, into: keeper.store)
        try scratch.write("work/Dockerfile", "FROM saved a moment ago\n")
        let source = try OpenFolder(path: scratch.starter)
        let target = try WorkspaceScan(of: source, limits: .workspace, into: keeper.store).state
        #expect(throws: Failure.self) { try StateWriter(store: keeper.store).write(target, to: root, from: scan) }
        #expect(scratch.read("work/Dockerfile") == "FROM saved a moment ago\n")
        _ = workspace
    }
}
