// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import HostFiles
import Testing

@testable import Workspaces

@Suite("Workspace records")
struct WorkspaceRecordTests {
    let scratch: Scratch
    let keeper: WorkspaceKeeper

    init() throws {
        scratch = try Scratch()
        keeper = scratch.keeper
    }

    private func create(_ name: String) throws -> Workspace {
        try keeper.create(
            at: scratch.path + "/" + name,
            lesson: "securing-your-image",
            step: "good-image",
            contentVersion: "1",
            starter: scratch.starter
        )
    }

    private func adopt(_ name: String) throws -> (workspace: Workspace, oldMarker: String?) {
        try keeper.adopt(
            scratch.path + "/" + name,
            lesson: "securing-your-image",
            step: "good-image",
            contentVersion: "1",
            starter: scratch.starter
        )
    }

    private func reason(_ body: () throws -> Void) -> Failure.Reason? {
        do {
            try body()
            return nil
        } catch { return (error as? Failure)?.reason }
    }

    @Test("a workspace that is moved takes its history along")
    func moved() throws {
        let first = try create("work")
        try scratch.write("work/Dockerfile", "FROM mine\n")
        _ = try keeper.reset(first, to: .lesson, starter: scratch.starter, now: scratch.time)
        for place in ["elsewhere", "third"] {
            let now = place == "elsewhere" ? "work" : "elsewhere"
            try FileManager.default.moveItem(atPath: scratch.path + "/" + now, toPath: scratch.path + "/" + place)
            let found = try #require(try keeper.find(from: scratch.path + "/\(place)/src"))
            #expect(found.record == first.record && found.path.hasSuffix(place))
        }
        let third = try keeper.open(scratch.path + "/third")
        _ = try keeper.undo(third, now: scratch.time)
        #expect(scratch.read("third/Dockerfile") == "FROM mine\n")
        // The first place is free for a workspace of its own.
        let again = try create("work")
        #expect(again.record != first.record)
        #expect(try keeper.changes(of: again).isEmpty)
    }

    @Test("a copy of a workspace gets a record of its own, and the snapshots up to then")
    func copied() throws {
        let first = try create("work")
        try scratch.write("work/Dockerfile", "FROM mine\n")
        _ = try keeper.reset(first, to: .lesson, starter: scratch.starter, now: scratch.time)
        try FileManager.default.copyItem(atPath: scratch.work, toPath: scratch.path + "/copy")
        let copy = try keeper.open(scratch.path + "/copy")
        #expect(copy.record != first.record)
        #expect(try keeper.open(scratch.path + "/copy") == copy, "and keeps it")
        #expect(try keeper.open(scratch.work).record == first.record)
        _ = try keeper.undo(copy, now: scratch.time)
        #expect(scratch.read("copy/Dockerfile") == "FROM mine\n")
        #expect(scratch.read("work/Dockerfile")?.hasPrefix("FROM node") == true)
        #expect(try keeper.changes(of: first).count == 1)
    }

    @Test("a copy without its record is adopted as it is")
    func adopted() throws {
        _ = try create("work")
        try scratch.write("work/Dockerfile", "FROM mine\n", mode: 0o600)
        try scratch.write("work/notes", "mine")
        try FileManager.default.copyItem(atPath: scratch.work, toPath: scratch.path + "/copy")
        try FileManager.default.removeItem(atPath: scratch.path + "/copy/.seaworthy")
        #expect(reason { _ = try create("copy") } == .folderHoldsFiles)
        let (copy, old) = try adopt("copy")
        #expect(old == nil)
        #expect(scratch.read("copy/Dockerfile") == "FROM mine\n")
        #expect(try keeper.state(of: copy) == keeper.state(of: keeper.open(scratch.work)))
        #expect(try keeper.differenceFromStarter(copy).added.map(\.description) == ["notes"])
        try scratch.write("copy/Dockerfile", "FROM later\n")
        _ = try keeper.reset(copy, to: .step("good-image"), starter: scratch.starter, now: scratch.time)
        #expect(scratch.read("copy/Dockerfile") == "FROM mine\n", "its step begins with what was adopted")
        _ = try keeper.undo(copy, now: scratch.time)
        #expect(scratch.read("copy/Dockerfile") == "FROM later\n")
    }

