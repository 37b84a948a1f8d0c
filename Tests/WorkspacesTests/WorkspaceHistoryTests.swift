// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import HostFiles
import Testing

@testable import Workspaces

@Suite("Workspace history")
struct WorkspaceHistoryTests {
    let scratch: Scratch
    let keeper: WorkspaceKeeper
    let workspace: Workspace

    init() throws {
        scratch = try Scratch()
        keeper = scratch.keeper
        workspace = try scratch.create()
    }

    private func reset() throws {
        _ = try keeper.reset(workspace, to: .lesson, starter: scratch.starter, now: scratch.time)
    }

    private func undo() throws -> WorkspaceChange? { try keeper.undo(workspace, now: scratch.time) }
    private func redo() throws -> WorkspaceChange? { try keeper.redo(workspace, now: scratch.time) }
    private func state() throws -> WorkspaceState { try keeper.state(of: workspace) }

    @Test("work that was done after a reset survives its undo, and both states can be had in turn")
    func laterWork() throws {
        try scratch.write("work/Dockerfile", "FROM edited\n")
        let edited = try state()
        try reset()
        try scratch.write("work/Dockerfile", "FROM hours\n")
        try scratch.write("work/new/file", "hours")
        let hours = try state()
        let plan = try #require(try keeper.plan(.undo, in: workspace))
        #expect(plan.change.kind == .reset)
        #expect(plan.laterWork.added.map(\.description) == ["new", "new/file"])
        #expect(plan.laterWork.changed.map(\.description) == ["Dockerfile"])
        #expect(try state() == hours, "a plan changes nothing")
        for _ in 0..<3 {
            #expect(try undo()?.kind == .reset)
            #expect(try state() == edited)
            #expect(try keeper.plan(.redo, in: workspace)?.laterWork.isEmpty == true)
            #expect(try redo()?.kind == .reset)
            #expect(try state() == hours)
        }
        _ = try undo()
        // What was done after the undo goes with the redo, and comes back in turn.
        try scratch.write("work/Dockerfile", "FROM more\n")
        let more = try state()
        #expect(try keeper.plan(.redo, in: workspace)?.laterWork.changed.map(\.description) == ["Dockerfile"])
        _ = try redo()
        #expect(try state() == hours)
        _ = try undo()
        #expect(try state() == more)
    }

    @Test("undo and redo go through several changes and end at both ends")
    func severalChanges() throws {
        var states = [try state()]
        for number in 0..<4 {
            let path = try WorkspacePath("f\(number)")
            #expect(try keeper.save(Array("\(number)".utf8), to: path, in: workspace, now: scratch.time) != nil)
            states.append(try state())
        }
        for expected in states.dropLast().reversed() {
            #expect(try undo() != nil)
            #expect(try state() == expected)
        }
        #expect(try undo() == nil)
        for expected in states.dropFirst() {
            #expect(try redo() != nil)
            #expect(try state() == expected)
        }
        #expect(try redo() == nil)
    }

    @Test("a change in place of the ones that were undone leaves them in the history")
    func newBranch() throws {
        let path = try WorkspacePath("Dockerfile")
        _ = try keeper.save(Array("one".utf8), to: path, in: workspace, now: scratch.time)
        let one = try state()
        _ = try undo()
        _ = try keeper.save(Array("two".utf8), to: path, in: workspace, now: scratch.time)
        #expect(try redo() == nil, "there is nothing to go on with")
        let all = try keeper.snapshots(of: workspace)
        let found = try #require(all.first { (try? keeper.store.state($0.id)) == one })
        _ = try keeper.restore(found.id, in: workspace, now: scratch.time)
        #expect(try state() == one)
        _ = try undo()
        #expect(scratch.read("work/Dockerfile") == "two")
    }

