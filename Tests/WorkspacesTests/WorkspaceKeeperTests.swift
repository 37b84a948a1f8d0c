// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import HostFiles
import Testing

@testable import Workspaces

@Suite("Workspace keeper")
struct WorkspaceKeeperTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func code(_ body: () throws -> Void) -> Failure.Code? {
        do {
            try body()
            return nil
        } catch { return (error as? Failure)?.code }
    }

    @Test("creates a workspace with the starter's files, modes and marker")
    func creates() throws {
        let workspace = try scratch.create()
        #expect(workspace.marker.lesson == "securing-your-image")
        #expect(workspace.marker.starter.keys.sorted() == ["Dockerfile", "run.sh", "src/index.js"])
        #expect(workspace.marker.starter["run.sh"] == ContentHasher.digest(of: Array("#!/bin/sh\n".utf8)))
        let state = try scratch.keeper.state(of: workspace)
        #expect(state.entries.map(\.path.description) == ["Dockerfile", "run.sh", "src", "src/index.js"])
        #expect(state[try WorkspacePath("run.sh")]?.mode == 0o755)
        #expect(state[try WorkspacePath("Dockerfile")]?.mode == 0o644)
        #expect(try scratch.keeper.differenceFromStarter(workspace).isEmpty)
        #expect(try state.digest == scratch.keeper.snapshot(workspace))
        #expect(try scratch.keeper.open(scratch.work) == workspace)
        #expect(try scratch.keeper.find(from: scratch.work + "/src") == workspace)
        #expect(try scratch.keeper.find(from: scratch.path) == nil)
    }

    @Test("gives a learner files that can be written, even when the starter is read-only")
    func readOnlyStarter() throws {
        try scratch.write("starter/Dockerfile", "FROM a\n", mode: 0o444)
        let workspace = try scratch.create()
        #expect(try scratch.keeper.state(of: workspace)[WorkspacePath("Dockerfile")]?.mode == 0o644)
    }

    @Test("opens what is there and keeps the learner's edits when it is created again")
    func createsTwice() throws {
        let first = try scratch.create()
        try scratch.write("work/Dockerfile", "FROM mine\n")
        #expect(try scratch.create() == first)
        #expect(scratch.read("work/Dockerfile") == "FROM mine\n")
    }

    @Test("never overwrites: a folder with something in it, or another lesson's, is refused")
    func refusesToOverwrite() throws {
        try scratch.write("full/notes.txt", "mine")
        let keeper = scratch.keeper
        #expect(
            code {
                _ = try keeper.create(
                    at: scratch.path + "/full",
                    lesson: "l",
                    step: "s",
                    contentVersion: "1",
                    starter: scratch.starter
                )
            } == .cannotCreate
        )
        #expect(scratch.read("full/notes.txt") == "mine")
        #expect(!scratch.exists("full/Dockerfile"))
        _ = try scratch.create()
        #expect(
            code {
                _ = try keeper.create(
                    at: scratch.work,
                    lesson: "other",
                    step: "s",
                    contentVersion: "1",
                    starter: scratch.starter
                )
            } == .cannotCreate
        )
    }

    @Test("takes a folder that holds nothing but the learner's repository")
    func besideGit() throws {
        try scratch.write("work/.git/HEAD", "ref\n")
        _ = try scratch.create()
        #expect(scratch.read("work/.git/HEAD") == "ref\n")
    }

    @Test("refuses the root, the home folder, folders above it and the store as workspaces")
    func refusesProtected() throws {
        let keeper = scratch.keeper
        for path in ["/", scratch.path + "/home", scratch.path, scratch.path + "/data/snapshots/x", "/."] {
            #expect(
                code {
                    _ = try keeper.create(
                        at: path,
                        lesson: "l",
                        step: "s",
                        contentVersion: "1",
                        starter: scratch.starter
                    )
                } == .usage,
                "\(path)"
            )
        }
        #expect(code { _ = try keeper.open(scratch.starter) } == .noInput)
        #expect(code { _ = try keeper.open(scratch.path + "/nowhere") } == .noInput)
        try scratch.write("home/.seaworthy/workspace.json", "{}")
        #expect(code { _ = try keeper.open(scratch.path + "/home") } == .usage)
    }

    static let badMarkers: [(text: String, code: Failure.Code)] = [
        ("", .malformedInput), ("null", .malformedInput), ("{\"lesson\":1}", .malformedInput),
        ("{\"formatVersion\":99}", .malformedInput), (String(repeating: "[", count: 5_000), .malformedInput),
    ]

    @Test("says what is wrong with a marker instead of resetting by it", arguments: badMarkers)
    func badMarker(text: String, expected: Failure.Code) throws {
        _ = try scratch.create()
        try scratch.write("work/.seaworthy/workspace.json", text)
        #expect(code { _ = try scratch.keeper.open(scratch.work) } == expected)
    }

    @Test("follows no link to a marker elsewhere")
    func linkedMarker() throws {
        _ = try scratch.create()
        let manager = FileManager.default
        try manager.createDirectory(atPath: scratch.path + "/trap", withIntermediateDirectories: true)
        try manager.createSymbolicLink(
            atPath: scratch.path + "/trap/.seaworthy",
            withDestinationPath: scratch.work + "/.seaworthy"
        )
        #expect(code { _ = try scratch.keeper.open(scratch.path + "/trap") } == .hostileInput)
    }

    @Test("takes up a creation that a kill interrupted, and keeps what was edited meanwhile")
    func resumesCreation() throws {
        let workspace = try scratch.create()
        let marker = WorkspaceMarker(
            lesson: workspace.marker.lesson,
            step: "good-image",
            contentVersion: "1",
            starter: [:],
            isComplete: false
        )
        try marker.write(to: OpenFolder(path: scratch.work))
        try FileManager.default.removeItem(atPath: scratch.work + "/src")
        try scratch.write("work/Dockerfile", "FROM mine\n")
        #expect(code { _ = try scratch.keeper.open(scratch.work) } == .noInput)
        _ = try scratch.create()
        #expect(scratch.read("work/src/index.js") == "console.log(1)\n")
        #expect(scratch.read("work/Dockerfile") == "FROM mine\n")
    }

    @Test("resets the lesson, removes strays, lists it first, and undo brings all of it back")
    func resetsLesson() throws {
        let workspace = try scratch.create()
        let keeper = scratch.keeper
        try scratch.write("work/Dockerfile", "FROM mine\n", mode: 0o600)
        try scratch.write("work/stray/deep/file", "stray")
        try FileManager.default.removeItem(atPath: scratch.work + "/run.sh")
        try FileManager.default.createSymbolicLink(atPath: scratch.work + "/out", withDestinationPath: scratch.path)
        let before = try keeper.state(of: workspace)
        let plan = try keeper.planReset(of: workspace, to: .lesson, starter: scratch.starter)
        #expect(plan.added.map(\.description) == ["run.sh"])
        #expect(plan.changed.map(\.description) == ["Dockerfile"])
        #expect(plan.removed.map(\.description) == ["out", "stray", "stray/deep", "stray/deep/file"])
        #expect(try keeper.state(of: workspace) == before, "a plan changes nothing")
        let change = try keeper.reset(workspace, to: .lesson, starter: scratch.starter, now: scratch.time)
        #expect(change.isFinished && change.kind == .reset)
        #expect(try keeper.differenceFromStarter(workspace).isEmpty)
        #expect(scratch.exists("starter/Dockerfile") && scratch.exists("home"), "the link's target stays")
        let undone = try keeper.undo(workspace, now: scratch.time)
        #expect(undone?.label == "lesson securing-your-image")
        #expect(try keeper.state(of: workspace) == before)
        #expect(try keeper.undo(workspace, now: scratch.time) == nil)
    }

    @Test("resets a step to the files as they were on entering it")
    func resetsStep() throws {
        let keeper = scratch.keeper
        var workspace = try scratch.create()
        try scratch.write("work/Dockerfile", "FROM one\n")
        workspace = try keeper.enter(step: "quickview", in: workspace)
        #expect(try keeper.open(scratch.work).marker.step == "quickview")
        try scratch.write("work/Dockerfile", "FROM two\n")
        workspace = try keeper.enter(step: "non-root-user", in: workspace)
        try scratch.write("work/Dockerfile", "FROM three\n")
        _ = try keeper.reset(workspace, to: .step("non-root-user"), starter: scratch.starter, now: scratch.time)
        #expect(scratch.read("work/Dockerfile") == "FROM two\n")
        workspace = try keeper.enter(step: "quickview", in: workspace)
        _ = try keeper.reset(
            workspace,
            to: .step("quickview"),
            starter: scratch.starter,
            forgetting: ["non-root-user"],
            now: scratch.time
        )
        #expect(scratch.read("work/Dockerfile") == "FROM one\n")
        _ = try keeper.undo(workspace, now: scratch.time)
        #expect(scratch.read("work/Dockerfile") == "FROM two\n")
        _ = try keeper.undo(workspace, now: scratch.time)
        #expect(scratch.read("work/Dockerfile") == "FROM three\n")
        #expect(try keeper.open(scratch.work).marker.step == "non-root-user", "undo brings the step back, too")
    }

    @Test("falls back to the starter with the earlier solutions where no entry was recorded")
    func resetsUnseenStep() throws {
        let keeper = scratch.keeper
        let workspace = try scratch.create()
        try scratch.write("solutions/one/Dockerfile", "FROM one\n")
        try scratch.write("solutions/two/src/extra.js", "2\n")
        _ = try keeper.reset(
            workspace,
            to: .step("later"),
            starter: scratch.starter,
            earlierSolutions: [scratch.path + "/solutions/one", scratch.path + "/solutions/two"],
            now: scratch.time
        )
        #expect(scratch.read("work/Dockerfile") == "FROM one\n")
        #expect(scratch.read("work/src/extra.js") == "2\n")
        #expect(scratch.read("work/src/index.js") == "console.log(1)\n")
    }

    @Test("lays a solution over the files and takes it back")
    func appliesSolution() throws {
        let keeper = scratch.keeper
        let workspace = try scratch.create()
        try scratch.write("work/mine.txt", "mine")
        try scratch.write("solution/Dockerfile", "FROM solved\n")
        let plan = try keeper.planSolution(scratch.path + "/solution", to: workspace)
        #expect(plan == StateDifference(changed: [try WorkspacePath("Dockerfile")]))
        _ = try keeper.applySolution(scratch.path + "/solution", of: "s", to: workspace, now: scratch.time)
        #expect(scratch.read("work/Dockerfile") == "FROM solved\n")
        #expect(scratch.read("work/mine.txt") == "mine")
        _ = try keeper.undo(workspace, now: scratch.time)
        #expect(scratch.read("work/Dockerfile")?.hasPrefix("FROM node") == true)
    }

    @Test("keeps the learner's .git, hard names, link targets and odd modes")
    func oddEntries() throws {
        let keeper = scratch.keeper
        let workspace = try scratch.create()
        try scratch.write("work/.git/HEAD", "ref\n")
        for name in ["new\nline", "=cmd()", "100%", " ", "-rf", "ünïcode", "..."] {
            try scratch.write("work/" + name, name)
        }
        let root = try OpenFolder(path: scratch.work)
        try root.replaceFile([0xFF, 0xFE, 0x25], with: [1, 2, 3])
        try root.replaceLink(Array("dangling".utf8), target: [0xFF] + Array("/../../etc/passwd".utf8))
        try scratch.write("work/locked/file", "x", mode: 0o400)
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: scratch.work + "/locked")
        let before = try keeper.state(of: workspace)
        _ = try keeper.reset(workspace, to: .lesson, starter: scratch.starter, now: scratch.time)
        #expect(try keeper.differenceFromStarter(workspace).isEmpty)
        #expect(scratch.read("work/.git/HEAD") == "ref\n")
        _ = try keeper.undo(workspace, now: scratch.time)
        #expect(try keeper.state(of: workspace) == before)
    }

    @Test("puts a file in a folder's place and back, and leaves pipes alone")
    func kindsChange() throws {
        let keeper = scratch.keeper
        let workspace = try scratch.create()
        try FileManager.default.removeItem(atPath: scratch.work + "/Dockerfile")
        try scratch.write("work/Dockerfile/inside/file", "x")
        try FileManager.default.removeItem(atPath: scratch.work + "/src")
        try scratch.write("work/src", "now a file")
        try scratch.write("work/kept/file", "goes")
        #expect(mkfifo(scratch.work + "/kept/pipe", 0o600) == 0)
        let before = try keeper.state(of: workspace)
        _ = try keeper.reset(workspace, to: .lesson, starter: scratch.starter, now: scratch.time)
        #expect(scratch.read("work/src/index.js") == "console.log(1)\n")
        #expect(scratch.read("work/Dockerfile")?.hasPrefix("FROM") == true)
        #expect(scratch.exists("work/kept/pipe") && !scratch.exists("work/kept/file"))
        _ = try keeper.undo(workspace, now: scratch.time)
        #expect(try keeper.state(of: workspace) == before)
    }

    static let tight: [(what: String, limits: Limits)] = [
        ("entries", Limits.workspace.with { $0.entries = 5 }),
        ("file", Limits.workspace.with { $0.entryBytes = 99 }),
        ("total", Limits.workspace.with { $0.expandedBytes = 120 }),
        ("depth", Limits.workspace.with { $0.depth = 2 }),
        ("path", Limits.workspace.with { $0.pathBytes = 12 }),
    ]

    @Test("refuses to reset what is too large to be kept, and changes nothing", arguments: tight)
    func limits(what: String, limits: Limits) throws {
        let workspace = try scratch.create()
        try scratch.write("work/stray/deep/er", String(repeating: "x", count: 100))
        let before = try scratch.keeper.state(of: workspace)
        let keeper = WorkspaceKeeper(dataHome: scratch.keeper.dataHome, homeFolder: nil, limits: limits)
        #expect(
            code {
                _ = try keeper.reset(workspace, to: .lesson, starter: scratch.starter, now: scratch.time)
            } == .overLimit,
            "\(what)"
        )
        #expect(try scratch.keeper.state(of: workspace) == before)
        #expect(try scratch.keeper.changes(of: workspace).isEmpty)
    }

    @Test("takes a workspace exactly at the limits")
    func atTheLimits() throws {
        let workspace = try scratch.create()
        let limits = Limits.workspace.with {
            $0.entries = 4; $0.depth = 2; $0.pathBytes = 12
        }
        let keeper = WorkspaceKeeper(dataHome: scratch.keeper.dataHome, homeFolder: nil, limits: limits)
        _ = try keeper.snapshot(workspace)
    }

    @Test("refuses a data home inside the workspace")
    func storeInside() throws {
        let keeper = WorkspaceKeeper(dataHome: scratch.work + "/.data", homeFolder: nil)
        #expect(
            code {
                _ = try keeper.create(
                    at: scratch.work,
                    lesson: "l",
                    step: "s",
                    contentVersion: "1",
                    starter: scratch.starter
                )
            } == .usage
        )
    }

    @Test("notices a damaged copy instead of writing it into the workspace")
    func damagedStore() throws {
        let keeper = scratch.keeper
        let workspace = try scratch.create()
        try scratch.write("work/Dockerfile", "FROM precious\n")
        _ = try keeper.reset(workspace, to: .lesson, starter: scratch.starter, now: scratch.time)
        let digest = ContentHasher.digest(of: Array("FROM precious\n".utf8)).dropFirst(7)
        try scratch.write("data/snapshots/objects/\(digest.prefix(2))/\(digest)", "FROM forged!!\n")
        #expect(code { _ = try keeper.undo(workspace, now: scratch.time) } == .malformedInput)
        #expect(scratch.read("work/Dockerfile")?.hasPrefix("FROM node") == true, "the file that is there stays")
    }
}

extension Limits {
    func with(_ change: (inout Limits) -> Void) -> Limits {
        var copy = self
        change(&copy)
        return copy
    }
}