    static let damagedTexts = ["", "null", "{", "{\"lesson\":1}", "{\"formatVersion\":99}", "\u{0}", "[]"]

    @Test(
        "a damaged record is told, never written over, and no workspace above it is taken instead",
        arguments: damagedTexts
    )
    func damaged(text: String) throws {
        _ = try create("work")
        _ = try create("work/inner")
        try scratch.write("work/inner/.seaworthy/workspace.json", text)
        try scratch.write("work/inner/Dockerfile", "FROM mine\n")
        let attempts: [() throws -> Void] = [
            { _ = try keeper.open(scratch.path + "/work/inner") },
            { _ = try keeper.find(from: scratch.path + "/work/inner/src") },
            { _ = try create("work/inner") },
        ]
        for attempt in attempts { #expect(reason(attempt) == .unusableMarker) }
        #expect(scratch.read("work/inner/.seaworthy/workspace.json") == text)
        let (inner, old) = try adopt("work/inner")
        #expect(scratch.read("work/inner/" + (old ?? "")) == text)
        #expect(scratch.read("work/inner/Dockerfile") == "FROM mine\n")
        #expect(try keeper.open(inner.path) == inner)
    }

    @Test("a workspace of another home is told, and adopted when that is asked for")
    func foreign() throws {
        let other = WorkspaceKeeper(dataHome: scratch.path + "/other-home", homeFolder: nil)
        _ = try other.create(
            at: scratch.path + "/theirs",
            lesson: "securing-your-image",
            step: "rebuild",
            contentVersion: "1",
            starter: scratch.starter
        )
        try FileManager.default.moveItem(atPath: scratch.path + "/theirs", toPath: scratch.path + "/mine")
        try scratch.write("mine/Dockerfile", "FROM theirs\n")
        let marker = scratch.read("mine/.seaworthy/workspace.json")
        let failure = #expect(throws: Failure.self) { try keeper.open(scratch.path + "/mine") }
        #expect(failure?.reason == .unusableMarker)
        #expect(failure?.fix?.contains("--adopt") == true)
        #expect(scratch.read("mine/.seaworthy/workspace.json") == marker)
        let (mine, old) = try adopt("mine")
        #expect(scratch.read("mine/" + (old ?? "")) == marker)
        #expect(scratch.read("mine/Dockerfile") == "FROM theirs\n")
        #expect(try keeper.open(mine.path) == mine)
    }

    @Test("a home that is new to a workspace at its own place begins a history and changes nothing")
    func newHome() throws {
        let first = try create("work")
        try FileManager.default.removeItem(atPath: scratch.path + "/data")
        let again = try keeper.open(scratch.work)
        #expect(again == first)
        try scratch.write("work/Dockerfile", "FROM mine\n")
        _ = try keeper.reset(again, to: .lesson, starter: scratch.starter, now: scratch.time)
        _ = try keeper.undo(again, now: scratch.time)
        #expect(scratch.read("work/Dockerfile") == "FROM mine\n")
    }

    @Test("a workspace that is made anew at the same place can still restore what the one before had")
    func samePlace() throws {
        let first = try create("work")
        try scratch.write("work/Dockerfile", "FROM mine\n")
        _ = try keeper.reset(first, to: .lesson, starter: scratch.starter, now: scratch.time)
        try FileManager.default.removeItem(atPath: scratch.work)
        let second = try create("work")
        #expect(try keeper.undo(second, now: scratch.time) == nil, "its own history is empty")
        _ = try keeper.restore(try keeper.snapshot(named: "1", in: second).id, in: second, now: scratch.time)
        #expect(scratch.read("work/Dockerfile") == "FROM mine\n")
    }

    @Test(
        "a record's name never leads out of the data home",
        arguments: ["../../x", "", "/etc", String(repeating: "g", count: 32)]
    )
    func hostileName(name: String) throws {
        let workspace = try create("work")
        let marker = WorkspaceMarker(
            lesson: workspace.marker.lesson,
            step: "good-image",
            contentVersion: "1",
            starter: [:],
            record: name
        )
        try marker.write(to: OpenFolder(path: scratch.work))
        #expect(reason { _ = try keeper.open(scratch.work) } == .unusableMarker)
        #expect(!scratch.exists("x"))
    }
}

@Suite("Histories of older versions")
struct OldHistoryTests {
    /// A history as the first version wrote it: reset, undone, reset again; and a marker without a record.
    private func age(_ workspace: Workspace, _ scratch: Scratch) throws {
        let keeper = scratch.keeper
        let path = scratch.path + "/data/workspaces/" + workspace.record
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path + "/journal.json"))
        var journal = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        for key in ["format", "past", "future"] { journal[key] = nil }
        let changes = try #require(journal["changes"] as? [[String: Any]])
        journal["changes"] = changes.enumerated().map { index, change in
            var change = change
            for key in ["origin", "source", "tag", "times"] { change[key] = nil }
            change["isUndone"] = index == 0
            return change
        }
        try JSONSerialization.data(withJSONObject: journal).write(to: URL(fileURLWithPath: path + "/journal.json"))
        try FileManager.default.removeItem(atPath: path + "/place")
        let marker = WorkspaceMarker(
            lesson: workspace.marker.lesson,
            step: workspace.marker.step,
            contentVersion: "1",
            starter: workspace.marker.starter
        )
        try marker.write(to: OpenFolder(path: workspace.path))
        _ = keeper
    }

    @Test("open, keep a copy of the old form, and go on", arguments: [false, true])
    func upgrade(isMoved: Bool) throws {
        let scratch = try Scratch()
        let keeper = scratch.keeper
        var workspace = try scratch.create()
        try scratch.write("work/Dockerfile", "FROM one\n")
        _ = try keeper.reset(workspace, to: .lesson, starter: scratch.starter, now: scratch.time)
        _ = try keeper.undo(workspace, now: scratch.time)
        try scratch.write("work/Dockerfile", "FROM two\n")
        _ = try keeper.reset(workspace, to: .lesson, starter: scratch.starter, now: scratch.time)
        try age(workspace, scratch)
        let journal = "data/workspaces/\(workspace.record)/journal"
        let old = scratch.read(journal + ".json")
        if isMoved {
            try FileManager.default.moveItem(atPath: scratch.work, toPath: scratch.path + "/moved")
            workspace = try keeper.open(scratch.path + "/moved", formerPlaces: [scratch.work])
        } else {
            workspace = try keeper.open(scratch.work)
        }
        #expect(scratch.read(journal + ".json") == old, "a look changes nothing")
        let work = isMoved ? "moved" : "work"
        #expect(try keeper.undo(workspace, now: scratch.time)?.kind == .reset)
        #expect(scratch.read(work + "/Dockerfile") == "FROM two\n")
        #expect(scratch.read(journal + "-1.json") == old)
        #expect(try keeper.undo(workspace, now: scratch.time) == nil, "the first one was taken back before")
        #expect(try keeper.redo(workspace, now: scratch.time)?.kind == .reset)
        #expect(scratch.read(work + "/Dockerfile")?.hasPrefix("FROM node") == true)
        let all = try keeper.snapshots(of: workspace)
        #expect(all.contains { (try? keeper.store.state($0.id))?.entries.count == 4 })
        workspace = try keeper.enter(step: "next", in: workspace)
        #expect(
            try keeper.open(workspace.path).marker.record == workspace.record,
            "from now on it says its record itself"
        )
    }
}