    @Test("a file that is saved keeps its permissions, and one that is the same is not written")
    func saves() throws {
        try scratch.write("work/Dockerfile", "FROM mine\n", mode: 0o600)
        let path = try WorkspacePath("Dockerfile")
        _ = try keeper.save(Array("FROM new\n".utf8), to: path, in: workspace, now: scratch.time)
        #expect(scratch.read("work/Dockerfile") == "FROM new\n")
        #expect(try state()[path]?.mode == 0o600)
        #expect(try keeper.save(Array("FROM new\n".utf8), to: path, in: workspace, now: scratch.time) == nil)
        _ = try keeper.save([1], to: try WorkspacePath("a/b/c"), in: workspace, now: scratch.time)
        #expect(scratch.exists("work/a/b/c"))
        for bad in ["src", "Dockerfile/below", "run.sh/x/y"] {
            #expect(throws: Failure.self, "\(bad)") {
                try keeper.save([1], to: try WorkspacePath(bad), in: workspace, now: scratch.time)
            }
        }
        try FileManager.default.createSymbolicLink(atPath: scratch.work + "/link", withDestinationPath: scratch.path)
        #expect(throws: Failure.self) {
            try keeper.save([1], to: try WorkspacePath("link/outside"), in: workspace, now: scratch.time)
        }
        #expect(!scratch.exists("outside"))
    }

    @Test("brings single files and folders back from a snapshot, and touches no others")
    func restoresFiles() throws {
        try scratch.write("work/src/deep/a", "a", mode: 0o755)
        try scratch.write("work/src/deep/b", "b")
        try scratch.write("work/other", "old")
        try reset()
        try scratch.write("work/other", "new")
        let before = try state()
        let snapshot = try keeper.snapshot(named: "1", in: workspace)
        let short = snapshot.shortName
        #expect(try keeper.snapshot(named: short, in: workspace) == snapshot)
        #expect(try keeper.snapshot(named: snapshot.id, in: workspace) == snapshot)
        _ = try keeper.restore(snapshot.id, paths: [try WorkspacePath("src/deep/a")], in: workspace, now: scratch.time)
        #expect(scratch.read("work/src/deep/a") == "a" && !scratch.exists("work/src/deep/b"))
        #expect(try state()[WorkspacePath("src/deep/a")]?.mode == 0o755)
        #expect(scratch.read("work/other") == "new")
        _ = try keeper.restore(snapshot.id, paths: [try WorkspacePath("src/deep")], in: workspace, now: scratch.time)
        #expect(scratch.read("work/src/deep/b") == "b")
        _ = try undo()
        _ = try undo()
        #expect(try state() == before)
        for bad in ["nonesuch", "src/deep/c", "src/dee"] {
            #expect(throws: Failure.self, "\(bad)") {
                try keeper.restore(snapshot.id, paths: [try WorkspacePath(bad)], in: workspace, now: scratch.time)
            }
        }
        #expect(try state() == before, "nothing is done when a file is not there")
    }

    @Test(
        "says when a snapshot's name fits none",
        arguments: ["", "0", "99", "-1", "abc", "zzzzzzz", "sha256:", "../../x"]
    )
    func unknownSnapshot(name: String) throws {
        try reset()
        #expect(throws: Failure.self) { try keeper.snapshot(named: name, in: workspace) }
    }

    @Test("brings modes, empty folders, links and the times of files back")
    func everythingOfAFile() throws {
        try scratch.write("work/tool", "x", mode: 0o4711)
        try scratch.write("work/secret", "x", mode: 0o400)
        try FileManager.default.createDirectory(
            atPath: scratch.work + "/empty/inner",
            withIntermediateDirectories: true
        )
        try FileManager.default.setAttributes([.posixPermissions: 0o1777], ofItemAtPath: scratch.work + "/empty")
        try FileManager.default.createSymbolicLink(atPath: scratch.work + "/link", withDestinationPath: "../elsewhere")
        let root = try OpenFolder(path: scratch.work)
        let old = FileTime(seconds: 981_173_106, nanoseconds: 123_456_789)
        for name in ["tool", "link", "empty"] { root.setTime(Array(name.utf8), old) }
        let before = try state()
        try reset()
        #expect(try state() != before)
        _ = try undo()
        #expect(try state() == before)
        for name in ["tool", "link", "empty"] {
            #expect(try root.status(Array(name.utf8))?.time.seconds == old.seconds, "\(name)")
        }
        try scratch.write("work/later", "x")
        try FileManager.default.removeItem(atPath: scratch.work + "/tool")
        _ = try keeper.restore(
            try keeper.snapshot(named: "1", in: workspace).id,
            paths: [try WorkspacePath("tool")],
            in: workspace,
            now: scratch.time
        )
        #expect(try root.status(Array("tool".utf8))?.time.seconds == old.seconds)
        #expect(try root.status(Array("later".utf8))?.time.seconds != old.seconds)
    }

    @Test("never reads, changes or removes a workspace in the workspace")
    func innerWorkspace() throws {
        let inner = try keeper.create(
            at: scratch.work + "/deep/inner",
            lesson: "securing-your-image",
            step: "good-image",
            contentVersion: "1",
            starter: scratch.starter
        )
        try scratch.write("work/deep/inner/mine", "other work")
        try scratch.write("work/deep/stray", "goes")
        let innerState = try keeper.state(of: inner)
        #expect(try state()[WorkspacePath("deep/inner/mine")] == nil)
        #expect(
            try WorkspaceState(WorkFiles(reading: scratch.work, limits: .workspace)) == state(),
            "both ways of looking see the same"
        )
        #expect(try keeper.find(from: scratch.work + "/deep/inner")?.path == inner.path)
        try reset()
        #expect(try keeper.state(of: inner) == innerState)
        #expect(!scratch.exists("work/deep/stray"))
        _ = try undo()
        #expect(try keeper.state(of: inner) == innerState)
        #expect(scratch.exists("work/deep/stray"))
        _ = try keeper.reset(inner, to: .lesson, starter: scratch.starter, now: scratch.time)
        #expect(!scratch.exists("work/deep/inner/mine") && scratch.exists("work/deep/stray"))
        #expect(try undo() == nil, "the inner one's reset is none of the outer one")
    }

    @Test("the files of a step are taken with goto, and the step comes back with the files")
    func takesFiles() throws {
        var workspace = workspace
        try scratch.write("work/Dockerfile", "FROM one\n")
        workspace = try keeper.enter(step: "two", in: workspace)
        try scratch.write("work/Dockerfile", "FROM two\n")
        workspace = try keeper.enter(step: "three", in: workspace)
        _ = try keeper.takeFiles(
            ofStep: "two",
            in: workspace,
            starter: scratch.starter,
            earlierSolutions: [],
            now: scratch.time
        )
        workspace = try keeper.enter(step: "two", in: workspace)
        #expect(scratch.read("work/Dockerfile") == "FROM one\n")
        #expect(try keeper.undo(workspace, now: scratch.time)?.step == "three")
        #expect(scratch.read("work/Dockerfile") == "FROM two\n")
        #expect(try keeper.open(scratch.work).marker.step == "three")
    }

    @Test("what belongs to a change is done before it counts as finished, and is told what it is done to")
    func alongside() throws {
        struct Full: Error {}
        var told: [String] = []
        #expect(throws: Full.self) {
            try keeper.reset(workspace, to: .lesson, starter: scratch.starter, now: scratch.time) { _, _ in throw Full()
            }
        }
        #expect(try keeper.unfinishedChange(of: workspace)?.kind == .reset)
        let note: WorkspaceKeeper.Alongside = { kind, change in
            told.append("\(kind.rawValue) \(change.kind.rawValue) \(change.tag ?? "")")
        }
        _ = try keeper.undo(workspace, now: scratch.time, alongside: note)
        _ = try keeper.redo(workspace, now: scratch.time, alongside: note)
        let tag = "\(workspace.record)/1"
        #expect(told == ["undo reset \(tag)", "redo reset \(tag)"])
    }
}
